"answer": read
  child 0
  child 0 (root, list, cap 10000):
    SELECT (CASE WHEN (EXISTS(SELECT 1
          FROM "public"."projects" AS "t7"
          WHERE "t7"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "public"."members" AS "t8"
            WHERE "t8"."project_id" = "t7"."id"
            AND "t8"."person_id" = $1))) THEN "t0"."meta" END), (CASE WHEN (EXISTS(SELECT 1
          FROM "public"."projects" AS "t9"
          WHERE "t9"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "public"."members" AS "t10"
            WHERE "t10"."project_id" = "t9"."id"
            AND "t10"."person_id" = $1))) THEN "t0"."meta" END) #> $2
    FROM "public"."tasks" AS "t0"
    WHERE (CASE WHEN (EXISTS(SELECT 1
          FROM "public"."projects" AS "t1"
          WHERE "t1"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "public"."members" AS "t2"
            WHERE "t2"."project_id" = "t1"."id"
            AND "t2"."person_id" = $1))) THEN "t0"."meta" END) = ANY($3)
    AND (EXISTS(SELECT 1
        FROM "public"."projects" AS "t3"
        WHERE "t3"."id" = "t0"."project_id"
        AND EXISTS(SELECT 1
          FROM "public"."members" AS "t4"
          WHERE "t4"."project_id" = "t3"."id"
          AND "t4"."person_id" = $1)) OR "t0"."assignee_id" = $1)
    ORDER BY (CASE WHEN (EXISTS(SELECT 1
          FROM "public"."projects" AS "t5"
          WHERE "t5"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "public"."members" AS "t6"
            WHERE "t6"."project_id" = "t5"."id"
            AND "t6"."person_id" = $1))) THEN "t0"."meta" END) ASC NULLS LAST
    LIMIT $4
    -- 1 = x-hasura-user-id : uuid
    -- 2 = List([Text("a"), Text("0")]) : String[]
    -- 3 = Variable("documents") : jsonb[]
    -- 4 = 10001 : bigint
    {"meta":0:jsonb, "first":1:jsonb}

"answer": read
  child 0
  child 0 (root, list, cap 10000):
    SELECT (CASE WHEN (EXISTS(SELECT 1
          FROM "projects" AS "t8"
          WHERE "t8"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "members" AS "t9"
            WHERE "t9"."project_id" = "t8"."id"
            AND "t9"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."meta" END), purlin_json_path((CASE WHEN (EXISTS(SELECT 1
            FROM "projects" AS "t10"
            WHERE "t10"."id" = "t0"."project_id"
            AND EXISTS(SELECT 1
              FROM "members" AS "t11"
              WHERE "t11"."project_id" = "t10"."id"
              AND "t11"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."meta" END), ?2)
    FROM "tasks" AS "t0"
    WHERE ((CASE WHEN (EXISTS(SELECT 1
            FROM "projects" AS "t1"
            WHERE "t1"."id" = "t0"."project_id"
            AND EXISTS(SELECT 1
              FROM "members" AS "t2"
              WHERE "t2"."project_id" = "t1"."id"
              AND "t2"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."meta" END) COLLATE purlin_jsonb) IN (SELECT "t3"."value"
      FROM json_each(?3) AS "t3")
    AND (EXISTS(SELECT 1
        FROM "projects" AS "t4"
        WHERE "t4"."id" = "t0"."project_id"
        AND EXISTS(SELECT 1
          FROM "members" AS "t5"
          WHERE "t5"."project_id" = "t4"."id"
          AND "t5"."person_id" = ?1) IS TRUE) IS TRUE OR "t0"."assignee_id" = ?1)
    ORDER BY (CASE WHEN (EXISTS(SELECT 1
          FROM "projects" AS "t6"
          WHERE "t6"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "members" AS "t7"
            WHERE "t7"."project_id" = "t6"."id"
            AND "t7"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."meta" END) COLLATE purlin_jsonb ASC NULLS LAST
    LIMIT ?4
    -- 1 = x-hasura-user-id : uuid
    -- 2 = List([Text("a"), Text("0")]) : String[]
    -- 3 = Variable("documents") : jsonb[]
    -- 4 = 10001 : bigint
    {"meta":0:jsonb, "first":1:jsonb}

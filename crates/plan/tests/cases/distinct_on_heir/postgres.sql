"tasks": read
  child 0
  child 0 (root, list, cap 10000):
    SELECT "t11"."id", (CASE WHEN (EXISTS(SELECT 1
          FROM "public"."projects" AS "t16"
          WHERE "t16"."id" = "t11"."project_id"
          AND EXISTS(SELECT 1
            FROM "public"."members" AS "t17"
            WHERE "t17"."project_id" = "t16"."id"
            AND "t17"."person_id" = $1))) THEN "t11"."title" END), "t18"."id", "t18"."name"
    FROM (SELECT "t0".*, row_number() OVER ( PARTITION BY "t0"."project_id", (CASE WHEN (EXISTS(SELECT 1
              FROM "public"."projects" AS "t9"
              WHERE "t9"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "public"."members" AS "t10"
                WHERE "t10"."project_id" = "t9"."id"
                AND "t10"."person_id" = $1))) THEN "t0"."estimate" END)
        ORDER BY "t0"."project_id" DESC, (CASE WHEN (EXISTS(SELECT 1
              FROM "public"."projects" AS "t5"
              WHERE "t5"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "public"."members" AS "t6"
                WHERE "t6"."project_id" = "t5"."id"
                AND "t6"."person_id" = $1))) THEN "t0"."estimate" END) ASC NULLS LAST, (CASE WHEN (EXISTS(SELECT 1
              FROM "public"."projects" AS "t7"
              WHERE "t7"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "public"."members" AS "t8"
                WHERE "t8"."project_id" = "t7"."id"
                AND "t8"."person_id" = $1))) THEN "t0"."title" END) ASC NULLS LAST, "t0"."id" ASC ) AS "purlin_position"
      FROM "public"."tasks" AS "t0"
      WHERE (CASE WHEN (EXISTS(SELECT 1
            FROM "public"."projects" AS "t1"
            WHERE "t1"."id" = "t0"."project_id"
            AND EXISTS(SELECT 1
              FROM "public"."members" AS "t2"
              WHERE "t2"."project_id" = "t1"."id"
              AND "t2"."person_id" = $1))) THEN "t0"."status" END) = $2
      AND (EXISTS(SELECT 1
          FROM "public"."projects" AS "t3"
          WHERE "t3"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "public"."members" AS "t4"
            WHERE "t4"."project_id" = "t3"."id"
            AND "t4"."person_id" = $1)) OR "t0"."assignee_id" = $1)) AS "t11"
    LEFT JOIN "public"."projects" AS "t18" ON "t18"."id" = "t11"."project_id"
    AND FALSE
    WHERE "t11"."purlin_position" = 1
    ORDER BY "t11"."project_id" DESC, (CASE WHEN (EXISTS(SELECT 1
          FROM "public"."projects" AS "t12"
          WHERE "t12"."id" = "t11"."project_id"
          AND EXISTS(SELECT 1
            FROM "public"."members" AS "t13"
            WHERE "t13"."project_id" = "t12"."id"
            AND "t13"."person_id" = $1))) THEN "t11"."estimate" END) ASC NULLS LAST, (CASE WHEN (EXISTS(SELECT 1
          FROM "public"."projects" AS "t14"
          WHERE "t14"."id" = "t11"."project_id"
          AND EXISTS(SELECT 1
            FROM "public"."members" AS "t15"
            WHERE "t15"."project_id" = "t14"."id"
            AND "t15"."person_id" = $1))) THEN "t11"."title" END) ASC NULLS LAST, "t11"."id" ASC
    LIMIT $3
    -- 1 = x-hasura-user-id : uuid
    -- 2 = Variable("status") : String
    -- 3 = at most 10001 of Variable("limit") : bigint
    {"id":0:Int, "title":1:String, "project":if 2 {"name":3:String}}
"projects": read
  child 0
  child 0 (root, list, cap 10000):
    SELECT "t0"."name", "t0"."id"
    FROM "public"."projects" AS "t0"
    WHERE FALSE
    LIMIT $1
    -- 1 = 10001 : bigint
    {"name":0:String, "tasks":child 0}
    child 0 (ordinal, list, cap 10000):
      SELECT "t0"."position", "rows"."c0", "rows"."c1", "rows"."c2", "rows"."c3"
      FROM (SELECT *
        FROM unnest($1) WITH ORDINALITY AS k(k0, position)) AS "t0"
      INNER JOIN LATERAL (SELECT "t12"."id" AS "c0", (CASE WHEN (EXISTS(SELECT 1
              FROM "public"."projects" AS "t17"
              WHERE "t17"."id" = "t12"."project_id"
              AND EXISTS(SELECT 1
                FROM "public"."members" AS "t18"
                WHERE "t18"."project_id" = "t17"."id"
                AND "t18"."person_id" = $2))) THEN "t12"."title" END) AS "c1", "t19"."id" AS "c2", "t19"."name" AS "c3"
        FROM (SELECT "t1".*, row_number() OVER ( PARTITION BY "t1"."project_id", (CASE WHEN (EXISTS(SELECT 1
                  FROM "public"."projects" AS "t10"
                  WHERE "t10"."id" = "t1"."project_id"
                  AND EXISTS(SELECT 1
                    FROM "public"."members" AS "t11"
                    WHERE "t11"."project_id" = "t10"."id"
                    AND "t11"."person_id" = $2))) THEN "t1"."estimate" END)
            ORDER BY "t1"."project_id" DESC, (CASE WHEN (EXISTS(SELECT 1
                  FROM "public"."projects" AS "t6"
                  WHERE "t6"."id" = "t1"."project_id"
                  AND EXISTS(SELECT 1
                    FROM "public"."members" AS "t7"
                    WHERE "t7"."project_id" = "t6"."id"
                    AND "t7"."person_id" = $2))) THEN "t1"."estimate" END) ASC NULLS LAST, (CASE WHEN (EXISTS(SELECT 1
                  FROM "public"."projects" AS "t8"
                  WHERE "t8"."id" = "t1"."project_id"
                  AND EXISTS(SELECT 1
                    FROM "public"."members" AS "t9"
                    WHERE "t9"."project_id" = "t8"."id"
                    AND "t9"."person_id" = $2))) THEN "t1"."title" END) ASC NULLS LAST, "t1"."id" ASC ) AS "purlin_position"
          FROM "public"."tasks" AS "t1"
          WHERE "t1"."project_id" = "t0"."k0"
          AND ((CASE WHEN (EXISTS(SELECT 1
                  FROM "public"."projects" AS "t2"
                  WHERE "t2"."id" = "t1"."project_id"
                  AND EXISTS(SELECT 1
                    FROM "public"."members" AS "t3"
                    WHERE "t3"."project_id" = "t2"."id"
                    AND "t3"."person_id" = $2))) THEN "t1"."status" END) = $3
            AND (EXISTS(SELECT 1
                FROM "public"."projects" AS "t4"
                WHERE "t4"."id" = "t1"."project_id"
                AND EXISTS(SELECT 1
                  FROM "public"."members" AS "t5"
                  WHERE "t5"."project_id" = "t4"."id"
                  AND "t5"."person_id" = $2)) OR "t1"."assignee_id" = $2))) AS "t12"
        LEFT JOIN "public"."projects" AS "t19" ON "t19"."id" = "t12"."project_id"
        AND FALSE
        WHERE "t12"."purlin_position" = 1
        ORDER BY "t12"."project_id" DESC, (CASE WHEN (EXISTS(SELECT 1
              FROM "public"."projects" AS "t13"
              WHERE "t13"."id" = "t12"."project_id"
              AND EXISTS(SELECT 1
                FROM "public"."members" AS "t14"
                WHERE "t14"."project_id" = "t13"."id"
                AND "t14"."person_id" = $2))) THEN "t12"."estimate" END) ASC NULLS LAST, (CASE WHEN (EXISTS(SELECT 1
              FROM "public"."projects" AS "t15"
              WHERE "t15"."id" = "t12"."project_id"
              AND EXISTS(SELECT 1
                FROM "public"."members" AS "t16"
                WHERE "t16"."project_id" = "t15"."id"
                AND "t16"."person_id" = $2))) THEN "t12"."title" END) ASC NULLS LAST, "t12"."id" ASC
        LIMIT $4) AS "rows" ON TRUE
      -- 1 = keys of cell 1 : Int[]
      -- 2 = x-hasura-user-id : uuid
      -- 3 = Variable("status") : String
      -- 4 = at most 10001 of Variable("limit") : bigint
      {"id":1:Int, "title":2:String, "project":if 3 {"name":4:String}}

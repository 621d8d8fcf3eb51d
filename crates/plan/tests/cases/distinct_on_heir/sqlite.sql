"tasks": read
  child 0
  child 0 (root, list, cap 10000):
    SELECT "t11"."id", (CASE WHEN (EXISTS(SELECT 1
          FROM "projects" AS "t16"
          WHERE "t16"."id" = "t11"."project_id"
          AND EXISTS(SELECT 1
            FROM "members" AS "t17"
            WHERE "t17"."project_id" = "t16"."id"
            AND "t17"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t11"."title" END), "t18"."id", "t18"."name"
    FROM (SELECT "t0".*, row_number() OVER ( PARTITION BY "t0"."project_id", (CASE WHEN (EXISTS(SELECT 1
              FROM "projects" AS "t9"
              WHERE "t9"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "members" AS "t10"
                WHERE "t10"."project_id" = "t9"."id"
                AND "t10"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."estimate" END)
        ORDER BY "t0"."project_id" DESC, (CASE WHEN (EXISTS(SELECT 1
              FROM "projects" AS "t5"
              WHERE "t5"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "members" AS "t6"
                WHERE "t6"."project_id" = "t5"."id"
                AND "t6"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."estimate" END) ASC NULLS LAST, (CASE WHEN (EXISTS(SELECT 1
              FROM "projects" AS "t7"
              WHERE "t7"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "members" AS "t8"
                WHERE "t8"."project_id" = "t7"."id"
                AND "t8"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."title" END) ASC NULLS LAST, "t0"."id" ASC ) AS "purlin_position"
      FROM "tasks" AS "t0"
      WHERE (CASE WHEN (EXISTS(SELECT 1
            FROM "projects" AS "t1"
            WHERE "t1"."id" = "t0"."project_id"
            AND EXISTS(SELECT 1
              FROM "members" AS "t2"
              WHERE "t2"."project_id" = "t1"."id"
              AND "t2"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."status" END) = ?2
      AND (EXISTS(SELECT 1
          FROM "projects" AS "t3"
          WHERE "t3"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "members" AS "t4"
            WHERE "t4"."project_id" = "t3"."id"
            AND "t4"."person_id" = ?1) IS TRUE) IS TRUE OR "t0"."assignee_id" = ?1)) AS "t11"
    LEFT JOIN "projects" AS "t18" ON "t18"."id" = "t11"."project_id"
    AND FALSE
    WHERE "t11"."purlin_position" = 1
    ORDER BY "t11"."project_id" DESC, (CASE WHEN (EXISTS(SELECT 1
          FROM "projects" AS "t12"
          WHERE "t12"."id" = "t11"."project_id"
          AND EXISTS(SELECT 1
            FROM "members" AS "t13"
            WHERE "t13"."project_id" = "t12"."id"
            AND "t13"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t11"."estimate" END) ASC NULLS LAST, (CASE WHEN (EXISTS(SELECT 1
          FROM "projects" AS "t14"
          WHERE "t14"."id" = "t11"."project_id"
          AND EXISTS(SELECT 1
            FROM "members" AS "t15"
            WHERE "t15"."project_id" = "t14"."id"
            AND "t15"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t11"."title" END) ASC NULLS LAST, "t11"."id" ASC
    LIMIT ?3
    -- 1 = x-hasura-user-id : uuid
    -- 2 = Variable("status") : String
    -- 3 = at most 10001 of Variable("limit") : bigint
    {"id":0:Int, "title":1:String, "project":if 2 {"name":3:String}}
"projects": read
  child 0
  child 0 (root, list, cap 10000):
    SELECT "t0"."name", "t0"."id"
    FROM "projects" AS "t0"
    WHERE FALSE
    LIMIT ?1
    -- 1 = 10001 : bigint
    {"name":0:String, "tasks":child 0}
    child 0 (per parent, list, cap 10000):
      SELECT "t11"."id", (CASE WHEN (EXISTS(SELECT 1
            FROM "projects" AS "t16"
            WHERE "t16"."id" = "t11"."project_id"
            AND EXISTS(SELECT 1
              FROM "members" AS "t17"
              WHERE "t17"."project_id" = "t16"."id"
              AND "t17"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t11"."title" END), "t18"."id", "t18"."name"
      FROM (SELECT "t0".*, row_number() OVER ( PARTITION BY "t0"."project_id", (CASE WHEN (EXISTS(SELECT 1
                FROM "projects" AS "t9"
                WHERE "t9"."id" = "t0"."project_id"
                AND EXISTS(SELECT 1
                  FROM "members" AS "t10"
                  WHERE "t10"."project_id" = "t9"."id"
                  AND "t10"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."estimate" END)
          ORDER BY "t0"."project_id" DESC, (CASE WHEN (EXISTS(SELECT 1
                FROM "projects" AS "t5"
                WHERE "t5"."id" = "t0"."project_id"
                AND EXISTS(SELECT 1
                  FROM "members" AS "t6"
                  WHERE "t6"."project_id" = "t5"."id"
                  AND "t6"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."estimate" END) ASC NULLS LAST, (CASE WHEN (EXISTS(SELECT 1
                FROM "projects" AS "t7"
                WHERE "t7"."id" = "t0"."project_id"
                AND EXISTS(SELECT 1
                  FROM "members" AS "t8"
                  WHERE "t8"."project_id" = "t7"."id"
                  AND "t8"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."title" END) ASC NULLS LAST, "t0"."id" ASC ) AS "purlin_position"
        FROM "tasks" AS "t0"
        WHERE "t0"."project_id" = ?2
        AND ((CASE WHEN (EXISTS(SELECT 1
                FROM "projects" AS "t1"
                WHERE "t1"."id" = "t0"."project_id"
                AND EXISTS(SELECT 1
                  FROM "members" AS "t2"
                  WHERE "t2"."project_id" = "t1"."id"
                  AND "t2"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."status" END) = ?3
          AND (EXISTS(SELECT 1
              FROM "projects" AS "t3"
              WHERE "t3"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "members" AS "t4"
                WHERE "t4"."project_id" = "t3"."id"
                AND "t4"."person_id" = ?1) IS TRUE) IS TRUE OR "t0"."assignee_id" = ?1))) AS "t11"
      LEFT JOIN "projects" AS "t18" ON "t18"."id" = "t11"."project_id"
      AND FALSE
      WHERE "t11"."purlin_position" = 1
      ORDER BY "t11"."project_id" DESC, (CASE WHEN (EXISTS(SELECT 1
            FROM "projects" AS "t12"
            WHERE "t12"."id" = "t11"."project_id"
            AND EXISTS(SELECT 1
              FROM "members" AS "t13"
              WHERE "t13"."project_id" = "t12"."id"
              AND "t13"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t11"."estimate" END) ASC NULLS LAST, (CASE WHEN (EXISTS(SELECT 1
            FROM "projects" AS "t14"
            WHERE "t14"."id" = "t11"."project_id"
            AND EXISTS(SELECT 1
              FROM "members" AS "t15"
              WHERE "t15"."project_id" = "t14"."id"
              AND "t15"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t11"."title" END) ASC NULLS LAST, "t11"."id" ASC
      LIMIT ?4
      -- 1 = x-hasura-user-id : uuid
      -- 2 = parent cell 1 : Int
      -- 3 = Variable("status") : String
      -- 4 = at most 10001 of Variable("limit") : bigint
      {"id":0:Int, "title":1:String, "project":if 2 {"name":3:String}}

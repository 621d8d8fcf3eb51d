"answer": read
  child 0
  child 0 (root, list):
    SELECT "t0"."id"
    FROM "tasks" AS "t0"
    WHERE EXISTS(SELECT 1
      FROM "people" AS "t1"
      WHERE "t1"."id" = "t0"."assignee_id"
      AND ((NOT EXISTS(SELECT 1
            FROM "people" AS "t2"
            WHERE "t2"."boss_id" = "t1"."id"
            AND ("t2"."name" = ?1
              AND "t2"."id" = ?2)) IS TRUE)
        AND "t1"."id" = ?2)) IS TRUE
    AND EXISTS(SELECT 1
      FROM "projects" AS "t3"
      WHERE "t3"."id" = "t0"."project_id"
      AND EXISTS(SELECT 1
        FROM "members" AS "t4"
        WHERE "t4"."project_id" = "t3"."id"
        AND "t4"."person_id" = ?2) IS TRUE) IS TRUE
    AND EXISTS(SELECT 1
      FROM "projects" AS "t5"
      WHERE "t5"."id" = "t0"."project_id"
      AND EXISTS(SELECT 1
        FROM "members" AS "t6"
        WHERE "t6"."project_id" = "t5"."id"
        AND "t6"."person_id" = ?2) IS TRUE) IS TRUE
    LIMIT ?3
    -- 1 = Variable("name") : String
    -- 2 = x-hasura-user-id : uuid
    -- 3 = 100 : bigint
    {"id":0:Int}

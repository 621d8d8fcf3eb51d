"answer": read
  child 0
  child 0 (root, list):
    SELECT "t0"."id", "t3"."id", "t3"."name"
    FROM "tasks" AS "t0"
    LEFT JOIN "projects" AS "t3" ON "t3"."id" = "t0"."project_id"
    AND EXISTS(SELECT 1
      FROM "members" AS "t4"
      WHERE "t4"."project_id" = "t3"."id"
      AND "t4"."person_id" = ?1) IS TRUE
    WHERE EXISTS(SELECT 1
      FROM "projects" AS "t1"
      WHERE "t1"."id" = "t0"."project_id"
      AND EXISTS(SELECT 1
        FROM "members" AS "t2"
        WHERE "t2"."project_id" = "t1"."id"
        AND "t2"."person_id" = ?1) IS TRUE) IS TRUE
    ORDER BY "t3"."name" DESC NULLS FIRST, "t3"."budget" COLLATE decimal DESC NULLS FIRST, (SELECT purlin_sum_scaled("t5"."spent", 0)
      FROM "tasks" AS "t5"
      WHERE "t5"."project_id" = "t3"."id"
      AND EXISTS(SELECT 1
        FROM "projects" AS "t6"
        WHERE "t6"."id" = "t5"."project_id"
        AND EXISTS(SELECT 1
          FROM "members" AS "t7"
          WHERE "t7"."project_id" = "t6"."id"
          AND "t7"."person_id" = ?1) IS TRUE) IS TRUE) COLLATE decimal DESC NULLS FIRST, (SELECT COUNT(*)
      FROM "labels" AS "t8"
      INNER JOIN "task_labels" AS "t9" ON "t9"."label_id" = "t8"."id"
      WHERE "t9"."task_id" = "t0"."id"
      AND "t9"."by" = ?1
      AND "t8"."hidden" = ?2) DESC NULLS FIRST, "t0"."estimate" ASC NULLS LAST, "t0"."id" ASC
    LIMIT ?3
    -- 1 = x-hasura-user-id : uuid
    -- 2 = Boolean(false) : Boolean
    -- 3 = 100 : bigint
    {"id":0:Int, "project":if 1 {"name":2:String}}

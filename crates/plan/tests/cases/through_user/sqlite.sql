"answer": read
  child 0
  child 0 (root, list):
    SELECT "t0"."title", "t0"."id"
    FROM "tasks" AS "t0"
    WHERE EXISTS(SELECT 1
      FROM "labels" AS "t1"
      INNER JOIN "task_labels" AS "t2" ON "t2"."label_id" = "t1"."id"
      WHERE "t2"."task_id" = "t0"."id"
      AND "t2"."by" = ?1
      AND ("t1"."name" = ?2
        AND "t1"."hidden" = ?3)) IS TRUE
    AND EXISTS(SELECT 1
      FROM "projects" AS "t3"
      WHERE "t3"."id" = "t0"."project_id"
      AND EXISTS(SELECT 1
        FROM "members" AS "t4"
        WHERE "t4"."project_id" = "t3"."id"
        AND "t4"."person_id" = ?1) IS TRUE) IS TRUE
    LIMIT ?4
    -- 1 = x-hasura-user-id : uuid
    -- 2 = Variable("name") : String
    -- 3 = Boolean(false) : Boolean
    -- 4 = 100 : bigint
    {"title":0:String, "labels":child 0}
    child 0 (per parent, list, cap 10000):
      SELECT "t0"."name"
      FROM "labels" AS "t0"
      INNER JOIN "task_labels" AS "t1" ON "t1"."label_id" = "t0"."id"
      WHERE "t1"."task_id" = ?1
      AND "t1"."by" = ?2
      AND "t0"."hidden" = ?3
      LIMIT ?4
      -- 1 = parent cell 1 : Int
      -- 2 = x-hasura-user-id : uuid
      -- 3 = Boolean(false) : Boolean
      -- 4 = 10001 : bigint
      {"name":0:String}

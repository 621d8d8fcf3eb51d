"answer": read
  child 0
  child 0 (root, list):
    SELECT "t0"."id"
    FROM "tasks" AS "t0"
    WHERE EXISTS(SELECT 1
      FROM "projects" AS "t1"
      WHERE "t1"."id" = "t0"."project_id"
      AND EXISTS(SELECT 1
        FROM "members" AS "t2"
        WHERE "t2"."project_id" = "t1"."id"
        AND "t2"."person_id" = ?1) IS TRUE) IS TRUE
    LIMIT ?2
    -- 1 = x-hasura-user-id : uuid
    -- 2 = 100 : bigint
    {"id":0:Int, "labels_aggregate":{"aggregate":child 0, "nodes":child 1}}
    child 0 (per parent, one):
      SELECT COUNT(*)
      FROM "labels" AS "t0"
      INNER JOIN "task_labels" AS "t1" ON "t1"."label_id" = "t0"."id"
      WHERE "t1"."task_id" = ?1
      AND "t1"."by" = ?2
      AND "t0"."hidden" = ?3
      -- 1 = parent cell 0 : Int
      -- 2 = x-hasura-user-id : uuid
      -- 3 = Boolean(false) : Boolean
      {"count":0:bigint}
    child 1 (per parent, list, cap 10000):
      SELECT "t0"."name"
      FROM "labels" AS "t0"
      INNER JOIN "task_labels" AS "t1" ON "t1"."label_id" = "t0"."id"
      WHERE "t1"."task_id" = ?1
      AND "t1"."by" = ?2
      AND "t0"."hidden" = ?3
      LIMIT ?4
      -- 1 = parent cell 0 : Int
      -- 2 = x-hasura-user-id : uuid
      -- 3 = Boolean(false) : Boolean
      -- 4 = 10001 : bigint
      {"name":0:String}

"answer": read
  child 0
  child 0 (root, list, cap 10000):
    SELECT "t0"."name", "t0"."id"
    FROM "projects" AS "t0"
    WHERE EXISTS(SELECT 1
      FROM (SELECT "loads"."project_id" AS "project_id", "loads"."task_count" AS "task_count", "loads"."first" AS "first", purlin_scaled("loads"."hours") AS "hours", (task_count > 1) AS "many"
        FROM "loads") AS "t1"
      WHERE "t1"."project_id" = "t0"."id"
      AND ("t1"."many" = ?1
        AND "t1"."many" = ?2)) IS TRUE
    AND EXISTS(SELECT 1
      FROM "members" AS "t2"
      WHERE "t2"."project_id" = "t0"."id"
      AND "t2"."person_id" = ?3) IS TRUE
    LIMIT ?4
    -- 1 = Variable("many") : Boolean
    -- 2 = x-hasura-many : Boolean
    -- 3 = x-hasura-user-id : uuid
    -- 4 = 10001 : bigint
    {"name":0:String, "load":child 0}
    child 0 (per parent, one):
      SELECT "t0"."task_count"
      FROM (SELECT "loads"."project_id" AS "project_id", "loads"."task_count" AS "task_count", "loads"."first" AS "first", purlin_scaled("loads"."hours") AS "hours", (task_count > 1) AS "many"
        FROM "loads") AS "t0"
      WHERE "t0"."project_id" = ?1
      AND "t0"."many" = ?2
      ORDER BY "t0"."project_id" ASC NULLS LAST
      LIMIT ?3
      -- 1 = parent cell 1 : Int
      -- 2 = x-hasura-many : Boolean
      -- 3 = 1 : bigint
      {"task_count":0:bigint}

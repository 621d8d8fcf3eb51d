"answer": read
  child 0
  child 0 (root, list):
    SELECT "t0"."role", "t0"."project_id", "t0"."person_id"
    FROM "members" AS "t0"
    {"role":0:String, "watchers":child 0}
    child 0 (per parent, list):
      SELECT "t0"."watcher_id", "t1"."project_id", "t1"."role"
      FROM "watchers" AS "t0"
      LEFT JOIN "members" AS "t1" ON "t1"."project_id" = "t0"."project_id"
      AND "t1"."person_id" = "t0"."person_id"
      WHERE "t0"."project_id" = ?1
      AND "t0"."person_id" = ?2
      -- 1 = parent cell 1 : Int
      -- 2 = parent cell 2 : uuid
      {"watcher_id":0:uuid, "member":if 1 {"role":2:String}}

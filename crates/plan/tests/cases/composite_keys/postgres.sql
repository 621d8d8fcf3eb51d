"answer": read
  child 0
  child 0 (root, list):
    SELECT "t0"."role", "t0"."project_id", "t0"."person_id"
    FROM "public"."members" AS "t0"
    {"role":0:String, "watchers":child 0}
    child 0 (keys [1, 2], list):
      SELECT "t0"."project_id", "t0"."person_id", "t0"."watcher_id", "t2"."project_id", "t2"."role"
      FROM "public"."watchers" AS "t0"
      LEFT JOIN "public"."members" AS "t2" ON "t2"."project_id" = "t0"."project_id"
      AND "t2"."person_id" = "t0"."person_id"
      WHERE ("t0"."project_id", "t0"."person_id") IN (SELECT *
        FROM unnest($1, $2) AS "t1")
      -- 1 = keys of cell 1 : Int[]
      -- 2 = keys of cell 2 : uuid[]
      {"watcher_id":2:uuid, "member":if 3 {"role":4:String}}

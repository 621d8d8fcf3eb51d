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
flat:
  SELECT "rows"."c0", "rows"."c1", "rows"."c2", "t1"."watcher_id", "t2"."project_id", "t2"."role"
  FROM (SELECT "t0"."role" AS "c0", "t0"."project_id" AS "c1", "t0"."person_id" AS "c2"
    FROM "public"."members" AS "t0") AS "rows"
  LEFT JOIN "public"."watchers" AS "t1" ON "t1"."project_id" = "rows"."c1"
  AND "t1"."person_id" = "rows"."c2"
  LEFT JOIN "public"."members" AS "t2" ON "t2"."project_id" = "t1"."project_id"
  AND "t2"."person_id" = "t1"."person_id"
  ORDER BY "rows"."c1" ASC, "rows"."c2" ASC
  level (list), present None, key [1, 2]
    {"role":0:String, "watchers":child 0}
  level (list), present Some(3), key []
    {"watcher_id":3:uuid, "member":if 4 {"role":5:String}}

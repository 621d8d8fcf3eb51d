"answer": read
  child 0
  child 0 (root, list):
    SELECT "t0"."name", "t1"."id", "t1"."name", "t0"."id"
    FROM "public"."projects" AS "t0"
    LEFT JOIN "public"."people" AS "t1" ON "t1"."id" = "t0"."owner_id"
    {"name":0:String, "owner":if 1 {"id":1:uuid, "name":2:String}, "tasks":child 0, "__typename":"projects"}
    child 0 (keys [3], list):
      SELECT "t0"."project_id", "t0"."title", "t1"."id", "t1"."name", "t2"."id", "t2"."name", CAST("t2"."email" AS text)
      FROM "public"."tasks" AS "t0"
      LEFT JOIN "public"."people" AS "t1" ON "t1"."id" = "t0"."assignee_id"
      LEFT JOIN "public"."people" AS "t2" ON "t2"."id" = "t1"."boss_id"
      WHERE "t0"."project_id" = ANY($1)
      AND "t0"."status" <> $2
      -- 1 = keys of cell 3 : Int[]
      -- 2 = Text("done") : String
      {"title":1:String, "assignee":if 2 {"name":3:String, "boss":if 4 {"name":5:String, "email":6:String}}}
flat:
  SELECT "rows"."c0", "rows"."c1", "rows"."c2", "rows"."c3", "t2"."title", "t3"."id", "t3"."name", "t4"."id", "t4"."name", CAST("t4"."email" AS text)
  FROM (SELECT "t0"."name" AS "c0", "t1"."id" AS "c1", "t1"."name" AS "c2", "t0"."id" AS "c3"
    FROM "public"."projects" AS "t0"
    LEFT JOIN "public"."people" AS "t1" ON "t1"."id" = "t0"."owner_id") AS "rows"
  LEFT JOIN "public"."tasks" AS "t2" ON "t2"."project_id" = "rows"."c3"
  AND "t2"."status" <> $1
  LEFT JOIN "public"."people" AS "t3" ON "t3"."id" = "t2"."assignee_id"
  LEFT JOIN "public"."people" AS "t4" ON "t4"."id" = "t3"."boss_id"
  ORDER BY "rows"."c3" ASC
  -- 1 = Text("done") : String
  level (list), present None, key [3]
    {"name":0:String, "owner":if 1 {"id":1:uuid, "name":2:String}, "tasks":child 0, "__typename":"projects"}
  level (list), present Some(4), key []
    {"title":4:String, "assignee":if 5 {"name":6:String, "boss":if 7 {"name":8:String, "email":9:String}}}

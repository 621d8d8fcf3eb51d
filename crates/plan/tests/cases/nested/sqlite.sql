"answer": read
  child 0
  child 0 (root, list):
    SELECT "t0"."name", "t1"."id", "t1"."name", "t0"."id"
    FROM "projects" AS "t0"
    LEFT JOIN "people" AS "t1" ON "t1"."id" = "t0"."owner_id"
    {"name":0:String, "owner":if 1 {"id":1:uuid, "name":2:String}, "tasks":child 0, "__typename":"projects"}
    child 0 (per parent, list):
      SELECT "t0"."title", "t1"."id", "t1"."name", "t2"."id", "t2"."name", "t2"."email"
      FROM "tasks" AS "t0"
      LEFT JOIN "people" AS "t1" ON "t1"."id" = "t0"."assignee_id"
      LEFT JOIN "people" AS "t2" ON "t2"."id" = "t1"."boss_id"
      WHERE "t0"."project_id" = ?1
      AND "t0"."status" <> ?2
      -- 1 = parent cell 3 : Int
      -- 2 = Text("done") : String
      {"title":0:String, "assignee":if 1 {"name":2:String, "boss":if 3 {"name":4:String, "email":5:String}}}

"answer": read
  child 0
  child 0 (root, list):
    SELECT "t0"."name", "t0"."id"
    FROM "projects" AS "t0"
    LIMIT ?1
    -- 1 = Variable("limit") : bigint
    {"name":0:String, "tasks_aggregate":{"aggregate":child 0}, "tasks":child 1}
    child 0 (per parent, one):
      SELECT COUNT(*), MAX("t0"."estimate")
      FROM "tasks" AS "t0"
      WHERE "t0"."project_id" = ?1
      AND "t0"."status" <> ?2
      -- 1 = parent cell 1 : Int
      -- 2 = Text("done") : String
      {"count":0:bigint, "max":{"estimate":1:numeric Scaled { scale: 2 }}}
    child 1 (per parent, list):
      SELECT "t0"."title", "t1"."id", "t1"."name"
      FROM "tasks" AS "t0"
      LEFT JOIN "projects" AS "t1" ON "t1"."id" = "t0"."project_id"
      WHERE "t0"."project_id" = ?1
      ORDER BY "t0"."title" ASC, "t0"."estimate" DESC NULLS FIRST
      LIMIT ?2
      -- 1 = parent cell 1 : Int
      -- 2 = Variable("limit") : bigint
      {"title":0:String, "project":if 1 {"name":2:String, "tasks_aggregate":{"aggregate":child 0}}}
      child 0 (per parent, one):
        SELECT COUNT(*), MAX("t0"."estimate")
        FROM "tasks" AS "t0"
        WHERE "t0"."project_id" = ?1
        -- 1 = parent cell 1 : Int
        {"count":0:bigint, "max":{"estimate":1:numeric Scaled { scale: 2 }}}

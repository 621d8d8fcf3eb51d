"people": read
  child 0
  child 0 (root, list):
    SELECT "t0"."name", "t0"."id"
    FROM "people" AS "t0"
    LIMIT ?1
    -- 1 = Variable("limit") : bigint
    {"name":0:String, "reports_aggregate":{"aggregate":child 0}}
    child 0 (per parent, one):
      SELECT COUNT(*), MAX("t0"."age")
      FROM "people" AS "t0"
      WHERE "t0"."boss_id" = ?1
      -- 1 = parent cell 1 : uuid
      {"count":0:bigint, "max":{"age":1:Int}}
"projects": read
  child 0
  child 0 (root, list):
    SELECT "t0"."name", "t0"."id"
    FROM "projects" AS "t0"
    LIMIT ?1
    -- 1 = Variable("limit") : bigint
    {"name":0:String, "tasks_aggregate":{"aggregate":child 0, "nodes":child 1}}
    child 0 (per parent, one):
      SELECT COUNT(*), MAX("t0"."estimate")
      FROM "tasks" AS "t0"
      WHERE "t0"."project_id" = ?1
      -- 1 = parent cell 1 : Int
      {"count":0:bigint, "max":{"estimate":1:numeric Scaled { scale: 2 }}}
    child 1 (per parent, list):
      SELECT "t0"."title"
      FROM "tasks" AS "t0"
      WHERE "t0"."project_id" = ?1
      -- 1 = parent cell 1 : Int
      {"title":0:String}

"projects": read
  child 0
  child 0 (root, list):
    SELECT "t0"."name", "t0"."id"
    FROM "projects" AS "t0"
    {"name":0:String, "tasks_aggregate":{"aggregate":child 0}}
    child 0 (per parent, one):
      SELECT COUNT(*), MAX("t0"."estimate")
      FROM "tasks" AS "t0"
      WHERE "t0"."project_id" = ?1
      -- 1 = parent cell 1 : Int
      {"count":0:bigint, "max":{"estimate":1:numeric Scaled { scale: 2 }}}
"members": read
  child 0
  child 0 (root, list):
    SELECT "t0"."role", "t0"."project_id", "t0"."person_id"
    FROM "members" AS "t0"
    {"role":0:String, "watchers_aggregate":{"aggregate":child 0}}
    child 0 (per parent, one):
      SELECT COUNT(*)
      FROM "watchers" AS "t0"
      WHERE "t0"."project_id" = ?1
      AND "t0"."person_id" = ?2
      -- 1 = parent cell 1 : Int
      -- 2 = parent cell 2 : uuid
      {"count":0:bigint}

"tasks": read
  child 0
  child 0 (root, list):
    SELECT "t1"."id", "t1"."title", "t2"."id", "t2"."name"
    FROM (SELECT "t0".*, row_number() OVER ( PARTITION BY "t0"."project_id", "t0"."estimate"
        ORDER BY "t0"."project_id" DESC, "t0"."estimate" ASC NULLS LAST, "t0"."title" ASC, "t0"."id" ASC ) AS "purlin_position"
      FROM "tasks" AS "t0"
      WHERE "t0"."status" = ?1) AS "t1"
    LEFT JOIN "projects" AS "t2" ON "t2"."id" = "t1"."project_id"
    WHERE "t1"."purlin_position" = 1
    ORDER BY "t1"."project_id" DESC, "t1"."estimate" ASC NULLS LAST, "t1"."title" ASC, "t1"."id" ASC
    LIMIT ?2
    -- 1 = Variable("status") : String
    -- 2 = Variable("limit") : bigint
    {"id":0:Int, "title":1:String, "project":if 2 {"name":3:String}}
"projects": read
  child 0
  child 0 (root, list):
    SELECT "t0"."name", "t0"."id"
    FROM "projects" AS "t0"
    {"name":0:String, "tasks":child 0}
    child 0 (per parent, list):
      SELECT "t1"."id", "t1"."title", "t2"."id", "t2"."name"
      FROM (SELECT "t0".*, row_number() OVER ( PARTITION BY "t0"."project_id", "t0"."estimate"
          ORDER BY "t0"."project_id" DESC, "t0"."estimate" ASC NULLS LAST, "t0"."title" ASC, "t0"."id" ASC ) AS "purlin_position"
        FROM "tasks" AS "t0"
        WHERE "t0"."project_id" = ?1
        AND "t0"."status" = ?2) AS "t1"
      LEFT JOIN "projects" AS "t2" ON "t2"."id" = "t1"."project_id"
      WHERE "t1"."purlin_position" = 1
      ORDER BY "t1"."project_id" DESC, "t1"."estimate" ASC NULLS LAST, "t1"."title" ASC, "t1"."id" ASC
      LIMIT ?3
      -- 1 = parent cell 1 : Int
      -- 2 = Variable("status") : String
      -- 3 = Variable("limit") : bigint
      {"id":0:Int, "title":1:String, "project":if 2 {"name":3:String}}

"tasks": read
  child 0
  child 0 (root, list):
    SELECT DISTINCT ON ("t0"."project_id", "t0"."estimate") "t0"."id", "t0"."title", "t1"."id", "t1"."name"
    FROM "public"."tasks" AS "t0"
    LEFT JOIN "public"."projects" AS "t1" ON "t1"."id" = "t0"."project_id"
    WHERE "t0"."status" = $1
    ORDER BY "t0"."project_id" DESC, "t0"."estimate" ASC NULLS LAST, "t0"."title" ASC, "t0"."id" ASC
    LIMIT $2
    -- 1 = Variable("status") : String
    -- 2 = Variable("limit") : bigint
    {"id":0:Int, "title":1:String, "project":if 2 {"name":3:String}}
"projects": read
  child 0
  child 0 (root, list):
    SELECT "t0"."name", "t0"."id"
    FROM "public"."projects" AS "t0"
    {"name":0:String, "tasks":child 0}
    child 0 (ordinal, list):
      SELECT "t0"."position", "rows"."c0", "rows"."c1", "rows"."c2", "rows"."c3"
      FROM (SELECT *
        FROM unnest($1) WITH ORDINALITY AS k(k0, position)) AS "t0"
      INNER JOIN LATERAL (SELECT DISTINCT ON ("t1"."project_id", "t1"."estimate") "t1"."id" AS "c0", "t1"."title" AS "c1", "t2"."id" AS "c2", "t2"."name" AS "c3"
        FROM "public"."tasks" AS "t1"
        LEFT JOIN "public"."projects" AS "t2" ON "t2"."id" = "t1"."project_id"
        WHERE "t1"."project_id" = "t0"."k0"
        AND "t1"."status" = $2
        ORDER BY "t1"."project_id" DESC, "t1"."estimate" ASC NULLS LAST, "t1"."title" ASC, "t1"."id" ASC
        LIMIT $3) AS "rows" ON TRUE
      -- 1 = keys of cell 1 : Int[]
      -- 2 = Variable("status") : String
      -- 3 = Variable("limit") : bigint
      {"id":1:Int, "title":2:String, "project":if 3 {"name":4:String}}

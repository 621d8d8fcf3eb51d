"people": read
  child 0
  child 0 (root, list):
    SELECT "t0"."name", "t0"."id"
    FROM "public"."people" AS "t0"
    LIMIT $1
    -- 1 = Variable("limit") : bigint
    {"name":0:String, "reports_aggregate":{"aggregate":child 0}}
    child 0 (ordinal, one):
      SELECT "t0"."position", COALESCE("rows"."c0", 0), "rows"."c1"
      FROM (SELECT *
        FROM unnest($1) WITH ORDINALITY AS k(k0, position)) AS "t0"
      LEFT JOIN (SELECT "t1"."boss_id" AS "g0", COUNT(*) AS "c0", MAX("t1"."age") AS "c1"
        FROM "public"."people" AS "t1"
        WHERE "t1"."boss_id" = ANY($1)
        GROUP BY "t1"."boss_id") AS "rows" ON "rows"."g0" = "t0"."k0"
      -- 1 = keys of cell 1 : uuid[]
      {"count":1:bigint, "max":{"age":2:Int}}
"projects": read
  child 0
  child 0 (root, list):
    SELECT "t0"."name", "t0"."id"
    FROM "public"."projects" AS "t0"
    LIMIT $1
    -- 1 = Variable("limit") : bigint
    {"name":0:String, "tasks_aggregate":{"aggregate":child 0, "nodes":child 1}}
    child 0 (ordinal, one):
      SELECT "t0"."position", COALESCE("rows"."c0", 0), "rows"."c1"
      FROM (SELECT *
        FROM unnest($1) WITH ORDINALITY AS k(k0, position)) AS "t0"
      LEFT JOIN (SELECT "t1"."project_id" AS "g0", COUNT(*) AS "c0", MAX("t1"."estimate") AS "c1"
        FROM "public"."tasks" AS "t1"
        WHERE "t1"."project_id" = ANY($1)
        GROUP BY "t1"."project_id") AS "rows" ON "rows"."g0" = "t0"."k0"
      -- 1 = keys of cell 1 : Int[]
      {"count":1:bigint, "max":{"estimate":2:numeric Scaled { scale: 2 }}}
    child 1 (keys [1], list):
      SELECT "t0"."project_id", "t0"."title"
      FROM "public"."tasks" AS "t0"
      WHERE "t0"."project_id" = ANY($1)
      -- 1 = keys of cell 1 : Int[]
      {"title":1:String}

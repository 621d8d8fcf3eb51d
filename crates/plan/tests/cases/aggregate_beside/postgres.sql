"answer": read
  child 0
  child 0 (root, list):
    SELECT "rows"."c0", "t2"."c0", "t2"."c1", "rows"."c3"
    FROM (SELECT "t0"."name" AS "c0", "t0"."id" AS "c3", "t0"."id" AS "k0"
      FROM "public"."projects" AS "t0"
      LIMIT $1) AS "rows"
    INNER JOIN LATERAL (SELECT COUNT(*) AS "c0", MAX("t1"."estimate") AS "c1"
      FROM "public"."tasks" AS "t1"
      WHERE "t1"."project_id" = "rows"."k0"
      AND "t1"."status" <> $2) AS "t2" ON TRUE
    -- 1 = Variable("limit") : bigint
    -- 2 = Text("done") : String
    {"name":0:String, "tasks_aggregate":{"aggregate":{"count":1:bigint, "max":{"estimate":2:numeric Scaled { scale: 2 }}}}, "tasks":child 0}
    child 0 (ordinal, list):
      SELECT "t0"."position", "rows"."c0", "rows"."c1", "rows"."c2", "rows"."c3", "rows"."c4"
      FROM (SELECT *
        FROM unnest($1) WITH ORDINALITY AS k(k0, position)) AS "t0"
      INNER JOIN LATERAL (SELECT "rows"."c0" AS "c0", "rows"."c1" AS "c1", "rows"."c2" AS "c2", "t4"."c0" AS "c3", "t4"."c1" AS "c4"
        FROM (SELECT "t1"."title" AS "c0", "t2"."id" AS "c1", "t2"."name" AS "c2", "t2"."id" AS "k0", "t1"."title" AS "s0", "t1"."estimate" AS "s1"
          FROM "public"."tasks" AS "t1"
          LEFT JOIN "public"."projects" AS "t2" ON "t2"."id" = "t1"."project_id"
          WHERE "t1"."project_id" = "t0"."k0"
          ORDER BY "t1"."title" ASC, "t1"."estimate" DESC NULLS FIRST
          LIMIT $2) AS "rows"
        INNER JOIN LATERAL (SELECT COUNT(*) AS "c0", MAX("t3"."estimate") AS "c1"
          FROM "public"."tasks" AS "t3"
          WHERE "t3"."project_id" = "rows"."k0") AS "t4" ON TRUE
        ORDER BY "rows"."s0" ASC, "rows"."s1" DESC NULLS FIRST) AS "rows" ON TRUE
      -- 1 = keys of cell 3 : Int[]
      -- 2 = Variable("limit") : bigint
      {"title":1:String, "project":if 2 {"name":3:String, "tasks_aggregate":{"aggregate":{"count":4:bigint, "max":{"estimate":5:numeric Scaled { scale: 2 }}}}}}

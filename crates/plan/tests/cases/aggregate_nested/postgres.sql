"projects": read
  child 0
  child 0 (root, list):
    SELECT "t0"."name", "t0"."id"
    FROM "public"."projects" AS "t0"
    {"name":0:String, "tasks_aggregate":{"aggregate":child 0}}
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
"members": read
  child 0
  child 0 (root, list):
    SELECT "t0"."role", "t0"."project_id", "t0"."person_id"
    FROM "public"."members" AS "t0"
    {"role":0:String, "watchers_aggregate":{"aggregate":child 0}}
    child 0 (ordinal, one):
      SELECT "t0"."position", COALESCE("rows"."c0", 0)
      FROM (SELECT *
        FROM unnest($1, $2) WITH ORDINALITY AS k(k0, k1, position)) AS "t0"
      LEFT JOIN (SELECT "t1"."project_id" AS "g0", "t1"."person_id" AS "g1", COUNT(*) AS "c0"
        FROM "public"."watchers" AS "t1"
        WHERE ("t1"."project_id", "t1"."person_id") IN (SELECT *
          FROM unnest($1, $2) AS "t2")
        GROUP BY "t1"."project_id", "t1"."person_id") AS "rows" ON "rows"."g0" = "t0"."k0"
      AND "rows"."g1" = "t0"."k1"
      -- 1 = keys of cell 1 : Int[]
      -- 2 = keys of cell 2 : uuid[]
      {"count":1:bigint}

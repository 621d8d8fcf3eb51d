"answer": read
  child 0
  child 0 (root, list):
    SELECT "t0"."name", "t0"."id"
    FROM "public"."people" AS "t0"
    {"name":0:String, "reports":child 0, "namesake":child 1}
    child 0 (ordinal, list):
      SELECT "t0"."position", "rows"."c0"
      FROM (SELECT *
        FROM unnest($1) WITH ORDINALITY AS k(k0, position)) AS "t0"
      INNER JOIN LATERAL (SELECT "t1"."name" AS "c0"
        FROM "public"."people" AS "t1"
        WHERE "t1"."boss_id" = "t0"."k0"
        ORDER BY "t1"."age" DESC NULLS FIRST
        LIMIT $2) AS "rows" ON TRUE
      -- 1 = keys of cell 1 : uuid[]
      -- 2 = Variable("limit") : bigint
      {"name":1:String}
    child 1 (ordinal, one):
      SELECT "t0"."position", "rows"."c0"
      FROM (SELECT *
        FROM unnest($1) WITH ORDINALITY AS k(k0, position)) AS "t0"
      INNER JOIN LATERAL (SELECT "t1"."id" AS "c0"
        FROM "public"."people" AS "t1"
        WHERE "t1"."name" = "t0"."k0"
        ORDER BY "t1"."id" ASC
        LIMIT $2) AS "rows" ON TRUE
      -- 1 = keys of cell 0 : String[]
      -- 2 = 1 : bigint
      {"id":1:uuid}

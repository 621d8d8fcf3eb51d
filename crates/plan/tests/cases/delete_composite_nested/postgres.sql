"answer": write
  select keys:
    SELECT "t0"."project_id", "t0"."person_id"
    FROM "public"."members" AS "t0"
    FOR UPDATE
  statement (key 2):
    DELETE
    FROM "public"."members"
    WHERE ("members"."project_id", "members"."person_id") IN (SELECT *
      FROM unnest($1, $2) AS "t0")
    RETURNING "members"."project_id", "members"."person_id"
    -- 1 = keys of cell 0 : Int[]
    -- 2 = keys of cell 1 : uuid[]
  response {"returning":returning 0 list}
  returning 0 (ordinal, one):
    SELECT "t0"."position", "rows"."c0", "rows"."c1", "rows"."c2"
    FROM (SELECT *
      FROM unnest($1, $2) WITH ORDINALITY AS k(k0, k1, position)) AS "t0"
    INNER JOIN LATERAL (SELECT "t1"."role" AS "c0", "t2"."id" AS "c1", "t2"."name" AS "c2"
      FROM "public"."members" AS "t1"
      LEFT JOIN "public"."people" AS "t2" ON "t2"."id" = "t1"."person_id"
      WHERE "t1"."project_id" = "t0"."k0"
      AND "t1"."person_id" = "t0"."k1") AS "rows" ON TRUE
    -- 1 = keys of cell 0 : Int[]
    -- 2 = keys of cell 1 : uuid[]
    {"role":1:String, "person":if 2 {"name":3:String}}

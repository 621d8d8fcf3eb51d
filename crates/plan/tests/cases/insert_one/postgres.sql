"answer": insert
  rows 0
  template Document
    value 0 = Row.Key("name") for column Some(1)
    value 1 = Row.Key("public") for column Some(3)
    insert (key 1):
      INSERT INTO "public"."projects" ("name", "public")
      VALUES ($1, $2)
      RETURNING "projects"."id"
      -- 1 = row value 0 : String
      -- 2 = row value 1 : Boolean
  response returning 0
  returning 0 (ordinal, one):
    SELECT "t0"."position", "rows"."c0", "rows"."c1", "rows"."c2", "rows"."c3"
    FROM (SELECT *
      FROM unnest($1) WITH ORDINALITY AS k(k0, position)) AS "t0"
    INNER JOIN LATERAL (SELECT "t1"."id" AS "c0", "t1"."name" AS "c1", "t2"."id" AS "c2", "t2"."name" AS "c3"
      FROM "public"."projects" AS "t1"
      LEFT JOIN "public"."people" AS "t2" ON "t2"."id" = "t1"."owner_id"
      WHERE "t1"."id" = "t0"."k0") AS "rows" ON TRUE
    -- 1 = keys of cell 0 : Int[]
    {"id":1:Int, "name":2:String, "owner":if 3 {"name":4:String}}

"answer": insert
  rows 0
  template Document
    value 0 = Row.Key("name") for column Some(1)
    value 1 = Row.Key("public") for column Some(3)
    value 2 = x-hasura-user-id for column Some(2)
    insert (key 1):
      INSERT INTO "public"."projects" ("name", "public", "owner_id")
      VALUES ($1, $2, $3)
      RETURNING "projects"."id", "projects"."owner_id" = $4
      -- 1 = row value 0 : String
      -- 2 = row value 1 : Boolean
      -- 3 = row value 2 : uuid
      -- 4 = x-hasura-user-id : uuid
    insert check: cell 1
  response returning 0
  returning 0 (ordinal, one):
    SELECT "t0"."position", "rows"."c0", "rows"."c1", "rows"."c2", "rows"."c3"
    FROM (SELECT *
      FROM unnest($1) WITH ORDINALITY AS k(k0, position)) AS "t0"
    INNER JOIN LATERAL (SELECT "t1"."id" AS "c0", "t1"."name" AS "c1", "t3"."id" AS "c2", "t3"."name" AS "c3"
      FROM "public"."projects" AS "t1"
      LEFT JOIN "public"."people" AS "t3" ON "t3"."id" = "t1"."owner_id"
      AND "t3"."id" = $2
      WHERE "t1"."id" = "t0"."k0"
      AND EXISTS(SELECT 1
        FROM "public"."members" AS "t2"
        WHERE "t2"."project_id" = "t1"."id"
        AND "t2"."person_id" = $2)) AS "rows" ON TRUE
    -- 1 = keys of cell 0 : Int[]
    -- 2 = x-hasura-user-id : uuid
    {"id":1:Int, "name":2:String, "owner":if 3 {"name":4:String}}

"answer": write
  select keys:
    SELECT "t0"."id"
    FROM (SELECT "tasks".*, CAST(((upper(title) -- loud
)) AS text) COLLATE "C" AS "shout", CAST(((limit_hours - estimate)) AS numeric(8, 2)) AS "left", CAST(((meta)) AS jsonb) AS "facts"
      FROM "public"."tasks") AS "t0"
    WHERE "t0"."left" = $1
    AND EXISTS(SELECT 1
      FROM "public"."projects" AS "t1"
      WHERE "t1"."id" = "t0"."project_id"
      AND EXISTS(SELECT 1
        FROM "public"."members" AS "t2"
        WHERE "t2"."project_id" = "t1"."id"
        AND "t2"."person_id" = $2))
    FOR UPDATE
    -- 1 = Variable("left") : numeric ScaledOperand { scale: 2 }
    -- 2 = x-hasura-user-id : uuid
  statement (key 1):
    DELETE
    FROM "public"."tasks"
    WHERE "tasks"."id" = ANY($1)
    RETURNING "tasks"."id"
    -- 1 = keys of cell 0 : Int[]
  response {"returning":returning 0 list}
  returning 0 (ordinal, one):
    SELECT "t0"."position", "rows"."c0", "rows"."c1", "rows"."c2", "rows"."c3"
    FROM (SELECT *
      FROM unnest($1) WITH ORDINALITY AS k(k0, position)) AS "t0"
    INNER JOIN LATERAL (SELECT "t1"."shout" AS "c0", "t1"."facts" #> $2 AS "c1", "t4"."id" AS "c2", "t4"."name" AS "c3"
      FROM (SELECT "tasks".*, CAST(((upper(title) -- loud
)) AS text) COLLATE "C" AS "shout", CAST(((limit_hours - estimate)) AS numeric(8, 2)) AS "left", CAST(((meta)) AS jsonb) AS "facts"
        FROM "public"."tasks") AS "t1"
      LEFT JOIN "public"."projects" AS "t4" ON "t4"."id" = "t1"."project_id"
      AND EXISTS(SELECT 1
        FROM "public"."members" AS "t5"
        WHERE "t5"."project_id" = "t4"."id"
        AND "t5"."person_id" = $3)
      WHERE "t1"."id" = "t0"."k0"
      AND EXISTS(SELECT 1
        FROM "public"."projects" AS "t2"
        WHERE "t2"."id" = "t1"."project_id"
        AND EXISTS(SELECT 1
          FROM "public"."members" AS "t3"
          WHERE "t3"."project_id" = "t2"."id"
          AND "t3"."person_id" = $3))) AS "rows" ON TRUE
    -- 1 = keys of cell 0 : Int[]
    -- 2 = List([Text("a")]) : String[]
    -- 3 = x-hasura-user-id : uuid
    {"shout":1:String, "path":2:jsonb, "project":if 3 {"name":4:String}}

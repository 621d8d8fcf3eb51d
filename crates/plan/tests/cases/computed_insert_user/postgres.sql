"answer": insert
  rows 0
  template Document
    value 0 = Row.Key("title") for column Some(1)
    value 1 = Row.Key("project_id") for column Some(2)
    value 2 = x-hasura-user-id for column Some(3)
    value 3 = now for column Some(9)
    insert (key 1):
      INSERT INTO "public"."tasks" ("title", "project_id", "assignee_id", "updated_at")
      VALUES ($1, $2, $3, $4)
      RETURNING "tasks"."id", EXISTS(SELECT 1
        FROM "public"."projects" AS "t0"
        WHERE "t0"."id" = "tasks"."project_id"
        AND EXISTS(SELECT 1
          FROM "public"."members" AS "t1"
          WHERE "t1"."project_id" = "t0"."id"
          AND "t1"."person_id" = $5))
      -- 1 = row value 0 : String
      -- 2 = row value 1 : Int
      -- 3 = row value 2 : uuid
      -- 4 = row value 3 : timestamptz
      -- 5 = x-hasura-user-id : uuid
    insert check: cell 1
  response {"returning":returning 0 list}
  returning 0 (ordinal, one):
    SELECT "t0"."position", "rows"."c0", "rows"."c1", "rows"."c2", "rows"."c3"
    FROM (SELECT *
      FROM unnest($1) WITH ORDINALITY AS k(k0, position)) AS "t0"
    INNER JOIN LATERAL (SELECT "t1"."id" AS "c0", "t1"."shout" AS "c1", "t1"."left" AS "c2", "t1"."mine" AS "c3"
      FROM (SELECT "tasks".*, CAST(((upper(title) -- loud
)) AS text) COLLATE "C" AS "shout", CAST(((limit_hours - estimate)) AS numeric(8, 2)) AS "left", CAST(((title = $2 or 'a:b' = $2)) AS boolean) AS "mine"
        FROM "public"."tasks") AS "t1"
      WHERE "t1"."id" = "t0"."k0"
      AND EXISTS(SELECT 1
        FROM "public"."projects" AS "t2"
        WHERE "t2"."id" = "t1"."project_id"
        AND EXISTS(SELECT 1
          FROM "public"."members" AS "t3"
          WHERE "t3"."project_id" = "t2"."id"
          AND "t3"."person_id" = $3))) AS "rows" ON TRUE
    -- 1 = keys of cell 0 : Int[]
    -- 2 = x-hasura-name : String
    -- 3 = x-hasura-user-id : uuid
    {"id":1:Int, "shout":2:String, "left":3:numeric Scaled { scale: 2 }, "mine":4:Boolean}

"answer": write
  statement (key 1):
    UPDATE "public"."tasks"
    SET "title" = $1, "updated_at" = $2, "assignee_id" = $3
    WHERE (SELECT CAST(((upper(title) -- loud
)) AS text) COLLATE "C"
      FROM (SELECT "tasks"."id" AS "id", "tasks"."title" AS "title", "tasks"."project_id" AS "project_id", "tasks"."assignee_id" AS "assignee_id", "tasks"."status" AS "status", "tasks"."estimate" AS "estimate", "tasks"."spent" AS "spent", "tasks"."weight" AS "weight", "tasks"."meta" AS "meta", "tasks"."updated_at" AS "updated_at", "tasks"."limit_hours" AS "limit_hours") AS "tasks") = $4
    AND EXISTS(SELECT 1
      FROM "public"."projects" AS "t0"
      WHERE "t0"."id" = "tasks"."project_id"
      AND EXISTS(SELECT 1
        FROM "public"."members" AS "t1"
        WHERE "t1"."project_id" = "t0"."id"
        AND "t1"."person_id" = $5))
    RETURNING "tasks"."id"
    -- 1 = Variable("title") : String
    -- 2 = now : timestamptz
    -- 3 = x-hasura-user-id : uuid
    -- 4 = Variable("shout") : String
    -- 5 = x-hasura-user-id : uuid
  check:
    SELECT NOT EXISTS(SELECT 1
      FROM (SELECT "tasks".*, CAST(((upper(title) -- loud
)) AS text) COLLATE "C" AS "shout", CAST(((title = $1 or 'a:b' = $1)) AS boolean) AS "mine"
        FROM "public"."tasks") AS "t1"
      WHERE "t1"."title" = "t0"."title"
      AND "t1"."limit_hours" < "t0"."estimate")
    FROM (SELECT "tasks".*, CAST(((upper(title) -- loud
)) AS text) COLLATE "C" AS "shout", CAST(((title = $1 or 'a:b' = $1)) AS boolean) AS "mine"
      FROM "public"."tasks") AS "t0"
    WHERE "t0"."id" = $2
    -- 1 = x-hasura-name : String
    -- 2 = parent cell 0 : Int
  response {"returning":returning 0 list}
  returning 0 (ordinal, one):
    SELECT "t0"."position", "rows"."c0", "rows"."c1"
    FROM (SELECT *
      FROM unnest($1) WITH ORDINALITY AS k(k0, position)) AS "t0"
    INNER JOIN LATERAL (SELECT "t1"."shout" AS "c0", "t1"."mine" AS "c1"
      FROM (SELECT "tasks".*, CAST(((upper(title) -- loud
)) AS text) COLLATE "C" AS "shout", CAST(((title = $2 or 'a:b' = $2)) AS boolean) AS "mine"
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
    {"shout":1:String, "mine":2:Boolean}

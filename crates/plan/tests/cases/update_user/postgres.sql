"answer": write
  statement (key 1):
    UPDATE "public"."tasks"
    SET "title" = $1, "updated_at" = $2, "assignee_id" = $3
    WHERE "tasks"."id" = $4
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
    -- 4 = Variable("id") : Int
    -- 5 = x-hasura-user-id : uuid
  check:
    SELECT NOT EXISTS(SELECT 1
      FROM "public"."tasks" AS "t1"
      WHERE "t1"."title" = "t0"."title"
      AND "t1"."limit_hours" < "t0"."estimate")
    FROM "public"."tasks" AS "t0"
    WHERE "t0"."id" = $1
    -- 1 = parent cell 0 : Int
  response returning 0
  returning 0 (ordinal, one):
    SELECT "t0"."position", "rows"."c0", "rows"."c1", "rows"."c2"
    FROM (SELECT *
      FROM unnest($1) WITH ORDINALITY AS k(k0, position)) AS "t0"
    INNER JOIN LATERAL (SELECT "t1"."id" AS "c0", "t1"."title" AS "c1", "t1"."updated_at" AS "c2"
      FROM "public"."tasks" AS "t1"
      WHERE "t1"."id" = "t0"."k0"
      AND EXISTS(SELECT 1
        FROM "public"."projects" AS "t2"
        WHERE "t2"."id" = "t1"."project_id"
        AND EXISTS(SELECT 1
          FROM "public"."members" AS "t3"
          WHERE "t3"."project_id" = "t2"."id"
          AND "t3"."person_id" = $2))) AS "rows" ON TRUE
    -- 1 = keys of cell 0 : Int[]
    -- 2 = x-hasura-user-id : uuid
    {"id":1:Int, "title":2:String, "updated_at":3:timestamptz}

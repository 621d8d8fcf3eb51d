"answer": write
  statement (key 1):
    UPDATE "public"."tasks"
    SET "title" = $1, "assignee_id" = $2, "updated_at" = $3
    WHERE "tasks"."id" = $4
    AND "tasks"."assignee_id" = $5
    RETURNING "tasks"."id"
    -- 1 = Variable("title") : String
    -- 2 = Variable("assignee_id") : uuid
    -- 3 = now : timestamptz
    -- 4 = Variable("id") : Int
    -- 5 = x-hasura-user-id : uuid
  response returning 0
  returning 0 (ordinal, one):
    SELECT "t0"."position", "rows"."c0", "rows"."c1", "rows"."c2"
    FROM (SELECT *
      FROM unnest($1) WITH ORDINALITY AS k(k0, position)) AS "t0"
    INNER JOIN LATERAL (SELECT "t1"."id" AS "c0", (CASE WHEN (EXISTS(SELECT 1
            FROM "public"."projects" AS "t4"
            WHERE "t4"."id" = "t1"."project_id"
            AND EXISTS(SELECT 1
              FROM "public"."members" AS "t5"
              WHERE "t5"."project_id" = "t4"."id"
              AND "t5"."person_id" = $2))) THEN "t1"."title" END) AS "c1", "t1"."updated_at" AS "c2"
      FROM "public"."tasks" AS "t1"
      WHERE "t1"."id" = "t0"."k0"
      AND (EXISTS(SELECT 1
          FROM "public"."projects" AS "t2"
          WHERE "t2"."id" = "t1"."project_id"
          AND EXISTS(SELECT 1
            FROM "public"."members" AS "t3"
            WHERE "t3"."project_id" = "t2"."id"
            AND "t3"."person_id" = $2)) OR "t1"."assignee_id" = $2)) AS "rows" ON TRUE
    -- 1 = keys of cell 0 : Int[]
    -- 2 = x-hasura-user-id : uuid
    {"id":1:Int, "title":2:String, "updated_at":3:timestamptz}

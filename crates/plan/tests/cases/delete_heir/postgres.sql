"answer": write
  select keys:
    SELECT "t0"."id"
    FROM "public"."tasks" AS "t0"
    WHERE (CASE WHEN (EXISTS(SELECT 1
          FROM "public"."projects" AS "t1"
          WHERE "t1"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "public"."members" AS "t2"
            WHERE "t2"."project_id" = "t1"."id"
            AND "t2"."person_id" = $1))) THEN "t0"."estimate" END) < $2
    AND "t0"."assignee_id" = $1
    FOR UPDATE
    -- 1 = x-hasura-user-id : uuid
    -- 2 = Variable("estimate") : numeric ScaledOperand { scale: 2 }
  statement (key 1):
    DELETE
    FROM "public"."tasks"
    WHERE "tasks"."id" = ANY($1)
    RETURNING "tasks"."id"
    -- 1 = keys of cell 0 : Int[]
  response {"affected_rows":affected rows, "returning":returning 0 list}
  returning 0 (ordinal, one):
    SELECT "t0"."position", "rows"."c0", "rows"."c1"
    FROM (SELECT *
      FROM unnest($1) WITH ORDINALITY AS k(k0, position)) AS "t0"
    INNER JOIN LATERAL (SELECT "t1"."id" AS "c0", (CASE WHEN (EXISTS(SELECT 1
            FROM "public"."projects" AS "t4"
            WHERE "t4"."id" = "t1"."project_id"
            AND EXISTS(SELECT 1
              FROM "public"."members" AS "t5"
              WHERE "t5"."project_id" = "t4"."id"
              AND "t5"."person_id" = $2))) THEN "t1"."title" END) AS "c1"
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
    {"id":1:Int, "title":2:String}

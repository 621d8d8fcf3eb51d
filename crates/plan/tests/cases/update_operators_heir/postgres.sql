"answer": write many
  statement (key 1):
    UPDATE "public"."tasks"
    SET "project_id" = "tasks"."project_id" + $1, "updated_at" = $2
    WHERE "tasks"."id" = $3
    AND "tasks"."assignee_id" = $4
    RETURNING "tasks"."id"
    -- 1 = Variable("project_id") : Int
    -- 2 = now : timestamptz
    -- 3 = Variable("id") : Int
    -- 4 = x-hasura-user-id : uuid
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
  statement (key 1):
    UPDATE "public"."tasks"
    SET "estimate" = "tasks"."estimate" + $1, "updated_at" = $2
    WHERE "tasks"."id" = $3
    AND "tasks"."assignee_id" = $4
    RETURNING "tasks"."id"
    -- 1 = Variable("estimate") : numeric Scaled { scale: 2 }
    -- 2 = now : timestamptz
    -- 3 = Variable("id") : Int
    -- 4 = x-hasura-user-id : uuid
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
  statement (key 1):
    UPDATE "public"."tasks"
    SET "spent" = "tasks"."spent" + $1, "updated_at" = $2
    WHERE "tasks"."id" = $3
    AND "tasks"."assignee_id" = $4
    RETURNING "tasks"."id"
    -- 1 = Variable("spent") : bigint
    -- 2 = now : timestamptz
    -- 3 = Variable("id") : Int
    -- 4 = x-hasura-user-id : uuid
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
  statement (key 1):
    UPDATE "public"."tasks"
    SET "weight" = "tasks"."weight" + $1, "updated_at" = $2
    WHERE "tasks"."id" = $3
    AND "tasks"."assignee_id" = $4
    RETURNING "tasks"."id"
    -- 1 = Variable("weight") : float8
    -- 2 = now : timestamptz
    -- 3 = Variable("id") : Int
    -- 4 = x-hasura-user-id : uuid
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
  statement (key 1):
    UPDATE "public"."tasks"
    SET "meta" = "tasks"."meta" || $1, "updated_at" = $2
    WHERE "tasks"."id" = $3
    AND "tasks"."assignee_id" = $4
    RETURNING "tasks"."id"
    -- 1 = Variable("meta") : jsonb
    -- 2 = now : timestamptz
    -- 3 = Variable("id") : Int
    -- 4 = x-hasura-user-id : uuid
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
  statement (key 1):
    UPDATE "public"."tasks"
    SET "meta" = $1 || "tasks"."meta", "updated_at" = $2
    WHERE "tasks"."id" = $3
    AND "tasks"."assignee_id" = $4
    RETURNING "tasks"."id"
    -- 1 = Variable("meta") : jsonb
    -- 2 = now : timestamptz
    -- 3 = Variable("id") : Int
    -- 4 = x-hasura-user-id : uuid
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
  statement (key 1):
    UPDATE "public"."tasks"
    SET "meta" = "tasks"."meta" - $1, "updated_at" = $2
    WHERE "tasks"."id" = $3
    AND "tasks"."assignee_id" = $4
    RETURNING "tasks"."id"
    -- 1 = Variable("meta") : String
    -- 2 = now : timestamptz
    -- 3 = Variable("id") : Int
    -- 4 = x-hasura-user-id : uuid
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
  statement (key 1):
    UPDATE "public"."tasks"
    SET "meta" = "tasks"."meta" - $1, "updated_at" = $2
    WHERE "tasks"."id" = $3
    AND "tasks"."assignee_id" = $4
    RETURNING "tasks"."id"
    -- 1 = Variable("meta") : Int
    -- 2 = now : timestamptz
    -- 3 = Variable("id") : Int
    -- 4 = x-hasura-user-id : uuid
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
  statement (key 1):
    UPDATE "public"."tasks"
    SET "meta" = "tasks"."meta" #- $1, "updated_at" = $2
    WHERE "tasks"."id" = $3
    AND "tasks"."assignee_id" = $4
    RETURNING "tasks"."id"
    -- 1 = Variable("meta") : String[]
    -- 2 = now : timestamptz
    -- 3 = Variable("id") : Int
    -- 4 = x-hasura-user-id : uuid
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
  statement (key 1):
    UPDATE "public"."projects"
    SET "budget" = "projects"."budget" + $1
    WHERE FALSE
    RETURNING "projects"."id", FALSE
    -- 1 = Variable("budget") : numeric Decimal { scale: None }
  check: cell 1
  response {"affected_rows":affected rows}

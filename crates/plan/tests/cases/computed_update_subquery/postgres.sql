"answer": write
  statement (key 1):
    UPDATE "public"."tasks"
    SET "title" = $1, "updated_at" = $2
    WHERE (SELECT CAST(((upper(title) -- loud
)) AS text) COLLATE "C"
      FROM (SELECT "tasks"."id" AS "id", "tasks"."title" AS "title", "tasks"."project_id" AS "project_id", "tasks"."assignee_id" AS "assignee_id", "tasks"."status" AS "status", "tasks"."estimate" AS "estimate", "tasks"."spent" AS "spent", "tasks"."weight" AS "weight", "tasks"."meta" AS "meta", "tasks"."updated_at" AS "updated_at", "tasks"."limit_hours" AS "limit_hours") AS "tasks") = $3
    RETURNING "tasks"."id"
    -- 1 = Variable("title") : String
    -- 2 = now : timestamptz
    -- 3 = Variable("shout") : String
  response {"returning":returning 0 list}
  returning 0 (ordinal, one):
    SELECT "t0"."position", "rows"."c0"
    FROM (SELECT *
      FROM unnest($1) WITH ORDINALITY AS k(k0, position)) AS "t0"
    INNER JOIN LATERAL (SELECT "t1"."siblings" AS "c0"
      FROM (SELECT "tasks".*, CAST(((upper(title) -- loud
)) AS text) COLLATE "C" AS "shout", CAST((((select count(*) from tasks other where other.project_id = tasks.project_id))) AS bigint) AS "siblings"
        FROM "public"."tasks") AS "t1"
      WHERE "t1"."id" = "t0"."k0") AS "rows" ON TRUE
    -- 1 = keys of cell 0 : Int[]
    {"siblings":1:bigint}

"answer": write
  statement (key 1):
    UPDATE "tasks"
    SET "title" = ?1, "updated_at" = ?2
    WHERE (SELECT (upper(title) -- loud
)
      FROM (SELECT "tasks"."id" AS "id", "tasks"."title" AS "title", "tasks"."project_id" AS "project_id", "tasks"."assignee_id" AS "assignee_id", "tasks"."status" AS "status", "tasks"."estimate" AS "estimate", "tasks"."spent" AS "spent", "tasks"."weight" AS "weight", "tasks"."meta" AS "meta", "tasks"."updated_at" AS "updated_at", "tasks"."limit_hours" AS "limit_hours") AS "tasks") = ?3
    RETURNING "tasks"."id"
    -- 1 = Variable("title") : String
    -- 2 = now : timestamptz
    -- 3 = Variable("shout") : String
  response {"returning":returning 0 list}
  returning 0 (per parent, one):
    SELECT "t0"."siblings"
    FROM (SELECT "tasks".*, (upper(title) -- loud
) AS "shout", ((select count(*) from tasks other where other.project_id = tasks.project_id)) AS "siblings"
      FROM "tasks") AS "t0"
    WHERE "t0"."id" = ?1
    -- 1 = parent cell 0 : Int
    {"siblings":0:bigint}

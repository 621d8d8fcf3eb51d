"answer": write
  statement (key 1):
    UPDATE "tasks"
    SET "title" = ?1, "updated_at" = ?2, "assignee_id" = ?3
    WHERE (SELECT (upper(title) -- loud
)
      FROM (SELECT "tasks"."id" AS "id", "tasks"."title" AS "title", "tasks"."project_id" AS "project_id", "tasks"."assignee_id" AS "assignee_id", "tasks"."status" AS "status", "tasks"."estimate" AS "estimate", "tasks"."spent" AS "spent", "tasks"."weight" AS "weight", "tasks"."meta" AS "meta", "tasks"."updated_at" AS "updated_at", "tasks"."limit_hours" AS "limit_hours") AS "tasks") = ?4
    AND EXISTS(SELECT 1
      FROM "projects" AS "t0"
      WHERE "t0"."id" = "tasks"."project_id"
      AND EXISTS(SELECT 1
        FROM "members" AS "t1"
        WHERE "t1"."project_id" = "t0"."id"
        AND "t1"."person_id" = ?5) IS TRUE) IS TRUE
    RETURNING "tasks"."id"
    -- 1 = Variable("title") : String
    -- 2 = now : timestamptz
    -- 3 = x-hasura-user-id : uuid
    -- 4 = Variable("shout") : String
    -- 5 = x-hasura-user-id : uuid
  check:
    SELECT NOT EXISTS(SELECT 1
      FROM (SELECT "tasks".*, (upper(title) -- loud
) AS "shout", (title = ?1 or 'a:b' = ?1) AS "mine"
        FROM "tasks") AS "t1"
      WHERE "t1"."title" = "t0"."title"
      AND "t1"."limit_hours" < "t0"."estimate") IS TRUE
    FROM (SELECT "tasks".*, (upper(title) -- loud
) AS "shout", (title = ?1 or 'a:b' = ?1) AS "mine"
      FROM "tasks") AS "t0"
    WHERE "t0"."id" = ?2
    -- 1 = x-hasura-name : String
    -- 2 = parent cell 0 : Int
  response {"returning":returning 0 list}
  returning 0 (per parent, one):
    SELECT "t0"."shout", "t0"."mine"
    FROM (SELECT "tasks".*, (upper(title) -- loud
) AS "shout", (title = ?1 or 'a:b' = ?1) AS "mine"
      FROM "tasks") AS "t0"
    WHERE "t0"."id" = ?2
    AND EXISTS(SELECT 1
      FROM "projects" AS "t1"
      WHERE "t1"."id" = "t0"."project_id"
      AND EXISTS(SELECT 1
        FROM "members" AS "t2"
        WHERE "t2"."project_id" = "t1"."id"
        AND "t2"."person_id" = ?3) IS TRUE) IS TRUE
    -- 1 = x-hasura-name : String
    -- 2 = parent cell 0 : Int
    -- 3 = x-hasura-user-id : uuid
    {"shout":0:String, "mine":1:Boolean}

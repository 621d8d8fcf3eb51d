"answer": write
  select keys:
    SELECT "t0"."id"
    FROM (SELECT "tasks".*, (upper(title) -- loud
) AS "shout", purlin_scaled((limit_hours - estimate)) AS "left", purlin_json_path((meta), '[]') AS "facts"
      FROM "tasks") AS "t0"
    WHERE "t0"."left" = ?1
    AND EXISTS(SELECT 1
      FROM "projects" AS "t1"
      WHERE "t1"."id" = "t0"."project_id"
      AND EXISTS(SELECT 1
        FROM "members" AS "t2"
        WHERE "t2"."project_id" = "t1"."id"
        AND "t2"."person_id" = ?2) IS TRUE) IS TRUE
    -- 1 = Variable("left") : numeric ScaledOperand { scale: 2 }
    -- 2 = x-hasura-user-id : uuid
  statement (key 1):
    DELETE
    FROM "tasks"
    WHERE (SELECT purlin_scaled((limit_hours - estimate))
      FROM (SELECT "tasks"."id" AS "id", "tasks"."title" AS "title", "tasks"."project_id" AS "project_id", "tasks"."assignee_id" AS "assignee_id", "tasks"."status" AS "status", "tasks"."estimate" AS "estimate", "tasks"."spent" AS "spent", "tasks"."weight" AS "weight", "tasks"."meta" AS "meta", "tasks"."updated_at" AS "updated_at", "tasks"."limit_hours" AS "limit_hours") AS "tasks") = ?1
    AND EXISTS(SELECT 1
      FROM "projects" AS "t0"
      WHERE "t0"."id" = "tasks"."project_id"
      AND EXISTS(SELECT 1
        FROM "members" AS "t1"
        WHERE "t1"."project_id" = "t0"."id"
        AND "t1"."person_id" = ?2) IS TRUE) IS TRUE
    RETURNING "tasks"."id"
    -- 1 = Variable("left") : numeric ScaledOperand { scale: 2 }
    -- 2 = x-hasura-user-id : uuid
  response {"returning":returning 0 list}
  returning 0 (per parent, one):
    SELECT "t0"."shout", purlin_json_path("t0"."facts", ?1), "t3"."id", "t3"."name"
    FROM (SELECT "tasks".*, (upper(title) -- loud
) AS "shout", purlin_scaled((limit_hours - estimate)) AS "left", purlin_json_path((meta), '[]') AS "facts"
      FROM "tasks") AS "t0"
    LEFT JOIN "projects" AS "t3" ON "t3"."id" = "t0"."project_id"
    AND EXISTS(SELECT 1
      FROM "members" AS "t4"
      WHERE "t4"."project_id" = "t3"."id"
      AND "t4"."person_id" = ?2) IS TRUE
    WHERE "t0"."id" = ?3
    AND EXISTS(SELECT 1
      FROM "projects" AS "t1"
      WHERE "t1"."id" = "t0"."project_id"
      AND EXISTS(SELECT 1
        FROM "members" AS "t2"
        WHERE "t2"."project_id" = "t1"."id"
        AND "t2"."person_id" = ?2) IS TRUE) IS TRUE
    -- 1 = List([Text("a")]) : String[]
    -- 2 = x-hasura-user-id : uuid
    -- 3 = parent cell 0 : Int
    {"shout":0:String, "path":1:jsonb, "project":if 2 {"name":3:String}}

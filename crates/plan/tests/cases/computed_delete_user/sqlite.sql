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
    WHERE "tasks"."id" = ?1
    RETURNING "tasks"."id"
    -- 1 = parent cell 0 : Int
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

"answer": write
  statement (key 1):
    UPDATE "tasks"
    SET "title" = ?1, "updated_at" = ?2, "assignee_id" = ?3
    WHERE "tasks"."id" = ?4
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
    -- 4 = Variable("id") : Int
    -- 5 = x-hasura-user-id : uuid
  check:
    SELECT NOT EXISTS(SELECT 1
      FROM "tasks" AS "t1"
      WHERE "t1"."title" = "t0"."title"
      AND "t1"."limit_hours" < "t0"."estimate") IS TRUE
    FROM "tasks" AS "t0"
    WHERE "t0"."id" = ?1
    -- 1 = parent cell 0 : Int
  response returning 0
  returning 0 (per parent, one):
    SELECT "t0"."id", "t0"."title", "t0"."updated_at"
    FROM "tasks" AS "t0"
    WHERE "t0"."id" = ?1
    AND EXISTS(SELECT 1
      FROM "projects" AS "t1"
      WHERE "t1"."id" = "t0"."project_id"
      AND EXISTS(SELECT 1
        FROM "members" AS "t2"
        WHERE "t2"."project_id" = "t1"."id"
        AND "t2"."person_id" = ?2) IS TRUE) IS TRUE
    -- 1 = parent cell 0 : Int
    -- 2 = x-hasura-user-id : uuid
    {"id":0:Int, "title":1:String, "updated_at":2:timestamptz}

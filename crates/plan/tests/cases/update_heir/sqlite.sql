"answer": write
  statement (key 1):
    UPDATE "tasks"
    SET "title" = ?1, "assignee_id" = ?2, "updated_at" = ?3
    WHERE "tasks"."id" = ?4
    AND "tasks"."assignee_id" = ?5
    RETURNING "tasks"."id"
    -- 1 = Variable("title") : String
    -- 2 = Variable("assignee_id") : uuid
    -- 3 = now : timestamptz
    -- 4 = Variable("id") : Int
    -- 5 = x-hasura-user-id : uuid
  response returning 0
  returning 0 (per parent, one):
    SELECT "t0"."id", (CASE WHEN (EXISTS(SELECT 1
          FROM "projects" AS "t3"
          WHERE "t3"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "members" AS "t4"
            WHERE "t4"."project_id" = "t3"."id"
            AND "t4"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."title" END), "t0"."updated_at"
    FROM "tasks" AS "t0"
    WHERE "t0"."id" = ?2
    AND (EXISTS(SELECT 1
        FROM "projects" AS "t1"
        WHERE "t1"."id" = "t0"."project_id"
        AND EXISTS(SELECT 1
          FROM "members" AS "t2"
          WHERE "t2"."project_id" = "t1"."id"
          AND "t2"."person_id" = ?1) IS TRUE) IS TRUE OR "t0"."assignee_id" = ?1)
    -- 1 = x-hasura-user-id : uuid
    -- 2 = parent cell 0 : Int
    {"id":0:Int, "title":1:String, "updated_at":2:timestamptz}

"answer": insert
  rows 0
  template Document
    value 0 = Row.Key("title") for column Some(1)
    value 1 = Row.Key("project_id") for column Some(2)
    value 2 = Row.Key("status") for column Some(4)
    value 3 = x-hasura-user-id for column Some(3)
    value 4 = now for column Some(9)
    probe:
      SELECT 1
      FROM "tasks" AS "t0"
      WHERE "t0"."project_id" = ?1
      AND "t0"."title" = ?2
      -- 1 = row value 1 : Int
      -- 2 = row value 0 : String
    insert (key 1):
      INSERT INTO "tasks" ("title", "project_id", "status", "assignee_id", "updated_at")
      VALUES (?1, ?2, ?3, ?4, ?5)
      ON CONFLICT ("project_id", "title")
      DO UPDATE
      SET "status" = "excluded"."status", "estimate" = "excluded"."estimate", "updated_at" = ?6, "assignee_id" = ?7
      WHERE "tasks"."status" = ?8
      AND EXISTS(SELECT 1
        FROM "projects" AS "t0"
        WHERE "t0"."id" = "tasks"."project_id"
        AND EXISTS(SELECT 1
          FROM "members" AS "t1"
          WHERE "t1"."project_id" = "t0"."id"
          AND "t1"."person_id" = ?9) IS TRUE) IS TRUE
      RETURNING "tasks"."id", EXISTS(SELECT 1
        FROM "projects" AS "t2"
        WHERE "t2"."id" = "tasks"."project_id"
        AND EXISTS(SELECT 1
          FROM "members" AS "t3"
          WHERE "t3"."project_id" = "t2"."id"
          AND "t3"."person_id" = ?9) IS TRUE) IS TRUE
      -- 1 = row value 0 : String
      -- 2 = row value 1 : Int
      -- 3 = row value 2 : String
      -- 4 = row value 3 : uuid
      -- 5 = row value 4 : timestamptz
      -- 6 = now : timestamptz
      -- 7 = x-hasura-user-id : uuid
      -- 8 = Variable("status") : String
      -- 9 = x-hasura-user-id : uuid
    insert check: cell 1
    update check:
      SELECT NOT EXISTS(SELECT 1
        FROM "tasks" AS "t1"
        WHERE "t1"."title" = "t0"."title"
        AND "t1"."limit_hours" < "t0"."estimate") IS TRUE
      FROM "tasks" AS "t0"
      WHERE "t0"."id" = ?1
      -- 1 = parent cell 0 : Int
    updated: probe
  response {"affected_rows":affected rows, "returning":returning 0 list}
  returning 0 (per parent, one):
    SELECT "t0"."id", "t0"."status"
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
    {"id":0:Int, "status":1:String}

solitary
"answer": insert
  rows 0
  template Document
    value 0 = Row.Key("name") for column Some(1)
    value 1 = Row.Key("public") for column Some(3)
    value 2 = x-hasura-user-id for column Some(2)
    object 0
      template Document
        value 0 = Row.Key("name") for column Some(1)
        value 1 = uuid v7 for column Some(0)
        insert (key 1):
          INSERT INTO "people" ("name", "id")
          VALUES (?1, ?2)
          RETURNING "people"."id", FALSE
          -- 1 = row value 0 : String
          -- 2 = row value 1 : uuid
        insert check: cell 1
    insert (key 1):
      INSERT INTO "projects" ("name", "public", "owner_id")
      VALUES (?1, ?2, ?3)
      RETURNING "projects"."id", "projects"."owner_id" = ?4
      -- 1 = row value 0 : String
      -- 2 = row value 1 : Boolean
      -- 3 = row value 2 : uuid
      -- 4 = x-hasura-user-id : uuid
    insert check: cell 1
    array 0
      template Elements(VariablePath { base: Variable("tasks"), steps: [] })
        value 0 = Row.Key("title") for column Some(1)
        value 1 = Row.Key("status") for column Some(4)
        value 2 = x-hasura-user-id for column Some(3)
        value 3 = now for column Some(9)
        object 0
          template Document
            value 0 = Row.Key("name") for column Some(1)
            value 1 = uuid v7 for column Some(0)
            insert (key 1):
              INSERT INTO "people" ("name", "id")
              VALUES (?1, ?2)
              RETURNING "people"."id", FALSE
              -- 1 = row value 0 : String
              -- 2 = row value 1 : uuid
            insert check: cell 1
        insert (key 1):
          INSERT INTO "tasks" ("title", "status", "assignee_id", "updated_at", "project_id")
          VALUES (?1, ?2, ?3, ?4, ?5)
          RETURNING "tasks"."id", EXISTS(SELECT 1
            FROM "projects" AS "t0"
            WHERE "t0"."id" = "tasks"."project_id"
            AND EXISTS(SELECT 1
              FROM "members" AS "t1"
              WHERE "t1"."project_id" = "t0"."id"
              AND "t1"."person_id" = ?6) IS TRUE) IS TRUE
          -- 1 = row value 0 : String
          -- 2 = row value 1 : String
          -- 3 = row value 2 : uuid
          -- 4 = row value 3 : timestamptz
          -- 5 = parent cell 0 : Int
          -- 6 = x-hasura-user-id : uuid
        insert check: cell 1
      template Elements(VariablePath { base: Variable("tasks"), steps: [] })
        value 0 = Row.Key("title") for column Some(1)
        value 1 = x-hasura-user-id for column Some(3)
        value 2 = now for column Some(9)
        insert (key 1):
          INSERT INTO "tasks" ("title", "assignee_id", "updated_at", "project_id")
          VALUES (?1, ?2, ?3, ?4)
          RETURNING "tasks"."id", EXISTS(SELECT 1
            FROM "projects" AS "t0"
            WHERE "t0"."id" = "tasks"."project_id"
            AND EXISTS(SELECT 1
              FROM "members" AS "t1"
              WHERE "t1"."project_id" = "t0"."id"
              AND "t1"."person_id" = ?5) IS TRUE) IS TRUE
          -- 1 = row value 0 : String
          -- 2 = row value 1 : uuid
          -- 3 = row value 2 : timestamptz
          -- 4 = parent cell 0 : Int
          -- 5 = x-hasura-user-id : uuid
        insert check: cell 1
  response {"affected_rows":affected rows, "returning":returning 0 list}
  returning 0 (per parent, one):
    SELECT "t0"."id"
    FROM "projects" AS "t0"
    WHERE "t0"."id" = ?1
    AND EXISTS(SELECT 1
      FROM "members" AS "t1"
      WHERE "t1"."project_id" = "t0"."id"
      AND "t1"."person_id" = ?2) IS TRUE
    -- 1 = parent cell 0 : Int
    -- 2 = x-hasura-user-id : uuid
    {"id":0:Int}

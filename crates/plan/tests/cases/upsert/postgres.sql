"answer": insert
  rows 0
  template Document
    value 0 = Row.Key("title") for column Some(1)
    value 1 = Row.Key("project_id") for column Some(2)
    value 2 = Row.Key("status") for column Some(4)
    value 3 = now for column Some(9)
    insert (key 1):
      INSERT INTO "public"."tasks" ("title", "project_id", "status", "updated_at")
      VALUES ($1, $2, $3, $4)
      ON CONFLICT ON CONSTRAINT "tasks_project_title_key"
      DO UPDATE
      SET "status" = "excluded"."status", "estimate" = "excluded"."estimate", "assignee_id" = "excluded"."assignee_id", "updated_at" = $5
      WHERE "tasks"."status" = $6
      RETURNING "tasks"."id", "tasks"."status"
      -- 1 = row value 0 : String
      -- 2 = row value 1 : Int
      -- 3 = row value 2 : String
      -- 4 = row value 3 : timestamptz
      -- 5 = now : timestamptz
      -- 6 = Variable("status") : String
  response {"affected_rows":affected rows, "returning":returning 0 list}
  returning 0: {"id":0:Int, "status":1:String}, visible None

"answer": write
  statement (key 1):
    UPDATE "public"."tasks"
    SET "title" = $1, "assignee_id" = $2, "updated_at" = $3
    WHERE "tasks"."id" = $4
    RETURNING "tasks"."id", "tasks"."title", "tasks"."updated_at"
    -- 1 = Variable("title") : String
    -- 2 = Variable("assignee_id") : uuid
    -- 3 = now : timestamptz
    -- 4 = Variable("id") : Int
  response returning 0
  returning 0: {"id":0:Int, "title":1:String, "updated_at":2:timestamptz}, visible None

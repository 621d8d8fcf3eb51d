"answer": write many
  statement (key 1):
    UPDATE "public"."tasks"
    SET "project_id" = "tasks"."project_id" + $1, "updated_at" = $2
    WHERE "tasks"."id" = $3
    RETURNING "tasks"."id", "tasks"."title", "tasks"."updated_at"
    -- 1 = Variable("project_id") : Int
    -- 2 = now : timestamptz
    -- 3 = Variable("id") : Int
  response returning 0
  returning 0: {"id":0:Int, "title":1:String, "updated_at":2:timestamptz}, visible None
  statement (key 1):
    UPDATE "public"."tasks"
    SET "estimate" = "tasks"."estimate" + $1, "updated_at" = $2
    WHERE "tasks"."id" = $3
    RETURNING "tasks"."id", "tasks"."title", "tasks"."updated_at"
    -- 1 = Variable("estimate") : numeric Scaled { scale: 2 }
    -- 2 = now : timestamptz
    -- 3 = Variable("id") : Int
  response returning 0
  returning 0: {"id":0:Int, "title":1:String, "updated_at":2:timestamptz}, visible None
  statement (key 1):
    UPDATE "public"."tasks"
    SET "spent" = "tasks"."spent" + $1, "updated_at" = $2
    WHERE "tasks"."id" = $3
    RETURNING "tasks"."id", "tasks"."title", "tasks"."updated_at"
    -- 1 = Variable("spent") : bigint
    -- 2 = now : timestamptz
    -- 3 = Variable("id") : Int
  response returning 0
  returning 0: {"id":0:Int, "title":1:String, "updated_at":2:timestamptz}, visible None
  statement (key 1):
    UPDATE "public"."tasks"
    SET "weight" = "tasks"."weight" + $1, "updated_at" = $2
    WHERE "tasks"."id" = $3
    RETURNING "tasks"."id", "tasks"."title", "tasks"."updated_at"
    -- 1 = Variable("weight") : float8
    -- 2 = now : timestamptz
    -- 3 = Variable("id") : Int
  response returning 0
  returning 0: {"id":0:Int, "title":1:String, "updated_at":2:timestamptz}, visible None
  statement (key 1):
    UPDATE "public"."tasks"
    SET "meta" = "tasks"."meta" || $1, "updated_at" = $2
    WHERE "tasks"."id" = $3
    RETURNING "tasks"."id", "tasks"."title", "tasks"."updated_at"
    -- 1 = Variable("meta") : jsonb
    -- 2 = now : timestamptz
    -- 3 = Variable("id") : Int
  response returning 0
  returning 0: {"id":0:Int, "title":1:String, "updated_at":2:timestamptz}, visible None
  statement (key 1):
    UPDATE "public"."tasks"
    SET "meta" = $1 || "tasks"."meta", "updated_at" = $2
    WHERE "tasks"."id" = $3
    RETURNING "tasks"."id", "tasks"."title", "tasks"."updated_at"
    -- 1 = Variable("meta") : jsonb
    -- 2 = now : timestamptz
    -- 3 = Variable("id") : Int
  response returning 0
  returning 0: {"id":0:Int, "title":1:String, "updated_at":2:timestamptz}, visible None
  statement (key 1):
    UPDATE "public"."tasks"
    SET "meta" = "tasks"."meta" - $1, "updated_at" = $2
    WHERE "tasks"."id" = $3
    RETURNING "tasks"."id", "tasks"."title", "tasks"."updated_at"
    -- 1 = Variable("meta") : String
    -- 2 = now : timestamptz
    -- 3 = Variable("id") : Int
  response returning 0
  returning 0: {"id":0:Int, "title":1:String, "updated_at":2:timestamptz}, visible None
  statement (key 1):
    UPDATE "public"."tasks"
    SET "meta" = "tasks"."meta" - $1, "updated_at" = $2
    WHERE "tasks"."id" = $3
    RETURNING "tasks"."id", "tasks"."title", "tasks"."updated_at"
    -- 1 = Variable("meta") : Int
    -- 2 = now : timestamptz
    -- 3 = Variable("id") : Int
  response returning 0
  returning 0: {"id":0:Int, "title":1:String, "updated_at":2:timestamptz}, visible None
  statement (key 1):
    UPDATE "public"."tasks"
    SET "meta" = "tasks"."meta" #- $1, "updated_at" = $2
    WHERE "tasks"."id" = $3
    RETURNING "tasks"."id", "tasks"."title", "tasks"."updated_at"
    -- 1 = Variable("meta") : String[]
    -- 2 = now : timestamptz
    -- 3 = Variable("id") : Int
  response returning 0
  returning 0: {"id":0:Int, "title":1:String, "updated_at":2:timestamptz}, visible None
  statement (key 1):
    UPDATE "public"."projects"
    SET "budget" = "projects"."budget" + $1
    RETURNING "projects"."id"
    -- 1 = Variable("budget") : numeric Decimal { scale: None }
  response {"affected_rows":affected rows}

"answer": write many
  statement (key 1):
    UPDATE "tasks"
    SET "project_id" = purlin_add_integer("tasks"."project_id", ?1, -2147483648, 2147483647), "updated_at" = ?2
    WHERE "tasks"."id" = ?3
    RETURNING "tasks"."id", "tasks"."title", "tasks"."updated_at"
    -- 1 = Variable("project_id") : Int
    -- 2 = now : timestamptz
    -- 3 = Variable("id") : Int
  response returning 0
  returning 0: {"id":0:Int, "title":1:String, "updated_at":2:timestamptz}, visible None
  statement (key 1):
    UPDATE "tasks"
    SET "estimate" = purlin_add_integer("tasks"."estimate", ?1, -99999999, 99999999), "updated_at" = ?2
    WHERE "tasks"."id" = ?3
    RETURNING "tasks"."id", "tasks"."title", "tasks"."updated_at"
    -- 1 = Variable("estimate") : numeric Scaled { scale: 2 }
    -- 2 = now : timestamptz
    -- 3 = Variable("id") : Int
  response returning 0
  returning 0: {"id":0:Int, "title":1:String, "updated_at":2:timestamptz}, visible None
  statement (key 1):
    UPDATE "tasks"
    SET "spent" = purlin_add_integer("tasks"."spent", ?1, -9223372036854775808, 9223372036854775807), "updated_at" = ?2
    WHERE "tasks"."id" = ?3
    RETURNING "tasks"."id", "tasks"."title", "tasks"."updated_at"
    -- 1 = Variable("spent") : bigint
    -- 2 = now : timestamptz
    -- 3 = Variable("id") : Int
  response returning 0
  returning 0: {"id":0:Int, "title":1:String, "updated_at":2:timestamptz}, visible None
  statement (key 1):
    UPDATE "tasks"
    SET "weight" = "tasks"."weight" + ?1, "updated_at" = ?2
    WHERE "tasks"."id" = ?3
    RETURNING "tasks"."id", "tasks"."title", "tasks"."updated_at"
    -- 1 = Variable("weight") : float8
    -- 2 = now : timestamptz
    -- 3 = Variable("id") : Int
  response returning 0
  returning 0: {"id":0:Int, "title":1:String, "updated_at":2:timestamptz}, visible None
  statement (key 1):
    UPDATE "tasks"
    SET "meta" = purlin_json_append("tasks"."meta", ?1), "updated_at" = ?2
    WHERE "tasks"."id" = ?3
    RETURNING "tasks"."id", "tasks"."title", "tasks"."updated_at"
    -- 1 = Variable("meta") : jsonb
    -- 2 = now : timestamptz
    -- 3 = Variable("id") : Int
  response returning 0
  returning 0: {"id":0:Int, "title":1:String, "updated_at":2:timestamptz}, visible None
  statement (key 1):
    UPDATE "tasks"
    SET "meta" = purlin_json_append(?1, "tasks"."meta"), "updated_at" = ?2
    WHERE "tasks"."id" = ?3
    RETURNING "tasks"."id", "tasks"."title", "tasks"."updated_at"
    -- 1 = Variable("meta") : jsonb
    -- 2 = now : timestamptz
    -- 3 = Variable("id") : Int
  response returning 0
  returning 0: {"id":0:Int, "title":1:String, "updated_at":2:timestamptz}, visible None
  statement (key 1):
    UPDATE "tasks"
    SET "meta" = purlin_json_delete_key("tasks"."meta", ?1), "updated_at" = ?2
    WHERE "tasks"."id" = ?3
    RETURNING "tasks"."id", "tasks"."title", "tasks"."updated_at"
    -- 1 = Variable("meta") : String
    -- 2 = now : timestamptz
    -- 3 = Variable("id") : Int
  response returning 0
  returning 0: {"id":0:Int, "title":1:String, "updated_at":2:timestamptz}, visible None
  statement (key 1):
    UPDATE "tasks"
    SET "meta" = purlin_json_delete_element("tasks"."meta", ?1), "updated_at" = ?2
    WHERE "tasks"."id" = ?3
    RETURNING "tasks"."id", "tasks"."title", "tasks"."updated_at"
    -- 1 = Variable("meta") : Int
    -- 2 = now : timestamptz
    -- 3 = Variable("id") : Int
  response returning 0
  returning 0: {"id":0:Int, "title":1:String, "updated_at":2:timestamptz}, visible None
  statement (key 1):
    UPDATE "tasks"
    SET "meta" = purlin_json_delete_path("tasks"."meta", ?1), "updated_at" = ?2
    WHERE "tasks"."id" = ?3
    RETURNING "tasks"."id", "tasks"."title", "tasks"."updated_at"
    -- 1 = Variable("meta") : String[]
    -- 2 = now : timestamptz
    -- 3 = Variable("id") : Int
  response returning 0
  returning 0: {"id":0:Int, "title":1:String, "updated_at":2:timestamptz}, visible None
  statement (key 1):
    UPDATE "projects"
    SET "budget" = purlin_add_decimal("projects"."budget", ?1)
    RETURNING "projects"."id"
    -- 1 = Variable("budget") : numeric Decimal { scale: None }
  response {"affected_rows":affected rows}

"answer": insert
  rows 0
  template Elements(VariablePath { base: Variable("notes"), steps: [] })
    value 0 = Row.Key("text") for column Some(0)
    value 1 = Row.Key("data") for column Some(2)
    value 2 = now for column Some(1)
    insert (key 1):
      INSERT INTO "public"."notes" ("text", "data", "at")
      VALUES ($1, $2, $3)
      RETURNING CAST("notes"."ctid" AS text), "notes"."text", "notes"."at"
      -- 1 = row value 0 : String
      -- 2 = row value 1 : bytea
      -- 3 = row value 2 : timestamptz
  response {"affected_rows":affected rows, "returning":returning 0 list}
  returning 0: {"text":1:String, "at":2:timestamptz}, visible None

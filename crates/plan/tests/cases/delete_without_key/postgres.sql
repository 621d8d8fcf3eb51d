"answer": write
  statement (key 1):
    DELETE
    FROM "public"."notes"
    WHERE "notes"."text" = $1
    RETURNING CAST("notes"."ctid" AS text), "notes"."text"
    -- 1 = Variable("text") : String
  response {"affected_rows":affected rows, "returning":returning 0 list}
  returning 0: {"text":1:String}, visible None

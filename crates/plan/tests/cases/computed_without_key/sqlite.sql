"answer": write
  statement (key 1):
    DELETE
    FROM "notes"
    RETURNING "notes"."rowid", "notes"."text", (SELECT (length(text))
      FROM (SELECT "notes"."text" AS "text", "notes"."at" AS "at", "notes"."data" AS "data", "notes"."words" AS "words") AS "notes")
  response {"returning":returning 0 list}
  returning 0: {"text":1:String, "size":2:Int}, visible None

"answer": insert
  rows 0
  template Document
    insert (key 1):
      INSERT INTO "public"."projects"
      VALUES (DEFAULT)
      RETURNING "projects"."id"
  response {"affected_rows":affected rows, "returning":returning 0 list}
  returning 0: {"id":0:Int}, visible None

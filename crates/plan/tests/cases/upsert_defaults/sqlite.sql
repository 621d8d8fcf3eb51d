"answer": insert
  rows 0
  template Document
    insert (key 1):
      INSERT INTO "projects" ("id")
      VALUES (?1)
      ON CONFLICT ("id") DO NOTHING
      RETURNING "projects"."id"
      -- 1 = Null : Int
  response {"affected_rows":affected rows}

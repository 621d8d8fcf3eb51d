"answer": insert
  rows 0
  template Document
    insert (key 1):
      INSERT INTO "public"."projects"
      VALUES (DEFAULT)
      ON CONFLICT ON CONSTRAINT "projects_pkey" DO NOTHING
      RETURNING "projects"."id"
  response {"affected_rows":affected rows}

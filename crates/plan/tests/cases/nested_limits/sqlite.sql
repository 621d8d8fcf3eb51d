"answer": read
  child 0
  child 0 (root, list):
    SELECT "t0"."name", "t0"."id"
    FROM "people" AS "t0"
    {"name":0:String, "reports":child 0, "namesake":child 1}
    child 0 (per parent, list):
      SELECT "t0"."name"
      FROM "people" AS "t0"
      WHERE "t0"."boss_id" = ?1
      ORDER BY "t0"."age" DESC NULLS FIRST
      LIMIT ?2
      -- 1 = parent cell 1 : uuid
      -- 2 = Variable("limit") : bigint
      {"name":0:String}
    child 1 (per parent, one):
      SELECT "t0"."id"
      FROM "people" AS "t0"
      WHERE "t0"."name" = ?1
      ORDER BY "t0"."id" ASC
      LIMIT ?2
      -- 1 = parent cell 0 : String
      -- 2 = 1 : bigint
      {"id":0:uuid}

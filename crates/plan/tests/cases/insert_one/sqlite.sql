"answer": insert
  rows 0
  template Document
    value 0 = Row.Key("name") for column Some(1)
    value 1 = Row.Key("public") for column Some(3)
    insert (key 1):
      INSERT INTO "projects" ("name", "public")
      VALUES (?1, ?2)
      RETURNING "projects"."id"
      -- 1 = row value 0 : String
      -- 2 = row value 1 : Boolean
  response returning 0
  returning 0 (per parent, one):
    SELECT "t0"."id", "t0"."name", "t1"."id", "t1"."name"
    FROM "projects" AS "t0"
    LEFT JOIN "people" AS "t1" ON "t1"."id" = "t0"."owner_id"
    WHERE "t0"."id" = ?1
    -- 1 = parent cell 0 : Int
    {"id":0:Int, "name":1:String, "owner":if 2 {"name":3:String}}

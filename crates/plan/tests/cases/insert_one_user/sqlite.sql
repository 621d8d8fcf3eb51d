"answer": insert
  rows 0
  template Document
    value 0 = Row.Key("name") for column Some(1)
    value 1 = Row.Key("public") for column Some(3)
    value 2 = x-hasura-user-id for column Some(2)
    insert (key 1):
      INSERT INTO "projects" ("name", "public", "owner_id")
      VALUES (?1, ?2, ?3)
      RETURNING "projects"."id", "projects"."owner_id" = ?4
      -- 1 = row value 0 : String
      -- 2 = row value 1 : Boolean
      -- 3 = row value 2 : uuid
      -- 4 = x-hasura-user-id : uuid
    insert check: cell 1
  response returning 0
  returning 0 (per parent, one):
    SELECT "t0"."id", "t0"."name", "t2"."id", "t2"."name"
    FROM "projects" AS "t0"
    LEFT JOIN "people" AS "t2" ON "t2"."id" = "t0"."owner_id"
    AND "t2"."id" = ?1
    WHERE "t0"."id" = ?2
    AND EXISTS(SELECT 1
      FROM "members" AS "t1"
      WHERE "t1"."project_id" = "t0"."id"
      AND "t1"."person_id" = ?1) IS TRUE
    -- 1 = x-hasura-user-id : uuid
    -- 2 = parent cell 0 : Int
    {"id":0:Int, "name":1:String, "owner":if 2 {"name":3:String}}

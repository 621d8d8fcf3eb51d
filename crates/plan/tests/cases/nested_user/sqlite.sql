"answer": read
  child 0
  child 0 (root, list, cap 10000):
    SELECT "t0"."name", "t2"."id", "t2"."name", "t0"."id"
    FROM "projects" AS "t0"
    LEFT JOIN "people" AS "t2" ON "t2"."id" = "t0"."owner_id"
    AND "t2"."id" = ?1
    WHERE EXISTS(SELECT 1
      FROM "members" AS "t1"
      WHERE "t1"."project_id" = "t0"."id"
      AND "t1"."person_id" = ?1) IS TRUE
    LIMIT ?2
    -- 1 = x-hasura-user-id : uuid
    -- 2 = 10001 : bigint
    {"name":0:String, "owner":if 1 {"id":1:uuid, "name":2:String}, "tasks":child 0, "__typename":"projects"}
    child 0 (per parent, list):
      SELECT "t0"."title", "t3"."id", "t3"."name", "t4"."id", "t4"."name", "t4"."email"
      FROM "tasks" AS "t0"
      LEFT JOIN "people" AS "t3" ON "t3"."id" = "t0"."assignee_id"
      AND "t3"."id" = ?1
      LEFT JOIN "people" AS "t4" ON "t4"."id" = "t3"."boss_id"
      AND "t4"."id" = ?1
      WHERE "t0"."project_id" = ?2
      AND ("t0"."status" <> ?3
        AND EXISTS(SELECT 1
          FROM "projects" AS "t1"
          WHERE "t1"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "members" AS "t2"
            WHERE "t2"."project_id" = "t1"."id"
            AND "t2"."person_id" = ?1) IS TRUE) IS TRUE)
      LIMIT ?4
      -- 1 = x-hasura-user-id : uuid
      -- 2 = parent cell 3 : Int
      -- 3 = Text("done") : String
      -- 4 = 100 : bigint
      {"title":0:String, "assignee":if 1 {"name":2:String, "boss":if 3 {"name":4:String, "email":5:String}}}

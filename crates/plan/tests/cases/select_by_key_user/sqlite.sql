"answer": read
  child 0
  child 0 (root, one):
    SELECT "t0"."id", "t0"."title", "t0"."estimate", "t0"."status"
    FROM "tasks" AS "t0"
    WHERE "t0"."id" = ?1
    AND EXISTS(SELECT 1
      FROM "projects" AS "t1"
      WHERE "t1"."id" = "t0"."project_id"
      AND EXISTS(SELECT 1
        FROM "members" AS "t2"
        WHERE "t2"."project_id" = "t1"."id"
        AND "t2"."person_id" = ?2) IS TRUE) IS TRUE
    -- 1 = Variable("id") : Int
    -- 2 = x-hasura-user-id : uuid
    {"id":0:Int, "title":1:String, "estimate":2:numeric Scaled { scale: 2 }, "status":3:String}

"answer": read
  child 0
  child 0 (root, one):
    SELECT "t0"."id", "t0"."title", "t0"."estimate", "t0"."status"
    FROM "tasks" AS "t0"
    WHERE "t0"."id" = ?1
    -- 1 = Variable("id") : Int
    {"id":0:Int, "title":1:String, "estimate":2:numeric Scaled { scale: 2 }, "status":3:String}

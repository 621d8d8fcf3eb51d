"answer": read
  child 0
  child 0 (root, list):
    SELECT "t0"."id", "t0"."shout", "t0"."left", "t0"."mine", "t0"."facts"
    FROM (SELECT "tasks".*, (upper(title) -- loud
) AS "shout", purlin_scaled((limit_hours - estimate)) AS "left", (title = ?1 or 'a:b' = ?1) AS "mine", purlin_json_path((meta), '[]') AS "facts"
      FROM "tasks") AS "t0"
    WHERE purlin_like("t0"."shout", ?2)
    AND "t0"."left" IN (SELECT "t1"."value"
      FROM json_each(?3) AS "t1")
    AND ("t0"."mine" IS NULL) = ?4
    ORDER BY "t0"."left" DESC NULLS FIRST, "t0"."facts" COLLATE purlin_jsonb ASC NULLS LAST
    -- 1 = x-hasura-name : String
    -- 2 = Variable("loud") : String
    -- 3 = Variable("some") : numeric[] ScaledOperand { scale: 2 }
    -- 4 = Variable("none") : Boolean
    {"id":0:Int, "shout":1:String, "left":2:numeric Scaled { scale: 2 }, "mine":3:Boolean, "facts":4:jsonb}

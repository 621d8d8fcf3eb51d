"answer": read
  child 0
  child 0 (root, list):
    SELECT "t0"."id", "t0"."shout", "t0"."left", "t0"."mine", "t0"."facts"
    FROM (SELECT "tasks".*, CAST(((upper(title) -- loud
)) AS text) COLLATE "C" AS "shout", CAST(((limit_hours - estimate)) AS numeric(8, 2)) AS "left", CAST(((title = $1 or 'a:b' = $1)) AS boolean) AS "mine", CAST(((meta)) AS jsonb) AS "facts"
      FROM "public"."tasks") AS "t0"
    WHERE ("t0"."shout" LIKE $2)
    AND "t0"."left" = ANY($3)
    AND ("t0"."mine" IS NULL) = $4
    ORDER BY "t0"."left" DESC NULLS FIRST, "t0"."facts" ASC NULLS LAST
    -- 1 = x-hasura-name : String
    -- 2 = Variable("loud") : String
    -- 3 = Variable("some") : numeric[] ScaledOperand { scale: 2 }
    -- 4 = Variable("none") : Boolean
    {"id":0:Int, "shout":1:String, "left":2:numeric Scaled { scale: 2 }, "mine":3:Boolean, "facts":4:jsonb}

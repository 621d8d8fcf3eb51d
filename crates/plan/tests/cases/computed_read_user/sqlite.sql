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
    AND EXISTS(SELECT 1
      FROM "projects" AS "t2"
      WHERE "t2"."id" = "t0"."project_id"
      AND EXISTS(SELECT 1
        FROM "members" AS "t3"
        WHERE "t3"."project_id" = "t2"."id"
        AND "t3"."person_id" = ?5) IS TRUE) IS TRUE
    ORDER BY "t0"."left" DESC NULLS FIRST, "t0"."facts" COLLATE purlin_jsonb ASC NULLS LAST
    LIMIT ?6
    -- 1 = x-hasura-name : String
    -- 2 = Variable("loud") : String
    -- 3 = Variable("some") : numeric[] ScaledOperand { scale: 2 }
    -- 4 = Variable("none") : Boolean
    -- 5 = x-hasura-user-id : uuid
    -- 6 = 100 : bigint
    {"id":0:Int, "shout":1:String, "left":2:numeric Scaled { scale: 2 }, "mine":3:Boolean, "facts":4:jsonb}

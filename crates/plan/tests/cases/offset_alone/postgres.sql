"answer": read
  child 0
  child 0 (root, list):
    SELECT "t0"."id"
    FROM "public"."tasks" AS "t0"
    OFFSET $1
    -- 1 = Variable("offset") : bigint
    {"id":0:Int}

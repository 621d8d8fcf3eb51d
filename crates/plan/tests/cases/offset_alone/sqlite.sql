"answer": read
  child 0
  child 0 (root, list):
    SELECT "t0"."id"
    FROM "tasks" AS "t0"
    LIMIT ?1
    OFFSET ?2
    -- 1 = Integer(-1) : bigint
    -- 2 = Variable("offset") : bigint
    {"id":0:Int}

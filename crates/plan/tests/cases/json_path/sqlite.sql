"answer": read
  child 0
  child 0 (root, list):
    SELECT "t0"."meta", purlin_json_path("t0"."meta", ?1)
    FROM "tasks" AS "t0"
    WHERE ("t0"."meta" COLLATE purlin_jsonb) IN (SELECT "t1"."value"
      FROM json_each(?2) AS "t1")
    ORDER BY "t0"."meta" COLLATE purlin_jsonb ASC NULLS LAST
    -- 1 = List([Text("a"), Text("0")]) : String[]
    -- 2 = Variable("documents") : jsonb[]
    {"meta":0:jsonb, "first":1:jsonb}

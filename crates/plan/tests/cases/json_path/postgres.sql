"answer": read
  child 0
  child 0 (root, list):
    SELECT "t0"."meta", "t0"."meta" #> $1
    FROM "public"."tasks" AS "t0"
    WHERE "t0"."meta" = ANY($2)
    ORDER BY "t0"."meta" ASC NULLS LAST
    -- 1 = List([Text("a"), Text("0")]) : String[]
    -- 2 = Variable("documents") : jsonb[]
    {"meta":0:jsonb, "first":1:jsonb}

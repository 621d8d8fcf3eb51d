"answer": read
  child 0
  child 0 (root, list, cap 10000):
    SELECT "t0"."id"
    FROM "public"."tasks" AS "t0"
    WHERE FALSE
    LIMIT $1
    -- 1 = 10001 : bigint
    {"id":0:Int, "labels":child 0}
    child 0 (keys [0], list, cap 10000):
      SELECT "t1"."task_id", "t0"."name"
      FROM "public"."labels" AS "t0"
      INNER JOIN "public"."task_labels" AS "t1" ON "t1"."label_id" = "t0"."id"
      WHERE "t1"."task_id" = ANY($1)
      AND FALSE
      AND FALSE
      -- 1 = keys of cell 0 : Int[]
      {"name":1:String}

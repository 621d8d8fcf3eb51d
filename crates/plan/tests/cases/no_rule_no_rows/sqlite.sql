"answer": read
  child 0
  child 0 (root, list, cap 10000):
    SELECT "t0"."id"
    FROM "tasks" AS "t0"
    WHERE FALSE
    LIMIT ?1
    -- 1 = 10001 : bigint
    {"id":0:Int, "labels":child 0}
    child 0 (per parent, list, cap 10000):
      SELECT "t0"."name"
      FROM "labels" AS "t0"
      INNER JOIN "task_labels" AS "t1" ON "t1"."label_id" = "t0"."id"
      WHERE "t1"."task_id" = ?1
      AND FALSE
      AND FALSE
      LIMIT ?2
      -- 1 = parent cell 0 : Int
      -- 2 = 10001 : bigint
      {"name":0:String}

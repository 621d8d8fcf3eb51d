"answer": read
  child 0
  child 0 (root, list):
    SELECT "t0"."project_id", "t0"."task_count", "t0"."first", "t0"."hours", "t0"."many", "t1"."id", "t1"."name"
    FROM (SELECT "loads"."project_id" AS "project_id", "loads"."task_count" AS "task_count", "loads"."first" AS "first", purlin_scaled("loads"."hours") AS "hours", (task_count > 1) AS "many"
      FROM "loads") AS "t0"
    LEFT JOIN "projects" AS "t1" ON "t1"."id" = "t0"."project_id"
    WHERE "t0"."hours" = ?1
    ORDER BY "t0"."first" ASC NULLS LAST
    -- 1 = Variable("hours") : numeric ScaledOperand { scale: 2 }
    {"project_id":0:Int, "task_count":1:bigint, "first":2:String, "hours":3:numeric Scaled { scale: 2 }, "many":4:Boolean, "project":if 5 {"name":6:String}}

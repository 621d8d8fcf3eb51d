"answer": read
  child 0
  child 0 (root, list):
    SELECT "t0"."project_id", "t0"."task_count", "t0"."first", "t0"."hours", "t0"."many", "t1"."id", "t1"."name"
    FROM (SELECT CAST("loads"."project_id" AS integer) AS "project_id", CAST("loads"."task_count" AS bigint) AS "task_count", CAST("loads"."first" AS text) COLLATE "C" AS "first", CAST("loads"."hours" AS numeric(8, 2)) AS "hours", CAST(((task_count > 1)) AS boolean) AS "many"
      FROM "public"."loads") AS "t0"
    LEFT JOIN "public"."projects" AS "t1" ON "t1"."id" = "t0"."project_id"
    WHERE "t0"."hours" = $1
    ORDER BY "t0"."first" ASC NULLS LAST
    -- 1 = Variable("hours") : numeric ScaledOperand { scale: 2 }
    {"project_id":0:Int, "task_count":1:bigint, "first":2:String, "hours":3:numeric Scaled { scale: 2 }, "many":4:Boolean, "project":if 5 {"name":6:String}}

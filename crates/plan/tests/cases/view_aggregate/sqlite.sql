"answer": read
  {"aggregate":child 0}
  child 0 (root, one):
    SELECT purlin_sum_scaled("t0"."hours", 2)
    FROM (SELECT "loads"."project_id" AS "project_id", "loads"."task_count" AS "task_count", "loads"."first" AS "first", purlin_scaled("loads"."hours") AS "hours"
      FROM "loads") AS "t0"
    {"sum":{"hours":0:numeric Decimal { scale: None }}}

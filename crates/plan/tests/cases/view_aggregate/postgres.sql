"answer": read
  {"aggregate":child 0}
  child 0 (root, one):
    SELECT SUM("t0"."hours")
    FROM (SELECT CAST("loads"."project_id" AS integer) AS "project_id", CAST("loads"."task_count" AS bigint) AS "task_count", CAST("loads"."first" AS text) COLLATE "C" AS "first", CAST("loads"."hours" AS numeric(8, 2)) AS "hours"
      FROM "public"."loads") AS "t0"
    {"sum":{"hours":0:numeric Decimal { scale: None }}}

"answer": read
  child 0
  child 0 (root, list, cap 10000):
    SELECT "t0"."status", "t0"."hours", "t0"."n"
    FROM (SELECT CAST("purlin_rows"."status" AS text) AS "status", CAST("purlin_rows"."hours" AS numeric(8, 2)) AS "hours", CAST("purlin_rows"."n" AS bigint) AS "n"
      FROM ( select status, sum(estimate) as hours, count(*) as n from tasks group by status 
) AS "purlin_rows") AS "t0"
    ORDER BY "t0"."hours" ASC NULLS LAST
    LIMIT $1
    -- 1 = 10001 : bigint
    {"status":0:String!, "hours":1:numeric Scaled { scale: 2 }, "n":2:bigint!}

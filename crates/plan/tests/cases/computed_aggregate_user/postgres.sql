"answer": read
  {"aggregate":child 0}
  child 0 (root, one):
    SELECT SUM("t3"."left"), CAST(SUM("t3"."left") AS float8) / NULLIF(COUNT("t3"."left"), 0), MAX("t3"."shout"), COUNT(DISTINCT ("t3"."shout", "t3"."left")) FILTER (WHERE "t3"."shout" IS NOT NULL
      AND "t3"."left" IS NOT NULL)
    FROM (SELECT "t0"."shout" AS "shout", "t0"."left" AS "left"
      FROM (SELECT "tasks".*, CAST(((upper(title) -- loud
)) AS text) COLLATE "C" AS "shout", CAST(((limit_hours - estimate)) AS numeric(8, 2)) AS "left"
        FROM "public"."tasks") AS "t0"
      WHERE EXISTS(SELECT 1
        FROM "public"."projects" AS "t1"
        WHERE "t1"."id" = "t0"."project_id"
        AND EXISTS(SELECT 1
          FROM "public"."members" AS "t2"
          WHERE "t2"."project_id" = "t1"."id"
          AND "t2"."person_id" = $1))
      LIMIT $2) AS "t3"
    -- 1 = x-hasura-user-id : uuid
    -- 2 = Variable("limit") : bigint
    {"sum":{"value":0:numeric Decimal { scale: None }}, "avg":{"value":1:Float}, "max":{"value":2:String}, "count":3:bigint}

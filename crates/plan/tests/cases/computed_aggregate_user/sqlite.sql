"answer": read
  {"aggregate":child 0}
  child 0 (root, one):
    SELECT purlin_sum_scaled("t3"."left", 2), (TOTAL("t3"."left") / 100) / COUNT("t3"."left"), MAX("t3"."shout"), (SELECT COUNT(*)
      FROM (SELECT DISTINCT "t7"."shout", "t7"."left"
        FROM (SELECT "t4"."shout" AS "shout", "t4"."left" AS "left"
          FROM (SELECT "tasks".*, (upper(title) -- loud
) AS "shout", purlin_scaled((limit_hours - estimate)) AS "left"
            FROM "tasks") AS "t4"
          WHERE EXISTS(SELECT 1
            FROM "projects" AS "t5"
            WHERE "t5"."id" = "t4"."project_id"
            AND EXISTS(SELECT 1
              FROM "members" AS "t6"
              WHERE "t6"."project_id" = "t5"."id"
              AND "t6"."person_id" = ?1) IS TRUE) IS TRUE
          LIMIT ?2) AS "t7"
        WHERE "t7"."shout" IS NOT NULL
        AND "t7"."left" IS NOT NULL) AS "t8")
    FROM (SELECT "t0"."shout" AS "shout", "t0"."left" AS "left"
      FROM (SELECT "tasks".*, (upper(title) -- loud
) AS "shout", purlin_scaled((limit_hours - estimate)) AS "left"
        FROM "tasks") AS "t0"
      WHERE EXISTS(SELECT 1
        FROM "projects" AS "t1"
        WHERE "t1"."id" = "t0"."project_id"
        AND EXISTS(SELECT 1
          FROM "members" AS "t2"
          WHERE "t2"."project_id" = "t1"."id"
          AND "t2"."person_id" = ?1) IS TRUE) IS TRUE
      LIMIT ?2) AS "t3"
    -- 1 = x-hasura-user-id : uuid
    -- 2 = Variable("limit") : bigint
    {"sum":{"value":0:numeric Decimal { scale: None }}, "avg":{"value":1:Float}, "max":{"value":2:String}, "count":3:bigint}

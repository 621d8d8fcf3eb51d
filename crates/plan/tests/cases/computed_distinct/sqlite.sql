"answer": read
  child 0
  child 0 (root, list):
    SELECT "t1"."title", "t1"."shout"
    FROM (SELECT "t0".*, row_number() OVER ( PARTITION BY "t0"."shout", "t0"."left"
        ORDER BY "t0"."shout" ASC NULLS LAST, "t0"."left" ASC NULLS LAST, "t0"."id" ASC ) AS "purlin_position"
      FROM (SELECT "tasks".*, (upper(title) -- loud
) AS "shout", purlin_scaled((limit_hours - estimate)) AS "left"
        FROM "tasks") AS "t0") AS "t1"
    WHERE "t1"."purlin_position" = 1
    ORDER BY "t1"."shout" ASC NULLS LAST, "t1"."left" ASC NULLS LAST, "t1"."id" ASC
    {"title":0:String, "shout":1:String}

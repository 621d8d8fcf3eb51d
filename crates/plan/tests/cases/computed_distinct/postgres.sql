"answer": read
  child 0
  child 0 (root, list):
    SELECT DISTINCT ON ("t0"."shout", "t0"."left") "t0"."title", "t0"."shout"
    FROM (SELECT "tasks".*, CAST(((upper(title) -- loud
)) AS text) COLLATE "C" AS "shout", CAST(((limit_hours - estimate)) AS numeric(8, 2)) AS "left"
      FROM "public"."tasks") AS "t0"
    ORDER BY "t0"."shout" ASC NULLS LAST, "t0"."left" ASC NULLS LAST, "t0"."id" ASC
    {"title":0:String, "shout":1:String}

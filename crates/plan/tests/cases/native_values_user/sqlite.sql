"answer": read
  child 0
  child 0 (root, list, cap 10000):
    SELECT "t0"."value"
    FROM (SELECT *
      FROM (WITH "purlin_rows"("value") AS ( values ('a'), ('b') 
) SELECT "purlin_rows"."value" AS "value"
        FROM "purlin_rows") AS "purlin_values") AS "t0"
    LIMIT ?1
    -- 1 = 10001 : bigint
    0:String!

"answer": read
  {"aggregate":child 0}
  child 0 (root, one):
    SELECT purlin_sum_decimal("t0"."budget"), CAST(purlin_sum_decimal("t0"."budget") AS REAL) / COUNT("t0"."budget"), MAX("t0"."budget" COLLATE decimal)
    FROM "projects" AS "t0"
    {"Sum":{"budget":0:numeric Decimal { scale: None }}, "Avg":{"budget":1:Float}, "Max":{"budget":2:numeric Decimal { scale: None }}}

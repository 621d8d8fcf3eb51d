"answer": read
  {"aggregate":child 0}
  child 0 (root, one):
    SELECT SUM("t0"."budget"), CAST(SUM("t0"."budget") AS float8) / NULLIF(COUNT("t0"."budget"), 0), MAX("t0"."budget")
    FROM "public"."projects" AS "t0"
    {"Sum":{"budget":0:numeric Decimal { scale: None }}, "Avg":{"budget":1:Float}, "Max":{"budget":2:numeric Decimal { scale: None }}}

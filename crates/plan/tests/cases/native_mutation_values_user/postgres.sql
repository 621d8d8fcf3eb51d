solitary
"answer": statements of the model
  statement:
    WITH "purlin_rows"("value") AS (delete from tasks where false returning title
) SELECT CAST("purlin_rows"."value" AS text)
    FROM "purlin_rows"
    rows None..None, else "statement 1 of `drop` wrote another number of rows than expected"
  columns
  response returning 0 list
  returning 0: 0:String!, visible None

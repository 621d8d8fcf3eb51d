solitary
"answer": statements of the model
  statement:
    update people set name =  $1  where id =  $2  or name =  $3
    -- 1 = now : timestamptz
    -- 2 = x-hasura-user-id : String as unknown
    -- 3 = x-hasura-user-id : String as unknown
    rows Some(1)..Some(1), else "nobody is there"
  statement:
    with given as (select  CAST($1 AS citext)  as word) , "purlin_rows" AS (update tasks set assignee_id =  $2  where id =  $3  and title = (select word from given) returning *
) SELECT CAST("purlin_rows"."id" AS integer)
    FROM "purlin_rows"
    -- 1 = Variable("word") : String
    -- 2 = uuid v7 : uuid
    -- 3 = Variable("task") : Int
    rows None..None, else "statement 2 of `take` wrote another number of rows than expected"
  columns id
  response returning 0
  returning 0 (ordinal, one):
    SELECT "t0"."position", "rows"."c0", "rows"."c1", "rows"."c2"
    FROM (SELECT *
      FROM unnest($1) WITH ORDINALITY AS k(k0, position)) AS "t0"
    INNER JOIN LATERAL (SELECT "t1"."title" AS "c0", "t2"."id" AS "c1", "t2"."name" AS "c2"
      FROM "public"."tasks" AS "t1"
      LEFT JOIN "public"."people" AS "t2" ON "t2"."id" = "t1"."assignee_id"
      WHERE "t1"."id" = "t0"."k0") AS "rows" ON TRUE
    -- 1 = keys of cell 0 : Int[]
    {"title":1:String, "assignee":if 2 {"name":3:String}}

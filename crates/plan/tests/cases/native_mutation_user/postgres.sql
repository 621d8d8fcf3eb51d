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
    INNER JOIN LATERAL (SELECT "t1"."title" AS "c0", "t4"."id" AS "c1", "t4"."name" AS "c2"
      FROM "public"."tasks" AS "t1"
      LEFT JOIN "public"."people" AS "t4" ON "t4"."id" = "t1"."assignee_id"
      AND "t4"."id" = $2
      WHERE "t1"."id" = "t0"."k0"
      AND EXISTS(SELECT 1
        FROM "public"."projects" AS "t2"
        WHERE "t2"."id" = "t1"."project_id"
        AND EXISTS(SELECT 1
          FROM "public"."members" AS "t3"
          WHERE "t3"."project_id" = "t2"."id"
          AND "t3"."person_id" = $2))) AS "rows" ON TRUE
    -- 1 = keys of cell 0 : Int[]
    -- 2 = x-hasura-user-id : uuid
    {"title":1:String, "assignee":if 2 {"name":3:String}}

solitary
"answer": statements of the model
  statement:
    update people set name =  ?1  where id =  ?2  or name =  ?3
    -- 1 = now : timestamptz
    -- 2 = x-hasura-user-id : String as unknown
    -- 3 = x-hasura-user-id : String as unknown
    rows Some(1)..Some(1), else "nobody is there"
  statement:
    update tasks set assignee_id =  ?1  where id =  ?2  and title =  ?3  returning *
    -- 1 = uuid v7 : uuid
    -- 2 = Variable("task") : Int
    -- 3 = Variable("word") : String
    rows None..None, else "statement 2 of `take` wrote another number of rows than expected"
  columns id
  response returning 0
  returning 0 (per parent, one):
    SELECT "t0"."title", "t1"."id", "t1"."name"
    FROM "tasks" AS "t0"
    LEFT JOIN "people" AS "t1" ON "t1"."id" = "t0"."assignee_id"
    WHERE "t0"."id" = ?1
    -- 1 = parent cell 0 : Int
    {"title":0:String, "assignee":if 1 {"name":2:String}}

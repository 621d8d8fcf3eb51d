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
    SELECT "t0"."title", "t3"."id", "t3"."name"
    FROM "tasks" AS "t0"
    LEFT JOIN "people" AS "t3" ON "t3"."id" = "t0"."assignee_id"
    AND "t3"."id" = ?1
    WHERE "t0"."id" = ?2
    AND EXISTS(SELECT 1
      FROM "projects" AS "t1"
      WHERE "t1"."id" = "t0"."project_id"
      AND EXISTS(SELECT 1
        FROM "members" AS "t2"
        WHERE "t2"."project_id" = "t1"."id"
        AND "t2"."person_id" = ?1) IS TRUE) IS TRUE
    -- 1 = x-hasura-user-id : uuid
    -- 2 = parent cell 0 : Int
    {"title":0:String, "assignee":if 1 {"name":2:String}}

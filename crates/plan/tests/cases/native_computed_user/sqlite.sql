"answer": read
  child 0
  child 0 (root, list):
    SELECT "t0"."id", "t0"."shout", "t0"."siblings"
    FROM (SELECT "tasks".*, (upper(title) -- loud
) AS "shout", ((select count(*) from tasks other where other.project_id = tasks.project_id)) AS "siblings"
      FROM (SELECT *, row_number() OVER () AS "purlin_order"
        FROM ( select * from tasks where project_id =  ?1  and title <> ':n' and estimate >  ?2  order by title limit  ?3 
) AS "purlin_rows") AS "tasks") AS "t0"
    WHERE EXISTS(SELECT 1
      FROM "projects" AS "t1"
      WHERE "t1"."id" = "t0"."project_id"
      AND EXISTS(SELECT 1
        FROM "members" AS "t2"
        WHERE "t2"."project_id" = "t1"."id"
        AND "t2"."person_id" = ?4) IS TRUE) IS TRUE
    ORDER BY "t0"."shout" ASC NULLS LAST
    LIMIT ?5
    -- 1 = Variable("project") : Int
    -- 2 = Variable("least") : numeric Scaled { scale: 2 }
    -- 3 = Variable("n") : Int
    -- 4 = x-hasura-user-id : uuid
    -- 5 = 100 : bigint
    {"id":0:Int!, "shout":1:String, "siblings":2:bigint}

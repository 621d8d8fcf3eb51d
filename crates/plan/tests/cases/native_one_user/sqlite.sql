"answer": read
  child 0
  child 0 (root, one):
    SELECT "t0"."title", "t0"."meta"
    FROM (SELECT *, row_number() OVER () AS "purlin_order"
      FROM ( select * from tasks where project_id =  ?1  and title <> ':n' and estimate >  ?2  order by title limit  ?3 
) AS "purlin_rows") AS "t0"
    WHERE EXISTS(SELECT 1
      FROM "projects" AS "t1"
      WHERE "t1"."id" = "t0"."project_id"
      AND EXISTS(SELECT 1
        FROM "members" AS "t2"
        WHERE "t2"."project_id" = "t1"."id"
        AND "t2"."person_id" = ?4) IS TRUE) IS TRUE
    ORDER BY "t0"."purlin_order" ASC
    LIMIT ?5
    -- 1 = Variable("project") : Int
    -- 2 = Variable("least") : numeric Scaled { scale: 2 }
    -- 3 = Variable("n") : Int
    -- 4 = x-hasura-user-id : uuid
    -- 5 = 1 : bigint
    {"title":0:String!, "meta":1:jsonb}

"answer": read
  child 0
  child 0 (root, list):
    SELECT "t0"."id", "t0"."title", "t3"."id", "t3"."name"
    FROM (SELECT *, row_number() OVER () AS "purlin_order"
      FROM ( select * from tasks where project_id =  ?1  and title <> ':n' and estimate >  ?2  order by title limit  ?3 
) AS "purlin_rows") AS "t0"
    LEFT JOIN "people" AS "t3" ON "t3"."id" = "t0"."assignee_id"
    AND "t3"."id" = ?4
    WHERE "t0"."status" = ?5
    AND EXISTS(SELECT 1
      FROM "projects" AS "t1"
      WHERE "t1"."id" = "t0"."project_id"
      AND EXISTS(SELECT 1
        FROM "members" AS "t2"
        WHERE "t2"."project_id" = "t1"."id"
        AND "t2"."person_id" = ?4) IS TRUE) IS TRUE
    ORDER BY "t0"."estimate" ASC NULLS LAST
    LIMIT ?6
    -- 1 = Variable("project") : Int
    -- 2 = Variable("least") : numeric Scaled { scale: 2 }
    -- 3 = Variable("n") : Int
    -- 4 = x-hasura-user-id : uuid
    -- 5 = Variable("status") : String
    -- 6 = at most 100 of Integer(3) : bigint
    {"id":0:Int!, "title":1:String!, "assignee":if 2 {"name":3:String}, "labels":child 0}
    child 0 (per parent, list, cap 10000):
      SELECT "t0"."name"
      FROM "labels" AS "t0"
      INNER JOIN "task_labels" AS "t1" ON "t1"."label_id" = "t0"."id"
      WHERE "t1"."task_id" = ?1
      AND "t1"."by" = ?2
      AND "t0"."hidden" = ?3
      LIMIT ?4
      -- 1 = parent cell 0 : Int
      -- 2 = x-hasura-user-id : uuid
      -- 3 = Boolean(false) : Boolean
      -- 4 = 10001 : bigint
      {"name":0:String}

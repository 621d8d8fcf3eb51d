"answer": read
  child 0
  child 0 (root, list):
    SELECT DISTINCT ON ("t0"."status") "t0"."id", "t0"."title", "t3"."id", "t3"."name"
    FROM (SELECT *, row_number() OVER () AS "purlin_order"
      FROM ( select * from tasks where project_id =  $1  and title <> ':n' and estimate >  CAST($2 AS numeric(8, 2))  order by title limit  $3 
) AS "purlin_rows") AS "t0"
    LEFT JOIN "public"."people" AS "t3" ON "t3"."id" = "t0"."assignee_id"
    AND "t3"."id" = $4
    WHERE "t0"."status" = $5
    AND EXISTS(SELECT 1
      FROM "public"."projects" AS "t1"
      WHERE "t1"."id" = "t0"."project_id"
      AND EXISTS(SELECT 1
        FROM "public"."members" AS "t2"
        WHERE "t2"."project_id" = "t1"."id"
        AND "t2"."person_id" = $4))
    ORDER BY "t0"."status" ASC, "t0"."estimate" ASC NULLS LAST, "t0"."id" ASC
    LIMIT $6
    -- 1 = Variable("project") : Int
    -- 2 = Variable("least") : numeric Scaled { scale: 2 }
    -- 3 = Variable("n") : Int
    -- 4 = x-hasura-user-id : uuid
    -- 5 = Variable("status") : String
    -- 6 = at most 100 of Integer(3) : bigint
    {"id":0:Int!, "title":1:String!, "assignee":if 2 {"name":3:String}, "labels":child 0}
    child 0 (keys [0], list, cap 10000):
      SELECT "t1"."task_id", "t0"."name"
      FROM "public"."labels" AS "t0"
      INNER JOIN "public"."task_labels" AS "t1" ON "t1"."label_id" = "t0"."id"
      WHERE "t1"."task_id" = ANY($1)
      AND "t1"."by" = $2
      AND "t0"."hidden" = $3
      -- 1 = keys of cell 0 : Int[]
      -- 2 = x-hasura-user-id : uuid
      -- 3 = Boolean(false) : Boolean
      {"name":1:String}

"answer": read
  child 0
  child 0 (root, list):
    SELECT "t0"."id", "t0"."title", "t1"."id", "t1"."name"
    FROM (SELECT *, row_number() OVER () AS "purlin_order"
      FROM ( select * from tasks where project_id =  $1  and title <> ':n' and estimate >  CAST($2 AS numeric(8, 2))  order by title limit  $3 
) AS "purlin_rows") AS "t0"
    LEFT JOIN "public"."people" AS "t1" ON "t1"."id" = "t0"."assignee_id"
    WHERE "t0"."status" = $4
    ORDER BY "t0"."estimate" ASC NULLS LAST
    LIMIT $5
    -- 1 = Variable("project") : Int
    -- 2 = Variable("least") : numeric Scaled { scale: 2 }
    -- 3 = Variable("n") : Int
    -- 4 = Variable("status") : String
    -- 5 = Integer(3) : bigint
    {"id":0:Int!, "title":1:String!, "assignee":if 2 {"name":3:String}, "labels":child 0}
    child 0 (keys [0], list):
      SELECT "t1"."task_id", "t0"."name"
      FROM "public"."labels" AS "t0"
      INNER JOIN "public"."task_labels" AS "t1" ON "t1"."label_id" = "t0"."id"
      WHERE "t1"."task_id" = ANY($1)
      -- 1 = keys of cell 0 : Int[]
      {"name":1:String}

"answer": read
  child 0
  child 0 (root, list):
    SELECT "t3"."id", "t3"."title", "t4"."id", "t4"."name"
    FROM (SELECT "t0".*, row_number() OVER ( PARTITION BY "t0"."status"
        ORDER BY "t0"."status" ASC, "t0"."estimate" ASC NULLS LAST, "t0"."id" ASC ) AS "purlin_position"
      FROM (SELECT *, row_number() OVER () AS "purlin_order"
        FROM ( select * from tasks where project_id =  ?1  and title <> ':n' and estimate >  ?2  order by title limit  ?3 
) AS "purlin_rows") AS "t0"
      WHERE "t0"."status" = ?4
      AND EXISTS(SELECT 1
        FROM "projects" AS "t1"
        WHERE "t1"."id" = "t0"."project_id"
        AND EXISTS(SELECT 1
          FROM "members" AS "t2"
          WHERE "t2"."project_id" = "t1"."id"
          AND "t2"."person_id" = ?5) IS TRUE) IS TRUE) AS "t3"
    LEFT JOIN "people" AS "t4" ON "t4"."id" = "t3"."assignee_id"
    AND "t4"."id" = ?5
    WHERE "t3"."purlin_position" = 1
    ORDER BY "t3"."status" ASC, "t3"."estimate" ASC NULLS LAST, "t3"."id" ASC
    LIMIT ?6
    -- 1 = Variable("project") : Int
    -- 2 = Variable("least") : numeric Scaled { scale: 2 }
    -- 3 = Variable("n") : Int
    -- 4 = Variable("status") : String
    -- 5 = x-hasura-user-id : uuid
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

"answer": write
  select keys:
    SELECT "t0"."id"
    FROM "tasks" AS "t0"
    WHERE (CASE WHEN (EXISTS(SELECT 1
          FROM "projects" AS "t1"
          WHERE "t1"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "members" AS "t2"
            WHERE "t2"."project_id" = "t1"."id"
            AND "t2"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."estimate" END) < ?2
    AND "t0"."assignee_id" = ?1
    -- 1 = x-hasura-user-id : uuid
    -- 2 = Variable("estimate") : numeric ScaledOperand { scale: 2 }
  statement (key 1):
    DELETE
    FROM "tasks"
    WHERE (CASE WHEN (EXISTS(SELECT 1
          FROM "projects" AS "t0"
          WHERE "t0"."id" = "tasks"."project_id"
          AND EXISTS(SELECT 1
            FROM "members" AS "t1"
            WHERE "t1"."project_id" = "t0"."id"
            AND "t1"."person_id" = ?1) IS TRUE) IS TRUE) THEN "tasks"."estimate" END) < ?2
    AND "tasks"."assignee_id" = ?1
    RETURNING "tasks"."id"
    -- 1 = x-hasura-user-id : uuid
    -- 2 = Variable("estimate") : numeric ScaledOperand { scale: 2 }
  response {"affected_rows":affected rows, "returning":returning 0 list}
  returning 0 (per parent, one):
    SELECT "t0"."id", (CASE WHEN (EXISTS(SELECT 1
          FROM "projects" AS "t3"
          WHERE "t3"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "members" AS "t4"
            WHERE "t4"."project_id" = "t3"."id"
            AND "t4"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."title" END)
    FROM "tasks" AS "t0"
    WHERE "t0"."id" = ?2
    AND (EXISTS(SELECT 1
        FROM "projects" AS "t1"
        WHERE "t1"."id" = "t0"."project_id"
        AND EXISTS(SELECT 1
          FROM "members" AS "t2"
          WHERE "t2"."project_id" = "t1"."id"
          AND "t2"."person_id" = ?1) IS TRUE) IS TRUE OR "t0"."assignee_id" = ?1)
    -- 1 = x-hasura-user-id : uuid
    -- 2 = parent cell 0 : Int
    {"id":0:Int, "title":1:String}

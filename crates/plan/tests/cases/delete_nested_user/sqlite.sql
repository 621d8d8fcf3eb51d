"answer": write
  select keys:
    SELECT "t0"."id"
    FROM "tasks" AS "t0"
    WHERE "t0"."title" = ?1
    AND EXISTS(SELECT 1
      FROM "projects" AS "t1"
      WHERE "t1"."id" = "t0"."project_id"
      AND EXISTS(SELECT 1
        FROM "members" AS "t2"
        WHERE "t2"."project_id" = "t1"."id"
        AND "t2"."person_id" = ?2) IS TRUE) IS TRUE
    -- 1 = Variable("title") : String
    -- 2 = x-hasura-user-id : uuid
  statement (key 1):
    DELETE
    FROM "tasks"
    WHERE "tasks"."title" = ?1
    AND EXISTS(SELECT 1
      FROM "projects" AS "t0"
      WHERE "t0"."id" = "tasks"."project_id"
      AND EXISTS(SELECT 1
        FROM "members" AS "t1"
        WHERE "t1"."project_id" = "t0"."id"
        AND "t1"."person_id" = ?2) IS TRUE) IS TRUE
    RETURNING "tasks"."id"
    -- 1 = Variable("title") : String
    -- 2 = x-hasura-user-id : uuid
  response {"returning":returning 0 list}
  returning 0 (per parent, one):
    SELECT "t0"."id", "t3"."id", "t3"."name"
    FROM "tasks" AS "t0"
    LEFT JOIN "projects" AS "t3" ON "t3"."id" = "t0"."project_id"
    AND EXISTS(SELECT 1
      FROM "members" AS "t4"
      WHERE "t4"."project_id" = "t3"."id"
      AND "t4"."person_id" = ?1) IS TRUE
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
    {"id":0:Int, "project":if 1 {"name":2:String}}

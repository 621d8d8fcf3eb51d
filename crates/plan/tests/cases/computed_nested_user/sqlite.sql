"answer": read
  child 0
  child 0 (root, list, cap 10000):
    SELECT "t0"."name", "t0"."id"
    FROM "projects" AS "t0"
    WHERE EXISTS(SELECT 1
      FROM (SELECT "tasks".*, (upper(title) -- loud
) AS "shout", purlin_scaled((limit_hours - estimate)) AS "left", (title = ?1 or 'a:b' = ?1) AS "mine", ((select count(*) from tasks other where other.project_id = tasks.project_id)) AS "siblings"
        FROM "tasks") AS "t1"
      WHERE "t1"."project_id" = "t0"."id"
      AND ("t1"."shout" = ?2
        AND EXISTS(SELECT 1
          FROM "projects" AS "t2"
          WHERE "t2"."id" = "t1"."project_id"
          AND EXISTS(SELECT 1
            FROM "members" AS "t3"
            WHERE "t3"."project_id" = "t2"."id"
            AND "t3"."person_id" = ?3) IS TRUE) IS TRUE)) IS TRUE
    AND EXISTS(SELECT 1
      FROM "members" AS "t4"
      WHERE "t4"."project_id" = "t0"."id"
      AND "t4"."person_id" = ?3) IS TRUE
    ORDER BY (SELECT purlin_sum_scaled("t5"."left", 2)
      FROM (SELECT "tasks".*, (upper(title) -- loud
) AS "shout", purlin_scaled((limit_hours - estimate)) AS "left", (title = ?1 or 'a:b' = ?1) AS "mine", ((select count(*) from tasks other where other.project_id = tasks.project_id)) AS "siblings"
        FROM "tasks") AS "t5"
      WHERE "t5"."project_id" = "t0"."id"
      AND EXISTS(SELECT 1
        FROM "projects" AS "t6"
        WHERE "t6"."id" = "t5"."project_id"
        AND EXISTS(SELECT 1
          FROM "members" AS "t7"
          WHERE "t7"."project_id" = "t6"."id"
          AND "t7"."person_id" = ?3) IS TRUE) IS TRUE) COLLATE decimal ASC NULLS LAST
    LIMIT ?4
    -- 1 = x-hasura-name : String
    -- 2 = Variable("shout") : String
    -- 3 = x-hasura-user-id : uuid
    -- 4 = 10001 : bigint
    {"name":0:String, "tasks":child 0}
    child 0 (per parent, list):
      SELECT "t0"."shout", "t0"."siblings"
      FROM (SELECT "tasks".*, (upper(title) -- loud
) AS "shout", purlin_scaled((limit_hours - estimate)) AS "left", (title = ?1 or 'a:b' = ?1) AS "mine", ((select count(*) from tasks other where other.project_id = tasks.project_id)) AS "siblings"
        FROM "tasks") AS "t0"
      WHERE "t0"."project_id" = ?2
      AND ("t0"."mine" = ?3
        AND EXISTS(SELECT 1
          FROM "projects" AS "t1"
          WHERE "t1"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "members" AS "t2"
            WHERE "t2"."project_id" = "t1"."id"
            AND "t2"."person_id" = ?4) IS TRUE) IS TRUE)
      LIMIT ?5
      -- 1 = x-hasura-name : String
      -- 2 = parent cell 1 : Int
      -- 3 = Variable("mine") : Boolean
      -- 4 = x-hasura-user-id : uuid
      -- 5 = 100 : bigint
      {"shout":0:String, "siblings":1:bigint}

"answer": read
  child 0
  child 0 (root, list, cap 10000):
    SELECT "t0"."name", "t0"."id"
    FROM "projects" AS "t0"
    WHERE EXISTS(SELECT 1
      FROM "members" AS "t1"
      WHERE "t1"."project_id" = "t0"."id"
      AND "t1"."person_id" = ?1) IS TRUE
    LIMIT ?2
    -- 1 = x-hasura-user-id : uuid
    -- 2 = at most 10001 of Variable("limit") : bigint
    {"name":0:String, "tasks_aggregate":{"aggregate":child 0}, "tasks":child 1}
    child 0 (per parent, one):
      SELECT COUNT(*), MAX("t0"."estimate")
      FROM "tasks" AS "t0"
      WHERE "t0"."project_id" = ?1
      AND ("t0"."status" <> ?2
        AND EXISTS(SELECT 1
          FROM "projects" AS "t1"
          WHERE "t1"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "members" AS "t2"
            WHERE "t2"."project_id" = "t1"."id"
            AND "t2"."person_id" = ?3) IS TRUE) IS TRUE)
      -- 1 = parent cell 1 : Int
      -- 2 = Text("done") : String
      -- 3 = x-hasura-user-id : uuid
      {"count":0:bigint, "max":{"estimate":1:numeric Scaled { scale: 2 }}}
    child 1 (per parent, list):
      SELECT "t0"."title", "t3"."id", "t3"."name"
      FROM "tasks" AS "t0"
      LEFT JOIN "projects" AS "t3" ON "t3"."id" = "t0"."project_id"
      AND EXISTS(SELECT 1
        FROM "members" AS "t4"
        WHERE "t4"."project_id" = "t3"."id"
        AND "t4"."person_id" = ?1) IS TRUE
      WHERE "t0"."project_id" = ?2
      AND EXISTS(SELECT 1
        FROM "projects" AS "t1"
        WHERE "t1"."id" = "t0"."project_id"
        AND EXISTS(SELECT 1
          FROM "members" AS "t2"
          WHERE "t2"."project_id" = "t1"."id"
          AND "t2"."person_id" = ?1) IS TRUE) IS TRUE
      ORDER BY "t0"."title" ASC, "t0"."estimate" DESC NULLS FIRST
      LIMIT ?3
      -- 1 = x-hasura-user-id : uuid
      -- 2 = parent cell 1 : Int
      -- 3 = at most 100 of Variable("limit") : bigint
      {"title":0:String, "project":if 1 {"name":2:String, "tasks_aggregate":{"aggregate":child 0}}}
      child 0 (per parent, one):
        SELECT COUNT(*), MAX("t0"."estimate")
        FROM "tasks" AS "t0"
        WHERE "t0"."project_id" = ?1
        AND EXISTS(SELECT 1
          FROM "projects" AS "t1"
          WHERE "t1"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "members" AS "t2"
            WHERE "t2"."project_id" = "t1"."id"
            AND "t2"."person_id" = ?2) IS TRUE) IS TRUE
        -- 1 = parent cell 1 : Int
        -- 2 = x-hasura-user-id : uuid
        {"count":0:bigint, "max":{"estimate":1:numeric Scaled { scale: 2 }}}

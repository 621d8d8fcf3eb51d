"answer": read
  child 0
  child 0 (root, list, cap 10000):
    SELECT "rows"."c0", "t5"."c0", "t5"."c1", "rows"."c3"
    FROM (SELECT "t0"."name" AS "c0", "t0"."id" AS "c3", "t0"."id" AS "k0"
      FROM "public"."projects" AS "t0"
      WHERE EXISTS(SELECT 1
        FROM "public"."members" AS "t1"
        WHERE "t1"."project_id" = "t0"."id"
        AND "t1"."person_id" = $1)
      LIMIT $2) AS "rows"
    INNER JOIN LATERAL (SELECT COUNT(*) AS "c0", MAX("t2"."estimate") AS "c1"
      FROM "public"."tasks" AS "t2"
      WHERE "t2"."project_id" = "rows"."k0"
      AND ("t2"."status" <> $3
        AND EXISTS(SELECT 1
          FROM "public"."projects" AS "t3"
          WHERE "t3"."id" = "t2"."project_id"
          AND EXISTS(SELECT 1
            FROM "public"."members" AS "t4"
            WHERE "t4"."project_id" = "t3"."id"
            AND "t4"."person_id" = $1)))) AS "t5" ON TRUE
    -- 1 = x-hasura-user-id : uuid
    -- 2 = at most 10001 of Variable("limit") : bigint
    -- 3 = Text("done") : String
    {"name":0:String, "tasks_aggregate":{"aggregate":{"count":1:bigint, "max":{"estimate":2:numeric Scaled { scale: 2 }}}}, "tasks":child 0}
    child 0 (ordinal, list):
      SELECT "t0"."position", "rows"."c0", "rows"."c1", "rows"."c2", "rows"."c3", "rows"."c4"
      FROM (SELECT *
        FROM unnest($1) WITH ORDINALITY AS k(k0, position)) AS "t0"
      INNER JOIN LATERAL (SELECT "rows"."c0" AS "c0", "rows"."c1" AS "c1", "rows"."c2" AS "c2", "t9"."c0" AS "c3", "t9"."c1" AS "c4"
        FROM (SELECT "t1"."title" AS "c0", "t4"."id" AS "c1", "t4"."name" AS "c2", "t4"."id" AS "k0", "t1"."title" AS "s0", "t1"."estimate" AS "s1"
          FROM "public"."tasks" AS "t1"
          LEFT JOIN "public"."projects" AS "t4" ON "t4"."id" = "t1"."project_id"
          AND EXISTS(SELECT 1
            FROM "public"."members" AS "t5"
            WHERE "t5"."project_id" = "t4"."id"
            AND "t5"."person_id" = $2)
          WHERE "t1"."project_id" = "t0"."k0"
          AND EXISTS(SELECT 1
            FROM "public"."projects" AS "t2"
            WHERE "t2"."id" = "t1"."project_id"
            AND EXISTS(SELECT 1
              FROM "public"."members" AS "t3"
              WHERE "t3"."project_id" = "t2"."id"
              AND "t3"."person_id" = $2))
          ORDER BY "t1"."title" ASC, "t1"."estimate" DESC NULLS FIRST
          LIMIT $3) AS "rows"
        INNER JOIN LATERAL (SELECT COUNT(*) AS "c0", MAX("t6"."estimate") AS "c1"
          FROM "public"."tasks" AS "t6"
          WHERE "t6"."project_id" = "rows"."k0"
          AND EXISTS(SELECT 1
            FROM "public"."projects" AS "t7"
            WHERE "t7"."id" = "t6"."project_id"
            AND EXISTS(SELECT 1
              FROM "public"."members" AS "t8"
              WHERE "t8"."project_id" = "t7"."id"
              AND "t8"."person_id" = $2))) AS "t9" ON TRUE
        ORDER BY "rows"."s0" ASC, "rows"."s1" DESC NULLS FIRST) AS "rows" ON TRUE
      -- 1 = keys of cell 3 : Int[]
      -- 2 = x-hasura-user-id : uuid
      -- 3 = at most 100 of Variable("limit") : bigint
      {"title":1:String, "project":if 2 {"name":3:String, "tasks_aggregate":{"aggregate":{"count":4:bigint, "max":{"estimate":5:numeric Scaled { scale: 2 }}}}}}

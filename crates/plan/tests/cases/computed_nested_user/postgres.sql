"answer": read
  child 0
  child 0 (root, list, cap 10000):
    SELECT "t0"."name", "t0"."id"
    FROM "public"."projects" AS "t0"
    WHERE EXISTS(SELECT 1
      FROM (SELECT "tasks".*, CAST(((upper(title) -- loud
)) AS text) COLLATE "C" AS "shout", CAST(((limit_hours - estimate)) AS numeric(8, 2)) AS "left", CAST(((title = $1 or 'a:b' = $1)) AS boolean) AS "mine", CAST((((select count(*) from tasks other where other.project_id = tasks.project_id))) AS bigint) AS "siblings"
        FROM "public"."tasks") AS "t1"
      WHERE "t1"."project_id" = "t0"."id"
      AND ("t1"."shout" = $2
        AND EXISTS(SELECT 1
          FROM "public"."projects" AS "t2"
          WHERE "t2"."id" = "t1"."project_id"
          AND EXISTS(SELECT 1
            FROM "public"."members" AS "t3"
            WHERE "t3"."project_id" = "t2"."id"
            AND "t3"."person_id" = $3))))
    AND EXISTS(SELECT 1
      FROM "public"."members" AS "t4"
      WHERE "t4"."project_id" = "t0"."id"
      AND "t4"."person_id" = $3)
    ORDER BY (SELECT SUM("t5"."left")
      FROM (SELECT "tasks".*, CAST(((upper(title) -- loud
)) AS text) COLLATE "C" AS "shout", CAST(((limit_hours - estimate)) AS numeric(8, 2)) AS "left", CAST(((title = $1 or 'a:b' = $1)) AS boolean) AS "mine", CAST((((select count(*) from tasks other where other.project_id = tasks.project_id))) AS bigint) AS "siblings"
        FROM "public"."tasks") AS "t5"
      WHERE "t5"."project_id" = "t0"."id"
      AND EXISTS(SELECT 1
        FROM "public"."projects" AS "t6"
        WHERE "t6"."id" = "t5"."project_id"
        AND EXISTS(SELECT 1
          FROM "public"."members" AS "t7"
          WHERE "t7"."project_id" = "t6"."id"
          AND "t7"."person_id" = $3))) ASC NULLS LAST
    LIMIT $4
    -- 1 = x-hasura-name : String
    -- 2 = Variable("shout") : String
    -- 3 = x-hasura-user-id : uuid
    -- 4 = 10001 : bigint
    {"name":0:String, "tasks":child 0}
    child 0 (ordinal, list):
      SELECT "t0"."position", "rows"."c0", "rows"."c1"
      FROM (SELECT *
        FROM unnest($1) WITH ORDINALITY AS k(k0, position)) AS "t0"
      INNER JOIN LATERAL (SELECT "t1"."shout" AS "c0", "t1"."siblings" AS "c1"
        FROM (SELECT "tasks".*, CAST(((upper(title) -- loud
)) AS text) COLLATE "C" AS "shout", CAST(((limit_hours - estimate)) AS numeric(8, 2)) AS "left", CAST(((title = $2 or 'a:b' = $2)) AS boolean) AS "mine", CAST((((select count(*) from tasks other where other.project_id = tasks.project_id))) AS bigint) AS "siblings"
          FROM "public"."tasks") AS "t1"
        WHERE "t1"."project_id" = "t0"."k0"
        AND ("t1"."mine" = $3
          AND EXISTS(SELECT 1
            FROM "public"."projects" AS "t2"
            WHERE "t2"."id" = "t1"."project_id"
            AND EXISTS(SELECT 1
              FROM "public"."members" AS "t3"
              WHERE "t3"."project_id" = "t2"."id"
              AND "t3"."person_id" = $4)))
        LIMIT $5) AS "rows" ON TRUE
      -- 1 = keys of cell 1 : Int[]
      -- 2 = x-hasura-name : String
      -- 3 = Variable("mine") : Boolean
      -- 4 = x-hasura-user-id : uuid
      -- 5 = 100 : bigint
      {"shout":1:String, "siblings":2:bigint}

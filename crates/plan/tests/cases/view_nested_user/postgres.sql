"answer": read
  child 0
  child 0 (root, list, cap 10000):
    SELECT "t0"."name", "t0"."id"
    FROM "public"."projects" AS "t0"
    WHERE EXISTS(SELECT 1
      FROM (SELECT CAST("loads"."project_id" AS integer) AS "project_id", CAST("loads"."task_count" AS bigint) AS "task_count", CAST("loads"."first" AS text) COLLATE "C" AS "first", CAST("loads"."hours" AS numeric(8, 2)) AS "hours", CAST(((task_count > 1)) AS boolean) AS "many"
        FROM "public"."loads") AS "t1"
      WHERE "t1"."project_id" = "t0"."id"
      AND ("t1"."many" = $1
        AND "t1"."many" = $2))
    AND EXISTS(SELECT 1
      FROM "public"."members" AS "t2"
      WHERE "t2"."project_id" = "t0"."id"
      AND "t2"."person_id" = $3)
    LIMIT $4
    -- 1 = Variable("many") : Boolean
    -- 2 = x-hasura-many : Boolean
    -- 3 = x-hasura-user-id : uuid
    -- 4 = 10001 : bigint
    {"name":0:String, "load":child 0}
    child 0 (ordinal, one):
      SELECT "t0"."position", "rows"."c0"
      FROM (SELECT *
        FROM unnest($1) WITH ORDINALITY AS k(k0, position)) AS "t0"
      INNER JOIN LATERAL (SELECT "t1"."task_count" AS "c0"
        FROM (SELECT CAST("loads"."project_id" AS integer) AS "project_id", CAST("loads"."task_count" AS bigint) AS "task_count", CAST("loads"."first" AS text) COLLATE "C" AS "first", CAST("loads"."hours" AS numeric(8, 2)) AS "hours", CAST(((task_count > 1)) AS boolean) AS "many"
          FROM "public"."loads") AS "t1"
        WHERE "t1"."project_id" = "t0"."k0"
        AND "t1"."many" = $2
        ORDER BY "t1"."project_id" ASC NULLS LAST
        LIMIT $3) AS "rows" ON TRUE
      -- 1 = keys of cell 1 : Int[]
      -- 2 = x-hasura-many : Boolean
      -- 3 = 1 : bigint
      {"task_count":1:bigint}

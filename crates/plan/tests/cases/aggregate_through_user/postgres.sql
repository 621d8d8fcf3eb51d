"answer": read
  child 0
  child 0 (root, list):
    SELECT "t0"."id"
    FROM "public"."tasks" AS "t0"
    WHERE EXISTS(SELECT 1
      FROM "public"."projects" AS "t1"
      WHERE "t1"."id" = "t0"."project_id"
      AND EXISTS(SELECT 1
        FROM "public"."members" AS "t2"
        WHERE "t2"."project_id" = "t1"."id"
        AND "t2"."person_id" = $1))
    LIMIT $2
    -- 1 = x-hasura-user-id : uuid
    -- 2 = 100 : bigint
    {"id":0:Int, "labels_aggregate":{"aggregate":child 0, "nodes":child 1}}
    child 0 (ordinal, one):
      SELECT "t0"."position", COALESCE("rows"."c0", 0)
      FROM (SELECT *
        FROM unnest($1) WITH ORDINALITY AS k(k0, position)) AS "t0"
      LEFT JOIN (SELECT "t2"."task_id" AS "g0", COUNT(*) AS "c0"
        FROM "public"."labels" AS "t1"
        INNER JOIN "public"."task_labels" AS "t2" ON "t2"."label_id" = "t1"."id"
        WHERE "t2"."task_id" = ANY($1)
        AND "t2"."by" = $2
        AND "t1"."hidden" = $3
        GROUP BY "t2"."task_id") AS "rows" ON "rows"."g0" = "t0"."k0"
      -- 1 = keys of cell 0 : Int[]
      -- 2 = x-hasura-user-id : uuid
      -- 3 = Boolean(false) : Boolean
      {"count":1:bigint}
    child 1 (keys [0], list, cap 10000):
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

"answer": read
  child 0
  child 0 (root, list, cap 10000):
    SELECT "t0"."name", "t2"."id", "t2"."name", "t0"."id"
    FROM "public"."projects" AS "t0"
    LEFT JOIN "public"."people" AS "t2" ON "t2"."id" = "t0"."owner_id"
    AND "t2"."id" = $1
    WHERE EXISTS(SELECT 1
      FROM "public"."members" AS "t1"
      WHERE "t1"."project_id" = "t0"."id"
      AND "t1"."person_id" = $1)
    LIMIT $2
    -- 1 = x-hasura-user-id : uuid
    -- 2 = 10001 : bigint
    {"name":0:String, "owner":if 1 {"id":1:uuid, "name":2:String}, "tasks":child 0, "__typename":"projects"}
    child 0 (ordinal, list):
      SELECT "t0"."position", "rows"."c0", "rows"."c1", "rows"."c2", "rows"."c3", "rows"."c4", "rows"."c5"
      FROM (SELECT *
        FROM unnest($1) WITH ORDINALITY AS k(k0, position)) AS "t0"
      INNER JOIN LATERAL (SELECT "t1"."title" AS "c0", "t4"."id" AS "c1", "t4"."name" AS "c2", "t5"."id" AS "c3", "t5"."name" AS "c4", CAST("t5"."email" AS text) AS "c5"
        FROM "public"."tasks" AS "t1"
        LEFT JOIN "public"."people" AS "t4" ON "t4"."id" = "t1"."assignee_id"
        AND "t4"."id" = $2
        LEFT JOIN "public"."people" AS "t5" ON "t5"."id" = "t4"."boss_id"
        AND "t5"."id" = $2
        WHERE "t1"."project_id" = "t0"."k0"
        AND ("t1"."status" <> $3
          AND EXISTS(SELECT 1
            FROM "public"."projects" AS "t2"
            WHERE "t2"."id" = "t1"."project_id"
            AND EXISTS(SELECT 1
              FROM "public"."members" AS "t3"
              WHERE "t3"."project_id" = "t2"."id"
              AND "t3"."person_id" = $2)))
        LIMIT $4) AS "rows" ON TRUE
      -- 1 = keys of cell 3 : Int[]
      -- 2 = x-hasura-user-id : uuid
      -- 3 = Text("done") : String
      -- 4 = 100 : bigint
      {"title":1:String, "assignee":if 2 {"name":3:String, "boss":if 4 {"name":5:String, "email":6:String}}}

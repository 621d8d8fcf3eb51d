"answer": read
  child 0
  child 0 (root, list, cap 10000):
    SELECT "t0"."id"
    FROM "people" AS "t0"
    ORDER BY (SELECT (CASE WHEN ("t2"."id" = ?1) THEN "t2"."age" END)
      FROM "people" AS "t1"
      LEFT JOIN "people" AS "t2" ON "t2"."id" = "t1"."boss_id"
      WHERE "t1"."name" = "t0"."name"
      ORDER BY "t1"."id" ASC
      LIMIT ?2) ASC NULLS LAST
    LIMIT ?3
    -- 1 = x-hasura-user-id : uuid
    -- 2 = 1 : bigint
    -- 3 = 10001 : bigint
    {"id":0:uuid}

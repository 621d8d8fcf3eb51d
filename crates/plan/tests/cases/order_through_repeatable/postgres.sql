"answer": read
  child 0
  child 0 (root, list):
    SELECT "t0"."id"
    FROM "public"."people" AS "t0"
    ORDER BY (SELECT "t2"."age"
      FROM "public"."people" AS "t1"
      LEFT JOIN "public"."people" AS "t2" ON "t2"."id" = "t1"."boss_id"
      WHERE "t1"."name" = "t0"."name"
      ORDER BY "t1"."id" ASC
      LIMIT $1) ASC NULLS LAST
    -- 1 = 1 : bigint
    {"id":0:uuid}

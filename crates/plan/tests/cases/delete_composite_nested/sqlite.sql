"answer": write
  select keys:
    SELECT "t0"."project_id", "t0"."person_id"
    FROM "members" AS "t0"
  statement (key 2):
    DELETE
    FROM "members"
    RETURNING "members"."project_id", "members"."person_id"
  response {"returning":returning 0 list}
  returning 0 (per parent, one):
    SELECT "t0"."role", "t1"."id", "t1"."name"
    FROM "members" AS "t0"
    LEFT JOIN "people" AS "t1" ON "t1"."id" = "t0"."person_id"
    WHERE "t0"."project_id" = ?1
    AND "t0"."person_id" = ?2
    -- 1 = parent cell 0 : Int
    -- 2 = parent cell 1 : uuid
    {"role":0:String, "person":if 1 {"name":2:String}}

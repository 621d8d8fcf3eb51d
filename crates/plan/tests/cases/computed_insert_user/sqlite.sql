"answer": insert
  rows 0
  template Document
    value 0 = Row.Key("title") for column Some(1)
    value 1 = Row.Key("project_id") for column Some(2)
    value 2 = x-hasura-user-id for column Some(3)
    value 3 = now for column Some(9)
    insert (key 1):
      INSERT INTO "tasks" ("title", "project_id", "assignee_id", "updated_at")
      VALUES (?1, ?2, ?3, ?4)
      RETURNING "tasks"."id", EXISTS(SELECT 1
        FROM "projects" AS "t0"
        WHERE "t0"."id" = "tasks"."project_id"
        AND EXISTS(SELECT 1
          FROM "members" AS "t1"
          WHERE "t1"."project_id" = "t0"."id"
          AND "t1"."person_id" = ?5) IS TRUE) IS TRUE
      -- 1 = row value 0 : String
      -- 2 = row value 1 : Int
      -- 3 = row value 2 : uuid
      -- 4 = row value 3 : timestamptz
      -- 5 = x-hasura-user-id : uuid
    insert check: cell 1
  response {"returning":returning 0 list}
  returning 0 (per parent, one):
    SELECT "t0"."id", "t0"."shout", "t0"."left", "t0"."mine"
    FROM (SELECT "tasks".*, (upper(title) -- loud
) AS "shout", purlin_scaled((limit_hours - estimate)) AS "left", (title = ?1 or 'a:b' = ?1) AS "mine"
      FROM "tasks") AS "t0"
    WHERE "t0"."id" = ?2
    AND EXISTS(SELECT 1
      FROM "projects" AS "t1"
      WHERE "t1"."id" = "t0"."project_id"
      AND EXISTS(SELECT 1
        FROM "members" AS "t2"
        WHERE "t2"."project_id" = "t1"."id"
        AND "t2"."person_id" = ?3) IS TRUE) IS TRUE
    -- 1 = x-hasura-name : String
    -- 2 = parent cell 0 : Int
    -- 3 = x-hasura-user-id : uuid
    {"id":0:Int, "shout":1:String, "left":2:numeric Scaled { scale: 2 }, "mine":3:Boolean}

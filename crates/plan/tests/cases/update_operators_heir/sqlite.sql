"answer": write many
  statement (key 1):
    UPDATE "tasks"
    SET "project_id" = purlin_add_integer("tasks"."project_id", ?1, -2147483648, 2147483647), "updated_at" = ?2
    WHERE "tasks"."id" = ?3
    AND "tasks"."assignee_id" = ?4
    RETURNING "tasks"."id"
    -- 1 = Variable("project_id") : Int
    -- 2 = now : timestamptz
    -- 3 = Variable("id") : Int
    -- 4 = x-hasura-user-id : uuid
  response returning 0
  returning 0 (per parent, one):
    SELECT "t0"."id", (CASE WHEN (EXISTS(SELECT 1
          FROM "projects" AS "t3"
          WHERE "t3"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "members" AS "t4"
            WHERE "t4"."project_id" = "t3"."id"
            AND "t4"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."title" END), "t0"."updated_at"
    FROM "tasks" AS "t0"
    WHERE "t0"."id" = ?2
    AND (EXISTS(SELECT 1
        FROM "projects" AS "t1"
        WHERE "t1"."id" = "t0"."project_id"
        AND EXISTS(SELECT 1
          FROM "members" AS "t2"
          WHERE "t2"."project_id" = "t1"."id"
          AND "t2"."person_id" = ?1) IS TRUE) IS TRUE OR "t0"."assignee_id" = ?1)
    -- 1 = x-hasura-user-id : uuid
    -- 2 = parent cell 0 : Int
    {"id":0:Int, "title":1:String, "updated_at":2:timestamptz}
  statement (key 1):
    UPDATE "tasks"
    SET "estimate" = purlin_add_integer("tasks"."estimate", ?1, -99999999, 99999999), "updated_at" = ?2
    WHERE "tasks"."id" = ?3
    AND "tasks"."assignee_id" = ?4
    RETURNING "tasks"."id"
    -- 1 = Variable("estimate") : numeric Scaled { scale: 2 }
    -- 2 = now : timestamptz
    -- 3 = Variable("id") : Int
    -- 4 = x-hasura-user-id : uuid
  response returning 0
  returning 0 (per parent, one):
    SELECT "t0"."id", (CASE WHEN (EXISTS(SELECT 1
          FROM "projects" AS "t3"
          WHERE "t3"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "members" AS "t4"
            WHERE "t4"."project_id" = "t3"."id"
            AND "t4"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."title" END), "t0"."updated_at"
    FROM "tasks" AS "t0"
    WHERE "t0"."id" = ?2
    AND (EXISTS(SELECT 1
        FROM "projects" AS "t1"
        WHERE "t1"."id" = "t0"."project_id"
        AND EXISTS(SELECT 1
          FROM "members" AS "t2"
          WHERE "t2"."project_id" = "t1"."id"
          AND "t2"."person_id" = ?1) IS TRUE) IS TRUE OR "t0"."assignee_id" = ?1)
    -- 1 = x-hasura-user-id : uuid
    -- 2 = parent cell 0 : Int
    {"id":0:Int, "title":1:String, "updated_at":2:timestamptz}
  statement (key 1):
    UPDATE "tasks"
    SET "spent" = purlin_add_integer("tasks"."spent", ?1, -9223372036854775808, 9223372036854775807), "updated_at" = ?2
    WHERE "tasks"."id" = ?3
    AND "tasks"."assignee_id" = ?4
    RETURNING "tasks"."id"
    -- 1 = Variable("spent") : bigint
    -- 2 = now : timestamptz
    -- 3 = Variable("id") : Int
    -- 4 = x-hasura-user-id : uuid
  response returning 0
  returning 0 (per parent, one):
    SELECT "t0"."id", (CASE WHEN (EXISTS(SELECT 1
          FROM "projects" AS "t3"
          WHERE "t3"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "members" AS "t4"
            WHERE "t4"."project_id" = "t3"."id"
            AND "t4"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."title" END), "t0"."updated_at"
    FROM "tasks" AS "t0"
    WHERE "t0"."id" = ?2
    AND (EXISTS(SELECT 1
        FROM "projects" AS "t1"
        WHERE "t1"."id" = "t0"."project_id"
        AND EXISTS(SELECT 1
          FROM "members" AS "t2"
          WHERE "t2"."project_id" = "t1"."id"
          AND "t2"."person_id" = ?1) IS TRUE) IS TRUE OR "t0"."assignee_id" = ?1)
    -- 1 = x-hasura-user-id : uuid
    -- 2 = parent cell 0 : Int
    {"id":0:Int, "title":1:String, "updated_at":2:timestamptz}
  statement (key 1):
    UPDATE "tasks"
    SET "weight" = "tasks"."weight" + ?1, "updated_at" = ?2
    WHERE "tasks"."id" = ?3
    AND "tasks"."assignee_id" = ?4
    RETURNING "tasks"."id"
    -- 1 = Variable("weight") : float8
    -- 2 = now : timestamptz
    -- 3 = Variable("id") : Int
    -- 4 = x-hasura-user-id : uuid
  response returning 0
  returning 0 (per parent, one):
    SELECT "t0"."id", (CASE WHEN (EXISTS(SELECT 1
          FROM "projects" AS "t3"
          WHERE "t3"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "members" AS "t4"
            WHERE "t4"."project_id" = "t3"."id"
            AND "t4"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."title" END), "t0"."updated_at"
    FROM "tasks" AS "t0"
    WHERE "t0"."id" = ?2
    AND (EXISTS(SELECT 1
        FROM "projects" AS "t1"
        WHERE "t1"."id" = "t0"."project_id"
        AND EXISTS(SELECT 1
          FROM "members" AS "t2"
          WHERE "t2"."project_id" = "t1"."id"
          AND "t2"."person_id" = ?1) IS TRUE) IS TRUE OR "t0"."assignee_id" = ?1)
    -- 1 = x-hasura-user-id : uuid
    -- 2 = parent cell 0 : Int
    {"id":0:Int, "title":1:String, "updated_at":2:timestamptz}
  statement (key 1):
    UPDATE "tasks"
    SET "meta" = purlin_json_append("tasks"."meta", ?1), "updated_at" = ?2
    WHERE "tasks"."id" = ?3
    AND "tasks"."assignee_id" = ?4
    RETURNING "tasks"."id"
    -- 1 = Variable("meta") : jsonb
    -- 2 = now : timestamptz
    -- 3 = Variable("id") : Int
    -- 4 = x-hasura-user-id : uuid
  response returning 0
  returning 0 (per parent, one):
    SELECT "t0"."id", (CASE WHEN (EXISTS(SELECT 1
          FROM "projects" AS "t3"
          WHERE "t3"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "members" AS "t4"
            WHERE "t4"."project_id" = "t3"."id"
            AND "t4"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."title" END), "t0"."updated_at"
    FROM "tasks" AS "t0"
    WHERE "t0"."id" = ?2
    AND (EXISTS(SELECT 1
        FROM "projects" AS "t1"
        WHERE "t1"."id" = "t0"."project_id"
        AND EXISTS(SELECT 1
          FROM "members" AS "t2"
          WHERE "t2"."project_id" = "t1"."id"
          AND "t2"."person_id" = ?1) IS TRUE) IS TRUE OR "t0"."assignee_id" = ?1)
    -- 1 = x-hasura-user-id : uuid
    -- 2 = parent cell 0 : Int
    {"id":0:Int, "title":1:String, "updated_at":2:timestamptz}
  statement (key 1):
    UPDATE "tasks"
    SET "meta" = purlin_json_append(?1, "tasks"."meta"), "updated_at" = ?2
    WHERE "tasks"."id" = ?3
    AND "tasks"."assignee_id" = ?4
    RETURNING "tasks"."id"
    -- 1 = Variable("meta") : jsonb
    -- 2 = now : timestamptz
    -- 3 = Variable("id") : Int
    -- 4 = x-hasura-user-id : uuid
  response returning 0
  returning 0 (per parent, one):
    SELECT "t0"."id", (CASE WHEN (EXISTS(SELECT 1
          FROM "projects" AS "t3"
          WHERE "t3"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "members" AS "t4"
            WHERE "t4"."project_id" = "t3"."id"
            AND "t4"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."title" END), "t0"."updated_at"
    FROM "tasks" AS "t0"
    WHERE "t0"."id" = ?2
    AND (EXISTS(SELECT 1
        FROM "projects" AS "t1"
        WHERE "t1"."id" = "t0"."project_id"
        AND EXISTS(SELECT 1
          FROM "members" AS "t2"
          WHERE "t2"."project_id" = "t1"."id"
          AND "t2"."person_id" = ?1) IS TRUE) IS TRUE OR "t0"."assignee_id" = ?1)
    -- 1 = x-hasura-user-id : uuid
    -- 2 = parent cell 0 : Int
    {"id":0:Int, "title":1:String, "updated_at":2:timestamptz}
  statement (key 1):
    UPDATE "tasks"
    SET "meta" = purlin_json_delete_key("tasks"."meta", ?1), "updated_at" = ?2
    WHERE "tasks"."id" = ?3
    AND "tasks"."assignee_id" = ?4
    RETURNING "tasks"."id"
    -- 1 = Variable("meta") : String
    -- 2 = now : timestamptz
    -- 3 = Variable("id") : Int
    -- 4 = x-hasura-user-id : uuid
  response returning 0
  returning 0 (per parent, one):
    SELECT "t0"."id", (CASE WHEN (EXISTS(SELECT 1
          FROM "projects" AS "t3"
          WHERE "t3"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "members" AS "t4"
            WHERE "t4"."project_id" = "t3"."id"
            AND "t4"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."title" END), "t0"."updated_at"
    FROM "tasks" AS "t0"
    WHERE "t0"."id" = ?2
    AND (EXISTS(SELECT 1
        FROM "projects" AS "t1"
        WHERE "t1"."id" = "t0"."project_id"
        AND EXISTS(SELECT 1
          FROM "members" AS "t2"
          WHERE "t2"."project_id" = "t1"."id"
          AND "t2"."person_id" = ?1) IS TRUE) IS TRUE OR "t0"."assignee_id" = ?1)
    -- 1 = x-hasura-user-id : uuid
    -- 2 = parent cell 0 : Int
    {"id":0:Int, "title":1:String, "updated_at":2:timestamptz}
  statement (key 1):
    UPDATE "tasks"
    SET "meta" = purlin_json_delete_element("tasks"."meta", ?1), "updated_at" = ?2
    WHERE "tasks"."id" = ?3
    AND "tasks"."assignee_id" = ?4
    RETURNING "tasks"."id"
    -- 1 = Variable("meta") : Int
    -- 2 = now : timestamptz
    -- 3 = Variable("id") : Int
    -- 4 = x-hasura-user-id : uuid
  response returning 0
  returning 0 (per parent, one):
    SELECT "t0"."id", (CASE WHEN (EXISTS(SELECT 1
          FROM "projects" AS "t3"
          WHERE "t3"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "members" AS "t4"
            WHERE "t4"."project_id" = "t3"."id"
            AND "t4"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."title" END), "t0"."updated_at"
    FROM "tasks" AS "t0"
    WHERE "t0"."id" = ?2
    AND (EXISTS(SELECT 1
        FROM "projects" AS "t1"
        WHERE "t1"."id" = "t0"."project_id"
        AND EXISTS(SELECT 1
          FROM "members" AS "t2"
          WHERE "t2"."project_id" = "t1"."id"
          AND "t2"."person_id" = ?1) IS TRUE) IS TRUE OR "t0"."assignee_id" = ?1)
    -- 1 = x-hasura-user-id : uuid
    -- 2 = parent cell 0 : Int
    {"id":0:Int, "title":1:String, "updated_at":2:timestamptz}
  statement (key 1):
    UPDATE "tasks"
    SET "meta" = purlin_json_delete_path("tasks"."meta", ?1), "updated_at" = ?2
    WHERE "tasks"."id" = ?3
    AND "tasks"."assignee_id" = ?4
    RETURNING "tasks"."id"
    -- 1 = Variable("meta") : String[]
    -- 2 = now : timestamptz
    -- 3 = Variable("id") : Int
    -- 4 = x-hasura-user-id : uuid
  response returning 0
  returning 0 (per parent, one):
    SELECT "t0"."id", (CASE WHEN (EXISTS(SELECT 1
          FROM "projects" AS "t3"
          WHERE "t3"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "members" AS "t4"
            WHERE "t4"."project_id" = "t3"."id"
            AND "t4"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."title" END), "t0"."updated_at"
    FROM "tasks" AS "t0"
    WHERE "t0"."id" = ?2
    AND (EXISTS(SELECT 1
        FROM "projects" AS "t1"
        WHERE "t1"."id" = "t0"."project_id"
        AND EXISTS(SELECT 1
          FROM "members" AS "t2"
          WHERE "t2"."project_id" = "t1"."id"
          AND "t2"."person_id" = ?1) IS TRUE) IS TRUE OR "t0"."assignee_id" = ?1)
    -- 1 = x-hasura-user-id : uuid
    -- 2 = parent cell 0 : Int
    {"id":0:Int, "title":1:String, "updated_at":2:timestamptz}
  statement (key 1):
    UPDATE "projects"
    SET "budget" = purlin_add_decimal("projects"."budget", ?1)
    WHERE FALSE
    RETURNING "projects"."id", FALSE
    -- 1 = Variable("budget") : numeric Decimal { scale: None }
  check: cell 1
  response {"affected_rows":affected rows}

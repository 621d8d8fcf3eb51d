"answer": read
  child 0
  child 0 (root, list, cap 10000):
    SELECT "t0"."id"
    FROM "tasks" AS "t0"
    WHERE (CASE WHEN (EXISTS(SELECT 1
          FROM "projects" AS "t1"
          WHERE "t1"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "members" AS "t2"
            WHERE "t2"."project_id" = "t1"."id"
            AND "t2"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."estimate" END) = ?2
    AND (CASE WHEN (EXISTS(SELECT 1
          FROM "projects" AS "t3"
          WHERE "t3"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "members" AS "t4"
            WHERE "t4"."project_id" = "t3"."id"
            AND "t4"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."estimate" END) <> ?3
    AND (CASE WHEN (EXISTS(SELECT 1
          FROM "projects" AS "t5"
          WHERE "t5"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "members" AS "t6"
            WHERE "t6"."project_id" = "t5"."id"
            AND "t6"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."estimate" END) > ?4
    AND (CASE WHEN (EXISTS(SELECT 1
          FROM "projects" AS "t7"
          WHERE "t7"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "members" AS "t8"
            WHERE "t8"."project_id" = "t7"."id"
            AND "t8"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."estimate" END) < ?5
    AND (CASE WHEN (EXISTS(SELECT 1
          FROM "projects" AS "t9"
          WHERE "t9"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "members" AS "t10"
            WHERE "t10"."project_id" = "t9"."id"
            AND "t10"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."estimate" END) >= ?6
    AND (CASE WHEN (EXISTS(SELECT 1
          FROM "projects" AS "t11"
          WHERE "t11"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "members" AS "t12"
            WHERE "t12"."project_id" = "t11"."id"
            AND "t12"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."estimate" END) <= ?7
    AND (CASE WHEN (EXISTS(SELECT 1
          FROM "projects" AS "t13"
          WHERE "t13"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "members" AS "t14"
            WHERE "t14"."project_id" = "t13"."id"
            AND "t14"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."estimate" END) IN (SELECT "t15"."value"
      FROM json_each(?8) AS "t15")
    AND (CASE WHEN (EXISTS(SELECT 1
          FROM "projects" AS "t16"
          WHERE "t16"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "members" AS "t17"
            WHERE "t17"."project_id" = "t16"."id"
            AND "t17"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."estimate" END) NOT IN (SELECT "t18"."value"
      FROM json_each(?9) AS "t18")
    AND purlin_like((CASE WHEN (EXISTS(SELECT 1
            FROM "projects" AS "t19"
            WHERE "t19"."id" = "t0"."project_id"
            AND EXISTS(SELECT 1
              FROM "members" AS "t20"
              WHERE "t20"."project_id" = "t19"."id"
              AND "t20"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."title" END), ?10)
    AND (NOT purlin_like((CASE WHEN (EXISTS(SELECT 1
              FROM "projects" AS "t21"
              WHERE "t21"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "members" AS "t22"
                WHERE "t22"."project_id" = "t21"."id"
                AND "t22"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."title" END), ?11))
    AND (purlin_ilike((CASE WHEN (EXISTS(SELECT 1
              FROM "projects" AS "t23"
              WHERE "t23"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "members" AS "t24"
                WHERE "t24"."project_id" = "t23"."id"
                AND "t24"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."title" END), ?12)
      AND (NOT purlin_ilike((CASE WHEN (EXISTS(SELECT 1
                FROM "projects" AS "t25"
                WHERE "t25"."id" = "t0"."project_id"
                AND EXISTS(SELECT 1
                  FROM "members" AS "t26"
                  WHERE "t26"."project_id" = "t25"."id"
                  AND "t26"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."title" END), ?13))
      AND "t0"."assignee_id" IS NULL
      AND "t0"."assignee_id" IS NOT NULL
      AND ("t0"."assignee_id" IS NULL) = ?14
      AND (NOT ((CASE WHEN (EXISTS(SELECT 1
                FROM "projects" AS "t27"
                WHERE "t27"."id" = "t0"."project_id"
                AND EXISTS(SELECT 1
                  FROM "members" AS "t28"
                  WHERE "t28"."project_id" = "t27"."id"
                  AND "t28"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."status" END) IN (SELECT "t29"."value"
            FROM json_each(?15) AS "t29") OR (CASE WHEN (EXISTS(SELECT 1
                FROM "projects" AS "t30"
                WHERE "t30"."id" = "t0"."project_id"
                AND EXISTS(SELECT 1
                  FROM "members" AS "t31"
                  WHERE "t31"."project_id" = "t30"."id"
                  AND "t31"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."weight" END) < ?16))
      AND FALSE
      AND EXISTS(SELECT 1
        FROM "notes" AS "t32"
        WHERE "t32"."data" IN (SELECT unhex("t33"."value")
          FROM json_each(?17) AS "t33")
        AND FALSE) IS TRUE
      AND EXISTS(SELECT 1
        FROM "people" AS "t34"
        WHERE "t34"."id" = "t0"."assignee_id"
        AND ((CASE WHEN ("t34"."id" = ?1) THEN "t34"."email" END) NOT IN (SELECT "t35"."value"
            FROM json_each(?18) AS "t35")
          AND purlin_ilike((CASE WHEN ("t34"."id" = ?1) THEN "t34"."email" END), ?19))) IS TRUE
      AND EXISTS(SELECT 1
        FROM "projects" AS "t36"
        WHERE "t36"."id" = "t0"."project_id"
        AND (("t36"."budget" COLLATE decimal) NOT IN (SELECT "t37"."value"
            FROM json_each(?20) AS "t37")
          AND FALSE)) IS TRUE)
    AND (EXISTS(SELECT 1
        FROM "projects" AS "t38"
        WHERE "t38"."id" = "t0"."project_id"
        AND EXISTS(SELECT 1
          FROM "members" AS "t39"
          WHERE "t39"."project_id" = "t38"."id"
          AND "t39"."person_id" = ?1) IS TRUE) IS TRUE OR "t0"."assignee_id" = ?1)
    LIMIT ?21
    -- 1 = x-hasura-user-id : uuid
    -- 2 = Variable("_eq") : numeric ScaledOperand { scale: 2 }
    -- 3 = Variable("_neq") : numeric ScaledOperand { scale: 2 }
    -- 4 = Variable("_gt") : numeric ScaledOperand { scale: 2 }
    -- 5 = Variable("_lt") : numeric ScaledOperand { scale: 2 }
    -- 6 = Variable("_gte") : numeric ScaledOperand { scale: 2 }
    -- 7 = Variable("_lte") : numeric ScaledOperand { scale: 2 }
    -- 8 = Variable("_in") : numeric[] ScaledOperand { scale: 2 }
    -- 9 = Variable("_nin") : numeric[] ScaledOperand { scale: 2 }
    -- 10 = Variable("_like") : String
    -- 11 = Variable("_nlike") : String
    -- 12 = Variable("_ilike") : String
    -- 13 = Variable("_nilike") : String
    -- 14 = Variable("null") : Boolean
    -- 15 = Variable("statuses") : String[]
    -- 16 = Variable("weight") : float8
    -- 17 = Variable("bytes") : bytea[]
    -- 18 = Variable("emails") : String[]
    -- 19 = Variable("like") : String
    -- 20 = Variable("budgets") : numeric[] Decimal { scale: None }
    -- 21 = 10001 : bigint
    {"id":0:Int}

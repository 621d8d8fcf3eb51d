"answer": read
  child 0
  child 0 (root, list, cap 10000):
    SELECT "t0"."id"
    FROM "public"."tasks" AS "t0"
    WHERE (CASE WHEN (EXISTS(SELECT 1
          FROM "public"."projects" AS "t1"
          WHERE "t1"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "public"."members" AS "t2"
            WHERE "t2"."project_id" = "t1"."id"
            AND "t2"."person_id" = $1))) THEN "t0"."estimate" END) = $2
    AND (CASE WHEN (EXISTS(SELECT 1
          FROM "public"."projects" AS "t3"
          WHERE "t3"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "public"."members" AS "t4"
            WHERE "t4"."project_id" = "t3"."id"
            AND "t4"."person_id" = $1))) THEN "t0"."estimate" END) <> $3
    AND (CASE WHEN (EXISTS(SELECT 1
          FROM "public"."projects" AS "t5"
          WHERE "t5"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "public"."members" AS "t6"
            WHERE "t6"."project_id" = "t5"."id"
            AND "t6"."person_id" = $1))) THEN "t0"."estimate" END) > $4
    AND (CASE WHEN (EXISTS(SELECT 1
          FROM "public"."projects" AS "t7"
          WHERE "t7"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "public"."members" AS "t8"
            WHERE "t8"."project_id" = "t7"."id"
            AND "t8"."person_id" = $1))) THEN "t0"."estimate" END) < $5
    AND (CASE WHEN (EXISTS(SELECT 1
          FROM "public"."projects" AS "t9"
          WHERE "t9"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "public"."members" AS "t10"
            WHERE "t10"."project_id" = "t9"."id"
            AND "t10"."person_id" = $1))) THEN "t0"."estimate" END) >= $6
    AND (CASE WHEN (EXISTS(SELECT 1
          FROM "public"."projects" AS "t11"
          WHERE "t11"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "public"."members" AS "t12"
            WHERE "t12"."project_id" = "t11"."id"
            AND "t12"."person_id" = $1))) THEN "t0"."estimate" END) <= $7
    AND (CASE WHEN (EXISTS(SELECT 1
          FROM "public"."projects" AS "t13"
          WHERE "t13"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "public"."members" AS "t14"
            WHERE "t14"."project_id" = "t13"."id"
            AND "t14"."person_id" = $1))) THEN "t0"."estimate" END) = ANY($8)
    AND (CASE WHEN (EXISTS(SELECT 1
          FROM "public"."projects" AS "t15"
          WHERE "t15"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "public"."members" AS "t16"
            WHERE "t16"."project_id" = "t15"."id"
            AND "t16"."person_id" = $1))) THEN "t0"."estimate" END) <> ALL($9)
    AND (CASE WHEN (EXISTS(SELECT 1
          FROM "public"."projects" AS "t17"
          WHERE "t17"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "public"."members" AS "t18"
            WHERE "t18"."project_id" = "t17"."id"
            AND "t18"."person_id" = $1))) THEN "t0"."title" END) LIKE $10
    AND (CASE WHEN (EXISTS(SELECT 1
          FROM "public"."projects" AS "t19"
          WHERE "t19"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "public"."members" AS "t20"
            WHERE "t20"."project_id" = "t19"."id"
            AND "t20"."person_id" = $1))) THEN "t0"."title" END) NOT LIKE $11
    AND ((((CASE WHEN (EXISTS(SELECT 1
                FROM "public"."projects" AS "t21"
                WHERE "t21"."id" = "t0"."project_id"
                AND EXISTS(SELECT 1
                  FROM "public"."members" AS "t22"
                  WHERE "t22"."project_id" = "t21"."id"
                  AND "t22"."person_id" = $1))) THEN "t0"."title" END) COLLATE "und-x-icu") ILIKE $12)
      AND (((CASE WHEN (EXISTS(SELECT 1
                FROM "public"."projects" AS "t23"
                WHERE "t23"."id" = "t0"."project_id"
                AND EXISTS(SELECT 1
                  FROM "public"."members" AS "t24"
                  WHERE "t24"."project_id" = "t23"."id"
                  AND "t24"."person_id" = $1))) THEN "t0"."title" END) COLLATE "und-x-icu") NOT ILIKE $13)
      AND "t0"."assignee_id" IS NULL
      AND "t0"."assignee_id" IS NOT NULL
      AND ("t0"."assignee_id" IS NULL) = $14
      AND (NOT ((CASE WHEN (EXISTS(SELECT 1
                FROM "public"."projects" AS "t25"
                WHERE "t25"."id" = "t0"."project_id"
                AND EXISTS(SELECT 1
                  FROM "public"."members" AS "t26"
                  WHERE "t26"."project_id" = "t25"."id"
                  AND "t26"."person_id" = $1))) THEN "t0"."status" END) = ANY($15) OR (CASE WHEN (EXISTS(SELECT 1
                FROM "public"."projects" AS "t27"
                WHERE "t27"."id" = "t0"."project_id"
                AND EXISTS(SELECT 1
                  FROM "public"."members" AS "t28"
                  WHERE "t28"."project_id" = "t27"."id"
                  AND "t28"."person_id" = $1))) THEN "t0"."weight" END) < $16))
      AND FALSE
      AND EXISTS(SELECT 1
        FROM "public"."notes" AS "t29"
        WHERE "t29"."data" = ANY($17)
        AND FALSE)
      AND EXISTS(SELECT 1
        FROM "public"."people" AS "t30"
        WHERE "t30"."id" = "t0"."assignee_id"
        AND ((CASE WHEN ("t30"."id" = $1) THEN "t30"."email" END) <> ALL(CAST($18 AS citext[]))
          AND ((CASE WHEN ("t30"."id" = $1) THEN "t30"."email" END) ILIKE $19)))
      AND EXISTS(SELECT 1
        FROM "public"."projects" AS "t31"
        WHERE "t31"."id" = "t0"."project_id"
        AND ("t31"."budget" <> ALL($20)
          AND FALSE)))
    AND (EXISTS(SELECT 1
        FROM "public"."projects" AS "t32"
        WHERE "t32"."id" = "t0"."project_id"
        AND EXISTS(SELECT 1
          FROM "public"."members" AS "t33"
          WHERE "t33"."project_id" = "t32"."id"
          AND "t33"."person_id" = $1)) OR "t0"."assignee_id" = $1)
    LIMIT $21
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

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
    AND ((CASE WHEN (EXISTS(SELECT 1
            FROM "public"."projects" AS "t17"
            WHERE "t17"."id" = "t0"."project_id"
            AND EXISTS(SELECT 1
              FROM "public"."members" AS "t18"
              WHERE "t18"."project_id" = "t17"."id"
              AND "t18"."person_id" = $1))) THEN "t0"."title" END) LIKE $10)
    AND ((CASE WHEN (EXISTS(SELECT 1
            FROM "public"."projects" AS "t19"
            WHERE "t19"."id" = "t0"."project_id"
            AND EXISTS(SELECT 1
              FROM "public"."members" AS "t20"
              WHERE "t20"."project_id" = "t19"."id"
              AND "t20"."person_id" = $1))) THEN "t0"."title" END) NOT LIKE $11)
    AND (((CASE WHEN (EXISTS(SELECT 1
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
    AND ((CASE WHEN (EXISTS(SELECT 1
            FROM "public"."projects" AS "t25"
            WHERE "t25"."id" = "t0"."project_id"
            AND EXISTS(SELECT 1
              FROM "public"."members" AS "t26"
              WHERE "t26"."project_id" = "t25"."id"
              AND "t26"."person_id" = $1))) THEN "t0"."title" END) SIMILAR TO $14)
    AND (((CASE WHEN (EXISTS(SELECT 1
              FROM "public"."projects" AS "t27"
              WHERE "t27"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "public"."members" AS "t28"
                WHERE "t28"."project_id" = "t27"."id"
                AND "t28"."person_id" = $1))) THEN "t0"."title" END) NOT SIMILAR TO $15)
      AND ((CASE WHEN (EXISTS(SELECT 1
              FROM "public"."projects" AS "t29"
              WHERE "t29"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "public"."members" AS "t30"
                WHERE "t30"."project_id" = "t29"."id"
                AND "t30"."person_id" = $1))) THEN "t0"."title" END) ~ $16)
      AND ((CASE WHEN (EXISTS(SELECT 1
              FROM "public"."projects" AS "t31"
              WHERE "t31"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "public"."members" AS "t32"
                WHERE "t32"."project_id" = "t31"."id"
                AND "t32"."person_id" = $1))) THEN "t0"."title" END) !~ $17)
      AND (((CASE WHEN (EXISTS(SELECT 1
                FROM "public"."projects" AS "t33"
                WHERE "t33"."id" = "t0"."project_id"
                AND EXISTS(SELECT 1
                  FROM "public"."members" AS "t34"
                  WHERE "t34"."project_id" = "t33"."id"
                  AND "t34"."person_id" = $1))) THEN "t0"."title" END) COLLATE "und-x-icu") ~* $18)
      AND (((CASE WHEN (EXISTS(SELECT 1
                FROM "public"."projects" AS "t35"
                WHERE "t35"."id" = "t0"."project_id"
                AND EXISTS(SELECT 1
                  FROM "public"."members" AS "t36"
                  WHERE "t36"."project_id" = "t35"."id"
                  AND "t36"."person_id" = $1))) THEN "t0"."title" END) COLLATE "und-x-icu") !~* $19)
      AND "t0"."assignee_id" IS NULL
      AND "t0"."assignee_id" IS NOT NULL
      AND ("t0"."assignee_id" IS NULL) = $20
      AND (NOT ((CASE WHEN (EXISTS(SELECT 1
                FROM "public"."projects" AS "t37"
                WHERE "t37"."id" = "t0"."project_id"
                AND EXISTS(SELECT 1
                  FROM "public"."members" AS "t38"
                  WHERE "t38"."project_id" = "t37"."id"
                  AND "t38"."person_id" = $1))) THEN "t0"."status" END) = ANY($21) OR (CASE WHEN (EXISTS(SELECT 1
                FROM "public"."projects" AS "t39"
                WHERE "t39"."id" = "t0"."project_id"
                AND EXISTS(SELECT 1
                  FROM "public"."members" AS "t40"
                  WHERE "t40"."project_id" = "t39"."id"
                  AND "t40"."person_id" = $1))) THEN "t0"."weight" END) < $22))
      AND FALSE
      AND EXISTS(SELECT 1
        FROM "public"."notes" AS "t41"
        WHERE "t41"."data" = ANY($23)
        AND FALSE)
      AND EXISTS(SELECT 1
        FROM "public"."people" AS "t42"
        WHERE "t42"."id" = "t0"."assignee_id"
        AND ((CASE WHEN ("t42"."id" = $1) THEN "t42"."email" END) <> ALL(CAST($24 AS citext[]))
          AND ((CASE WHEN ("t42"."id" = $1) THEN "t42"."email" END) ILIKE $25)))
      AND EXISTS(SELECT 1
        FROM "public"."projects" AS "t43"
        WHERE "t43"."id" = "t0"."project_id"
        AND ("t43"."budget" <> ALL($26)
          AND FALSE)))
    AND (EXISTS(SELECT 1
        FROM "public"."projects" AS "t44"
        WHERE "t44"."id" = "t0"."project_id"
        AND EXISTS(SELECT 1
          FROM "public"."members" AS "t45"
          WHERE "t45"."project_id" = "t44"."id"
          AND "t45"."person_id" = $1)) OR "t0"."assignee_id" = $1)
    LIMIT $27
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
    -- 14 = pattern of Variable("_similar") : String
    -- 15 = pattern of Variable("_nsimilar") : String
    -- 16 = pattern of Variable("_regex") : String
    -- 17 = pattern of Variable("_nregex") : String
    -- 18 = pattern of Variable("_iregex") : String
    -- 19 = pattern of Variable("_niregex") : String
    -- 20 = Variable("null") : Boolean
    -- 21 = Variable("statuses") : String[]
    -- 22 = Variable("weight") : float8
    -- 23 = Variable("bytes") : bytea[]
    -- 24 = Variable("emails") : String[]
    -- 25 = Variable("like") : String
    -- 26 = Variable("budgets") : numeric[] Decimal { scale: None }
    -- 27 = 10001 : bigint
    {"id":0:Int}

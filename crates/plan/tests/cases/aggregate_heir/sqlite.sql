"answer": read
  {"aggregate":child 0, "nodes":child 1}
  child 0 (root, one):
    SELECT COUNT(*), COUNT("t0"."assignee_id"), COUNT(DISTINCT (CASE WHEN (EXISTS(SELECT 1
            FROM "projects" AS "t5"
            WHERE "t5"."id" = "t0"."project_id"
            AND EXISTS(SELECT 1
              FROM "members" AS "t6"
              WHERE "t6"."project_id" = "t5"."id"
              AND "t6"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."estimate" END)), COUNT(*) FILTER (WHERE (CASE WHEN (EXISTS(SELECT 1
            FROM "projects" AS "t7"
            WHERE "t7"."id" = "t0"."project_id"
            AND EXISTS(SELECT 1
              FROM "members" AS "t8"
              WHERE "t8"."project_id" = "t7"."id"
              AND "t8"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."estimate" END) IS NOT NULL
      AND (CASE WHEN (EXISTS(SELECT 1
            FROM "projects" AS "t9"
            WHERE "t9"."id" = "t0"."project_id"
            AND EXISTS(SELECT 1
              FROM "members" AS "t10"
              WHERE "t10"."project_id" = "t9"."id"
              AND "t10"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."spent" END) IS NOT NULL), (SELECT COUNT(*)
      FROM (SELECT DISTINCT (CASE WHEN (EXISTS(SELECT 1
              FROM "projects" AS "t20"
              WHERE "t20"."id" = "t11"."project_id"
              AND EXISTS(SELECT 1
                FROM "members" AS "t21"
                WHERE "t21"."project_id" = "t20"."id"
                AND "t21"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t11"."estimate" END), (CASE WHEN (EXISTS(SELECT 1
              FROM "projects" AS "t22"
              WHERE "t22"."id" = "t11"."project_id"
              AND EXISTS(SELECT 1
                FROM "members" AS "t23"
                WHERE "t23"."project_id" = "t22"."id"
                AND "t23"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t11"."spent" END)
        FROM "tasks" AS "t11"
        WHERE (CASE WHEN (EXISTS(SELECT 1
              FROM "projects" AS "t12"
              WHERE "t12"."id" = "t11"."project_id"
              AND EXISTS(SELECT 1
                FROM "members" AS "t13"
                WHERE "t13"."project_id" = "t12"."id"
                AND "t13"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t11"."status" END) = ?2
        AND (EXISTS(SELECT 1
            FROM "projects" AS "t14"
            WHERE "t14"."id" = "t11"."project_id"
            AND EXISTS(SELECT 1
              FROM "members" AS "t15"
              WHERE "t15"."project_id" = "t14"."id"
              AND "t15"."person_id" = ?1) IS TRUE) IS TRUE OR "t11"."assignee_id" = ?1)
        AND ((CASE WHEN (EXISTS(SELECT 1
                FROM "projects" AS "t16"
                WHERE "t16"."id" = "t11"."project_id"
                AND EXISTS(SELECT 1
                  FROM "members" AS "t17"
                  WHERE "t17"."project_id" = "t16"."id"
                  AND "t17"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t11"."estimate" END) IS NOT NULL
          AND (CASE WHEN (EXISTS(SELECT 1
                FROM "projects" AS "t18"
                WHERE "t18"."id" = "t11"."project_id"
                AND EXISTS(SELECT 1
                  FROM "members" AS "t19"
                  WHERE "t19"."project_id" = "t18"."id"
                  AND "t19"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t11"."spent" END) IS NOT NULL)) AS "t24"), TOTAL("t0"."project_id") / COUNT("t0"."project_id"), (TOTAL((CASE WHEN (EXISTS(SELECT 1
              FROM "projects" AS "t25"
              WHERE "t25"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "members" AS "t26"
                WHERE "t26"."project_id" = "t25"."id"
                AND "t26"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."estimate" END)) / 100) / COUNT((CASE WHEN (EXISTS(SELECT 1
            FROM "projects" AS "t25"
            WHERE "t25"."id" = "t0"."project_id"
            AND EXISTS(SELECT 1
              FROM "members" AS "t26"
              WHERE "t26"."project_id" = "t25"."id"
              AND "t26"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."estimate" END)), TOTAL((CASE WHEN (EXISTS(SELECT 1
            FROM "projects" AS "t27"
            WHERE "t27"."id" = "t0"."project_id"
            AND EXISTS(SELECT 1
              FROM "members" AS "t28"
              WHERE "t28"."project_id" = "t27"."id"
              AND "t28"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."spent" END)) / COUNT((CASE WHEN (EXISTS(SELECT 1
            FROM "projects" AS "t27"
            WHERE "t27"."id" = "t0"."project_id"
            AND EXISTS(SELECT 1
              FROM "members" AS "t28"
              WHERE "t28"."project_id" = "t27"."id"
              AND "t28"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."spent" END)), purlin_sum_float((CASE WHEN (EXISTS(SELECT 1
            FROM "projects" AS "t29"
            WHERE "t29"."id" = "t0"."project_id"
            AND EXISTS(SELECT 1
              FROM "members" AS "t30"
              WHERE "t30"."project_id" = "t29"."id"
              AND "t30"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."weight" END)) / COUNT((CASE WHEN (EXISTS(SELECT 1
            FROM "projects" AS "t29"
            WHERE "t29"."id" = "t0"."project_id"
            AND EXISTS(SELECT 1
              FROM "members" AS "t30"
              WHERE "t30"."project_id" = "t29"."id"
              AND "t30"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."weight" END)), MAX("t0"."project_id"), MAX((CASE WHEN (EXISTS(SELECT 1
            FROM "projects" AS "t31"
            WHERE "t31"."id" = "t0"."project_id"
            AND EXISTS(SELECT 1
              FROM "members" AS "t32"
              WHERE "t32"."project_id" = "t31"."id"
              AND "t32"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."estimate" END)), MAX((CASE WHEN (EXISTS(SELECT 1
            FROM "projects" AS "t33"
            WHERE "t33"."id" = "t0"."project_id"
            AND EXISTS(SELECT 1
              FROM "members" AS "t34"
              WHERE "t34"."project_id" = "t33"."id"
              AND "t34"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."spent" END)), MAX((CASE WHEN (EXISTS(SELECT 1
            FROM "projects" AS "t35"
            WHERE "t35"."id" = "t0"."project_id"
            AND EXISTS(SELECT 1
              FROM "members" AS "t36"
              WHERE "t36"."project_id" = "t35"."id"
              AND "t36"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."weight" END)), MIN("t0"."project_id"), MIN((CASE WHEN (EXISTS(SELECT 1
            FROM "projects" AS "t37"
            WHERE "t37"."id" = "t0"."project_id"
            AND EXISTS(SELECT 1
              FROM "members" AS "t38"
              WHERE "t38"."project_id" = "t37"."id"
              AND "t38"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."estimate" END)), MIN((CASE WHEN (EXISTS(SELECT 1
            FROM "projects" AS "t39"
            WHERE "t39"."id" = "t0"."project_id"
            AND EXISTS(SELECT 1
              FROM "members" AS "t40"
              WHERE "t40"."project_id" = "t39"."id"
              AND "t40"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."spent" END)), MIN((CASE WHEN (EXISTS(SELECT 1
            FROM "projects" AS "t41"
            WHERE "t41"."id" = "t0"."project_id"
            AND EXISTS(SELECT 1
              FROM "members" AS "t42"
              WHERE "t42"."project_id" = "t41"."id"
              AND "t42"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."weight" END)), stddev_samp(CAST("t0"."project_id" AS REAL)), stddev_samp(CAST((CASE WHEN (EXISTS(SELECT 1
              FROM "projects" AS "t43"
              WHERE "t43"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "members" AS "t44"
                WHERE "t44"."project_id" = "t43"."id"
                AND "t44"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."estimate" END) AS REAL) / 100), stddev_samp(CAST((CASE WHEN (EXISTS(SELECT 1
              FROM "projects" AS "t45"
              WHERE "t45"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "members" AS "t46"
                WHERE "t46"."project_id" = "t45"."id"
                AND "t46"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."spent" END) AS REAL)), stddev_samp(CAST((CASE WHEN (EXISTS(SELECT 1
              FROM "projects" AS "t47"
              WHERE "t47"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "members" AS "t48"
                WHERE "t48"."project_id" = "t47"."id"
                AND "t48"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."weight" END) AS REAL)), stddev_pop(CAST("t0"."project_id" AS REAL)), stddev_pop(CAST((CASE WHEN (EXISTS(SELECT 1
              FROM "projects" AS "t49"
              WHERE "t49"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "members" AS "t50"
                WHERE "t50"."project_id" = "t49"."id"
                AND "t50"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."estimate" END) AS REAL) / 100), stddev_pop(CAST((CASE WHEN (EXISTS(SELECT 1
              FROM "projects" AS "t51"
              WHERE "t51"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "members" AS "t52"
                WHERE "t52"."project_id" = "t51"."id"
                AND "t52"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."spent" END) AS REAL)), stddev_pop(CAST((CASE WHEN (EXISTS(SELECT 1
              FROM "projects" AS "t53"
              WHERE "t53"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "members" AS "t54"
                WHERE "t54"."project_id" = "t53"."id"
                AND "t54"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."weight" END) AS REAL)), stddev_samp(CAST("t0"."project_id" AS REAL)), stddev_samp(CAST((CASE WHEN (EXISTS(SELECT 1
              FROM "projects" AS "t55"
              WHERE "t55"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "members" AS "t56"
                WHERE "t56"."project_id" = "t55"."id"
                AND "t56"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."estimate" END) AS REAL) / 100), stddev_samp(CAST((CASE WHEN (EXISTS(SELECT 1
              FROM "projects" AS "t57"
              WHERE "t57"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "members" AS "t58"
                WHERE "t58"."project_id" = "t57"."id"
                AND "t58"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."spent" END) AS REAL)), stddev_samp(CAST((CASE WHEN (EXISTS(SELECT 1
              FROM "projects" AS "t59"
              WHERE "t59"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "members" AS "t60"
                WHERE "t60"."project_id" = "t59"."id"
                AND "t60"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."weight" END) AS REAL)), SUM("t0"."project_id"), purlin_sum_scaled((CASE WHEN (EXISTS(SELECT 1
            FROM "projects" AS "t61"
            WHERE "t61"."id" = "t0"."project_id"
            AND EXISTS(SELECT 1
              FROM "members" AS "t62"
              WHERE "t62"."project_id" = "t61"."id"
              AND "t62"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."estimate" END), 2), purlin_sum_scaled((CASE WHEN (EXISTS(SELECT 1
            FROM "projects" AS "t63"
            WHERE "t63"."id" = "t0"."project_id"
            AND EXISTS(SELECT 1
              FROM "members" AS "t64"
              WHERE "t64"."project_id" = "t63"."id"
              AND "t64"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."spent" END), 0), purlin_sum_float((CASE WHEN (EXISTS(SELECT 1
            FROM "projects" AS "t65"
            WHERE "t65"."id" = "t0"."project_id"
            AND EXISTS(SELECT 1
              FROM "members" AS "t66"
              WHERE "t66"."project_id" = "t65"."id"
              AND "t66"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."weight" END)), var_pop(CAST("t0"."project_id" AS REAL)), var_pop(CAST((CASE WHEN (EXISTS(SELECT 1
              FROM "projects" AS "t67"
              WHERE "t67"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "members" AS "t68"
                WHERE "t68"."project_id" = "t67"."id"
                AND "t68"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."estimate" END) AS REAL) / 100), var_pop(CAST((CASE WHEN (EXISTS(SELECT 1
              FROM "projects" AS "t69"
              WHERE "t69"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "members" AS "t70"
                WHERE "t70"."project_id" = "t69"."id"
                AND "t70"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."spent" END) AS REAL)), var_pop(CAST((CASE WHEN (EXISTS(SELECT 1
              FROM "projects" AS "t71"
              WHERE "t71"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "members" AS "t72"
                WHERE "t72"."project_id" = "t71"."id"
                AND "t72"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."weight" END) AS REAL)), var_samp(CAST("t0"."project_id" AS REAL)), var_samp(CAST((CASE WHEN (EXISTS(SELECT 1
              FROM "projects" AS "t73"
              WHERE "t73"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "members" AS "t74"
                WHERE "t74"."project_id" = "t73"."id"
                AND "t74"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."estimate" END) AS REAL) / 100), var_samp(CAST((CASE WHEN (EXISTS(SELECT 1
              FROM "projects" AS "t75"
              WHERE "t75"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "members" AS "t76"
                WHERE "t76"."project_id" = "t75"."id"
                AND "t76"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."spent" END) AS REAL)), var_samp(CAST((CASE WHEN (EXISTS(SELECT 1
              FROM "projects" AS "t77"
              WHERE "t77"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "members" AS "t78"
                WHERE "t78"."project_id" = "t77"."id"
                AND "t78"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."weight" END) AS REAL)), var_samp(CAST("t0"."project_id" AS REAL)), var_samp(CAST((CASE WHEN (EXISTS(SELECT 1
              FROM "projects" AS "t79"
              WHERE "t79"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "members" AS "t80"
                WHERE "t80"."project_id" = "t79"."id"
                AND "t80"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."estimate" END) AS REAL) / 100), var_samp(CAST((CASE WHEN (EXISTS(SELECT 1
              FROM "projects" AS "t81"
              WHERE "t81"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "members" AS "t82"
                WHERE "t82"."project_id" = "t81"."id"
                AND "t82"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."spent" END) AS REAL)), var_samp(CAST((CASE WHEN (EXISTS(SELECT 1
              FROM "projects" AS "t83"
              WHERE "t83"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "members" AS "t84"
                WHERE "t84"."project_id" = "t83"."id"
                AND "t84"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."weight" END) AS REAL)), MIN("t0"."assignee_id"), MIN((CASE WHEN (EXISTS(SELECT 1
            FROM "projects" AS "t85"
            WHERE "t85"."id" = "t0"."project_id"
            AND EXISTS(SELECT 1
              FROM "members" AS "t86"
              WHERE "t86"."project_id" = "t85"."id"
              AND "t86"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."title" END))
    FROM "tasks" AS "t0"
    WHERE (CASE WHEN (EXISTS(SELECT 1
          FROM "projects" AS "t1"
          WHERE "t1"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "members" AS "t2"
            WHERE "t2"."project_id" = "t1"."id"
            AND "t2"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."status" END) = ?2
    AND (EXISTS(SELECT 1
        FROM "projects" AS "t3"
        WHERE "t3"."id" = "t0"."project_id"
        AND EXISTS(SELECT 1
          FROM "members" AS "t4"
          WHERE "t4"."project_id" = "t3"."id"
          AND "t4"."person_id" = ?1) IS TRUE) IS TRUE OR "t0"."assignee_id" = ?1)
    -- 1 = x-hasura-user-id : uuid
    -- 2 = Variable("status") : String
    {"count":0:bigint, "assigned":1:bigint, "estimates":2:bigint, "both":3:bigint, "pairs":4:bigint, "avg":{"project_id":5:Float, "estimate":6:Float, "spent":7:Float, "weight":8:Float}, "max":{"project_id":9:Int, "estimate":10:numeric Scaled { scale: 2 }, "spent":11:bigint, "weight":12:float8}, "min":{"project_id":13:Int, "estimate":14:numeric Scaled { scale: 2 }, "spent":15:bigint, "weight":16:float8}, "stddev":{"project_id":17:Float, "estimate":18:Float, "spent":19:Float, "weight":20:Float}, "stddev_pop":{"project_id":21:Float, "estimate":22:Float, "spent":23:Float, "weight":24:Float}, "stddev_samp":{"project_id":25:Float, "estimate":26:Float, "spent":27:Float, "weight":28:Float}, "sum":{"project_id":29:bigint, "estimate":30:numeric Decimal { scale: None }, "spent":31:numeric Decimal { scale: None }, "weight":32:float8}, "var_pop":{"project_id":33:Float, "estimate":34:Float, "spent":35:Float, "weight":36:Float}, "var_samp":{"project_id":37:Float, "estimate":38:Float, "spent":39:Float, "weight":40:Float}, "variance":{"project_id":41:Float, "estimate":42:Float, "spent":43:Float, "weight":44:Float}, "least":{"assignee_id":45:uuid, "title":46:String, "t":"x"}}
  child 1 (root, list, cap 10000):
    SELECT "t0"."id"
    FROM "tasks" AS "t0"
    WHERE (CASE WHEN (EXISTS(SELECT 1
          FROM "projects" AS "t1"
          WHERE "t1"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "members" AS "t2"
            WHERE "t2"."project_id" = "t1"."id"
            AND "t2"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."status" END) = ?2
    AND (EXISTS(SELECT 1
        FROM "projects" AS "t3"
        WHERE "t3"."id" = "t0"."project_id"
        AND EXISTS(SELECT 1
          FROM "members" AS "t4"
          WHERE "t4"."project_id" = "t3"."id"
          AND "t4"."person_id" = ?1) IS TRUE) IS TRUE OR "t0"."assignee_id" = ?1)
    LIMIT ?3
    -- 1 = x-hasura-user-id : uuid
    -- 2 = Variable("status") : String
    -- 3 = 10001 : bigint
    {"id":0:Int}

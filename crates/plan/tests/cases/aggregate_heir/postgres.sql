"answer": read
  {"aggregate":child 0, "nodes":child 1}
  child 0 (root, one):
    SELECT COUNT(*), COUNT("t0"."assignee_id"), COUNT(DISTINCT (CASE WHEN (EXISTS(SELECT 1
            FROM "public"."projects" AS "t5"
            WHERE "t5"."id" = "t0"."project_id"
            AND EXISTS(SELECT 1
              FROM "public"."members" AS "t6"
              WHERE "t6"."project_id" = "t5"."id"
              AND "t6"."person_id" = $1))) THEN "t0"."estimate" END)), COUNT(*) FILTER (WHERE (CASE WHEN (EXISTS(SELECT 1
            FROM "public"."projects" AS "t7"
            WHERE "t7"."id" = "t0"."project_id"
            AND EXISTS(SELECT 1
              FROM "public"."members" AS "t8"
              WHERE "t8"."project_id" = "t7"."id"
              AND "t8"."person_id" = $1))) THEN "t0"."estimate" END) IS NOT NULL
      AND (CASE WHEN (EXISTS(SELECT 1
            FROM "public"."projects" AS "t9"
            WHERE "t9"."id" = "t0"."project_id"
            AND EXISTS(SELECT 1
              FROM "public"."members" AS "t10"
              WHERE "t10"."project_id" = "t9"."id"
              AND "t10"."person_id" = $1))) THEN "t0"."spent" END) IS NOT NULL), COUNT(DISTINCT ((CASE WHEN (EXISTS(SELECT 1
              FROM "public"."projects" AS "t11"
              WHERE "t11"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "public"."members" AS "t12"
                WHERE "t12"."project_id" = "t11"."id"
                AND "t12"."person_id" = $1))) THEN "t0"."estimate" END), (CASE WHEN (EXISTS(SELECT 1
              FROM "public"."projects" AS "t13"
              WHERE "t13"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "public"."members" AS "t14"
                WHERE "t14"."project_id" = "t13"."id"
                AND "t14"."person_id" = $1))) THEN "t0"."spent" END))) FILTER (WHERE (CASE WHEN (EXISTS(SELECT 1
            FROM "public"."projects" AS "t15"
            WHERE "t15"."id" = "t0"."project_id"
            AND EXISTS(SELECT 1
              FROM "public"."members" AS "t16"
              WHERE "t16"."project_id" = "t15"."id"
              AND "t16"."person_id" = $1))) THEN "t0"."estimate" END) IS NOT NULL
      AND (CASE WHEN (EXISTS(SELECT 1
            FROM "public"."projects" AS "t17"
            WHERE "t17"."id" = "t0"."project_id"
            AND EXISTS(SELECT 1
              FROM "public"."members" AS "t18"
              WHERE "t18"."project_id" = "t17"."id"
              AND "t18"."person_id" = $1))) THEN "t0"."spent" END) IS NOT NULL), CAST(SUM("t0"."project_id") AS float8) / NULLIF(COUNT("t0"."project_id"), 0), CAST(SUM((CASE WHEN (EXISTS(SELECT 1
              FROM "public"."projects" AS "t19"
              WHERE "t19"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "public"."members" AS "t20"
                WHERE "t20"."project_id" = "t19"."id"
                AND "t20"."person_id" = $1))) THEN "t0"."estimate" END)) AS float8) / NULLIF(COUNT((CASE WHEN (EXISTS(SELECT 1
              FROM "public"."projects" AS "t19"
              WHERE "t19"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "public"."members" AS "t20"
                WHERE "t20"."project_id" = "t19"."id"
                AND "t20"."person_id" = $1))) THEN "t0"."estimate" END)), 0), CAST(SUM((CASE WHEN (EXISTS(SELECT 1
              FROM "public"."projects" AS "t21"
              WHERE "t21"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "public"."members" AS "t22"
                WHERE "t22"."project_id" = "t21"."id"
                AND "t22"."person_id" = $1))) THEN "t0"."spent" END)) AS float8) / NULLIF(COUNT((CASE WHEN (EXISTS(SELECT 1
              FROM "public"."projects" AS "t21"
              WHERE "t21"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "public"."members" AS "t22"
                WHERE "t22"."project_id" = "t21"."id"
                AND "t22"."person_id" = $1))) THEN "t0"."spent" END)), 0), SUM(CAST((CASE WHEN (EXISTS(SELECT 1
              FROM "public"."projects" AS "t23"
              WHERE "t23"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "public"."members" AS "t24"
                WHERE "t24"."project_id" = "t23"."id"
                AND "t24"."person_id" = $1))) THEN "t0"."weight" END) AS float8)) / NULLIF(COUNT((CASE WHEN (EXISTS(SELECT 1
              FROM "public"."projects" AS "t23"
              WHERE "t23"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "public"."members" AS "t24"
                WHERE "t24"."project_id" = "t23"."id"
                AND "t24"."person_id" = $1))) THEN "t0"."weight" END)), 0), MAX("t0"."project_id"), MAX((CASE WHEN (EXISTS(SELECT 1
            FROM "public"."projects" AS "t25"
            WHERE "t25"."id" = "t0"."project_id"
            AND EXISTS(SELECT 1
              FROM "public"."members" AS "t26"
              WHERE "t26"."project_id" = "t25"."id"
              AND "t26"."person_id" = $1))) THEN "t0"."estimate" END)), MAX((CASE WHEN (EXISTS(SELECT 1
            FROM "public"."projects" AS "t27"
            WHERE "t27"."id" = "t0"."project_id"
            AND EXISTS(SELECT 1
              FROM "public"."members" AS "t28"
              WHERE "t28"."project_id" = "t27"."id"
              AND "t28"."person_id" = $1))) THEN "t0"."spent" END)), MAX((CASE WHEN (EXISTS(SELECT 1
            FROM "public"."projects" AS "t29"
            WHERE "t29"."id" = "t0"."project_id"
            AND EXISTS(SELECT 1
              FROM "public"."members" AS "t30"
              WHERE "t30"."project_id" = "t29"."id"
              AND "t30"."person_id" = $1))) THEN "t0"."weight" END)), MIN("t0"."project_id"), MIN((CASE WHEN (EXISTS(SELECT 1
            FROM "public"."projects" AS "t31"
            WHERE "t31"."id" = "t0"."project_id"
            AND EXISTS(SELECT 1
              FROM "public"."members" AS "t32"
              WHERE "t32"."project_id" = "t31"."id"
              AND "t32"."person_id" = $1))) THEN "t0"."estimate" END)), MIN((CASE WHEN (EXISTS(SELECT 1
            FROM "public"."projects" AS "t33"
            WHERE "t33"."id" = "t0"."project_id"
            AND EXISTS(SELECT 1
              FROM "public"."members" AS "t34"
              WHERE "t34"."project_id" = "t33"."id"
              AND "t34"."person_id" = $1))) THEN "t0"."spent" END)), MIN((CASE WHEN (EXISTS(SELECT 1
            FROM "public"."projects" AS "t35"
            WHERE "t35"."id" = "t0"."project_id"
            AND EXISTS(SELECT 1
              FROM "public"."members" AS "t36"
              WHERE "t36"."project_id" = "t35"."id"
              AND "t36"."person_id" = $1))) THEN "t0"."weight" END)), stddev_samp(CAST("t0"."project_id" AS float8)), stddev_samp(CAST((CASE WHEN (EXISTS(SELECT 1
              FROM "public"."projects" AS "t37"
              WHERE "t37"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "public"."members" AS "t38"
                WHERE "t38"."project_id" = "t37"."id"
                AND "t38"."person_id" = $1))) THEN "t0"."estimate" END) AS float8)), stddev_samp(CAST((CASE WHEN (EXISTS(SELECT 1
              FROM "public"."projects" AS "t39"
              WHERE "t39"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "public"."members" AS "t40"
                WHERE "t40"."project_id" = "t39"."id"
                AND "t40"."person_id" = $1))) THEN "t0"."spent" END) AS float8)), stddev_samp(CAST((CASE WHEN (EXISTS(SELECT 1
              FROM "public"."projects" AS "t41"
              WHERE "t41"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "public"."members" AS "t42"
                WHERE "t42"."project_id" = "t41"."id"
                AND "t42"."person_id" = $1))) THEN "t0"."weight" END) AS float8)), stddev_pop(CAST("t0"."project_id" AS float8)), stddev_pop(CAST((CASE WHEN (EXISTS(SELECT 1
              FROM "public"."projects" AS "t43"
              WHERE "t43"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "public"."members" AS "t44"
                WHERE "t44"."project_id" = "t43"."id"
                AND "t44"."person_id" = $1))) THEN "t0"."estimate" END) AS float8)), stddev_pop(CAST((CASE WHEN (EXISTS(SELECT 1
              FROM "public"."projects" AS "t45"
              WHERE "t45"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "public"."members" AS "t46"
                WHERE "t46"."project_id" = "t45"."id"
                AND "t46"."person_id" = $1))) THEN "t0"."spent" END) AS float8)), stddev_pop(CAST((CASE WHEN (EXISTS(SELECT 1
              FROM "public"."projects" AS "t47"
              WHERE "t47"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "public"."members" AS "t48"
                WHERE "t48"."project_id" = "t47"."id"
                AND "t48"."person_id" = $1))) THEN "t0"."weight" END) AS float8)), stddev_samp(CAST("t0"."project_id" AS float8)), stddev_samp(CAST((CASE WHEN (EXISTS(SELECT 1
              FROM "public"."projects" AS "t49"
              WHERE "t49"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "public"."members" AS "t50"
                WHERE "t50"."project_id" = "t49"."id"
                AND "t50"."person_id" = $1))) THEN "t0"."estimate" END) AS float8)), stddev_samp(CAST((CASE WHEN (EXISTS(SELECT 1
              FROM "public"."projects" AS "t51"
              WHERE "t51"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "public"."members" AS "t52"
                WHERE "t52"."project_id" = "t51"."id"
                AND "t52"."person_id" = $1))) THEN "t0"."spent" END) AS float8)), stddev_samp(CAST((CASE WHEN (EXISTS(SELECT 1
              FROM "public"."projects" AS "t53"
              WHERE "t53"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "public"."members" AS "t54"
                WHERE "t54"."project_id" = "t53"."id"
                AND "t54"."person_id" = $1))) THEN "t0"."weight" END) AS float8)), SUM("t0"."project_id"), SUM((CASE WHEN (EXISTS(SELECT 1
            FROM "public"."projects" AS "t55"
            WHERE "t55"."id" = "t0"."project_id"
            AND EXISTS(SELECT 1
              FROM "public"."members" AS "t56"
              WHERE "t56"."project_id" = "t55"."id"
              AND "t56"."person_id" = $1))) THEN "t0"."estimate" END)), SUM((CASE WHEN (EXISTS(SELECT 1
            FROM "public"."projects" AS "t57"
            WHERE "t57"."id" = "t0"."project_id"
            AND EXISTS(SELECT 1
              FROM "public"."members" AS "t58"
              WHERE "t58"."project_id" = "t57"."id"
              AND "t58"."person_id" = $1))) THEN "t0"."spent" END)), SUM((CASE WHEN (EXISTS(SELECT 1
            FROM "public"."projects" AS "t59"
            WHERE "t59"."id" = "t0"."project_id"
            AND EXISTS(SELECT 1
              FROM "public"."members" AS "t60"
              WHERE "t60"."project_id" = "t59"."id"
              AND "t60"."person_id" = $1))) THEN "t0"."weight" END)), var_pop(CAST("t0"."project_id" AS float8)), var_pop(CAST((CASE WHEN (EXISTS(SELECT 1
              FROM "public"."projects" AS "t61"
              WHERE "t61"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "public"."members" AS "t62"
                WHERE "t62"."project_id" = "t61"."id"
                AND "t62"."person_id" = $1))) THEN "t0"."estimate" END) AS float8)), var_pop(CAST((CASE WHEN (EXISTS(SELECT 1
              FROM "public"."projects" AS "t63"
              WHERE "t63"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "public"."members" AS "t64"
                WHERE "t64"."project_id" = "t63"."id"
                AND "t64"."person_id" = $1))) THEN "t0"."spent" END) AS float8)), var_pop(CAST((CASE WHEN (EXISTS(SELECT 1
              FROM "public"."projects" AS "t65"
              WHERE "t65"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "public"."members" AS "t66"
                WHERE "t66"."project_id" = "t65"."id"
                AND "t66"."person_id" = $1))) THEN "t0"."weight" END) AS float8)), var_samp(CAST("t0"."project_id" AS float8)), var_samp(CAST((CASE WHEN (EXISTS(SELECT 1
              FROM "public"."projects" AS "t67"
              WHERE "t67"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "public"."members" AS "t68"
                WHERE "t68"."project_id" = "t67"."id"
                AND "t68"."person_id" = $1))) THEN "t0"."estimate" END) AS float8)), var_samp(CAST((CASE WHEN (EXISTS(SELECT 1
              FROM "public"."projects" AS "t69"
              WHERE "t69"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "public"."members" AS "t70"
                WHERE "t70"."project_id" = "t69"."id"
                AND "t70"."person_id" = $1))) THEN "t0"."spent" END) AS float8)), var_samp(CAST((CASE WHEN (EXISTS(SELECT 1
              FROM "public"."projects" AS "t71"
              WHERE "t71"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "public"."members" AS "t72"
                WHERE "t72"."project_id" = "t71"."id"
                AND "t72"."person_id" = $1))) THEN "t0"."weight" END) AS float8)), var_samp(CAST("t0"."project_id" AS float8)), var_samp(CAST((CASE WHEN (EXISTS(SELECT 1
              FROM "public"."projects" AS "t73"
              WHERE "t73"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "public"."members" AS "t74"
                WHERE "t74"."project_id" = "t73"."id"
                AND "t74"."person_id" = $1))) THEN "t0"."estimate" END) AS float8)), var_samp(CAST((CASE WHEN (EXISTS(SELECT 1
              FROM "public"."projects" AS "t75"
              WHERE "t75"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "public"."members" AS "t76"
                WHERE "t76"."project_id" = "t75"."id"
                AND "t76"."person_id" = $1))) THEN "t0"."spent" END) AS float8)), var_samp(CAST((CASE WHEN (EXISTS(SELECT 1
              FROM "public"."projects" AS "t77"
              WHERE "t77"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "public"."members" AS "t78"
                WHERE "t78"."project_id" = "t77"."id"
                AND "t78"."person_id" = $1))) THEN "t0"."weight" END) AS float8)), CAST(MIN(CAST("t0"."assignee_id" AS text) COLLATE "C") AS uuid), MIN((CASE WHEN (EXISTS(SELECT 1
            FROM "public"."projects" AS "t79"
            WHERE "t79"."id" = "t0"."project_id"
            AND EXISTS(SELECT 1
              FROM "public"."members" AS "t80"
              WHERE "t80"."project_id" = "t79"."id"
              AND "t80"."person_id" = $1))) THEN "t0"."title" END))
    FROM "public"."tasks" AS "t0"
    WHERE (CASE WHEN (EXISTS(SELECT 1
          FROM "public"."projects" AS "t1"
          WHERE "t1"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "public"."members" AS "t2"
            WHERE "t2"."project_id" = "t1"."id"
            AND "t2"."person_id" = $1))) THEN "t0"."status" END) = $2
    AND (EXISTS(SELECT 1
        FROM "public"."projects" AS "t3"
        WHERE "t3"."id" = "t0"."project_id"
        AND EXISTS(SELECT 1
          FROM "public"."members" AS "t4"
          WHERE "t4"."project_id" = "t3"."id"
          AND "t4"."person_id" = $1)) OR "t0"."assignee_id" = $1)
    -- 1 = x-hasura-user-id : uuid
    -- 2 = Variable("status") : String
    {"count":0:bigint, "assigned":1:bigint, "estimates":2:bigint, "both":3:bigint, "pairs":4:bigint, "avg":{"project_id":5:Float, "estimate":6:Float, "spent":7:Float, "weight":8:Float}, "max":{"project_id":9:Int, "estimate":10:numeric Scaled { scale: 2 }, "spent":11:bigint, "weight":12:float8}, "min":{"project_id":13:Int, "estimate":14:numeric Scaled { scale: 2 }, "spent":15:bigint, "weight":16:float8}, "stddev":{"project_id":17:Float, "estimate":18:Float, "spent":19:Float, "weight":20:Float}, "stddev_pop":{"project_id":21:Float, "estimate":22:Float, "spent":23:Float, "weight":24:Float}, "stddev_samp":{"project_id":25:Float, "estimate":26:Float, "spent":27:Float, "weight":28:Float}, "sum":{"project_id":29:bigint, "estimate":30:numeric Decimal { scale: None }, "spent":31:numeric Decimal { scale: None }, "weight":32:float8}, "var_pop":{"project_id":33:Float, "estimate":34:Float, "spent":35:Float, "weight":36:Float}, "var_samp":{"project_id":37:Float, "estimate":38:Float, "spent":39:Float, "weight":40:Float}, "variance":{"project_id":41:Float, "estimate":42:Float, "spent":43:Float, "weight":44:Float}, "least":{"assignee_id":45:uuid, "title":46:String, "t":"x"}}
  child 1 (root, list, cap 10000):
    SELECT "t0"."id"
    FROM "public"."tasks" AS "t0"
    WHERE (CASE WHEN (EXISTS(SELECT 1
          FROM "public"."projects" AS "t1"
          WHERE "t1"."id" = "t0"."project_id"
          AND EXISTS(SELECT 1
            FROM "public"."members" AS "t2"
            WHERE "t2"."project_id" = "t1"."id"
            AND "t2"."person_id" = $1))) THEN "t0"."status" END) = $2
    AND (EXISTS(SELECT 1
        FROM "public"."projects" AS "t3"
        WHERE "t3"."id" = "t0"."project_id"
        AND EXISTS(SELECT 1
          FROM "public"."members" AS "t4"
          WHERE "t4"."project_id" = "t3"."id"
          AND "t4"."person_id" = $1)) OR "t0"."assignee_id" = $1)
    LIMIT $3
    -- 1 = x-hasura-user-id : uuid
    -- 2 = Variable("status") : String
    -- 3 = 10001 : bigint
    {"id":0:Int}

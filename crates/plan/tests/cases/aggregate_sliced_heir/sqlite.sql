"all": read
  {"aggregate":child 0, "nodes":child 1}
  child 0 (root, one):
    SELECT COUNT(*), COUNT("t24"."assignee_id"), COUNT(DISTINCT "t24"."estimate"), COUNT(*) FILTER (WHERE "t24"."estimate" IS NOT NULL
      AND "t24"."spent" IS NOT NULL), (SELECT COUNT(*)
      FROM (SELECT DISTINCT "t49"."estimate", "t49"."spent"
        FROM (SELECT (CASE WHEN (EXISTS(SELECT 1
                FROM "projects" AS "t41"
                WHERE "t41"."id" = "t36"."project_id"
                AND EXISTS(SELECT 1
                  FROM "members" AS "t42"
                  WHERE "t42"."project_id" = "t41"."id"
                  AND "t42"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t36"."title" END) AS "title", "t36"."project_id" AS "project_id", "t36"."assignee_id" AS "assignee_id", (CASE WHEN (EXISTS(SELECT 1
                FROM "projects" AS "t43"
                WHERE "t43"."id" = "t36"."project_id"
                AND EXISTS(SELECT 1
                  FROM "members" AS "t44"
                  WHERE "t44"."project_id" = "t43"."id"
                  AND "t44"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t36"."estimate" END) AS "estimate", (CASE WHEN (EXISTS(SELECT 1
                FROM "projects" AS "t45"
                WHERE "t45"."id" = "t36"."project_id"
                AND EXISTS(SELECT 1
                  FROM "members" AS "t46"
                  WHERE "t46"."project_id" = "t45"."id"
                  AND "t46"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t36"."spent" END) AS "spent", (CASE WHEN (EXISTS(SELECT 1
                FROM "projects" AS "t47"
                WHERE "t47"."id" = "t36"."project_id"
                AND EXISTS(SELECT 1
                  FROM "members" AS "t48"
                  WHERE "t48"."project_id" = "t47"."id"
                  AND "t48"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t36"."weight" END) AS "weight"
          FROM (SELECT "t25".*, row_number() OVER ( PARTITION BY "t25"."project_id", (CASE WHEN (EXISTS(SELECT 1
                    FROM "projects" AS "t34"
                    WHERE "t34"."id" = "t25"."project_id"
                    AND EXISTS(SELECT 1
                      FROM "members" AS "t35"
                      WHERE "t35"."project_id" = "t34"."id"
                      AND "t35"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t25"."estimate" END)
              ORDER BY "t25"."project_id" DESC, (CASE WHEN (EXISTS(SELECT 1
                    FROM "projects" AS "t30"
                    WHERE "t30"."id" = "t25"."project_id"
                    AND EXISTS(SELECT 1
                      FROM "members" AS "t31"
                      WHERE "t31"."project_id" = "t30"."id"
                      AND "t31"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t25"."estimate" END) ASC NULLS LAST, (CASE WHEN (EXISTS(SELECT 1
                    FROM "projects" AS "t32"
                    WHERE "t32"."id" = "t25"."project_id"
                    AND EXISTS(SELECT 1
                      FROM "members" AS "t33"
                      WHERE "t33"."project_id" = "t32"."id"
                      AND "t33"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t25"."title" END) ASC NULLS LAST, "t25"."id" ASC ) AS "purlin_position"
            FROM "tasks" AS "t25"
            WHERE (CASE WHEN (EXISTS(SELECT 1
                  FROM "projects" AS "t26"
                  WHERE "t26"."id" = "t25"."project_id"
                  AND EXISTS(SELECT 1
                    FROM "members" AS "t27"
                    WHERE "t27"."project_id" = "t26"."id"
                    AND "t27"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t25"."status" END) = ?2
            AND (EXISTS(SELECT 1
                FROM "projects" AS "t28"
                WHERE "t28"."id" = "t25"."project_id"
                AND EXISTS(SELECT 1
                  FROM "members" AS "t29"
                  WHERE "t29"."project_id" = "t28"."id"
                  AND "t29"."person_id" = ?1) IS TRUE) IS TRUE OR "t25"."assignee_id" = ?1)) AS "t36"
          WHERE "t36"."purlin_position" = 1
          ORDER BY "t36"."project_id" DESC, (CASE WHEN (EXISTS(SELECT 1
                FROM "projects" AS "t37"
                WHERE "t37"."id" = "t36"."project_id"
                AND EXISTS(SELECT 1
                  FROM "members" AS "t38"
                  WHERE "t38"."project_id" = "t37"."id"
                  AND "t38"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t36"."estimate" END) ASC NULLS LAST, (CASE WHEN (EXISTS(SELECT 1
                FROM "projects" AS "t39"
                WHERE "t39"."id" = "t36"."project_id"
                AND EXISTS(SELECT 1
                  FROM "members" AS "t40"
                  WHERE "t40"."project_id" = "t39"."id"
                  AND "t40"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t36"."title" END) ASC NULLS LAST, "t36"."id" ASC
          LIMIT ?3) AS "t49"
        WHERE "t49"."estimate" IS NOT NULL
        AND "t49"."spent" IS NOT NULL) AS "t50"), TOTAL("t24"."project_id") / COUNT("t24"."project_id"), (TOTAL("t24"."estimate") / 100) / COUNT("t24"."estimate"), TOTAL("t24"."spent") / COUNT("t24"."spent"), purlin_sum_float("t24"."weight") / COUNT("t24"."weight"), MAX("t24"."project_id"), MAX("t24"."estimate"), MAX("t24"."spent"), MAX("t24"."weight"), MIN("t24"."project_id"), MIN("t24"."estimate"), MIN("t24"."spent"), MIN("t24"."weight"), stddev_samp(CAST("t24"."project_id" AS REAL)), stddev_samp(CAST("t24"."estimate" AS REAL) / 100), stddev_samp(CAST("t24"."spent" AS REAL)), stddev_samp(CAST("t24"."weight" AS REAL)), stddev_pop(CAST("t24"."project_id" AS REAL)), stddev_pop(CAST("t24"."estimate" AS REAL) / 100), stddev_pop(CAST("t24"."spent" AS REAL)), stddev_pop(CAST("t24"."weight" AS REAL)), stddev_samp(CAST("t24"."project_id" AS REAL)), stddev_samp(CAST("t24"."estimate" AS REAL) / 100), stddev_samp(CAST("t24"."spent" AS REAL)), stddev_samp(CAST("t24"."weight" AS REAL)), SUM("t24"."project_id"), purlin_sum_scaled("t24"."estimate", 2), purlin_sum_scaled("t24"."spent", 0), purlin_sum_float("t24"."weight"), var_pop(CAST("t24"."project_id" AS REAL)), var_pop(CAST("t24"."estimate" AS REAL) / 100), var_pop(CAST("t24"."spent" AS REAL)), var_pop(CAST("t24"."weight" AS REAL)), var_samp(CAST("t24"."project_id" AS REAL)), var_samp(CAST("t24"."estimate" AS REAL) / 100), var_samp(CAST("t24"."spent" AS REAL)), var_samp(CAST("t24"."weight" AS REAL)), var_samp(CAST("t24"."project_id" AS REAL)), var_samp(CAST("t24"."estimate" AS REAL) / 100), var_samp(CAST("t24"."spent" AS REAL)), var_samp(CAST("t24"."weight" AS REAL)), MIN("t24"."assignee_id"), MIN("t24"."title")
    FROM (SELECT (CASE WHEN (EXISTS(SELECT 1
            FROM "projects" AS "t16"
            WHERE "t16"."id" = "t11"."project_id"
            AND EXISTS(SELECT 1
              FROM "members" AS "t17"
              WHERE "t17"."project_id" = "t16"."id"
              AND "t17"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t11"."title" END) AS "title", "t11"."project_id" AS "project_id", "t11"."assignee_id" AS "assignee_id", (CASE WHEN (EXISTS(SELECT 1
            FROM "projects" AS "t18"
            WHERE "t18"."id" = "t11"."project_id"
            AND EXISTS(SELECT 1
              FROM "members" AS "t19"
              WHERE "t19"."project_id" = "t18"."id"
              AND "t19"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t11"."estimate" END) AS "estimate", (CASE WHEN (EXISTS(SELECT 1
            FROM "projects" AS "t20"
            WHERE "t20"."id" = "t11"."project_id"
            AND EXISTS(SELECT 1
              FROM "members" AS "t21"
              WHERE "t21"."project_id" = "t20"."id"
              AND "t21"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t11"."spent" END) AS "spent", (CASE WHEN (EXISTS(SELECT 1
            FROM "projects" AS "t22"
            WHERE "t22"."id" = "t11"."project_id"
            AND EXISTS(SELECT 1
              FROM "members" AS "t23"
              WHERE "t23"."project_id" = "t22"."id"
              AND "t23"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t11"."weight" END) AS "weight"
      FROM (SELECT "t0".*, row_number() OVER ( PARTITION BY "t0"."project_id", (CASE WHEN (EXISTS(SELECT 1
                FROM "projects" AS "t9"
                WHERE "t9"."id" = "t0"."project_id"
                AND EXISTS(SELECT 1
                  FROM "members" AS "t10"
                  WHERE "t10"."project_id" = "t9"."id"
                  AND "t10"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."estimate" END)
          ORDER BY "t0"."project_id" DESC, (CASE WHEN (EXISTS(SELECT 1
                FROM "projects" AS "t5"
                WHERE "t5"."id" = "t0"."project_id"
                AND EXISTS(SELECT 1
                  FROM "members" AS "t6"
                  WHERE "t6"."project_id" = "t5"."id"
                  AND "t6"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."estimate" END) ASC NULLS LAST, (CASE WHEN (EXISTS(SELECT 1
                FROM "projects" AS "t7"
                WHERE "t7"."id" = "t0"."project_id"
                AND EXISTS(SELECT 1
                  FROM "members" AS "t8"
                  WHERE "t8"."project_id" = "t7"."id"
                  AND "t8"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."title" END) ASC NULLS LAST, "t0"."id" ASC ) AS "purlin_position"
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
              AND "t4"."person_id" = ?1) IS TRUE) IS TRUE OR "t0"."assignee_id" = ?1)) AS "t11"
      WHERE "t11"."purlin_position" = 1
      ORDER BY "t11"."project_id" DESC, (CASE WHEN (EXISTS(SELECT 1
            FROM "projects" AS "t12"
            WHERE "t12"."id" = "t11"."project_id"
            AND EXISTS(SELECT 1
              FROM "members" AS "t13"
              WHERE "t13"."project_id" = "t12"."id"
              AND "t13"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t11"."estimate" END) ASC NULLS LAST, (CASE WHEN (EXISTS(SELECT 1
            FROM "projects" AS "t14"
            WHERE "t14"."id" = "t11"."project_id"
            AND EXISTS(SELECT 1
              FROM "members" AS "t15"
              WHERE "t15"."project_id" = "t14"."id"
              AND "t15"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t11"."title" END) ASC NULLS LAST, "t11"."id" ASC
      LIMIT ?3) AS "t24"
    -- 1 = x-hasura-user-id : uuid
    -- 2 = Variable("status") : String
    -- 3 = Variable("limit") : bigint
    {"count":0:bigint, "assigned":1:bigint, "estimates":2:bigint, "both":3:bigint, "pairs":4:bigint, "avg":{"project_id":5:Float, "estimate":6:Float, "spent":7:Float, "weight":8:Float}, "max":{"project_id":9:Int, "estimate":10:numeric Scaled { scale: 2 }, "spent":11:bigint, "weight":12:float8}, "min":{"project_id":13:Int, "estimate":14:numeric Scaled { scale: 2 }, "spent":15:bigint, "weight":16:float8}, "stddev":{"project_id":17:Float, "estimate":18:Float, "spent":19:Float, "weight":20:Float}, "stddev_pop":{"project_id":21:Float, "estimate":22:Float, "spent":23:Float, "weight":24:Float}, "stddev_samp":{"project_id":25:Float, "estimate":26:Float, "spent":27:Float, "weight":28:Float}, "sum":{"project_id":29:bigint, "estimate":30:numeric Decimal { scale: None }, "spent":31:numeric Decimal { scale: None }, "weight":32:float8}, "var_pop":{"project_id":33:Float, "estimate":34:Float, "spent":35:Float, "weight":36:Float}, "var_samp":{"project_id":37:Float, "estimate":38:Float, "spent":39:Float, "weight":40:Float}, "variance":{"project_id":41:Float, "estimate":42:Float, "spent":43:Float, "weight":44:Float}, "least":{"assignee_id":45:uuid, "title":46:String, "t":"x"}}
  child 1 (root, list, cap 10000):
    SELECT "t11"."id"
    FROM (SELECT "t0".*, row_number() OVER ( PARTITION BY "t0"."project_id", (CASE WHEN (EXISTS(SELECT 1
              FROM "projects" AS "t9"
              WHERE "t9"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "members" AS "t10"
                WHERE "t10"."project_id" = "t9"."id"
                AND "t10"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."estimate" END)
        ORDER BY "t0"."project_id" DESC, (CASE WHEN (EXISTS(SELECT 1
              FROM "projects" AS "t5"
              WHERE "t5"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "members" AS "t6"
                WHERE "t6"."project_id" = "t5"."id"
                AND "t6"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."estimate" END) ASC NULLS LAST, (CASE WHEN (EXISTS(SELECT 1
              FROM "projects" AS "t7"
              WHERE "t7"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "members" AS "t8"
                WHERE "t8"."project_id" = "t7"."id"
                AND "t8"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."title" END) ASC NULLS LAST, "t0"."id" ASC ) AS "purlin_position"
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
            AND "t4"."person_id" = ?1) IS TRUE) IS TRUE OR "t0"."assignee_id" = ?1)) AS "t11"
    WHERE "t11"."purlin_position" = 1
    ORDER BY "t11"."project_id" DESC, (CASE WHEN (EXISTS(SELECT 1
          FROM "projects" AS "t12"
          WHERE "t12"."id" = "t11"."project_id"
          AND EXISTS(SELECT 1
            FROM "members" AS "t13"
            WHERE "t13"."project_id" = "t12"."id"
            AND "t13"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t11"."estimate" END) ASC NULLS LAST, (CASE WHEN (EXISTS(SELECT 1
          FROM "projects" AS "t14"
          WHERE "t14"."id" = "t11"."project_id"
          AND EXISTS(SELECT 1
            FROM "members" AS "t15"
            WHERE "t15"."project_id" = "t14"."id"
            AND "t15"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t11"."title" END) ASC NULLS LAST, "t11"."id" ASC
    LIMIT ?3
    -- 1 = x-hasura-user-id : uuid
    -- 2 = Variable("status") : String
    -- 3 = at most 10001 of Variable("limit") : bigint
    {"id":0:Int}
"one": read
  child 0
  child 0 (root, one):
    SELECT "t0"."name", "t0"."id"
    FROM "projects" AS "t0"
    WHERE FALSE
    {"name":0:String, "tasks_aggregate":{"aggregate":child 0, "nodes":child 1}}
    child 0 (per parent, one):
      SELECT COUNT(*), COUNT("t24"."assignee_id"), COUNT(DISTINCT "t24"."estimate"), COUNT(*) FILTER (WHERE "t24"."estimate" IS NOT NULL
        AND "t24"."spent" IS NOT NULL), (SELECT COUNT(*)
        FROM (SELECT DISTINCT "t49"."estimate", "t49"."spent"
          FROM (SELECT (CASE WHEN (EXISTS(SELECT 1
                  FROM "projects" AS "t41"
                  WHERE "t41"."id" = "t36"."project_id"
                  AND EXISTS(SELECT 1
                    FROM "members" AS "t42"
                    WHERE "t42"."project_id" = "t41"."id"
                    AND "t42"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t36"."title" END) AS "title", "t36"."project_id" AS "project_id", "t36"."assignee_id" AS "assignee_id", (CASE WHEN (EXISTS(SELECT 1
                  FROM "projects" AS "t43"
                  WHERE "t43"."id" = "t36"."project_id"
                  AND EXISTS(SELECT 1
                    FROM "members" AS "t44"
                    WHERE "t44"."project_id" = "t43"."id"
                    AND "t44"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t36"."estimate" END) AS "estimate", (CASE WHEN (EXISTS(SELECT 1
                  FROM "projects" AS "t45"
                  WHERE "t45"."id" = "t36"."project_id"
                  AND EXISTS(SELECT 1
                    FROM "members" AS "t46"
                    WHERE "t46"."project_id" = "t45"."id"
                    AND "t46"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t36"."spent" END) AS "spent", (CASE WHEN (EXISTS(SELECT 1
                  FROM "projects" AS "t47"
                  WHERE "t47"."id" = "t36"."project_id"
                  AND EXISTS(SELECT 1
                    FROM "members" AS "t48"
                    WHERE "t48"."project_id" = "t47"."id"
                    AND "t48"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t36"."weight" END) AS "weight"
            FROM (SELECT "t25".*, row_number() OVER ( PARTITION BY "t25"."project_id", (CASE WHEN (EXISTS(SELECT 1
                      FROM "projects" AS "t34"
                      WHERE "t34"."id" = "t25"."project_id"
                      AND EXISTS(SELECT 1
                        FROM "members" AS "t35"
                        WHERE "t35"."project_id" = "t34"."id"
                        AND "t35"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t25"."estimate" END)
                ORDER BY "t25"."project_id" DESC, (CASE WHEN (EXISTS(SELECT 1
                      FROM "projects" AS "t30"
                      WHERE "t30"."id" = "t25"."project_id"
                      AND EXISTS(SELECT 1
                        FROM "members" AS "t31"
                        WHERE "t31"."project_id" = "t30"."id"
                        AND "t31"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t25"."estimate" END) ASC NULLS LAST, (CASE WHEN (EXISTS(SELECT 1
                      FROM "projects" AS "t32"
                      WHERE "t32"."id" = "t25"."project_id"
                      AND EXISTS(SELECT 1
                        FROM "members" AS "t33"
                        WHERE "t33"."project_id" = "t32"."id"
                        AND "t33"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t25"."title" END) ASC NULLS LAST, "t25"."id" ASC ) AS "purlin_position"
              FROM "tasks" AS "t25"
              WHERE "t25"."project_id" = ?2
              AND ((CASE WHEN (EXISTS(SELECT 1
                      FROM "projects" AS "t26"
                      WHERE "t26"."id" = "t25"."project_id"
                      AND EXISTS(SELECT 1
                        FROM "members" AS "t27"
                        WHERE "t27"."project_id" = "t26"."id"
                        AND "t27"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t25"."status" END) = ?3
                AND (EXISTS(SELECT 1
                    FROM "projects" AS "t28"
                    WHERE "t28"."id" = "t25"."project_id"
                    AND EXISTS(SELECT 1
                      FROM "members" AS "t29"
                      WHERE "t29"."project_id" = "t28"."id"
                      AND "t29"."person_id" = ?1) IS TRUE) IS TRUE OR "t25"."assignee_id" = ?1))) AS "t36"
            WHERE "t36"."purlin_position" = 1
            ORDER BY "t36"."project_id" DESC, (CASE WHEN (EXISTS(SELECT 1
                  FROM "projects" AS "t37"
                  WHERE "t37"."id" = "t36"."project_id"
                  AND EXISTS(SELECT 1
                    FROM "members" AS "t38"
                    WHERE "t38"."project_id" = "t37"."id"
                    AND "t38"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t36"."estimate" END) ASC NULLS LAST, (CASE WHEN (EXISTS(SELECT 1
                  FROM "projects" AS "t39"
                  WHERE "t39"."id" = "t36"."project_id"
                  AND EXISTS(SELECT 1
                    FROM "members" AS "t40"
                    WHERE "t40"."project_id" = "t39"."id"
                    AND "t40"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t36"."title" END) ASC NULLS LAST, "t36"."id" ASC
            LIMIT ?4) AS "t49"
          WHERE "t49"."estimate" IS NOT NULL
          AND "t49"."spent" IS NOT NULL) AS "t50"), TOTAL("t24"."project_id") / COUNT("t24"."project_id"), (TOTAL("t24"."estimate") / 100) / COUNT("t24"."estimate"), TOTAL("t24"."spent") / COUNT("t24"."spent"), purlin_sum_float("t24"."weight") / COUNT("t24"."weight"), MAX("t24"."project_id"), MAX("t24"."estimate"), MAX("t24"."spent"), MAX("t24"."weight"), MIN("t24"."project_id"), MIN("t24"."estimate"), MIN("t24"."spent"), MIN("t24"."weight"), stddev_samp(CAST("t24"."project_id" AS REAL)), stddev_samp(CAST("t24"."estimate" AS REAL) / 100), stddev_samp(CAST("t24"."spent" AS REAL)), stddev_samp(CAST("t24"."weight" AS REAL)), stddev_pop(CAST("t24"."project_id" AS REAL)), stddev_pop(CAST("t24"."estimate" AS REAL) / 100), stddev_pop(CAST("t24"."spent" AS REAL)), stddev_pop(CAST("t24"."weight" AS REAL)), stddev_samp(CAST("t24"."project_id" AS REAL)), stddev_samp(CAST("t24"."estimate" AS REAL) / 100), stddev_samp(CAST("t24"."spent" AS REAL)), stddev_samp(CAST("t24"."weight" AS REAL)), SUM("t24"."project_id"), purlin_sum_scaled("t24"."estimate", 2), purlin_sum_scaled("t24"."spent", 0), purlin_sum_float("t24"."weight"), var_pop(CAST("t24"."project_id" AS REAL)), var_pop(CAST("t24"."estimate" AS REAL) / 100), var_pop(CAST("t24"."spent" AS REAL)), var_pop(CAST("t24"."weight" AS REAL)), var_samp(CAST("t24"."project_id" AS REAL)), var_samp(CAST("t24"."estimate" AS REAL) / 100), var_samp(CAST("t24"."spent" AS REAL)), var_samp(CAST("t24"."weight" AS REAL)), var_samp(CAST("t24"."project_id" AS REAL)), var_samp(CAST("t24"."estimate" AS REAL) / 100), var_samp(CAST("t24"."spent" AS REAL)), var_samp(CAST("t24"."weight" AS REAL)), MIN("t24"."assignee_id"), MIN("t24"."title")
      FROM (SELECT (CASE WHEN (EXISTS(SELECT 1
              FROM "projects" AS "t16"
              WHERE "t16"."id" = "t11"."project_id"
              AND EXISTS(SELECT 1
                FROM "members" AS "t17"
                WHERE "t17"."project_id" = "t16"."id"
                AND "t17"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t11"."title" END) AS "title", "t11"."project_id" AS "project_id", "t11"."assignee_id" AS "assignee_id", (CASE WHEN (EXISTS(SELECT 1
              FROM "projects" AS "t18"
              WHERE "t18"."id" = "t11"."project_id"
              AND EXISTS(SELECT 1
                FROM "members" AS "t19"
                WHERE "t19"."project_id" = "t18"."id"
                AND "t19"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t11"."estimate" END) AS "estimate", (CASE WHEN (EXISTS(SELECT 1
              FROM "projects" AS "t20"
              WHERE "t20"."id" = "t11"."project_id"
              AND EXISTS(SELECT 1
                FROM "members" AS "t21"
                WHERE "t21"."project_id" = "t20"."id"
                AND "t21"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t11"."spent" END) AS "spent", (CASE WHEN (EXISTS(SELECT 1
              FROM "projects" AS "t22"
              WHERE "t22"."id" = "t11"."project_id"
              AND EXISTS(SELECT 1
                FROM "members" AS "t23"
                WHERE "t23"."project_id" = "t22"."id"
                AND "t23"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t11"."weight" END) AS "weight"
        FROM (SELECT "t0".*, row_number() OVER ( PARTITION BY "t0"."project_id", (CASE WHEN (EXISTS(SELECT 1
                  FROM "projects" AS "t9"
                  WHERE "t9"."id" = "t0"."project_id"
                  AND EXISTS(SELECT 1
                    FROM "members" AS "t10"
                    WHERE "t10"."project_id" = "t9"."id"
                    AND "t10"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."estimate" END)
            ORDER BY "t0"."project_id" DESC, (CASE WHEN (EXISTS(SELECT 1
                  FROM "projects" AS "t5"
                  WHERE "t5"."id" = "t0"."project_id"
                  AND EXISTS(SELECT 1
                    FROM "members" AS "t6"
                    WHERE "t6"."project_id" = "t5"."id"
                    AND "t6"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."estimate" END) ASC NULLS LAST, (CASE WHEN (EXISTS(SELECT 1
                  FROM "projects" AS "t7"
                  WHERE "t7"."id" = "t0"."project_id"
                  AND EXISTS(SELECT 1
                    FROM "members" AS "t8"
                    WHERE "t8"."project_id" = "t7"."id"
                    AND "t8"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."title" END) ASC NULLS LAST, "t0"."id" ASC ) AS "purlin_position"
          FROM "tasks" AS "t0"
          WHERE "t0"."project_id" = ?2
          AND ((CASE WHEN (EXISTS(SELECT 1
                  FROM "projects" AS "t1"
                  WHERE "t1"."id" = "t0"."project_id"
                  AND EXISTS(SELECT 1
                    FROM "members" AS "t2"
                    WHERE "t2"."project_id" = "t1"."id"
                    AND "t2"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."status" END) = ?3
            AND (EXISTS(SELECT 1
                FROM "projects" AS "t3"
                WHERE "t3"."id" = "t0"."project_id"
                AND EXISTS(SELECT 1
                  FROM "members" AS "t4"
                  WHERE "t4"."project_id" = "t3"."id"
                  AND "t4"."person_id" = ?1) IS TRUE) IS TRUE OR "t0"."assignee_id" = ?1))) AS "t11"
        WHERE "t11"."purlin_position" = 1
        ORDER BY "t11"."project_id" DESC, (CASE WHEN (EXISTS(SELECT 1
              FROM "projects" AS "t12"
              WHERE "t12"."id" = "t11"."project_id"
              AND EXISTS(SELECT 1
                FROM "members" AS "t13"
                WHERE "t13"."project_id" = "t12"."id"
                AND "t13"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t11"."estimate" END) ASC NULLS LAST, (CASE WHEN (EXISTS(SELECT 1
              FROM "projects" AS "t14"
              WHERE "t14"."id" = "t11"."project_id"
              AND EXISTS(SELECT 1
                FROM "members" AS "t15"
                WHERE "t15"."project_id" = "t14"."id"
                AND "t15"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t11"."title" END) ASC NULLS LAST, "t11"."id" ASC
        LIMIT ?4) AS "t24"
      -- 1 = x-hasura-user-id : uuid
      -- 2 = parent cell 1 : Int
      -- 3 = Variable("status") : String
      -- 4 = Variable("limit") : bigint
      {"count":0:bigint, "assigned":1:bigint, "estimates":2:bigint, "both":3:bigint, "pairs":4:bigint, "avg":{"project_id":5:Float, "estimate":6:Float, "spent":7:Float, "weight":8:Float}, "max":{"project_id":9:Int, "estimate":10:numeric Scaled { scale: 2 }, "spent":11:bigint, "weight":12:float8}, "min":{"project_id":13:Int, "estimate":14:numeric Scaled { scale: 2 }, "spent":15:bigint, "weight":16:float8}, "stddev":{"project_id":17:Float, "estimate":18:Float, "spent":19:Float, "weight":20:Float}, "stddev_pop":{"project_id":21:Float, "estimate":22:Float, "spent":23:Float, "weight":24:Float}, "stddev_samp":{"project_id":25:Float, "estimate":26:Float, "spent":27:Float, "weight":28:Float}, "sum":{"project_id":29:bigint, "estimate":30:numeric Decimal { scale: None }, "spent":31:numeric Decimal { scale: None }, "weight":32:float8}, "var_pop":{"project_id":33:Float, "estimate":34:Float, "spent":35:Float, "weight":36:Float}, "var_samp":{"project_id":37:Float, "estimate":38:Float, "spent":39:Float, "weight":40:Float}, "variance":{"project_id":41:Float, "estimate":42:Float, "spent":43:Float, "weight":44:Float}, "least":{"assignee_id":45:uuid, "title":46:String, "t":"x"}}
    child 1 (per parent, list, cap 10000):
      SELECT "t11"."id"
      FROM (SELECT "t0".*, row_number() OVER ( PARTITION BY "t0"."project_id", (CASE WHEN (EXISTS(SELECT 1
                FROM "projects" AS "t9"
                WHERE "t9"."id" = "t0"."project_id"
                AND EXISTS(SELECT 1
                  FROM "members" AS "t10"
                  WHERE "t10"."project_id" = "t9"."id"
                  AND "t10"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."estimate" END)
          ORDER BY "t0"."project_id" DESC, (CASE WHEN (EXISTS(SELECT 1
                FROM "projects" AS "t5"
                WHERE "t5"."id" = "t0"."project_id"
                AND EXISTS(SELECT 1
                  FROM "members" AS "t6"
                  WHERE "t6"."project_id" = "t5"."id"
                  AND "t6"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."estimate" END) ASC NULLS LAST, (CASE WHEN (EXISTS(SELECT 1
                FROM "projects" AS "t7"
                WHERE "t7"."id" = "t0"."project_id"
                AND EXISTS(SELECT 1
                  FROM "members" AS "t8"
                  WHERE "t8"."project_id" = "t7"."id"
                  AND "t8"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."title" END) ASC NULLS LAST, "t0"."id" ASC ) AS "purlin_position"
        FROM "tasks" AS "t0"
        WHERE "t0"."project_id" = ?2
        AND ((CASE WHEN (EXISTS(SELECT 1
                FROM "projects" AS "t1"
                WHERE "t1"."id" = "t0"."project_id"
                AND EXISTS(SELECT 1
                  FROM "members" AS "t2"
                  WHERE "t2"."project_id" = "t1"."id"
                  AND "t2"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t0"."status" END) = ?3
          AND (EXISTS(SELECT 1
              FROM "projects" AS "t3"
              WHERE "t3"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "members" AS "t4"
                WHERE "t4"."project_id" = "t3"."id"
                AND "t4"."person_id" = ?1) IS TRUE) IS TRUE OR "t0"."assignee_id" = ?1))) AS "t11"
      WHERE "t11"."purlin_position" = 1
      ORDER BY "t11"."project_id" DESC, (CASE WHEN (EXISTS(SELECT 1
            FROM "projects" AS "t12"
            WHERE "t12"."id" = "t11"."project_id"
            AND EXISTS(SELECT 1
              FROM "members" AS "t13"
              WHERE "t13"."project_id" = "t12"."id"
              AND "t13"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t11"."estimate" END) ASC NULLS LAST, (CASE WHEN (EXISTS(SELECT 1
            FROM "projects" AS "t14"
            WHERE "t14"."id" = "t11"."project_id"
            AND EXISTS(SELECT 1
              FROM "members" AS "t15"
              WHERE "t15"."project_id" = "t14"."id"
              AND "t15"."person_id" = ?1) IS TRUE) IS TRUE) THEN "t11"."title" END) ASC NULLS LAST, "t11"."id" ASC
      LIMIT ?4
      -- 1 = x-hasura-user-id : uuid
      -- 2 = parent cell 1 : Int
      -- 3 = Variable("status") : String
      -- 4 = at most 10001 of Variable("limit") : bigint
      {"id":0:Int}

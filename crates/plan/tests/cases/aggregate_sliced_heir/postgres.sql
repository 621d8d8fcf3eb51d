"all": read
  {"aggregate":child 0, "nodes":child 1}
  child 0 (root, one):
    SELECT COUNT(*), COUNT("t24"."assignee_id"), COUNT(DISTINCT "t24"."estimate"), COUNT(*) FILTER (WHERE "t24"."estimate" IS NOT NULL
      AND "t24"."spent" IS NOT NULL), COUNT(DISTINCT ("t24"."estimate", "t24"."spent")) FILTER (WHERE "t24"."estimate" IS NOT NULL
      AND "t24"."spent" IS NOT NULL), CAST(SUM("t24"."project_id") AS float8) / NULLIF(COUNT("t24"."project_id"), 0), CAST(SUM("t24"."estimate") AS float8) / NULLIF(COUNT("t24"."estimate"), 0), CAST(SUM("t24"."spent") AS float8) / NULLIF(COUNT("t24"."spent"), 0), SUM(CAST("t24"."weight" AS float8)) / NULLIF(COUNT("t24"."weight"), 0), MAX("t24"."project_id"), MAX("t24"."estimate"), MAX("t24"."spent"), MAX("t24"."weight"), MIN("t24"."project_id"), MIN("t24"."estimate"), MIN("t24"."spent"), MIN("t24"."weight"), stddev_samp(CAST("t24"."project_id" AS float8)), stddev_samp(CAST("t24"."estimate" AS float8)), stddev_samp(CAST("t24"."spent" AS float8)), stddev_samp(CAST("t24"."weight" AS float8)), stddev_pop(CAST("t24"."project_id" AS float8)), stddev_pop(CAST("t24"."estimate" AS float8)), stddev_pop(CAST("t24"."spent" AS float8)), stddev_pop(CAST("t24"."weight" AS float8)), stddev_samp(CAST("t24"."project_id" AS float8)), stddev_samp(CAST("t24"."estimate" AS float8)), stddev_samp(CAST("t24"."spent" AS float8)), stddev_samp(CAST("t24"."weight" AS float8)), SUM("t24"."project_id"), SUM("t24"."estimate"), SUM("t24"."spent"), SUM("t24"."weight"), var_pop(CAST("t24"."project_id" AS float8)), var_pop(CAST("t24"."estimate" AS float8)), var_pop(CAST("t24"."spent" AS float8)), var_pop(CAST("t24"."weight" AS float8)), var_samp(CAST("t24"."project_id" AS float8)), var_samp(CAST("t24"."estimate" AS float8)), var_samp(CAST("t24"."spent" AS float8)), var_samp(CAST("t24"."weight" AS float8)), var_samp(CAST("t24"."project_id" AS float8)), var_samp(CAST("t24"."estimate" AS float8)), var_samp(CAST("t24"."spent" AS float8)), var_samp(CAST("t24"."weight" AS float8)), CAST(MIN(CAST("t24"."assignee_id" AS text) COLLATE "C") AS uuid), MIN("t24"."title")
    FROM (SELECT (CASE WHEN (EXISTS(SELECT 1
            FROM "public"."projects" AS "t16"
            WHERE "t16"."id" = "t11"."project_id"
            AND EXISTS(SELECT 1
              FROM "public"."members" AS "t17"
              WHERE "t17"."project_id" = "t16"."id"
              AND "t17"."person_id" = $1))) THEN "t11"."title" END) AS "title", "t11"."project_id" AS "project_id", "t11"."assignee_id" AS "assignee_id", (CASE WHEN (EXISTS(SELECT 1
            FROM "public"."projects" AS "t18"
            WHERE "t18"."id" = "t11"."project_id"
            AND EXISTS(SELECT 1
              FROM "public"."members" AS "t19"
              WHERE "t19"."project_id" = "t18"."id"
              AND "t19"."person_id" = $1))) THEN "t11"."estimate" END) AS "estimate", (CASE WHEN (EXISTS(SELECT 1
            FROM "public"."projects" AS "t20"
            WHERE "t20"."id" = "t11"."project_id"
            AND EXISTS(SELECT 1
              FROM "public"."members" AS "t21"
              WHERE "t21"."project_id" = "t20"."id"
              AND "t21"."person_id" = $1))) THEN "t11"."spent" END) AS "spent", (CASE WHEN (EXISTS(SELECT 1
            FROM "public"."projects" AS "t22"
            WHERE "t22"."id" = "t11"."project_id"
            AND EXISTS(SELECT 1
              FROM "public"."members" AS "t23"
              WHERE "t23"."project_id" = "t22"."id"
              AND "t23"."person_id" = $1))) THEN "t11"."weight" END) AS "weight"
      FROM (SELECT "t0".*, row_number() OVER ( PARTITION BY "t0"."project_id", (CASE WHEN (EXISTS(SELECT 1
                FROM "public"."projects" AS "t9"
                WHERE "t9"."id" = "t0"."project_id"
                AND EXISTS(SELECT 1
                  FROM "public"."members" AS "t10"
                  WHERE "t10"."project_id" = "t9"."id"
                  AND "t10"."person_id" = $1))) THEN "t0"."estimate" END)
          ORDER BY "t0"."project_id" DESC, (CASE WHEN (EXISTS(SELECT 1
                FROM "public"."projects" AS "t5"
                WHERE "t5"."id" = "t0"."project_id"
                AND EXISTS(SELECT 1
                  FROM "public"."members" AS "t6"
                  WHERE "t6"."project_id" = "t5"."id"
                  AND "t6"."person_id" = $1))) THEN "t0"."estimate" END) ASC NULLS LAST, (CASE WHEN (EXISTS(SELECT 1
                FROM "public"."projects" AS "t7"
                WHERE "t7"."id" = "t0"."project_id"
                AND EXISTS(SELECT 1
                  FROM "public"."members" AS "t8"
                  WHERE "t8"."project_id" = "t7"."id"
                  AND "t8"."person_id" = $1))) THEN "t0"."title" END) ASC NULLS LAST, "t0"."id" ASC ) AS "purlin_position"
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
              AND "t4"."person_id" = $1)) OR "t0"."assignee_id" = $1)) AS "t11"
      WHERE "t11"."purlin_position" = 1
      ORDER BY "t11"."project_id" DESC, (CASE WHEN (EXISTS(SELECT 1
            FROM "public"."projects" AS "t12"
            WHERE "t12"."id" = "t11"."project_id"
            AND EXISTS(SELECT 1
              FROM "public"."members" AS "t13"
              WHERE "t13"."project_id" = "t12"."id"
              AND "t13"."person_id" = $1))) THEN "t11"."estimate" END) ASC NULLS LAST, (CASE WHEN (EXISTS(SELECT 1
            FROM "public"."projects" AS "t14"
            WHERE "t14"."id" = "t11"."project_id"
            AND EXISTS(SELECT 1
              FROM "public"."members" AS "t15"
              WHERE "t15"."project_id" = "t14"."id"
              AND "t15"."person_id" = $1))) THEN "t11"."title" END) ASC NULLS LAST, "t11"."id" ASC
      LIMIT $3) AS "t24"
    -- 1 = x-hasura-user-id : uuid
    -- 2 = Variable("status") : String
    -- 3 = Variable("limit") : bigint
    {"count":0:bigint, "assigned":1:bigint, "estimates":2:bigint, "both":3:bigint, "pairs":4:bigint, "avg":{"project_id":5:Float, "estimate":6:Float, "spent":7:Float, "weight":8:Float}, "max":{"project_id":9:Int, "estimate":10:numeric Scaled { scale: 2 }, "spent":11:bigint, "weight":12:float8}, "min":{"project_id":13:Int, "estimate":14:numeric Scaled { scale: 2 }, "spent":15:bigint, "weight":16:float8}, "stddev":{"project_id":17:Float, "estimate":18:Float, "spent":19:Float, "weight":20:Float}, "stddev_pop":{"project_id":21:Float, "estimate":22:Float, "spent":23:Float, "weight":24:Float}, "stddev_samp":{"project_id":25:Float, "estimate":26:Float, "spent":27:Float, "weight":28:Float}, "sum":{"project_id":29:bigint, "estimate":30:numeric Decimal { scale: None }, "spent":31:numeric Decimal { scale: None }, "weight":32:float8}, "var_pop":{"project_id":33:Float, "estimate":34:Float, "spent":35:Float, "weight":36:Float}, "var_samp":{"project_id":37:Float, "estimate":38:Float, "spent":39:Float, "weight":40:Float}, "variance":{"project_id":41:Float, "estimate":42:Float, "spent":43:Float, "weight":44:Float}, "least":{"assignee_id":45:uuid, "title":46:String, "t":"x"}}
  child 1 (root, list, cap 10000):
    SELECT "t11"."id"
    FROM (SELECT "t0".*, row_number() OVER ( PARTITION BY "t0"."project_id", (CASE WHEN (EXISTS(SELECT 1
              FROM "public"."projects" AS "t9"
              WHERE "t9"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "public"."members" AS "t10"
                WHERE "t10"."project_id" = "t9"."id"
                AND "t10"."person_id" = $1))) THEN "t0"."estimate" END)
        ORDER BY "t0"."project_id" DESC, (CASE WHEN (EXISTS(SELECT 1
              FROM "public"."projects" AS "t5"
              WHERE "t5"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "public"."members" AS "t6"
                WHERE "t6"."project_id" = "t5"."id"
                AND "t6"."person_id" = $1))) THEN "t0"."estimate" END) ASC NULLS LAST, (CASE WHEN (EXISTS(SELECT 1
              FROM "public"."projects" AS "t7"
              WHERE "t7"."id" = "t0"."project_id"
              AND EXISTS(SELECT 1
                FROM "public"."members" AS "t8"
                WHERE "t8"."project_id" = "t7"."id"
                AND "t8"."person_id" = $1))) THEN "t0"."title" END) ASC NULLS LAST, "t0"."id" ASC ) AS "purlin_position"
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
            AND "t4"."person_id" = $1)) OR "t0"."assignee_id" = $1)) AS "t11"
    WHERE "t11"."purlin_position" = 1
    ORDER BY "t11"."project_id" DESC, (CASE WHEN (EXISTS(SELECT 1
          FROM "public"."projects" AS "t12"
          WHERE "t12"."id" = "t11"."project_id"
          AND EXISTS(SELECT 1
            FROM "public"."members" AS "t13"
            WHERE "t13"."project_id" = "t12"."id"
            AND "t13"."person_id" = $1))) THEN "t11"."estimate" END) ASC NULLS LAST, (CASE WHEN (EXISTS(SELECT 1
          FROM "public"."projects" AS "t14"
          WHERE "t14"."id" = "t11"."project_id"
          AND EXISTS(SELECT 1
            FROM "public"."members" AS "t15"
            WHERE "t15"."project_id" = "t14"."id"
            AND "t15"."person_id" = $1))) THEN "t11"."title" END) ASC NULLS LAST, "t11"."id" ASC
    LIMIT $3
    -- 1 = x-hasura-user-id : uuid
    -- 2 = Variable("status") : String
    -- 3 = at most 10001 of Variable("limit") : bigint
    {"id":0:Int}
"one": read
  child 0
  child 0 (root, one):
    SELECT "t0"."name", "t0"."id"
    FROM "public"."projects" AS "t0"
    WHERE FALSE
    {"name":0:String, "tasks_aggregate":{"aggregate":child 0, "nodes":child 1}}
    child 0 (ordinal, one):
      SELECT "t0"."position", "rows"."c0", "rows"."c1", "rows"."c2", "rows"."c3", "rows"."c4", "rows"."c5", "rows"."c6", "rows"."c7", "rows"."c8", "rows"."c9", "rows"."c10", "rows"."c11", "rows"."c12", "rows"."c13", "rows"."c14", "rows"."c15", "rows"."c16", "rows"."c17", "rows"."c18", "rows"."c19", "rows"."c20", "rows"."c21", "rows"."c22", "rows"."c23", "rows"."c24", "rows"."c25", "rows"."c26", "rows"."c27", "rows"."c28", "rows"."c29", "rows"."c30", "rows"."c31", "rows"."c32", "rows"."c33", "rows"."c34", "rows"."c35", "rows"."c36", "rows"."c37", "rows"."c38", "rows"."c39", "rows"."c40", "rows"."c41", "rows"."c42", "rows"."c43", "rows"."c44", "rows"."c45", "rows"."c46"
      FROM (SELECT *
        FROM unnest($1) WITH ORDINALITY AS k(k0, position)) AS "t0"
      INNER JOIN LATERAL (SELECT COUNT(*) AS "c0", COUNT("t25"."assignee_id") AS "c1", COUNT(DISTINCT "t25"."estimate") AS "c2", COUNT(*) FILTER (WHERE "t25"."estimate" IS NOT NULL
          AND "t25"."spent" IS NOT NULL) AS "c3", COUNT(DISTINCT ("t25"."estimate", "t25"."spent")) FILTER (WHERE "t25"."estimate" IS NOT NULL
          AND "t25"."spent" IS NOT NULL) AS "c4", CAST(SUM("t25"."project_id") AS float8) / NULLIF(COUNT("t25"."project_id"), 0) AS "c5", CAST(SUM("t25"."estimate") AS float8) / NULLIF(COUNT("t25"."estimate"), 0) AS "c6", CAST(SUM("t25"."spent") AS float8) / NULLIF(COUNT("t25"."spent"), 0) AS "c7", SUM(CAST("t25"."weight" AS float8)) / NULLIF(COUNT("t25"."weight"), 0) AS "c8", MAX("t25"."project_id") AS "c9", MAX("t25"."estimate") AS "c10", MAX("t25"."spent") AS "c11", MAX("t25"."weight") AS "c12", MIN("t25"."project_id") AS "c13", MIN("t25"."estimate") AS "c14", MIN("t25"."spent") AS "c15", MIN("t25"."weight") AS "c16", stddev_samp(CAST("t25"."project_id" AS float8)) AS "c17", stddev_samp(CAST("t25"."estimate" AS float8)) AS "c18", stddev_samp(CAST("t25"."spent" AS float8)) AS "c19", stddev_samp(CAST("t25"."weight" AS float8)) AS "c20", stddev_pop(CAST("t25"."project_id" AS float8)) AS "c21", stddev_pop(CAST("t25"."estimate" AS float8)) AS "c22", stddev_pop(CAST("t25"."spent" AS float8)) AS "c23", stddev_pop(CAST("t25"."weight" AS float8)) AS "c24", stddev_samp(CAST("t25"."project_id" AS float8)) AS "c25", stddev_samp(CAST("t25"."estimate" AS float8)) AS "c26", stddev_samp(CAST("t25"."spent" AS float8)) AS "c27", stddev_samp(CAST("t25"."weight" AS float8)) AS "c28", SUM("t25"."project_id") AS "c29", SUM("t25"."estimate") AS "c30", SUM("t25"."spent") AS "c31", SUM("t25"."weight") AS "c32", var_pop(CAST("t25"."project_id" AS float8)) AS "c33", var_pop(CAST("t25"."estimate" AS float8)) AS "c34", var_pop(CAST("t25"."spent" AS float8)) AS "c35", var_pop(CAST("t25"."weight" AS float8)) AS "c36", var_samp(CAST("t25"."project_id" AS float8)) AS "c37", var_samp(CAST("t25"."estimate" AS float8)) AS "c38", var_samp(CAST("t25"."spent" AS float8)) AS "c39", var_samp(CAST("t25"."weight" AS float8)) AS "c40", var_samp(CAST("t25"."project_id" AS float8)) AS "c41", var_samp(CAST("t25"."estimate" AS float8)) AS "c42", var_samp(CAST("t25"."spent" AS float8)) AS "c43", var_samp(CAST("t25"."weight" AS float8)) AS "c44", CAST(MIN(CAST("t25"."assignee_id" AS text) COLLATE "C") AS uuid) AS "c45", MIN("t25"."title") AS "c46"
        FROM (SELECT (CASE WHEN (EXISTS(SELECT 1
                FROM "public"."projects" AS "t17"
                WHERE "t17"."id" = "t12"."project_id"
                AND EXISTS(SELECT 1
                  FROM "public"."members" AS "t18"
                  WHERE "t18"."project_id" = "t17"."id"
                  AND "t18"."person_id" = $2))) THEN "t12"."title" END) AS "title", "t12"."project_id" AS "project_id", "t12"."assignee_id" AS "assignee_id", (CASE WHEN (EXISTS(SELECT 1
                FROM "public"."projects" AS "t19"
                WHERE "t19"."id" = "t12"."project_id"
                AND EXISTS(SELECT 1
                  FROM "public"."members" AS "t20"
                  WHERE "t20"."project_id" = "t19"."id"
                  AND "t20"."person_id" = $2))) THEN "t12"."estimate" END) AS "estimate", (CASE WHEN (EXISTS(SELECT 1
                FROM "public"."projects" AS "t21"
                WHERE "t21"."id" = "t12"."project_id"
                AND EXISTS(SELECT 1
                  FROM "public"."members" AS "t22"
                  WHERE "t22"."project_id" = "t21"."id"
                  AND "t22"."person_id" = $2))) THEN "t12"."spent" END) AS "spent", (CASE WHEN (EXISTS(SELECT 1
                FROM "public"."projects" AS "t23"
                WHERE "t23"."id" = "t12"."project_id"
                AND EXISTS(SELECT 1
                  FROM "public"."members" AS "t24"
                  WHERE "t24"."project_id" = "t23"."id"
                  AND "t24"."person_id" = $2))) THEN "t12"."weight" END) AS "weight"
          FROM (SELECT "t1".*, row_number() OVER ( PARTITION BY "t1"."project_id", (CASE WHEN (EXISTS(SELECT 1
                    FROM "public"."projects" AS "t10"
                    WHERE "t10"."id" = "t1"."project_id"
                    AND EXISTS(SELECT 1
                      FROM "public"."members" AS "t11"
                      WHERE "t11"."project_id" = "t10"."id"
                      AND "t11"."person_id" = $2))) THEN "t1"."estimate" END)
              ORDER BY "t1"."project_id" DESC, (CASE WHEN (EXISTS(SELECT 1
                    FROM "public"."projects" AS "t6"
                    WHERE "t6"."id" = "t1"."project_id"
                    AND EXISTS(SELECT 1
                      FROM "public"."members" AS "t7"
                      WHERE "t7"."project_id" = "t6"."id"
                      AND "t7"."person_id" = $2))) THEN "t1"."estimate" END) ASC NULLS LAST, (CASE WHEN (EXISTS(SELECT 1
                    FROM "public"."projects" AS "t8"
                    WHERE "t8"."id" = "t1"."project_id"
                    AND EXISTS(SELECT 1
                      FROM "public"."members" AS "t9"
                      WHERE "t9"."project_id" = "t8"."id"
                      AND "t9"."person_id" = $2))) THEN "t1"."title" END) ASC NULLS LAST, "t1"."id" ASC ) AS "purlin_position"
            FROM "public"."tasks" AS "t1"
            WHERE "t1"."project_id" = "t0"."k0"
            AND ((CASE WHEN (EXISTS(SELECT 1
                    FROM "public"."projects" AS "t2"
                    WHERE "t2"."id" = "t1"."project_id"
                    AND EXISTS(SELECT 1
                      FROM "public"."members" AS "t3"
                      WHERE "t3"."project_id" = "t2"."id"
                      AND "t3"."person_id" = $2))) THEN "t1"."status" END) = $3
              AND (EXISTS(SELECT 1
                  FROM "public"."projects" AS "t4"
                  WHERE "t4"."id" = "t1"."project_id"
                  AND EXISTS(SELECT 1
                    FROM "public"."members" AS "t5"
                    WHERE "t5"."project_id" = "t4"."id"
                    AND "t5"."person_id" = $2)) OR "t1"."assignee_id" = $2))) AS "t12"
          WHERE "t12"."purlin_position" = 1
          ORDER BY "t12"."project_id" DESC, (CASE WHEN (EXISTS(SELECT 1
                FROM "public"."projects" AS "t13"
                WHERE "t13"."id" = "t12"."project_id"
                AND EXISTS(SELECT 1
                  FROM "public"."members" AS "t14"
                  WHERE "t14"."project_id" = "t13"."id"
                  AND "t14"."person_id" = $2))) THEN "t12"."estimate" END) ASC NULLS LAST, (CASE WHEN (EXISTS(SELECT 1
                FROM "public"."projects" AS "t15"
                WHERE "t15"."id" = "t12"."project_id"
                AND EXISTS(SELECT 1
                  FROM "public"."members" AS "t16"
                  WHERE "t16"."project_id" = "t15"."id"
                  AND "t16"."person_id" = $2))) THEN "t12"."title" END) ASC NULLS LAST, "t12"."id" ASC
          LIMIT $4) AS "t25") AS "rows" ON TRUE
      -- 1 = keys of cell 1 : Int[]
      -- 2 = x-hasura-user-id : uuid
      -- 3 = Variable("status") : String
      -- 4 = Variable("limit") : bigint
      {"count":1:bigint, "assigned":2:bigint, "estimates":3:bigint, "both":4:bigint, "pairs":5:bigint, "avg":{"project_id":6:Float, "estimate":7:Float, "spent":8:Float, "weight":9:Float}, "max":{"project_id":10:Int, "estimate":11:numeric Scaled { scale: 2 }, "spent":12:bigint, "weight":13:float8}, "min":{"project_id":14:Int, "estimate":15:numeric Scaled { scale: 2 }, "spent":16:bigint, "weight":17:float8}, "stddev":{"project_id":18:Float, "estimate":19:Float, "spent":20:Float, "weight":21:Float}, "stddev_pop":{"project_id":22:Float, "estimate":23:Float, "spent":24:Float, "weight":25:Float}, "stddev_samp":{"project_id":26:Float, "estimate":27:Float, "spent":28:Float, "weight":29:Float}, "sum":{"project_id":30:bigint, "estimate":31:numeric Decimal { scale: None }, "spent":32:numeric Decimal { scale: None }, "weight":33:float8}, "var_pop":{"project_id":34:Float, "estimate":35:Float, "spent":36:Float, "weight":37:Float}, "var_samp":{"project_id":38:Float, "estimate":39:Float, "spent":40:Float, "weight":41:Float}, "variance":{"project_id":42:Float, "estimate":43:Float, "spent":44:Float, "weight":45:Float}, "least":{"assignee_id":46:uuid, "title":47:String, "t":"x"}}
    child 1 (ordinal, list, cap 10000):
      SELECT "t0"."position", "rows"."c0"
      FROM (SELECT *
        FROM unnest($1) WITH ORDINALITY AS k(k0, position)) AS "t0"
      INNER JOIN LATERAL (SELECT "t12"."id" AS "c0"
        FROM (SELECT "t1".*, row_number() OVER ( PARTITION BY "t1"."project_id", (CASE WHEN (EXISTS(SELECT 1
                  FROM "public"."projects" AS "t10"
                  WHERE "t10"."id" = "t1"."project_id"
                  AND EXISTS(SELECT 1
                    FROM "public"."members" AS "t11"
                    WHERE "t11"."project_id" = "t10"."id"
                    AND "t11"."person_id" = $2))) THEN "t1"."estimate" END)
            ORDER BY "t1"."project_id" DESC, (CASE WHEN (EXISTS(SELECT 1
                  FROM "public"."projects" AS "t6"
                  WHERE "t6"."id" = "t1"."project_id"
                  AND EXISTS(SELECT 1
                    FROM "public"."members" AS "t7"
                    WHERE "t7"."project_id" = "t6"."id"
                    AND "t7"."person_id" = $2))) THEN "t1"."estimate" END) ASC NULLS LAST, (CASE WHEN (EXISTS(SELECT 1
                  FROM "public"."projects" AS "t8"
                  WHERE "t8"."id" = "t1"."project_id"
                  AND EXISTS(SELECT 1
                    FROM "public"."members" AS "t9"
                    WHERE "t9"."project_id" = "t8"."id"
                    AND "t9"."person_id" = $2))) THEN "t1"."title" END) ASC NULLS LAST, "t1"."id" ASC ) AS "purlin_position"
          FROM "public"."tasks" AS "t1"
          WHERE "t1"."project_id" = "t0"."k0"
          AND ((CASE WHEN (EXISTS(SELECT 1
                  FROM "public"."projects" AS "t2"
                  WHERE "t2"."id" = "t1"."project_id"
                  AND EXISTS(SELECT 1
                    FROM "public"."members" AS "t3"
                    WHERE "t3"."project_id" = "t2"."id"
                    AND "t3"."person_id" = $2))) THEN "t1"."status" END) = $3
            AND (EXISTS(SELECT 1
                FROM "public"."projects" AS "t4"
                WHERE "t4"."id" = "t1"."project_id"
                AND EXISTS(SELECT 1
                  FROM "public"."members" AS "t5"
                  WHERE "t5"."project_id" = "t4"."id"
                  AND "t5"."person_id" = $2)) OR "t1"."assignee_id" = $2))) AS "t12"
        WHERE "t12"."purlin_position" = 1
        ORDER BY "t12"."project_id" DESC, (CASE WHEN (EXISTS(SELECT 1
              FROM "public"."projects" AS "t13"
              WHERE "t13"."id" = "t12"."project_id"
              AND EXISTS(SELECT 1
                FROM "public"."members" AS "t14"
                WHERE "t14"."project_id" = "t13"."id"
                AND "t14"."person_id" = $2))) THEN "t12"."estimate" END) ASC NULLS LAST, (CASE WHEN (EXISTS(SELECT 1
              FROM "public"."projects" AS "t15"
              WHERE "t15"."id" = "t12"."project_id"
              AND EXISTS(SELECT 1
                FROM "public"."members" AS "t16"
                WHERE "t16"."project_id" = "t15"."id"
                AND "t16"."person_id" = $2))) THEN "t12"."title" END) ASC NULLS LAST, "t12"."id" ASC
        LIMIT $4) AS "rows" ON TRUE
      -- 1 = keys of cell 1 : Int[]
      -- 2 = x-hasura-user-id : uuid
      -- 3 = Variable("status") : String
      -- 4 = at most 10001 of Variable("limit") : bigint
      {"id":1:Int}

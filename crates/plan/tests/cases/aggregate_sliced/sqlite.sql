"all": read
  {"aggregate":child 0, "nodes":child 1}
  child 0 (root, one):
    SELECT COUNT(*), COUNT("t2"."assignee_id"), COUNT(DISTINCT "t2"."estimate"), COUNT(*) FILTER (WHERE "t2"."estimate" IS NOT NULL
      AND "t2"."spent" IS NOT NULL), (SELECT COUNT(*)
      FROM (SELECT DISTINCT "t5"."estimate", "t5"."spent"
        FROM (SELECT "t4"."title" AS "title", "t4"."project_id" AS "project_id", "t4"."assignee_id" AS "assignee_id", "t4"."estimate" AS "estimate", "t4"."spent" AS "spent", "t4"."weight" AS "weight"
          FROM (SELECT "t3".*, row_number() OVER ( PARTITION BY "t3"."project_id", "t3"."estimate"
              ORDER BY "t3"."project_id" DESC, "t3"."estimate" ASC NULLS LAST, "t3"."title" ASC, "t3"."id" ASC ) AS "purlin_position"
            FROM "tasks" AS "t3"
            WHERE "t3"."status" = ?1) AS "t4"
          WHERE "t4"."purlin_position" = 1
          ORDER BY "t4"."project_id" DESC, "t4"."estimate" ASC NULLS LAST, "t4"."title" ASC, "t4"."id" ASC
          LIMIT ?2) AS "t5"
        WHERE "t5"."estimate" IS NOT NULL
        AND "t5"."spent" IS NOT NULL) AS "t6"), TOTAL("t2"."project_id") / COUNT("t2"."project_id"), (TOTAL("t2"."estimate") / 100) / COUNT("t2"."estimate"), TOTAL("t2"."spent") / COUNT("t2"."spent"), purlin_sum_float("t2"."weight") / COUNT("t2"."weight"), MAX("t2"."project_id"), MAX("t2"."estimate"), MAX("t2"."spent"), MAX("t2"."weight"), MIN("t2"."project_id"), MIN("t2"."estimate"), MIN("t2"."spent"), MIN("t2"."weight"), stddev_samp(CAST("t2"."project_id" AS REAL)), stddev_samp(CAST("t2"."estimate" AS REAL) / 100), stddev_samp(CAST("t2"."spent" AS REAL)), stddev_samp(CAST("t2"."weight" AS REAL)), stddev_pop(CAST("t2"."project_id" AS REAL)), stddev_pop(CAST("t2"."estimate" AS REAL) / 100), stddev_pop(CAST("t2"."spent" AS REAL)), stddev_pop(CAST("t2"."weight" AS REAL)), stddev_samp(CAST("t2"."project_id" AS REAL)), stddev_samp(CAST("t2"."estimate" AS REAL) / 100), stddev_samp(CAST("t2"."spent" AS REAL)), stddev_samp(CAST("t2"."weight" AS REAL)), SUM("t2"."project_id"), purlin_sum_scaled("t2"."estimate", 2), purlin_sum_scaled("t2"."spent", 0), purlin_sum_float("t2"."weight"), var_pop(CAST("t2"."project_id" AS REAL)), var_pop(CAST("t2"."estimate" AS REAL) / 100), var_pop(CAST("t2"."spent" AS REAL)), var_pop(CAST("t2"."weight" AS REAL)), var_samp(CAST("t2"."project_id" AS REAL)), var_samp(CAST("t2"."estimate" AS REAL) / 100), var_samp(CAST("t2"."spent" AS REAL)), var_samp(CAST("t2"."weight" AS REAL)), var_samp(CAST("t2"."project_id" AS REAL)), var_samp(CAST("t2"."estimate" AS REAL) / 100), var_samp(CAST("t2"."spent" AS REAL)), var_samp(CAST("t2"."weight" AS REAL)), MIN("t2"."assignee_id"), MIN("t2"."title")
    FROM (SELECT "t1"."title" AS "title", "t1"."project_id" AS "project_id", "t1"."assignee_id" AS "assignee_id", "t1"."estimate" AS "estimate", "t1"."spent" AS "spent", "t1"."weight" AS "weight"
      FROM (SELECT "t0".*, row_number() OVER ( PARTITION BY "t0"."project_id", "t0"."estimate"
          ORDER BY "t0"."project_id" DESC, "t0"."estimate" ASC NULLS LAST, "t0"."title" ASC, "t0"."id" ASC ) AS "purlin_position"
        FROM "tasks" AS "t0"
        WHERE "t0"."status" = ?1) AS "t1"
      WHERE "t1"."purlin_position" = 1
      ORDER BY "t1"."project_id" DESC, "t1"."estimate" ASC NULLS LAST, "t1"."title" ASC, "t1"."id" ASC
      LIMIT ?2) AS "t2"
    -- 1 = Variable("status") : String
    -- 2 = Variable("limit") : bigint
    {"count":0:bigint, "assigned":1:bigint, "estimates":2:bigint, "both":3:bigint, "pairs":4:bigint, "avg":{"project_id":5:Float, "estimate":6:Float, "spent":7:Float, "weight":8:Float}, "max":{"project_id":9:Int, "estimate":10:numeric Scaled { scale: 2 }, "spent":11:bigint, "weight":12:float8}, "min":{"project_id":13:Int, "estimate":14:numeric Scaled { scale: 2 }, "spent":15:bigint, "weight":16:float8}, "stddev":{"project_id":17:Float, "estimate":18:Float, "spent":19:Float, "weight":20:Float}, "stddev_pop":{"project_id":21:Float, "estimate":22:Float, "spent":23:Float, "weight":24:Float}, "stddev_samp":{"project_id":25:Float, "estimate":26:Float, "spent":27:Float, "weight":28:Float}, "sum":{"project_id":29:bigint, "estimate":30:numeric Decimal { scale: None }, "spent":31:numeric Decimal { scale: None }, "weight":32:float8}, "var_pop":{"project_id":33:Float, "estimate":34:Float, "spent":35:Float, "weight":36:Float}, "var_samp":{"project_id":37:Float, "estimate":38:Float, "spent":39:Float, "weight":40:Float}, "variance":{"project_id":41:Float, "estimate":42:Float, "spent":43:Float, "weight":44:Float}, "least":{"assignee_id":45:uuid, "title":46:String, "t":"x"}}
  child 1 (root, list):
    SELECT "t1"."id"
    FROM (SELECT "t0".*, row_number() OVER ( PARTITION BY "t0"."project_id", "t0"."estimate"
        ORDER BY "t0"."project_id" DESC, "t0"."estimate" ASC NULLS LAST, "t0"."title" ASC, "t0"."id" ASC ) AS "purlin_position"
      FROM "tasks" AS "t0"
      WHERE "t0"."status" = ?1) AS "t1"
    WHERE "t1"."purlin_position" = 1
    ORDER BY "t1"."project_id" DESC, "t1"."estimate" ASC NULLS LAST, "t1"."title" ASC, "t1"."id" ASC
    LIMIT ?2
    -- 1 = Variable("status") : String
    -- 2 = Variable("limit") : bigint
    {"id":0:Int}
"one": read
  child 0
  child 0 (root, one):
    SELECT "t0"."name", "t0"."id"
    FROM "projects" AS "t0"
    {"name":0:String, "tasks_aggregate":{"aggregate":child 0, "nodes":child 1}}
    child 0 (per parent, one):
      SELECT COUNT(*), COUNT("t2"."assignee_id"), COUNT(DISTINCT "t2"."estimate"), COUNT(*) FILTER (WHERE "t2"."estimate" IS NOT NULL
        AND "t2"."spent" IS NOT NULL), (SELECT COUNT(*)
        FROM (SELECT DISTINCT "t5"."estimate", "t5"."spent"
          FROM (SELECT "t4"."title" AS "title", "t4"."project_id" AS "project_id", "t4"."assignee_id" AS "assignee_id", "t4"."estimate" AS "estimate", "t4"."spent" AS "spent", "t4"."weight" AS "weight"
            FROM (SELECT "t3".*, row_number() OVER ( PARTITION BY "t3"."project_id", "t3"."estimate"
                ORDER BY "t3"."project_id" DESC, "t3"."estimate" ASC NULLS LAST, "t3"."title" ASC, "t3"."id" ASC ) AS "purlin_position"
              FROM "tasks" AS "t3"
              WHERE "t3"."project_id" = ?1
              AND "t3"."status" = ?2) AS "t4"
            WHERE "t4"."purlin_position" = 1
            ORDER BY "t4"."project_id" DESC, "t4"."estimate" ASC NULLS LAST, "t4"."title" ASC, "t4"."id" ASC
            LIMIT ?3) AS "t5"
          WHERE "t5"."estimate" IS NOT NULL
          AND "t5"."spent" IS NOT NULL) AS "t6"), TOTAL("t2"."project_id") / COUNT("t2"."project_id"), (TOTAL("t2"."estimate") / 100) / COUNT("t2"."estimate"), TOTAL("t2"."spent") / COUNT("t2"."spent"), purlin_sum_float("t2"."weight") / COUNT("t2"."weight"), MAX("t2"."project_id"), MAX("t2"."estimate"), MAX("t2"."spent"), MAX("t2"."weight"), MIN("t2"."project_id"), MIN("t2"."estimate"), MIN("t2"."spent"), MIN("t2"."weight"), stddev_samp(CAST("t2"."project_id" AS REAL)), stddev_samp(CAST("t2"."estimate" AS REAL) / 100), stddev_samp(CAST("t2"."spent" AS REAL)), stddev_samp(CAST("t2"."weight" AS REAL)), stddev_pop(CAST("t2"."project_id" AS REAL)), stddev_pop(CAST("t2"."estimate" AS REAL) / 100), stddev_pop(CAST("t2"."spent" AS REAL)), stddev_pop(CAST("t2"."weight" AS REAL)), stddev_samp(CAST("t2"."project_id" AS REAL)), stddev_samp(CAST("t2"."estimate" AS REAL) / 100), stddev_samp(CAST("t2"."spent" AS REAL)), stddev_samp(CAST("t2"."weight" AS REAL)), SUM("t2"."project_id"), purlin_sum_scaled("t2"."estimate", 2), purlin_sum_scaled("t2"."spent", 0), purlin_sum_float("t2"."weight"), var_pop(CAST("t2"."project_id" AS REAL)), var_pop(CAST("t2"."estimate" AS REAL) / 100), var_pop(CAST("t2"."spent" AS REAL)), var_pop(CAST("t2"."weight" AS REAL)), var_samp(CAST("t2"."project_id" AS REAL)), var_samp(CAST("t2"."estimate" AS REAL) / 100), var_samp(CAST("t2"."spent" AS REAL)), var_samp(CAST("t2"."weight" AS REAL)), var_samp(CAST("t2"."project_id" AS REAL)), var_samp(CAST("t2"."estimate" AS REAL) / 100), var_samp(CAST("t2"."spent" AS REAL)), var_samp(CAST("t2"."weight" AS REAL)), MIN("t2"."assignee_id"), MIN("t2"."title")
      FROM (SELECT "t1"."title" AS "title", "t1"."project_id" AS "project_id", "t1"."assignee_id" AS "assignee_id", "t1"."estimate" AS "estimate", "t1"."spent" AS "spent", "t1"."weight" AS "weight"
        FROM (SELECT "t0".*, row_number() OVER ( PARTITION BY "t0"."project_id", "t0"."estimate"
            ORDER BY "t0"."project_id" DESC, "t0"."estimate" ASC NULLS LAST, "t0"."title" ASC, "t0"."id" ASC ) AS "purlin_position"
          FROM "tasks" AS "t0"
          WHERE "t0"."project_id" = ?1
          AND "t0"."status" = ?2) AS "t1"
        WHERE "t1"."purlin_position" = 1
        ORDER BY "t1"."project_id" DESC, "t1"."estimate" ASC NULLS LAST, "t1"."title" ASC, "t1"."id" ASC
        LIMIT ?3) AS "t2"
      -- 1 = parent cell 1 : Int
      -- 2 = Variable("status") : String
      -- 3 = Variable("limit") : bigint
      {"count":0:bigint, "assigned":1:bigint, "estimates":2:bigint, "both":3:bigint, "pairs":4:bigint, "avg":{"project_id":5:Float, "estimate":6:Float, "spent":7:Float, "weight":8:Float}, "max":{"project_id":9:Int, "estimate":10:numeric Scaled { scale: 2 }, "spent":11:bigint, "weight":12:float8}, "min":{"project_id":13:Int, "estimate":14:numeric Scaled { scale: 2 }, "spent":15:bigint, "weight":16:float8}, "stddev":{"project_id":17:Float, "estimate":18:Float, "spent":19:Float, "weight":20:Float}, "stddev_pop":{"project_id":21:Float, "estimate":22:Float, "spent":23:Float, "weight":24:Float}, "stddev_samp":{"project_id":25:Float, "estimate":26:Float, "spent":27:Float, "weight":28:Float}, "sum":{"project_id":29:bigint, "estimate":30:numeric Decimal { scale: None }, "spent":31:numeric Decimal { scale: None }, "weight":32:float8}, "var_pop":{"project_id":33:Float, "estimate":34:Float, "spent":35:Float, "weight":36:Float}, "var_samp":{"project_id":37:Float, "estimate":38:Float, "spent":39:Float, "weight":40:Float}, "variance":{"project_id":41:Float, "estimate":42:Float, "spent":43:Float, "weight":44:Float}, "least":{"assignee_id":45:uuid, "title":46:String, "t":"x"}}
    child 1 (per parent, list):
      SELECT "t1"."id"
      FROM (SELECT "t0".*, row_number() OVER ( PARTITION BY "t0"."project_id", "t0"."estimate"
          ORDER BY "t0"."project_id" DESC, "t0"."estimate" ASC NULLS LAST, "t0"."title" ASC, "t0"."id" ASC ) AS "purlin_position"
        FROM "tasks" AS "t0"
        WHERE "t0"."project_id" = ?1
        AND "t0"."status" = ?2) AS "t1"
      WHERE "t1"."purlin_position" = 1
      ORDER BY "t1"."project_id" DESC, "t1"."estimate" ASC NULLS LAST, "t1"."title" ASC, "t1"."id" ASC
      LIMIT ?3
      -- 1 = parent cell 1 : Int
      -- 2 = Variable("status") : String
      -- 3 = Variable("limit") : bigint
      {"id":0:Int}

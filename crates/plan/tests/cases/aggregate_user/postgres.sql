"answer": read
  {"aggregate":child 0, "nodes":child 1}
  child 0 (root, one):
    SELECT COUNT(*), COUNT("t0"."assignee_id"), COUNT(DISTINCT "t0"."estimate"), COUNT(*) FILTER (WHERE "t0"."estimate" IS NOT NULL
      AND "t0"."spent" IS NOT NULL), COUNT(DISTINCT ("t0"."estimate", "t0"."spent")) FILTER (WHERE "t0"."estimate" IS NOT NULL
      AND "t0"."spent" IS NOT NULL), CAST(SUM("t0"."project_id") AS float8) / NULLIF(COUNT("t0"."project_id"), 0), CAST(SUM("t0"."estimate") AS float8) / NULLIF(COUNT("t0"."estimate"), 0), CAST(SUM("t0"."spent") AS float8) / NULLIF(COUNT("t0"."spent"), 0), SUM(CAST("t0"."weight" AS float8)) / NULLIF(COUNT("t0"."weight"), 0), MAX("t0"."project_id"), MAX("t0"."estimate"), MAX("t0"."spent"), MAX("t0"."weight"), MIN("t0"."project_id"), MIN("t0"."estimate"), MIN("t0"."spent"), MIN("t0"."weight"), stddev_samp(CAST("t0"."project_id" AS float8)), stddev_samp(CAST("t0"."estimate" AS float8)), stddev_samp(CAST("t0"."spent" AS float8)), stddev_samp(CAST("t0"."weight" AS float8)), stddev_pop(CAST("t0"."project_id" AS float8)), stddev_pop(CAST("t0"."estimate" AS float8)), stddev_pop(CAST("t0"."spent" AS float8)), stddev_pop(CAST("t0"."weight" AS float8)), stddev_samp(CAST("t0"."project_id" AS float8)), stddev_samp(CAST("t0"."estimate" AS float8)), stddev_samp(CAST("t0"."spent" AS float8)), stddev_samp(CAST("t0"."weight" AS float8)), SUM("t0"."project_id"), SUM("t0"."estimate"), SUM("t0"."spent"), SUM("t0"."weight"), var_pop(CAST("t0"."project_id" AS float8)), var_pop(CAST("t0"."estimate" AS float8)), var_pop(CAST("t0"."spent" AS float8)), var_pop(CAST("t0"."weight" AS float8)), var_samp(CAST("t0"."project_id" AS float8)), var_samp(CAST("t0"."estimate" AS float8)), var_samp(CAST("t0"."spent" AS float8)), var_samp(CAST("t0"."weight" AS float8)), var_samp(CAST("t0"."project_id" AS float8)), var_samp(CAST("t0"."estimate" AS float8)), var_samp(CAST("t0"."spent" AS float8)), var_samp(CAST("t0"."weight" AS float8)), CAST(MIN(CAST("t0"."assignee_id" AS text) COLLATE "C") AS uuid), MIN("t0"."title")
    FROM "public"."tasks" AS "t0"
    WHERE "t0"."status" = $1
    AND EXISTS(SELECT 1
      FROM "public"."projects" AS "t1"
      WHERE "t1"."id" = "t0"."project_id"
      AND EXISTS(SELECT 1
        FROM "public"."members" AS "t2"
        WHERE "t2"."project_id" = "t1"."id"
        AND "t2"."person_id" = $2))
    -- 1 = Variable("status") : String
    -- 2 = x-hasura-user-id : uuid
    {"count":0:bigint, "assigned":1:bigint, "estimates":2:bigint, "both":3:bigint, "pairs":4:bigint, "avg":{"project_id":5:Float, "estimate":6:Float, "spent":7:Float, "weight":8:Float}, "max":{"project_id":9:Int, "estimate":10:numeric Scaled { scale: 2 }, "spent":11:bigint, "weight":12:float8}, "min":{"project_id":13:Int, "estimate":14:numeric Scaled { scale: 2 }, "spent":15:bigint, "weight":16:float8}, "stddev":{"project_id":17:Float, "estimate":18:Float, "spent":19:Float, "weight":20:Float}, "stddev_pop":{"project_id":21:Float, "estimate":22:Float, "spent":23:Float, "weight":24:Float}, "stddev_samp":{"project_id":25:Float, "estimate":26:Float, "spent":27:Float, "weight":28:Float}, "sum":{"project_id":29:bigint, "estimate":30:numeric Decimal { scale: None }, "spent":31:numeric Decimal { scale: None }, "weight":32:float8}, "var_pop":{"project_id":33:Float, "estimate":34:Float, "spent":35:Float, "weight":36:Float}, "var_samp":{"project_id":37:Float, "estimate":38:Float, "spent":39:Float, "weight":40:Float}, "variance":{"project_id":41:Float, "estimate":42:Float, "spent":43:Float, "weight":44:Float}, "least":{"assignee_id":45:uuid, "title":46:String, "t":"x"}}
  child 1 (root, list):
    SELECT "t0"."id"
    FROM "public"."tasks" AS "t0"
    WHERE "t0"."status" = $1
    AND EXISTS(SELECT 1
      FROM "public"."projects" AS "t1"
      WHERE "t1"."id" = "t0"."project_id"
      AND EXISTS(SELECT 1
        FROM "public"."members" AS "t2"
        WHERE "t2"."project_id" = "t1"."id"
        AND "t2"."person_id" = $2))
    LIMIT $3
    -- 1 = Variable("status") : String
    -- 2 = x-hasura-user-id : uuid
    -- 3 = 100 : bigint
    {"id":0:Int}

"all": read
  {"aggregate":child 0, "nodes":child 1}
  child 0 (root, one):
    SELECT COUNT(*), COUNT("t1"."assignee_id"), COUNT(DISTINCT "t1"."estimate"), COUNT(*) FILTER (WHERE "t1"."estimate" IS NOT NULL
      AND "t1"."spent" IS NOT NULL), COUNT(DISTINCT ("t1"."estimate", "t1"."spent")) FILTER (WHERE "t1"."estimate" IS NOT NULL
      AND "t1"."spent" IS NOT NULL), CAST(SUM("t1"."project_id") AS float8) / NULLIF(COUNT("t1"."project_id"), 0), CAST(SUM("t1"."estimate") AS float8) / NULLIF(COUNT("t1"."estimate"), 0), CAST(SUM("t1"."spent") AS float8) / NULLIF(COUNT("t1"."spent"), 0), SUM(CAST("t1"."weight" AS float8)) / NULLIF(COUNT("t1"."weight"), 0), MAX("t1"."project_id"), MAX("t1"."estimate"), MAX("t1"."spent"), MAX("t1"."weight"), MIN("t1"."project_id"), MIN("t1"."estimate"), MIN("t1"."spent"), MIN("t1"."weight"), stddev_samp(CAST("t1"."project_id" AS float8)), stddev_samp(CAST("t1"."estimate" AS float8)), stddev_samp(CAST("t1"."spent" AS float8)), stddev_samp(CAST("t1"."weight" AS float8)), stddev_pop(CAST("t1"."project_id" AS float8)), stddev_pop(CAST("t1"."estimate" AS float8)), stddev_pop(CAST("t1"."spent" AS float8)), stddev_pop(CAST("t1"."weight" AS float8)), stddev_samp(CAST("t1"."project_id" AS float8)), stddev_samp(CAST("t1"."estimate" AS float8)), stddev_samp(CAST("t1"."spent" AS float8)), stddev_samp(CAST("t1"."weight" AS float8)), SUM("t1"."project_id"), SUM("t1"."estimate"), SUM("t1"."spent"), SUM("t1"."weight"), var_pop(CAST("t1"."project_id" AS float8)), var_pop(CAST("t1"."estimate" AS float8)), var_pop(CAST("t1"."spent" AS float8)), var_pop(CAST("t1"."weight" AS float8)), var_samp(CAST("t1"."project_id" AS float8)), var_samp(CAST("t1"."estimate" AS float8)), var_samp(CAST("t1"."spent" AS float8)), var_samp(CAST("t1"."weight" AS float8)), var_samp(CAST("t1"."project_id" AS float8)), var_samp(CAST("t1"."estimate" AS float8)), var_samp(CAST("t1"."spent" AS float8)), var_samp(CAST("t1"."weight" AS float8)), CAST(MIN(CAST("t1"."assignee_id" AS text) COLLATE "C") AS uuid), MIN("t1"."title")
    FROM (SELECT DISTINCT ON ("t0"."project_id", "t0"."estimate") "t0"."title" AS "title", "t0"."project_id" AS "project_id", "t0"."assignee_id" AS "assignee_id", "t0"."estimate" AS "estimate", "t0"."spent" AS "spent", "t0"."weight" AS "weight"
      FROM "public"."tasks" AS "t0"
      WHERE "t0"."status" = $1
      ORDER BY "t0"."project_id" DESC, "t0"."estimate" ASC NULLS LAST, "t0"."title" ASC, "t0"."id" ASC
      LIMIT $2) AS "t1"
    -- 1 = Variable("status") : String
    -- 2 = Variable("limit") : bigint
    {"count":0:bigint, "assigned":1:bigint, "estimates":2:bigint, "both":3:bigint, "pairs":4:bigint, "avg":{"project_id":5:Float, "estimate":6:Float, "spent":7:Float, "weight":8:Float}, "max":{"project_id":9:Int, "estimate":10:numeric Scaled { scale: 2 }, "spent":11:bigint, "weight":12:float8}, "min":{"project_id":13:Int, "estimate":14:numeric Scaled { scale: 2 }, "spent":15:bigint, "weight":16:float8}, "stddev":{"project_id":17:Float, "estimate":18:Float, "spent":19:Float, "weight":20:Float}, "stddev_pop":{"project_id":21:Float, "estimate":22:Float, "spent":23:Float, "weight":24:Float}, "stddev_samp":{"project_id":25:Float, "estimate":26:Float, "spent":27:Float, "weight":28:Float}, "sum":{"project_id":29:bigint, "estimate":30:numeric Decimal { scale: None }, "spent":31:numeric Decimal { scale: None }, "weight":32:float8}, "var_pop":{"project_id":33:Float, "estimate":34:Float, "spent":35:Float, "weight":36:Float}, "var_samp":{"project_id":37:Float, "estimate":38:Float, "spent":39:Float, "weight":40:Float}, "variance":{"project_id":41:Float, "estimate":42:Float, "spent":43:Float, "weight":44:Float}, "least":{"assignee_id":45:uuid, "title":46:String, "t":"x"}}
  child 1 (root, list):
    SELECT DISTINCT ON ("t0"."project_id", "t0"."estimate") "t0"."id"
    FROM "public"."tasks" AS "t0"
    WHERE "t0"."status" = $1
    ORDER BY "t0"."project_id" DESC, "t0"."estimate" ASC NULLS LAST, "t0"."title" ASC, "t0"."id" ASC
    LIMIT $2
    -- 1 = Variable("status") : String
    -- 2 = Variable("limit") : bigint
    {"id":0:Int}
"one": read
  child 0
  child 0 (root, one):
    SELECT "t0"."name", "t0"."id"
    FROM "public"."projects" AS "t0"
    {"name":0:String, "tasks_aggregate":{"aggregate":child 0, "nodes":child 1}}
    child 0 (ordinal, one):
      SELECT "t0"."position", "rows"."c0", "rows"."c1", "rows"."c2", "rows"."c3", "rows"."c4", "rows"."c5", "rows"."c6", "rows"."c7", "rows"."c8", "rows"."c9", "rows"."c10", "rows"."c11", "rows"."c12", "rows"."c13", "rows"."c14", "rows"."c15", "rows"."c16", "rows"."c17", "rows"."c18", "rows"."c19", "rows"."c20", "rows"."c21", "rows"."c22", "rows"."c23", "rows"."c24", "rows"."c25", "rows"."c26", "rows"."c27", "rows"."c28", "rows"."c29", "rows"."c30", "rows"."c31", "rows"."c32", "rows"."c33", "rows"."c34", "rows"."c35", "rows"."c36", "rows"."c37", "rows"."c38", "rows"."c39", "rows"."c40", "rows"."c41", "rows"."c42", "rows"."c43", "rows"."c44", "rows"."c45", "rows"."c46"
      FROM (SELECT *
        FROM unnest($1) WITH ORDINALITY AS k(k0, position)) AS "t0"
      INNER JOIN LATERAL (SELECT COUNT(*) AS "c0", COUNT("t2"."assignee_id") AS "c1", COUNT(DISTINCT "t2"."estimate") AS "c2", COUNT(*) FILTER (WHERE "t2"."estimate" IS NOT NULL
          AND "t2"."spent" IS NOT NULL) AS "c3", COUNT(DISTINCT ("t2"."estimate", "t2"."spent")) FILTER (WHERE "t2"."estimate" IS NOT NULL
          AND "t2"."spent" IS NOT NULL) AS "c4", CAST(SUM("t2"."project_id") AS float8) / NULLIF(COUNT("t2"."project_id"), 0) AS "c5", CAST(SUM("t2"."estimate") AS float8) / NULLIF(COUNT("t2"."estimate"), 0) AS "c6", CAST(SUM("t2"."spent") AS float8) / NULLIF(COUNT("t2"."spent"), 0) AS "c7", SUM(CAST("t2"."weight" AS float8)) / NULLIF(COUNT("t2"."weight"), 0) AS "c8", MAX("t2"."project_id") AS "c9", MAX("t2"."estimate") AS "c10", MAX("t2"."spent") AS "c11", MAX("t2"."weight") AS "c12", MIN("t2"."project_id") AS "c13", MIN("t2"."estimate") AS "c14", MIN("t2"."spent") AS "c15", MIN("t2"."weight") AS "c16", stddev_samp(CAST("t2"."project_id" AS float8)) AS "c17", stddev_samp(CAST("t2"."estimate" AS float8)) AS "c18", stddev_samp(CAST("t2"."spent" AS float8)) AS "c19", stddev_samp(CAST("t2"."weight" AS float8)) AS "c20", stddev_pop(CAST("t2"."project_id" AS float8)) AS "c21", stddev_pop(CAST("t2"."estimate" AS float8)) AS "c22", stddev_pop(CAST("t2"."spent" AS float8)) AS "c23", stddev_pop(CAST("t2"."weight" AS float8)) AS "c24", stddev_samp(CAST("t2"."project_id" AS float8)) AS "c25", stddev_samp(CAST("t2"."estimate" AS float8)) AS "c26", stddev_samp(CAST("t2"."spent" AS float8)) AS "c27", stddev_samp(CAST("t2"."weight" AS float8)) AS "c28", SUM("t2"."project_id") AS "c29", SUM("t2"."estimate") AS "c30", SUM("t2"."spent") AS "c31", SUM("t2"."weight") AS "c32", var_pop(CAST("t2"."project_id" AS float8)) AS "c33", var_pop(CAST("t2"."estimate" AS float8)) AS "c34", var_pop(CAST("t2"."spent" AS float8)) AS "c35", var_pop(CAST("t2"."weight" AS float8)) AS "c36", var_samp(CAST("t2"."project_id" AS float8)) AS "c37", var_samp(CAST("t2"."estimate" AS float8)) AS "c38", var_samp(CAST("t2"."spent" AS float8)) AS "c39", var_samp(CAST("t2"."weight" AS float8)) AS "c40", var_samp(CAST("t2"."project_id" AS float8)) AS "c41", var_samp(CAST("t2"."estimate" AS float8)) AS "c42", var_samp(CAST("t2"."spent" AS float8)) AS "c43", var_samp(CAST("t2"."weight" AS float8)) AS "c44", CAST(MIN(CAST("t2"."assignee_id" AS text) COLLATE "C") AS uuid) AS "c45", MIN("t2"."title") AS "c46"
        FROM (SELECT DISTINCT ON ("t1"."project_id", "t1"."estimate") "t1"."title" AS "title", "t1"."project_id" AS "project_id", "t1"."assignee_id" AS "assignee_id", "t1"."estimate" AS "estimate", "t1"."spent" AS "spent", "t1"."weight" AS "weight"
          FROM "public"."tasks" AS "t1"
          WHERE "t1"."project_id" = "t0"."k0"
          AND "t1"."status" = $2
          ORDER BY "t1"."project_id" DESC, "t1"."estimate" ASC NULLS LAST, "t1"."title" ASC, "t1"."id" ASC
          LIMIT $3) AS "t2") AS "rows" ON TRUE
      -- 1 = keys of cell 1 : Int[]
      -- 2 = Variable("status") : String
      -- 3 = Variable("limit") : bigint
      {"count":1:bigint, "assigned":2:bigint, "estimates":3:bigint, "both":4:bigint, "pairs":5:bigint, "avg":{"project_id":6:Float, "estimate":7:Float, "spent":8:Float, "weight":9:Float}, "max":{"project_id":10:Int, "estimate":11:numeric Scaled { scale: 2 }, "spent":12:bigint, "weight":13:float8}, "min":{"project_id":14:Int, "estimate":15:numeric Scaled { scale: 2 }, "spent":16:bigint, "weight":17:float8}, "stddev":{"project_id":18:Float, "estimate":19:Float, "spent":20:Float, "weight":21:Float}, "stddev_pop":{"project_id":22:Float, "estimate":23:Float, "spent":24:Float, "weight":25:Float}, "stddev_samp":{"project_id":26:Float, "estimate":27:Float, "spent":28:Float, "weight":29:Float}, "sum":{"project_id":30:bigint, "estimate":31:numeric Decimal { scale: None }, "spent":32:numeric Decimal { scale: None }, "weight":33:float8}, "var_pop":{"project_id":34:Float, "estimate":35:Float, "spent":36:Float, "weight":37:Float}, "var_samp":{"project_id":38:Float, "estimate":39:Float, "spent":40:Float, "weight":41:Float}, "variance":{"project_id":42:Float, "estimate":43:Float, "spent":44:Float, "weight":45:Float}, "least":{"assignee_id":46:uuid, "title":47:String, "t":"x"}}
    child 1 (ordinal, list):
      SELECT "t0"."position", "rows"."c0"
      FROM (SELECT *
        FROM unnest($1) WITH ORDINALITY AS k(k0, position)) AS "t0"
      INNER JOIN LATERAL (SELECT DISTINCT ON ("t1"."project_id", "t1"."estimate") "t1"."id" AS "c0"
        FROM "public"."tasks" AS "t1"
        WHERE "t1"."project_id" = "t0"."k0"
        AND "t1"."status" = $2
        ORDER BY "t1"."project_id" DESC, "t1"."estimate" ASC NULLS LAST, "t1"."title" ASC, "t1"."id" ASC
        LIMIT $3) AS "rows" ON TRUE
      -- 1 = keys of cell 1 : Int[]
      -- 2 = Variable("status") : String
      -- 3 = Variable("limit") : bigint
      {"id":1:Int}

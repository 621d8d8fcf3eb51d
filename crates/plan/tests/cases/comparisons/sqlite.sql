"answer": read
  child 0
  child 0 (root, list):
    SELECT "t0"."id"
    FROM "tasks" AS "t0"
    WHERE "t0"."estimate" = ?1
    AND "t0"."estimate" <> ?2
    AND "t0"."estimate" > ?3
    AND "t0"."estimate" < ?4
    AND "t0"."estimate" >= ?5
    AND "t0"."estimate" <= ?6
    AND "t0"."estimate" IN (SELECT "t1"."value"
      FROM json_each(?7) AS "t1")
    AND "t0"."estimate" NOT IN (SELECT "t2"."value"
      FROM json_each(?8) AS "t2")
    AND purlin_like("t0"."title", ?9)
    AND (NOT purlin_like("t0"."title", ?10))
    AND purlin_ilike("t0"."title", ?11)
    AND (NOT purlin_ilike("t0"."title", ?12))
    AND purlin_similar("t0"."title", ?13)
    AND ((NOT purlin_similar("t0"."title", ?14))
      AND purlin_regex("t0"."title", ?15)
      AND (NOT purlin_regex("t0"."title", ?16))
      AND purlin_iregex("t0"."title", ?17)
      AND (NOT purlin_iregex("t0"."title", ?18))
      AND "t0"."assignee_id" IS NULL
      AND "t0"."assignee_id" IS NOT NULL
      AND ("t0"."assignee_id" IS NULL) = ?19
      AND (NOT ("t0"."status" IN (SELECT "t3"."value"
            FROM json_each(?20) AS "t3") OR "t0"."weight" < ?21))
      AND FALSE
      AND EXISTS(SELECT 1
        FROM "notes" AS "t4"
        WHERE "t4"."data" IN (SELECT unhex("t5"."value")
          FROM json_each(?22) AS "t5")) IS TRUE
      AND EXISTS(SELECT 1
        FROM "people" AS "t6"
        WHERE "t6"."id" = "t0"."assignee_id"
        AND ("t6"."email" NOT IN (SELECT "t7"."value"
            FROM json_each(?23) AS "t7")
          AND purlin_ilike("t6"."email", ?24))) IS TRUE
      AND EXISTS(SELECT 1
        FROM "projects" AS "t8"
        WHERE "t8"."id" = "t0"."project_id"
        AND ("t8"."budget" COLLATE decimal) NOT IN (SELECT "t9"."value"
          FROM json_each(?25) AS "t9")) IS TRUE)
    -- 1 = Variable("_eq") : numeric ScaledOperand { scale: 2 }
    -- 2 = Variable("_neq") : numeric ScaledOperand { scale: 2 }
    -- 3 = Variable("_gt") : numeric ScaledOperand { scale: 2 }
    -- 4 = Variable("_lt") : numeric ScaledOperand { scale: 2 }
    -- 5 = Variable("_gte") : numeric ScaledOperand { scale: 2 }
    -- 6 = Variable("_lte") : numeric ScaledOperand { scale: 2 }
    -- 7 = Variable("_in") : numeric[] ScaledOperand { scale: 2 }
    -- 8 = Variable("_nin") : numeric[] ScaledOperand { scale: 2 }
    -- 9 = Variable("_like") : String
    -- 10 = Variable("_nlike") : String
    -- 11 = Variable("_ilike") : String
    -- 12 = Variable("_nilike") : String
    -- 13 = pattern of Variable("_similar") : String
    -- 14 = pattern of Variable("_nsimilar") : String
    -- 15 = pattern of Variable("_regex") : String
    -- 16 = pattern of Variable("_nregex") : String
    -- 17 = pattern of Variable("_iregex") : String
    -- 18 = pattern of Variable("_niregex") : String
    -- 19 = Variable("null") : Boolean
    -- 20 = Variable("statuses") : String[]
    -- 21 = Variable("weight") : float8
    -- 22 = Variable("bytes") : bytea[]
    -- 23 = Variable("emails") : String[]
    -- 24 = Variable("like") : String
    -- 25 = Variable("budgets") : numeric[] Decimal { scale: None }
    {"id":0:Int}

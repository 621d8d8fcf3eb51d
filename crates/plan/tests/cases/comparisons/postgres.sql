"answer": read
  child 0
  child 0 (root, list):
    SELECT "t0"."id"
    FROM "public"."tasks" AS "t0"
    WHERE "t0"."estimate" = $1
    AND "t0"."estimate" <> $2
    AND "t0"."estimate" > $3
    AND "t0"."estimate" < $4
    AND "t0"."estimate" >= $5
    AND "t0"."estimate" <= $6
    AND "t0"."estimate" = ANY($7)
    AND "t0"."estimate" <> ALL($8)
    AND ("t0"."title" LIKE $9)
    AND ("t0"."title" NOT LIKE $10)
    AND (("t0"."title" COLLATE "und-x-icu") ILIKE $11)
    AND (("t0"."title" COLLATE "und-x-icu") NOT ILIKE $12)
    AND ("t0"."title" SIMILAR TO $13)
    AND (("t0"."title" NOT SIMILAR TO $14)
      AND ("t0"."title" ~ $15)
      AND ("t0"."title" !~ $16)
      AND (("t0"."title" COLLATE "und-x-icu") ~* $17)
      AND (("t0"."title" COLLATE "und-x-icu") !~* $18)
      AND "t0"."assignee_id" IS NULL
      AND "t0"."assignee_id" IS NOT NULL
      AND ("t0"."assignee_id" IS NULL) = $19
      AND (NOT ("t0"."status" = ANY($20) OR "t0"."weight" < $21))
      AND FALSE
      AND EXISTS(SELECT 1
        FROM "public"."notes" AS "t1"
        WHERE "t1"."data" = ANY($22))
      AND EXISTS(SELECT 1
        FROM "public"."people" AS "t2"
        WHERE "t2"."id" = "t0"."assignee_id"
        AND ("t2"."email" <> ALL(CAST($23 AS citext[]))
          AND ("t2"."email" ILIKE $24)))
      AND EXISTS(SELECT 1
        FROM "public"."projects" AS "t3"
        WHERE "t3"."id" = "t0"."project_id"
        AND "t3"."budget" <> ALL($25)))
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

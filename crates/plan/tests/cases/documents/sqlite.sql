"answer": read
  child 0
  child 0 (root, list):
    SELECT "t0"."id"
    FROM "tasks" AS "t0"
    WHERE ("t0"."meta" COLLATE purlin_jsonb) = ?1
    AND ("t0"."meta" COLLATE purlin_jsonb) <> ?2
    AND ("t0"."meta" COLLATE purlin_jsonb) > ?3
    AND ("t0"."meta" COLLATE purlin_jsonb) < ?4
    AND ("t0"."meta" COLLATE purlin_jsonb) >= ?5
    AND ("t0"."meta" COLLATE purlin_jsonb) <= ?6
    AND ("t0"."meta" COLLATE purlin_jsonb) IN (SELECT "t1"."value"
      FROM json_each(?7) AS "t1")
    AND ("t0"."meta" COLLATE purlin_jsonb) NOT IN (SELECT "t2"."value"
      FROM json_each(?8) AS "t2")
    AND purlin_json_contains("t0"."meta", ?9)
    AND purlin_json_contains(?10, "t0"."meta")
    AND purlin_json_has_key("t0"."meta", ?11)
    AND purlin_json_has_any("t0"."meta", ?12)
    AND purlin_json_has_all("t0"."meta", ?13)
    AND "t0"."meta" = ?14
    AND "t0"."meta" <> ?15
    AND "t0"."meta" > ?16
    AND ("t0"."meta" < ?17
      AND "t0"."meta" >= ?18
      AND "t0"."meta" <= ?19
      AND "t0"."meta" IN (SELECT "t3"."value"
        FROM json_each(?20) AS "t3")
      AND "t0"."meta" NOT IN (SELECT "t4"."value"
        FROM json_each(?21) AS "t4")
      AND purlin_like("t0"."meta", ?22)
      AND (NOT purlin_like("t0"."meta", ?23))
      AND purlin_ilike("t0"."meta", ?24)
      AND (NOT purlin_ilike("t0"."meta", ?25))
      AND purlin_similar("t0"."meta", ?26)
      AND (NOT purlin_similar("t0"."meta", ?27))
      AND purlin_regex("t0"."meta", ?28)
      AND (NOT purlin_regex("t0"."meta", ?29))
      AND purlin_iregex("t0"."meta", ?30)
      AND (NOT purlin_iregex("t0"."meta", ?31))
      AND EXISTS(SELECT 1
        FROM "notes" AS "t5"
        WHERE purlin_list_contains("t5"."words", ?32)
        AND purlin_list_contains(?33, "t5"."words")) IS TRUE)
    -- 1 = Variable("_eq") : jsonb
    -- 2 = Variable("_neq") : jsonb
    -- 3 = Variable("_gt") : jsonb
    -- 4 = Variable("_lt") : jsonb
    -- 5 = Variable("_gte") : jsonb
    -- 6 = Variable("_lte") : jsonb
    -- 7 = Variable("_in") : jsonb[]
    -- 8 = Variable("_nin") : jsonb[]
    -- 9 = Variable("_contains") : jsonb
    -- 10 = Variable("_contained_in") : jsonb
    -- 11 = Variable("_has_key") : String
    -- 12 = Variable("_has_keys_any") : String[]
    -- 13 = Variable("_has_keys_all") : String[]
    -- 14 = Variable("_eq") : String
    -- 15 = Variable("_neq") : String
    -- 16 = Variable("_gt") : String
    -- 17 = Variable("_lt") : String
    -- 18 = Variable("_gte") : String
    -- 19 = Variable("_lte") : String
    -- 20 = Variable("_in") : String[]
    -- 21 = Variable("_nin") : String[]
    -- 22 = Variable("_like") : String
    -- 23 = Variable("_nlike") : String
    -- 24 = Variable("_ilike") : String
    -- 25 = Variable("_nilike") : String
    -- 26 = pattern of Variable("_similar") : String
    -- 27 = pattern of Variable("_nsimilar") : String
    -- 28 = pattern of Variable("_regex") : String
    -- 29 = pattern of Variable("_nregex") : String
    -- 30 = pattern of Variable("_iregex") : String
    -- 31 = pattern of Variable("_niregex") : String
    -- 32 = Variable("words") : String
    -- 33 = Variable("words") : String
    {"id":0:Int}

"answer": read
  child 0
  child 0 (root, list):
    SELECT "t0"."id"
    FROM "public"."tasks" AS "t0"
    WHERE "t0"."meta" = $1
    AND "t0"."meta" <> $2
    AND "t0"."meta" > $3
    AND "t0"."meta" < $4
    AND "t0"."meta" >= $5
    AND "t0"."meta" <= $6
    AND "t0"."meta" = ANY($7)
    AND "t0"."meta" <> ALL($8)
    AND ("t0"."meta" @> $9)
    AND ("t0"."meta" <@ $10)
    AND ("t0"."meta" ? $11)
    AND ("t0"."meta" ?| $12)
    AND ("t0"."meta" ?& $13)
    AND (CAST("t0"."meta" AS text) COLLATE "C") = $14
    AND (CAST("t0"."meta" AS text) COLLATE "C") <> $15
    AND (CAST("t0"."meta" AS text) COLLATE "C") > $16
    AND ((CAST("t0"."meta" AS text) COLLATE "C") < $17
      AND (CAST("t0"."meta" AS text) COLLATE "C") >= $18
      AND (CAST("t0"."meta" AS text) COLLATE "C") <= $19
      AND (CAST("t0"."meta" AS text) COLLATE "C") = ANY($20)
      AND (CAST("t0"."meta" AS text) COLLATE "C") <> ALL($21)
      AND ((CAST("t0"."meta" AS text) COLLATE "C") LIKE $22)
      AND ((CAST("t0"."meta" AS text) COLLATE "C") NOT LIKE $23)
      AND ((CAST("t0"."meta" AS text) COLLATE "und-x-icu") ILIKE $24)
      AND ((CAST("t0"."meta" AS text) COLLATE "und-x-icu") NOT ILIKE $25)
      AND ((CAST("t0"."meta" AS text) COLLATE "C") SIMILAR TO $26)
      AND ((CAST("t0"."meta" AS text) COLLATE "C") NOT SIMILAR TO $27)
      AND ((CAST("t0"."meta" AS text) COLLATE "C") ~ $28)
      AND ((CAST("t0"."meta" AS text) COLLATE "C") !~ $29)
      AND ((CAST("t0"."meta" AS text) COLLATE "und-x-icu") ~* $30)
      AND ((CAST("t0"."meta" AS text) COLLATE "und-x-icu") !~* $31)
      AND EXISTS(SELECT 1
        FROM "public"."notes" AS "t1"
        WHERE ("t1"."words" @> $32)
        AND ("t1"."words" <@ $33)))
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

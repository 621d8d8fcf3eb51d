-- purlin:foreign-keys off

-- purlin:rebuild {"table":"things","columns":["id","small","count","price","big","at","day","flag","text_of"]}
CREATE TABLE "purlin_rebuild_things" (
  "id"      INT NOT NULL,
  "small"   INTEGER NOT NULL,
  "count"   INTEGER NOT NULL DEFAULT 5,
  "price"   INTEGER NOT NULL,
  "big"     INTEGER NOT NULL,
  "at"      TEXT NOT NULL,
  "day"     TEXT NOT NULL,
  "flag"    INTEGER NOT NULL,
  "text_of" INTEGER NOT NULL,
  CONSTRAINT "things_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "things_id_type" CHECK ("id" BETWEEN -2147483648 AND 2147483647),
  CONSTRAINT "things_small_type" CHECK ("small" BETWEEN -32768 AND 32767),
  CONSTRAINT "things_count_type" CHECK ("count" BETWEEN -2147483648 AND 2147483647),
  CONSTRAINT "things_price_type" CHECK ("price" BETWEEN -99999999 AND 99999999),
  CONSTRAINT "things_big_type" CHECK ("big" BETWEEN -99999999 AND 99999999),
  CONSTRAINT "things_at_type" CHECK ("at" GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]'),
  CONSTRAINT "things_day_type" CHECK ("day" GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
  CONSTRAINT "things_flag_type" CHECK ("flag" IN (0, 1)),
  CONSTRAINT "things_text_of_type" CHECK ("text_of" BETWEEN -2147483648 AND 2147483647)
) STRICT;
INSERT INTO "purlin_rebuild_things" ("id", "small", "count", "price", "big", "at", "day", "flag", "text_of")
SELECT "id", "small", "count", ("price" + CASE WHEN "price" < 0 THEN -5 ELSE 5 END) / 10, CAST(substr("big", 1, instr("big" || '.', '.') - 1) || substr(substr("big", instr("big" || '.', '.') + 1) || '00', 1, 2) AS INTEGER), substr("at", 1, 26), substr("day", 1, 10), "flag" <> 0, CASE WHEN CAST(CAST("text_of" AS INTEGER) AS TEXT) = "text_of" THEN CAST("text_of" AS INTEGER) ELSE "text_of" END
FROM "things";
DROP TABLE "things";
ALTER TABLE "purlin_rebuild_things" RENAME TO "things";
-- purlin:rebuilt "things"

-- purlin:foreign-keys off

-- purlin:rebuild {"table":"things","columns":["id","small","count","price","big","at","day","flag","text_of"]}
CREATE TABLE "purlin_rebuild_things" (
  "id"      INT NOT NULL,
  "small"   INTEGER NOT NULL,
  "count"   INTEGER NOT NULL DEFAULT 5,
  "price"   INTEGER NOT NULL,
  "big"     TEXT COLLATE decimal NOT NULL,
  "at"      TEXT NOT NULL,
  "day"     TEXT NOT NULL,
  "flag"    INTEGER NOT NULL,
  "text_of" TEXT NOT NULL,
  CONSTRAINT "things_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "things_small_type" CHECK ("small" BETWEEN -2147483648 AND 2147483647),
  CONSTRAINT "things_price_type" CHECK ("price" BETWEEN -9999999999 AND 9999999999),
  CONSTRAINT "things_big_type" CHECK ("big" GLOB '*[0-9]*' AND "big" NOT GLOB '*[^-.0-9]*' AND length(ltrim(substr("big", 1, instr("big" || '.', '.') - 1), '-0')) <= 26 AND length("big") - instr("big" || '.', '.') <= 4),
  CONSTRAINT "things_at_type" CHECK ("at" GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
  CONSTRAINT "things_day_type" CHECK ("day" GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]'),
  CONSTRAINT "things_flag_type" CHECK ("flag" BETWEEN -2147483648 AND 2147483647)
) STRICT;
INSERT INTO "purlin_rebuild_things" ("id", "small", "count", "price", "big", "at", "day", "flag", "text_of")
SELECT "id", "small", "count", "price" * 10, CASE WHEN "big" < 0 THEN '-' WHEN "big" >= 0 THEN '' END || printf('%d.%02d', abs("big") / 100, abs("big") % 100) || '00', "at" || 'Z', "day" || 'T00:00:00.000000', "flag", CAST("text_of" AS TEXT)
FROM "things";
DROP TABLE "things";
ALTER TABLE "purlin_rebuild_things" RENAME TO "things";
-- purlin:rebuilt "things"

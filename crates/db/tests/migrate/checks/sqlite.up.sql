-- purlin:foreign-keys off

-- purlin:rebuild {"table":"notes","columns":["id","a","b","text","day"]}
CREATE TABLE "purlin_rebuild_notes" (
  "id"    INT NOT NULL,
  "a"     INTEGER NOT NULL,
  "b"     INTEGER NOT NULL,
  "text"  TEXT NOT NULL,
  "day"   TEXT,
  "price" INTEGER,
  CONSTRAINT "notes_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "notes_a_range_check" CHECK ("a" BETWEEN 0 AND 100),
  CONSTRAINT "notes_text_length_check" CHECK (length("text") BETWEEN 1 AND 8),
  CONSTRAINT "notes_day_range_check" CHECK ("day" >= '2020-01-01'),
  CONSTRAINT "notes_price_range_check" CHECK ("price" >= 50),
  CONSTRAINT "in_order" CHECK (a <= b),
  CONSTRAINT "notes_id_type" CHECK ("id" BETWEEN -2147483648 AND 2147483647),
  CONSTRAINT "notes_a_type" CHECK ("a" BETWEEN -2147483648 AND 2147483647),
  CONSTRAINT "notes_b_type" CHECK ("b" BETWEEN -2147483648 AND 2147483647),
  CONSTRAINT "notes_day_type" CHECK ("day" GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
  CONSTRAINT "notes_price_type" CHECK ("price" BETWEEN -99999999 AND 99999999)
) STRICT;
INSERT INTO "purlin_rebuild_notes" ("id", "a", "b", "text", "day")
SELECT "id", "a", "b", "text", "day"
FROM "notes";
DROP TABLE "notes";
ALTER TABLE "purlin_rebuild_notes" RENAME TO "notes";
-- purlin:rebuilt "notes"

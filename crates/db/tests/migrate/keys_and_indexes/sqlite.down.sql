-- purlin:foreign-keys off

DROP INDEX "notes_a_b_idx";
DROP INDEX "notes_b_idx";
-- purlin:rebuild {"table":"notes","columns":["id","a","b","c"]}
CREATE TABLE "purlin_rebuild_notes" (
  "id" INT NOT NULL,
  "a"  INTEGER NOT NULL,
  "b"  INTEGER NOT NULL,
  "c"  INTEGER NOT NULL,
  CONSTRAINT "notes_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "notes_c_key" UNIQUE ("c"),
  CONSTRAINT "notes_id_type" CHECK ("id" BETWEEN -2147483648 AND 2147483647),
  CONSTRAINT "notes_a_type" CHECK ("a" BETWEEN -2147483648 AND 2147483647),
  CONSTRAINT "notes_b_type" CHECK ("b" BETWEEN -2147483648 AND 2147483647),
  CONSTRAINT "notes_c_type" CHECK ("c" BETWEEN -2147483648 AND 2147483647)
) STRICT;
INSERT INTO "purlin_rebuild_notes" ("id", "a", "b", "c")
SELECT "id", "a", "b", "c"
FROM "notes";
DROP TABLE "notes";
ALTER TABLE "purlin_rebuild_notes" RENAME TO "notes";
CREATE INDEX "old_index" ON "notes" ("a");
CREATE INDEX "notes_b_idx" ON "notes" ("b");
-- purlin:rebuilt "notes"

DROP INDEX "others_note_a_note_b_idx";
-- purlin:rebuild {"table":"others","columns":["id","note_a","note_b","note_c"]}
CREATE TABLE "purlin_rebuild_others" (
  "id"     INT NOT NULL,
  "note_c" INTEGER NOT NULL,
  CONSTRAINT "others_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "others_id_type" CHECK ("id" BETWEEN -2147483648 AND 2147483647),
  CONSTRAINT "others_note_c_type" CHECK ("note_c" BETWEEN -2147483648 AND 2147483647)
) STRICT;
INSERT INTO "purlin_rebuild_others" ("id", "note_c")
SELECT "id", "note_c"
FROM "others";
DROP TABLE "others";
ALTER TABLE "purlin_rebuild_others" RENAME TO "others";
-- purlin:rebuilt "others"

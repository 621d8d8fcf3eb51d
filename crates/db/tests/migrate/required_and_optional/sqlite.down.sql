-- purlin:foreign-keys off

-- purlin:rebuild {"table":"notes","columns":["id","text","stars","mood","kept"]}
CREATE TABLE "purlin_rebuild_notes" (
  "id"    INT NOT NULL,
  "text"  TEXT,
  "stars" INTEGER,
  "mood"  TEXT NOT NULL DEFAULT 'good',
  "kept"  TEXT,
  CONSTRAINT "notes_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "notes_id_type" CHECK ("id" BETWEEN -2147483648 AND 2147483647),
  CONSTRAINT "notes_stars_type" CHECK ("stars" BETWEEN -2147483648 AND 2147483647)
) STRICT;
INSERT INTO "purlin_rebuild_notes" ("id", "text", "stars", "mood", "kept")
SELECT "id", "text", "stars", coalesce("mood", 'good'), "kept"
FROM "notes";
DROP TABLE "notes";
ALTER TABLE "purlin_rebuild_notes" RENAME TO "notes";
-- purlin:rebuilt "notes"

-- purlin:foreign-keys off

-- purlin:rebuild {"table":"notes","columns":["id","text","stars","mood","kept"]}
CREATE TABLE "purlin_rebuild_notes" (
  "id"    INT NOT NULL,
  "text"  TEXT NOT NULL DEFAULT 'none',
  "stars" INTEGER NOT NULL DEFAULT 1,
  "mood"  TEXT,
  "kept"  TEXT NOT NULL,
  CONSTRAINT "notes_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "notes_id_type" CHECK ("id" BETWEEN -2147483648 AND 2147483647),
  CONSTRAINT "notes_stars_type" CHECK ("stars" BETWEEN -2147483648 AND 2147483647)
) STRICT;
INSERT INTO "purlin_rebuild_notes" ("id", "text", "stars", "mood", "kept")
SELECT "id", coalesce("text", 'none'), coalesce("stars", 1), "mood", "kept"
FROM "notes";
DROP TABLE "notes";
ALTER TABLE "purlin_rebuild_notes" RENAME TO "notes";
-- purlin:rebuilt "notes"

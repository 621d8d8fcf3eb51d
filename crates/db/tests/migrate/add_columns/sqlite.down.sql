-- purlin:foreign-keys off

DROP INDEX "notes_stars_done_idx";
DROP INDEX "notes_parent_id_idx";
-- purlin:rebuild {"table":"notes","columns":["id","text","stars","done","note","parent_id"]}
CREATE TABLE "purlin_rebuild_notes" (
  "id"   INT NOT NULL,
  "text" TEXT NOT NULL,
  CONSTRAINT "notes_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "notes_id_type" CHECK ("id" BETWEEN -2147483648 AND 2147483647)
) STRICT;
INSERT INTO "purlin_rebuild_notes" ("id", "text")
SELECT "id", "text"
FROM "notes";
DROP TABLE "notes";
ALTER TABLE "purlin_rebuild_notes" RENAME TO "notes";
-- purlin:rebuilt "notes"

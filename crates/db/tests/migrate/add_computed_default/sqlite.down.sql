-- purlin:foreign-keys off

-- purlin:rebuild {"table":"notes","columns":["id","token","at","changed_at","day"]}
CREATE TABLE "purlin_rebuild_notes" (
  "id" INT NOT NULL,
  CONSTRAINT "notes_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "notes_id_type" CHECK ("id" BETWEEN -2147483648 AND 2147483647)
) STRICT;
INSERT INTO "purlin_rebuild_notes" ("id")
SELECT "id"
FROM "notes";
DROP TABLE "notes";
ALTER TABLE "purlin_rebuild_notes" RENAME TO "notes";
-- purlin:rebuilt "notes"

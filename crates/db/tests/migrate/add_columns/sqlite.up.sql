ALTER TABLE "notes" ADD COLUMN "stars" INTEGER NOT NULL DEFAULT 3
  CONSTRAINT "notes_stars_range_check" CHECK ("stars" BETWEEN 0 AND 5)
  CONSTRAINT "notes_stars_type" CHECK ("stars" BETWEEN -2147483648 AND 2147483647);
ALTER TABLE "notes" ADD COLUMN "done" INTEGER NOT NULL DEFAULT 0
  CONSTRAINT "notes_done_type" CHECK ("done" IN (0, 1));
ALTER TABLE "notes" ADD COLUMN "note" TEXT
  CONSTRAINT "notes_note_length_check" CHECK (length("note") <= 10);
ALTER TABLE "notes" ADD COLUMN "parent_id" INTEGER
  CONSTRAINT "notes_parent_id_fkey" REFERENCES "notes" ("id") ON DELETE SET NULL;
CREATE INDEX "notes_stars_done_idx" ON "notes" ("stars", "done");
CREATE INDEX "notes_parent_id_idx" ON "notes" ("parent_id");

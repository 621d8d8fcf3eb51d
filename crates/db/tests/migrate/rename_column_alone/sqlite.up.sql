ALTER TABLE "notes" RENAME COLUMN "text" TO "body";

ALTER TABLE "notes" DROP CONSTRAINT "notes_token_key";
ALTER TABLE "notes" DROP COLUMN "token";
ALTER TABLE "notes" DROP COLUMN "at";
ALTER TABLE "notes" DROP COLUMN "changed_at";
ALTER TABLE "notes" DROP COLUMN "day";

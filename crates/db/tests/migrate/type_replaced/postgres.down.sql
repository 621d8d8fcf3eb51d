ALTER TABLE "things" DROP COLUMN "key";
ALTER TABLE "things" ADD COLUMN "key" boolean NOT NULL DEFAULT true;

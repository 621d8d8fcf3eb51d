ALTER TABLE "things" DROP COLUMN "key";
ALTER TABLE "things" ADD COLUMN "key" uuid NOT NULL DEFAULT gen_random_uuid();

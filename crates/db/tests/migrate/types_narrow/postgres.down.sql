ALTER TABLE "things" ALTER COLUMN "big" TYPE bigint USING "big"::bigint;
ALTER TABLE "things" ALTER COLUMN "price" TYPE numeric(10,3);
ALTER TABLE "things" ALTER COLUMN "text" TYPE text COLLATE "C" USING "text"::text;

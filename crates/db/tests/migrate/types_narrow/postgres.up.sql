ALTER TABLE "things" ALTER COLUMN "big" TYPE smallint USING "big"::smallint;
ALTER TABLE "things" ALTER COLUMN "price" TYPE numeric(10,1);
ALTER TABLE "things" ALTER COLUMN "text" TYPE integer USING "text"::integer;

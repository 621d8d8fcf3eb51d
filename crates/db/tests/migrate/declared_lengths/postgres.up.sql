ALTER TABLE "things" ALTER COLUMN "longer" TYPE character varying(20);
ALTER TABLE "things" ALTER COLUMN "shorter" TYPE character varying(10);
ALTER TABLE "things" ALTER COLUMN "free" TYPE text COLLATE "C";

DROP VIEW "turned";
DROP VIEW "owners";
DROP VIEW "adults";
ALTER TABLE "persons" RENAME TO "people";
ALTER TABLE "people" RENAME COLUMN "label" TO "name";
DROP INDEX "pets_name_idx";

CREATE TABLE "turned" (
  "id"   integer NOT NULL,
  "note" text COLLATE "C",
  CONSTRAINT "turned_pkey" PRIMARY KEY ("id")
);

ALTER TABLE "pets" DROP COLUMN "name";
ALTER TABLE "people" RENAME CONSTRAINT "persons_pkey" TO "people_pkey";

CREATE VIEW "adults" AS
select id, name as who from people where age > 17;

CREATE VIEW "owners" AS
select a.id from adults a join pets p on p.owner_id = a.id;

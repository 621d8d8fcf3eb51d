DROP VIEW "owners";
DROP VIEW "adults";
ALTER TABLE "people" RENAME TO "persons";
ALTER TABLE "persons" RENAME COLUMN "name" TO "label";
DROP TABLE "turned";
ALTER TABLE "pets" ADD COLUMN "name" text COLLATE "C";
ALTER TABLE "persons" RENAME CONSTRAINT "people_pkey" TO "persons_pkey";
CREATE INDEX "pets_name_idx" ON "pets" ("name") WHERE name is not null;

CREATE VIEW "adults" AS
select id, label as who from persons where age > 17;

CREATE VIEW "owners" AS
select a.id from adults a join pets p on p.owner_id = a.id;

CREATE VIEW "turned" AS
select id, who as note from adults;

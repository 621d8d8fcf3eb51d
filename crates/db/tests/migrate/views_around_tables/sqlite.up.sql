-- purlin:foreign-keys off

DROP VIEW "owners";
DROP VIEW "adults";
ALTER TABLE "people" RENAME TO "persons";

-- purlin:rebuild {"table":"persons","columns":["id","name","age"]}
CREATE TABLE "purlin_rebuild_persons" (
  "id"    INT NOT NULL,
  "label" TEXT NOT NULL,
  "age"   INTEGER,
  CONSTRAINT "persons_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "persons_id_type" CHECK ("id" BETWEEN -2147483648 AND 2147483647),
  CONSTRAINT "persons_age_type" CHECK ("age" BETWEEN -2147483648 AND 2147483647)
) STRICT;
INSERT INTO "purlin_rebuild_persons" ("id", "label", "age")
SELECT "id", "name", "age"
FROM "persons";
DROP TABLE "persons";
ALTER TABLE "purlin_rebuild_persons" RENAME TO "persons";
-- purlin:rebuilt "persons"

ALTER TABLE "pets" ADD COLUMN "name" TEXT;
DROP TABLE "turned";
CREATE INDEX "pets_name_idx" ON "pets" ("name") WHERE name is not null;

CREATE VIEW "adults" AS
select id, label as who from persons where age > 17;

CREATE VIEW "owners" AS
select a.id from adults a join pets p on p.owner_id = a.id;

CREATE VIEW "turned" AS
select id, who as note from adults;

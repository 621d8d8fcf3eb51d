-- purlin:foreign-keys off

DROP VIEW "turned";
DROP VIEW "owners";
DROP VIEW "adults";
ALTER TABLE "persons" RENAME TO "people";

-- purlin:rebuild {"table":"people","columns":["id","label","age"]}
CREATE TABLE "purlin_rebuild_people" (
  "id"   INT NOT NULL,
  "name" TEXT NOT NULL,
  "age"  INTEGER,
  CONSTRAINT "people_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "people_id_type" CHECK ("id" BETWEEN -2147483648 AND 2147483647),
  CONSTRAINT "people_age_type" CHECK ("age" BETWEEN -2147483648 AND 2147483647)
) STRICT;
INSERT INTO "purlin_rebuild_people" ("id", "name", "age")
SELECT "id", "label", "age"
FROM "people";
DROP TABLE "people";
ALTER TABLE "purlin_rebuild_people" RENAME TO "people";
-- purlin:rebuilt "people"

DROP INDEX "pets_name_idx";
-- purlin:rebuild {"table":"pets","columns":["id","owner_id","name"]}
CREATE TABLE "purlin_rebuild_pets" (
  "id"       INT NOT NULL,
  "owner_id" INTEGER NOT NULL,
  CONSTRAINT "pets_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "pets_id_type" CHECK ("id" BETWEEN -2147483648 AND 2147483647),
  CONSTRAINT "pets_owner_id_type" CHECK ("owner_id" BETWEEN -2147483648 AND 2147483647)
) STRICT;
INSERT INTO "purlin_rebuild_pets" ("id", "owner_id")
SELECT "id", "owner_id"
FROM "pets";
DROP TABLE "pets";
ALTER TABLE "purlin_rebuild_pets" RENAME TO "pets";
-- purlin:rebuilt "pets"

CREATE TABLE "turned" (
  "id"   INT NOT NULL,
  "note" TEXT,
  CONSTRAINT "turned_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "turned_id_type" CHECK ("id" BETWEEN -2147483648 AND 2147483647)
) STRICT;

CREATE VIEW "adults" AS
select id, name as who from people where age > 17;

CREATE VIEW "owners" AS
select a.id from adults a join pets p on p.owner_id = a.id;

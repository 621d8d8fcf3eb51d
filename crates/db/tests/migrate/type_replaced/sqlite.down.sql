-- purlin:foreign-keys off

-- purlin:rebuild {"table":"things","columns":["id","key"]}
CREATE TABLE "purlin_rebuild_things" (
  "id"  INT NOT NULL,
  "key" INTEGER NOT NULL DEFAULT 1,
  CONSTRAINT "things_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "things_id_type" CHECK ("id" BETWEEN -2147483648 AND 2147483647),
  CONSTRAINT "things_key_type" CHECK ("key" IN (0, 1))
) STRICT;
INSERT INTO "purlin_rebuild_things" ("id")
SELECT "id"
FROM "things";
DROP TABLE "things";
ALTER TABLE "purlin_rebuild_things" RENAME TO "things";
-- purlin:rebuilt "things"

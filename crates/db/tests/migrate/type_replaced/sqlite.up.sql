-- purlin:foreign-keys off

-- purlin:rebuild {"table":"things","columns":["id","key"]}
CREATE TABLE "purlin_rebuild_things" (
  "id"  INT NOT NULL,
  "key" TEXT NOT NULL DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  CONSTRAINT "things_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "things_id_type" CHECK ("id" BETWEEN -2147483648 AND 2147483647),
  CONSTRAINT "things_key_type" CHECK ("key" GLOB '????????-????-????-????-????????????' AND "key" NOT GLOB '*[^-0-9a-f]*')
) STRICT;
INSERT INTO "purlin_rebuild_things" ("id")
SELECT "id"
FROM "things";
DROP TABLE "things";
ALTER TABLE "purlin_rebuild_things" RENAME TO "things";
-- purlin:rebuilt "things"

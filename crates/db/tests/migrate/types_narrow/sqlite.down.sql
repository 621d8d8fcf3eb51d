-- purlin:foreign-keys off

-- purlin:rebuild {"table":"things","columns":["id","big","price","text"]}
CREATE TABLE "purlin_rebuild_things" (
  "id"    INT NOT NULL,
  "big"   INTEGER NOT NULL,
  "price" INTEGER NOT NULL,
  "text"  TEXT NOT NULL,
  CONSTRAINT "things_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "things_id_type" CHECK ("id" BETWEEN -2147483648 AND 2147483647),
  CONSTRAINT "things_price_type" CHECK ("price" BETWEEN -9999999999 AND 9999999999)
) STRICT;
INSERT INTO "purlin_rebuild_things" ("id", "big", "price", "text")
SELECT "id", "big", "price" * 100, CAST("text" AS TEXT)
FROM "things";
DROP TABLE "things";
ALTER TABLE "purlin_rebuild_things" RENAME TO "things";
-- purlin:rebuilt "things"

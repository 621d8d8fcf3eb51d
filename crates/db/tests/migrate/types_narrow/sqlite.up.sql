-- purlin:foreign-keys off

-- purlin:rebuild {"table":"things","columns":["id","big","price","text"]}
CREATE TABLE "purlin_rebuild_things" (
  "id"    INT NOT NULL,
  "big"   INTEGER NOT NULL,
  "price" INTEGER NOT NULL,
  "text"  INTEGER NOT NULL,
  CONSTRAINT "things_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "things_id_type" CHECK ("id" BETWEEN -2147483648 AND 2147483647),
  CONSTRAINT "things_big_type" CHECK ("big" BETWEEN -32768 AND 32767),
  CONSTRAINT "things_price_type" CHECK ("price" BETWEEN -9999999999 AND 9999999999),
  CONSTRAINT "things_text_type" CHECK ("text" BETWEEN -2147483648 AND 2147483647)
) STRICT;
INSERT INTO "purlin_rebuild_things" ("id", "big", "price", "text")
SELECT "id", "big", ("price" + CASE WHEN "price" < 0 THEN -50 ELSE 50 END) / 100, CASE WHEN CAST(CAST("text" AS INTEGER) AS TEXT) = "text" THEN CAST("text" AS INTEGER) ELSE "text" END
FROM "things";
DROP TABLE "things";
ALTER TABLE "purlin_rebuild_things" RENAME TO "things";
-- purlin:rebuilt "things"

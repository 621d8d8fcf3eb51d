-- purlin:foreign-keys off

DROP INDEX "books_title_idx";
DROP INDEX "books_author_id_idx";
-- purlin:rebuild {"table":"books","columns":["id","title","isbn","author_id"]}
CREATE TABLE "purlin_rebuild_books" (
  "id"    INT NOT NULL,
  "title" TEXT NOT NULL,
  CONSTRAINT "books_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "books_id_type" CHECK ("id" BETWEEN -2147483648 AND 2147483647)
) STRICT;
INSERT INTO "purlin_rebuild_books" ("id", "title")
SELECT "id", "title"
FROM "books";
DROP TABLE "books";
ALTER TABLE "purlin_rebuild_books" RENAME TO "books";
-- purlin:rebuilt "books"

DROP TABLE "pages";
DROP TABLE "authors";

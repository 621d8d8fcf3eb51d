-- purlin:foreign-keys off

-- purlin:rebuild {"table":"books","columns":["id","title"]}
CREATE TABLE "purlin_rebuild_books" (
  "id"        INT NOT NULL,
  "title"     TEXT NOT NULL,
  "isbn"      TEXT,
  "author_id" INTEGER,
  CONSTRAINT "books_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "books_isbn_key" UNIQUE ("isbn"),
  CONSTRAINT "books_id_type" CHECK ("id" BETWEEN -2147483648 AND 2147483647),
  CONSTRAINT "books_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "authors" ("id")
) STRICT;
INSERT INTO "purlin_rebuild_books" ("id", "title")
SELECT "id", "title"
FROM "books";
DROP TABLE "books";
ALTER TABLE "purlin_rebuild_books" RENAME TO "books";
CREATE INDEX "books_title_idx" ON "books" ("title");
CREATE INDEX "books_author_id_idx" ON "books" ("author_id");
-- purlin:rebuilt "books"

CREATE TABLE "authors" (
  "id"   INT NOT NULL,
  "name" TEXT NOT NULL,
  CONSTRAINT "authors_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "authors_name_key" UNIQUE ("name"),
  CONSTRAINT "authors_id_type" CHECK ("id" BETWEEN -2147483648 AND 2147483647)
) STRICT;

CREATE TABLE "pages" (
  "id"      INT NOT NULL,
  "book_id" INTEGER NOT NULL,
  CONSTRAINT "pages_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "pages_id_type" CHECK ("id" BETWEEN -2147483648 AND 2147483647),
  CONSTRAINT "pages_book_id_fkey" FOREIGN KEY ("book_id") REFERENCES "books" ("id")
) STRICT;
CREATE INDEX "pages_book_id_idx" ON "pages" ("book_id");

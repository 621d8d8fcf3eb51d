CREATE TABLE "authors" (
  "id"   integer NOT NULL,
  "name" text COLLATE "C" NOT NULL,
  CONSTRAINT "authors_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "authors_name_key" UNIQUE ("name")
);

CREATE TABLE "pages" (
  "id"      integer NOT NULL,
  "book_id" integer NOT NULL,
  CONSTRAINT "pages_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "pages_book_id_idx" ON "pages" ("book_id");
ALTER TABLE "books" ADD COLUMN "isbn" text COLLATE "C";
ALTER TABLE "books" ADD COLUMN "author_id" integer;
ALTER TABLE "books" ADD CONSTRAINT "books_isbn_key" UNIQUE ("isbn");
CREATE INDEX "books_title_idx" ON "books" ("title");
CREATE INDEX "books_author_id_idx" ON "books" ("author_id");
ALTER TABLE "books" ADD CONSTRAINT "books_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "authors" ("id") NOT VALID;
ALTER TABLE "books" VALIDATE CONSTRAINT "books_author_id_fkey";
ALTER TABLE "pages" ADD CONSTRAINT "pages_book_id_fkey" FOREIGN KEY ("book_id") REFERENCES "books" ("id") NOT VALID;
ALTER TABLE "pages" VALIDATE CONSTRAINT "pages_book_id_fkey";

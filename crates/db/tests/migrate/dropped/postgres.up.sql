ALTER TABLE "books" DROP CONSTRAINT "books_author_id_fkey";
DROP TABLE "pages";
DROP TABLE "authors";
DROP INDEX "books_title_idx";
DROP INDEX "books_author_id_idx";
ALTER TABLE "books" DROP CONSTRAINT "books_isbn_key";
ALTER TABLE "books" DROP COLUMN "isbn";
ALTER TABLE "books" DROP COLUMN "author_id";

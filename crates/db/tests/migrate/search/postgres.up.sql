DROP INDEX "gone_words";
DROP INDEX "notes_search";
ALTER TABLE "notes" RENAME COLUMN "title" TO "name";
DROP TABLE "gone";
ALTER TABLE "notes" ALTER COLUMN "weight" TYPE bigint USING "weight"::bigint;
CREATE INDEX "letters_search" ON "letters" USING gin (purlin.search_document("The text"));
CREATE INDEX "notes_search" ON "notes" USING gin (purlin.search_document("name", "body"));

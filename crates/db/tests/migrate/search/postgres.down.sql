DROP INDEX "letters_search";
DROP INDEX "notes_search";
ALTER TABLE "notes" RENAME COLUMN "name" TO "title";

CREATE TABLE "gone" (
  "id"   integer NOT NULL,
  "text" text COLLATE "C",
  CONSTRAINT "gone_pkey" PRIMARY KEY ("id")
);

ALTER TABLE "notes" ALTER COLUMN "weight" TYPE integer USING "weight"::integer;
CREATE INDEX "gone_words" ON "gone" USING gin (purlin.search_document("text"));
CREATE INDEX "notes_search" ON "notes" USING gin (purlin.search_document("title", "body"));

-- purlin:foreign-keys off

DROP TRIGGER "letters_search_insert";
DROP TRIGGER "letters_search_update";
DROP TRIGGER "letters_search_delete";
DROP TABLE "letters_search";
DROP TRIGGER "notes_search_insert";
DROP TRIGGER "notes_search_update";
DROP TRIGGER "notes_search_delete";
DROP TABLE "notes_search";

-- purlin:rebuild {"table":"notes","columns":["id","name","body","weight"]}
CREATE TABLE "purlin_rebuild_notes" (
  "id"     INT NOT NULL,
  "title"  TEXT NOT NULL,
  "body"   TEXT,
  "weight" INTEGER,
  CONSTRAINT "notes_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "notes_id_type" CHECK ("id" BETWEEN -2147483648 AND 2147483647),
  CONSTRAINT "notes_weight_type" CHECK ("weight" BETWEEN -2147483648 AND 2147483647)
) STRICT;
INSERT INTO "purlin_rebuild_notes" ("id", "title", "body", "weight")
SELECT "id", "name", "body", "weight"
FROM "notes";
DROP TABLE "notes";
ALTER TABLE "purlin_rebuild_notes" RENAME TO "notes";
-- purlin:rebuilt "notes"

CREATE TABLE "gone" (
  "id"   INT NOT NULL,
  "text" TEXT,
  CONSTRAINT "gone_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "gone_id_type" CHECK ("id" BETWEEN -2147483648 AND 2147483647)
) STRICT;

CREATE VIRTUAL TABLE "gone_words" USING fts5("text", content = 'gone', content_rowid = 'rowid', tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* Co'");
CREATE TRIGGER "gone_words_insert" AFTER INSERT ON "gone" BEGIN
  INSERT INTO "gone_words" (rowid, "text") VALUES (new.rowid, new."text");
END;
CREATE TRIGGER "gone_words_update" AFTER UPDATE ON "gone" WHEN old.rowid IS NOT new.rowid OR old."text" IS NOT new."text" BEGIN
  INSERT INTO "gone_words" ("gone_words", rowid, "text") VALUES ('delete', old.rowid, old."text");
  INSERT INTO "gone_words" (rowid, "text") VALUES (new.rowid, new."text");
END;
CREATE TRIGGER "gone_words_delete" AFTER DELETE ON "gone" BEGIN
  INSERT INTO "gone_words" ("gone_words", rowid, "text") VALUES ('delete', old.rowid, old."text");
END;
INSERT INTO "gone_words" ("gone_words") VALUES ('rebuild');
CREATE VIRTUAL TABLE "notes_search" USING fts5("title", "body", content = 'notes', content_rowid = 'rowid', tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* Co'");
CREATE TRIGGER "notes_search_insert" AFTER INSERT ON "notes" BEGIN
  INSERT INTO "notes_search" (rowid, "title", "body") VALUES (new.rowid, new."title", new."body");
END;
CREATE TRIGGER "notes_search_update" AFTER UPDATE ON "notes" WHEN old.rowid IS NOT new.rowid OR old."title" IS NOT new."title" OR old."body" IS NOT new."body" BEGIN
  INSERT INTO "notes_search" ("notes_search", rowid, "title", "body") VALUES ('delete', old.rowid, old."title", old."body");
  INSERT INTO "notes_search" (rowid, "title", "body") VALUES (new.rowid, new."title", new."body");
END;
CREATE TRIGGER "notes_search_delete" AFTER DELETE ON "notes" BEGIN
  INSERT INTO "notes_search" ("notes_search", rowid, "title", "body") VALUES ('delete', old.rowid, old."title", old."body");
END;
INSERT INTO "notes_search" ("notes_search") VALUES ('rebuild');

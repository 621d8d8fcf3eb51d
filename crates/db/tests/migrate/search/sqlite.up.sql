-- purlin:foreign-keys off

DROP TRIGGER "gone_words_insert";
DROP TRIGGER "gone_words_update";
DROP TRIGGER "gone_words_delete";
DROP TABLE "gone_words";
DROP TRIGGER "notes_search_insert";
DROP TRIGGER "notes_search_update";
DROP TRIGGER "notes_search_delete";
DROP TABLE "notes_search";

-- purlin:rebuild {"table":"notes","columns":["id","title","body","weight"]}
CREATE TABLE "purlin_rebuild_notes" (
  "id"     INT NOT NULL,
  "name"   TEXT NOT NULL,
  "body"   TEXT,
  "weight" INTEGER,
  CONSTRAINT "notes_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "notes_id_type" CHECK ("id" BETWEEN -2147483648 AND 2147483647)
) STRICT;
INSERT INTO "purlin_rebuild_notes" ("id", "name", "body", "weight")
SELECT "id", "title", "body", "weight"
FROM "notes";
DROP TABLE "notes";
ALTER TABLE "purlin_rebuild_notes" RENAME TO "notes";
-- purlin:rebuilt "notes"

DROP TABLE "gone";
CREATE VIRTUAL TABLE "letters_search" USING fts5("The text", content = 'letters', content_rowid = 'rowid', tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* Co'");
CREATE TRIGGER "letters_search_insert" AFTER INSERT ON "letters" BEGIN
  INSERT INTO "letters_search" (rowid, "The text") VALUES (new.rowid, new."The text");
END;
CREATE TRIGGER "letters_search_update" AFTER UPDATE ON "letters" WHEN old.rowid IS NOT new.rowid OR old."The text" IS NOT new."The text" BEGIN
  INSERT INTO "letters_search" ("letters_search", rowid, "The text") VALUES ('delete', old.rowid, old."The text");
  INSERT INTO "letters_search" (rowid, "The text") VALUES (new.rowid, new."The text");
END;
CREATE TRIGGER "letters_search_delete" AFTER DELETE ON "letters" BEGIN
  INSERT INTO "letters_search" ("letters_search", rowid, "The text") VALUES ('delete', old.rowid, old."The text");
END;
INSERT INTO "letters_search" ("letters_search") VALUES ('rebuild');
CREATE VIRTUAL TABLE "notes_search" USING fts5("name", "body", content = 'notes', content_rowid = 'rowid', tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* Co'");
CREATE TRIGGER "notes_search_insert" AFTER INSERT ON "notes" BEGIN
  INSERT INTO "notes_search" (rowid, "name", "body") VALUES (new.rowid, new."name", new."body");
END;
CREATE TRIGGER "notes_search_update" AFTER UPDATE ON "notes" WHEN old.rowid IS NOT new.rowid OR old."name" IS NOT new."name" OR old."body" IS NOT new."body" BEGIN
  INSERT INTO "notes_search" ("notes_search", rowid, "name", "body") VALUES ('delete', old.rowid, old."name", old."body");
  INSERT INTO "notes_search" (rowid, "name", "body") VALUES (new.rowid, new."name", new."body");
END;
CREATE TRIGGER "notes_search_delete" AFTER DELETE ON "notes" BEGIN
  INSERT INTO "notes_search" ("notes_search", rowid, "name", "body") VALUES ('delete', old.rowid, old."name", old."body");
END;
INSERT INTO "notes_search" ("notes_search") VALUES ('rebuild');

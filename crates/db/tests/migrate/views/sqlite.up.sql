-- purlin:foreign-keys off

DROP VIEW "urgent";
DROP VIEW "open_todos";
DROP VIEW "gone";

-- purlin:rebuild {"table":"todos","columns":["id","title","done","weight"]}
CREATE TABLE "purlin_rebuild_todos" (
  "id"     INT NOT NULL,
  "title"  TEXT NOT NULL,
  "done"   INTEGER NOT NULL,
  "weight" INTEGER,
  CONSTRAINT "todos_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "todos_title_length_check" CHECK (length("title") <= 80),
  CONSTRAINT "todos_id_type" CHECK ("id" BETWEEN -2147483648 AND 2147483647),
  CONSTRAINT "todos_done_type" CHECK ("done" IN (0, 1))
) STRICT;
INSERT INTO "purlin_rebuild_todos" ("id", "title", "done", "weight")
SELECT "id", "title", "done", "weight"
FROM "todos";
DROP TABLE "todos";
ALTER TABLE "purlin_rebuild_todos" RENAME TO "todos";
-- purlin:rebuilt "todos"

CREATE VIEW "open_todos" AS
select id, title from todos where not done;

CREATE VIEW "urgent" AS
select id, title from open_todos where title like '%!' -- with a mark
;

CREATE VIEW "app_Heavy ones" AS
select u.id, t.weight from urgent u join todos t on t.id = u.id;

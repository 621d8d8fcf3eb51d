-- purlin:foreign-keys off

DROP VIEW "app_Heavy ones";
DROP VIEW "urgent";
DROP VIEW "open_todos";

-- purlin:rebuild {"table":"todos","columns":["id","title","done","weight"]}
CREATE TABLE "purlin_rebuild_todos" (
  "id"     INT NOT NULL,
  "title"  TEXT NOT NULL,
  "done"   INTEGER NOT NULL,
  "weight" INTEGER,
  CONSTRAINT "todos_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "todos_id_type" CHECK ("id" BETWEEN -2147483648 AND 2147483647),
  CONSTRAINT "todos_done_type" CHECK ("done" IN (0, 1)),
  CONSTRAINT "todos_weight_type" CHECK ("weight" BETWEEN -2147483648 AND 2147483647)
) STRICT;
INSERT INTO "purlin_rebuild_todos" ("id", "title", "done", "weight")
SELECT "id", "title", "done", "weight"
FROM "todos";
DROP TABLE "todos";
ALTER TABLE "purlin_rebuild_todos" RENAME TO "todos";
-- purlin:rebuilt "todos"

CREATE VIEW "gone" AS
select 2 as two;

CREATE VIEW "open_todos" AS
select id, title from todos where not done;

CREATE VIEW "urgent" AS
select id, title from open_todos where title like '%!' -- with a mark
;

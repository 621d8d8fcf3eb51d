-- purlin:foreign-keys off

DROP INDEX "todos_name_idx";
DROP INDEX "todos_title_idx";
DROP INDEX "todos_title_idx1";
DROP INDEX "todos_weight_idx";
DROP INDEX "todos_weight_name_idx";
-- purlin:rebuild {"table":"todos","columns":["id","title","name","done","weight"]}
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
CREATE INDEX "todos_title_idx" ON "todos" ("title") WHERE weight < 0;
CREATE UNIQUE INDEX "todos_title_idx1" ON "todos" ("title") WHERE weight > 3;
CREATE INDEX "todos_weight_idx" ON "todos" ("weight") WHERE weight is not null;
CREATE INDEX "todos_weight_title_idx" ON "todos" ("weight", "title") WHERE weight > 1 and title <> 'x';
-- purlin:rebuilt "todos"

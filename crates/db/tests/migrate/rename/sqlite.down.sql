-- purlin:foreign-keys off

ALTER TABLE "tasks" RENAME TO "todos";

DROP INDEX "labels_task_id_idx";
-- purlin:rebuild {"table":"labels","columns":["id","task_id"]}
CREATE TABLE "purlin_rebuild_labels" (
  "id"      INT NOT NULL,
  "todo_id" INTEGER NOT NULL,
  CONSTRAINT "labels_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "labels_id_type" CHECK ("id" BETWEEN -2147483648 AND 2147483647),
  CONSTRAINT "labels_todo_id_fkey" FOREIGN KEY ("todo_id") REFERENCES "todos" ("id") ON DELETE CASCADE
) STRICT;
INSERT INTO "purlin_rebuild_labels" ("id", "todo_id")
SELECT "id", "task_id"
FROM "labels";
DROP TABLE "labels";
ALTER TABLE "purlin_rebuild_labels" RENAME TO "labels";
CREATE INDEX "labels_todo_id_idx" ON "labels" ("todo_id");
-- purlin:rebuilt "labels"

DROP INDEX "tasks_name_idx";
DROP INDEX "tasks_parent_id_idx";
-- purlin:rebuild {"table":"todos","columns":["id","name","done","parent_id"]}
CREATE TABLE "purlin_rebuild_todos" (
  "id"        INTEGER NOT NULL,
  "title"     TEXT NOT NULL,
  "done"      INTEGER NOT NULL,
  "parent_id" INTEGER,
  CONSTRAINT "todos_pkey" PRIMARY KEY ("id" AUTOINCREMENT),
  CONSTRAINT "todos_title_length_check" CHECK (length("title") BETWEEN 1 AND 20),
  CONSTRAINT "todos_id_type" CHECK ("id" BETWEEN -2147483648 AND 2147483647),
  CONSTRAINT "todos_done_type" CHECK ("done" IN (0, 1)),
  CONSTRAINT "todos_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "todos" ("id")
) STRICT;
INSERT INTO "purlin_rebuild_todos" ("id", "title", "done", "parent_id")
SELECT "id", "name", "done", "parent_id"
FROM "todos";
DELETE FROM sqlite_sequence WHERE name = 'purlin_rebuild_todos';
INSERT INTO sqlite_sequence (name, seq) SELECT 'purlin_rebuild_todos', seq FROM sqlite_sequence WHERE name = 'todos';
DROP TABLE "todos";
ALTER TABLE "purlin_rebuild_todos" RENAME TO "todos";
CREATE INDEX "todos_title_idx" ON "todos" ("title");
CREATE INDEX "todos_parent_id_idx" ON "todos" ("parent_id");
-- purlin:rebuilt "todos"

-- purlin:foreign-keys off

ALTER TABLE "todos" RENAME TO "tasks";

DROP INDEX "labels_todo_id_idx";
-- purlin:rebuild {"table":"labels","columns":["id","todo_id"]}
CREATE TABLE "purlin_rebuild_labels" (
  "id"      INT NOT NULL,
  "task_id" INTEGER NOT NULL,
  CONSTRAINT "labels_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "labels_id_type" CHECK ("id" BETWEEN -2147483648 AND 2147483647),
  CONSTRAINT "labels_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "tasks" ("id") ON DELETE CASCADE
) STRICT;
INSERT INTO "purlin_rebuild_labels" ("id", "task_id")
SELECT "id", "todo_id"
FROM "labels";
DROP TABLE "labels";
ALTER TABLE "purlin_rebuild_labels" RENAME TO "labels";
CREATE INDEX "labels_task_id_idx" ON "labels" ("task_id");
-- purlin:rebuilt "labels"

DROP INDEX "todos_title_idx";
DROP INDEX "todos_parent_id_idx";
-- purlin:rebuild {"table":"tasks","columns":["id","title","done","parent_id"]}
CREATE TABLE "purlin_rebuild_tasks" (
  "id"        INTEGER NOT NULL,
  "name"      TEXT NOT NULL,
  "done"      INTEGER NOT NULL,
  "parent_id" INTEGER,
  CONSTRAINT "tasks_pkey" PRIMARY KEY ("id" AUTOINCREMENT),
  CONSTRAINT "tasks_name_length_check" CHECK (length("name") BETWEEN 1 AND 20),
  CONSTRAINT "tasks_id_type" CHECK ("id" BETWEEN -2147483648 AND 2147483647),
  CONSTRAINT "tasks_done_type" CHECK ("done" IN (0, 1)),
  CONSTRAINT "tasks_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "tasks" ("id")
) STRICT;
INSERT INTO "purlin_rebuild_tasks" ("id", "name", "done", "parent_id")
SELECT "id", "title", "done", "parent_id"
FROM "tasks";
DELETE FROM sqlite_sequence WHERE name = 'purlin_rebuild_tasks';
INSERT INTO sqlite_sequence (name, seq) SELECT 'purlin_rebuild_tasks', seq FROM sqlite_sequence WHERE name = 'tasks';
DROP TABLE "tasks";
ALTER TABLE "purlin_rebuild_tasks" RENAME TO "tasks";
CREATE INDEX "tasks_name_idx" ON "tasks" ("name");
CREATE INDEX "tasks_parent_id_idx" ON "tasks" ("parent_id");
-- purlin:rebuilt "tasks"

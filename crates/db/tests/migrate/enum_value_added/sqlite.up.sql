-- purlin:foreign-keys off

-- purlin:rebuild {"table":"tasks","columns":["id","status"]}
CREATE TABLE "purlin_rebuild_tasks" (
  "id"     INT NOT NULL,
  "status" TEXT NOT NULL DEFAULT 'todo',
  CONSTRAINT "tasks_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "tasks_status_check" CHECK ("status" IN ('todo', 'doing', 'done')),
  CONSTRAINT "tasks_id_type" CHECK ("id" BETWEEN -2147483648 AND 2147483647)
) STRICT;
INSERT INTO "purlin_rebuild_tasks" ("id", "status")
SELECT "id", "status"
FROM "tasks";
DROP TABLE "tasks";
ALTER TABLE "purlin_rebuild_tasks" RENAME TO "tasks";
-- purlin:rebuilt "tasks"

DROP VIEW "project_progress";
DROP INDEX "tasks_search";

DROP VIEW "project_progress";
DROP TRIGGER "tasks_search_insert";
DROP TRIGGER "tasks_search_update";
DROP TRIGGER "tasks_search_delete";
DROP TABLE "tasks_search";

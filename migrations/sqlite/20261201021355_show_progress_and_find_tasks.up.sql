CREATE VIRTUAL TABLE "tasks_search" USING fts5("title", "body", content = 'tasks', content_rowid = 'rowid', tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* Co'");
CREATE TRIGGER "tasks_search_insert" AFTER INSERT ON "tasks" BEGIN
  INSERT INTO "tasks_search" (rowid, "title", "body") VALUES (new.rowid, new."title", new."body");
END;
CREATE TRIGGER "tasks_search_update" AFTER UPDATE ON "tasks" WHEN old.rowid IS NOT new.rowid OR old."title" IS NOT new."title" OR old."body" IS NOT new."body" BEGIN
  INSERT INTO "tasks_search" ("tasks_search", rowid, "title", "body") VALUES ('delete', old.rowid, old."title", old."body");
  INSERT INTO "tasks_search" (rowid, "title", "body") VALUES (new.rowid, new."title", new."body");
END;
CREATE TRIGGER "tasks_search_delete" AFTER DELETE ON "tasks" BEGIN
  INSERT INTO "tasks_search" ("tasks_search", rowid, "title", "body") VALUES ('delete', old.rowid, old."title", old."body");
END;
INSERT INTO "tasks_search" ("tasks_search") VALUES ('rebuild');

CREATE VIEW "project_progress" AS
select projects.id as project_id, count(tasks.id) as task_count,
  count(case when tasks.status = 'done' then 1 end) as done_count,
  sum(case when tasks.status <> 'done' then tasks.estimate end) as hours_left
from projects left join tasks on tasks.project_id = projects.id
group by projects.id;

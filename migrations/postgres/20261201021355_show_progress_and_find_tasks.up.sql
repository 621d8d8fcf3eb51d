CREATE INDEX "tasks_search" ON "tasks" USING gin (purlin.search_document("title", "body"));

CREATE VIEW "project_progress" AS
select projects.id as project_id, count(tasks.id) as task_count,
  count(case when tasks.status = 'done' then 1 end) as done_count,
  sum(case when tasks.status <> 'done' then tasks.estimate end) as hours_left
from projects left join tasks on tasks.project_id = projects.id
group by projects.id;
COMMENT ON VIEW "project_progress" IS 'How far a project is.';
COMMENT ON COLUMN "project_progress"."hours_left" IS 'The estimates of what is not done, as far as there are any.';

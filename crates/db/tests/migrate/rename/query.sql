SELECT t.id, t.name, t.parent_id, l.id FROM tasks t LEFT JOIN labels l ON l.task_id = t.id ORDER BY t.id

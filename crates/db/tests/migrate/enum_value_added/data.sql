INSERT INTO tasks (id, status) VALUES (1, 'todo'), (2, 'done');

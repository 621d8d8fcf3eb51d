INSERT INTO todos (title, done) VALUES ('a', '0'), ('b', '1'), ('gone', '0');
UPDATE todos SET parent_id = 1 WHERE id = 2;
DELETE FROM todos WHERE id = 3;
INSERT INTO labels (id, todo_id) VALUES (1, 2);

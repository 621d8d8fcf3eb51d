INSERT INTO todos (id, title, done, weight) VALUES (1, 'a', '1', 3), (2, 'a', '0', 4);

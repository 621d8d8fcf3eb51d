INSERT INTO todos (id, title, done, weight) VALUES (1, 'a', '1', 3), (2, 'b!', '0', 4);

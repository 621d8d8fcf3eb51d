INSERT INTO things (id, key) VALUES (1, '1');

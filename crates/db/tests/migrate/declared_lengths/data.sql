INSERT INTO things (id, longer, shorter, free) VALUES (1, 'a', 'b', 'c');

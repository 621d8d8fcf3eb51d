INSERT INTO people (id, name, age) VALUES (1, 'ada', 20), (2, 'bo', 3); INSERT INTO pets (id, owner_id) VALUES (7, 1);

INSERT INTO lonely (id) VALUES (1);

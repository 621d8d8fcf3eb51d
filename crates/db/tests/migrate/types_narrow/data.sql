INSERT INTO things (id, big, price, text) VALUES (1, 12, 1, '-7');

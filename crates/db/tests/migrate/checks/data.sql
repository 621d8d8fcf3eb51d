INSERT INTO notes (id, a, b, text, day) VALUES (1, 1, 2, 'x', '2024-01-01');

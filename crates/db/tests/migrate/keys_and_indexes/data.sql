INSERT INTO notes (id, a, b, c) VALUES (1, 2, 3, 4), (2, 2, 4, 5);
INSERT INTO others (id, note_c) VALUES (1, 4);

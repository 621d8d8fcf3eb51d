INSERT INTO notes (id, text, stars, kept) VALUES (1, NULL, 5, 'k'), (2, 'two', NULL, 'l');

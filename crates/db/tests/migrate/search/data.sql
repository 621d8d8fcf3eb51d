INSERT INTO notes (id, title, body) VALUES (1, 'One Thing', NULL), (5, 'Two', 'things Éa'); INSERT INTO letters (id, "The text") VALUES ('00000000-0000-4000-8000-000000000001', 'dear');

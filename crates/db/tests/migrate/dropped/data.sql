INSERT INTO authors (id, name) VALUES (1, 'A');
INSERT INTO books (id, title, isbn, author_id) VALUES (1, 'T', 'x', 1);
INSERT INTO pages (id, book_id) VALUES (1, 1);

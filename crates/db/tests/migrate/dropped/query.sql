SELECT * FROM books

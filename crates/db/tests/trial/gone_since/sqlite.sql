-- SQLite takes a view of a column that there is not.
DROP VIEW titles;
CREATE VIEW titles AS SELECT id, title FROM notes WHERE subtitle = 'x';

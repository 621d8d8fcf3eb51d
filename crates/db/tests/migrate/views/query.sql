SELECT u.id, u.title, o.title FROM urgent u JOIN open_todos o ON o.id = u.id

SELECT n.a, n.b, n.c, n.id FROM notes n ORDER BY n.a, n.b

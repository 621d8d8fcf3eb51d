SELECT id FROM todos WHERE weight > 3 AND title = 'a'

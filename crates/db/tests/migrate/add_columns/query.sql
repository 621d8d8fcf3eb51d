SELECT id, text, stars, note, parent_id FROM notes ORDER BY id

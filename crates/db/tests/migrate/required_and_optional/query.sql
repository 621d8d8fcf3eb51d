SELECT id, text, stars, mood, kept FROM notes ORDER BY id

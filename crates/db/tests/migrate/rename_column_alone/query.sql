SELECT id, body FROM notes

SELECT count(DISTINCT token), count(at), count(changed_at), count(day) FROM notes

SELECT t.id, t.note, o.id FROM turned t LEFT JOIN owners o ON o.id = t.id ORDER BY 1

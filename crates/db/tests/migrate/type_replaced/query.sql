SELECT id, length(CAST(key AS text)) FROM things

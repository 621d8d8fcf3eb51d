SELECT id, big, text FROM things

SELECT * FROM things

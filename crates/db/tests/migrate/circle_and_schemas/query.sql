SELECT * FROM lonely

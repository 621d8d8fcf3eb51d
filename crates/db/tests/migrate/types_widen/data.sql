INSERT INTO things (id, small, price, big, at, day, flag, text_of) VALUES (1, 2, 1, 1, '2024-01-02T03:04:05.000006', '2024-02-29', '1', 7);
UPDATE things SET price = price * 125, big = big * -5;

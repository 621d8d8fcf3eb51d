-- `@updated_at` is in no input; the cases want a time they know.
UPDATE reviews SET updated_at = '2020-01-01T00:00:00.000000Z';

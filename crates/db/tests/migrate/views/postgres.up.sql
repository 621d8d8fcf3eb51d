DROP VIEW "urgent";
DROP VIEW "open_todos";
DROP VIEW "gone";
CREATE SCHEMA IF NOT EXISTS "app";
ALTER TABLE "todos" ALTER COLUMN "weight" TYPE bigint USING "weight"::bigint;
ALTER TABLE "todos" ADD CONSTRAINT "todos_title_length_check" CHECK (char_length("title") <= 80) NOT VALID;
ALTER TABLE "todos" VALIDATE CONSTRAINT "todos_title_length_check";

CREATE VIEW "open_todos" AS
select id, title from todos where not done;
COMMENT ON VIEW "open_todos" IS 'What is to be done.';
COMMENT ON COLUMN "open_todos"."title" IS 'As it was typed.';

CREATE VIEW "urgent" AS
select id, title from open_todos where title like '%!' -- with a mark
;

CREATE VIEW "app"."Heavy ones" AS
select u.id, t.weight from urgent u join todos t on t.id = u.id;

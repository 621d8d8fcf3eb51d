DROP VIEW "app"."Heavy ones";
DROP VIEW "urgent";
DROP VIEW "open_todos";
ALTER TABLE "todos" DROP CONSTRAINT "todos_title_length_check";
ALTER TABLE "todos" ALTER COLUMN "weight" TYPE integer USING "weight"::integer;

CREATE VIEW "gone" AS
select 2 as two;

CREATE VIEW "open_todos" AS
select id, title from todos where not done;
COMMENT ON VIEW "open_todos" IS 'What is to be done.';
COMMENT ON COLUMN "open_todos"."title" IS 'As it was typed.';

CREATE VIEW "urgent" AS
select id, title from open_todos where title like '%!' -- with a mark
;

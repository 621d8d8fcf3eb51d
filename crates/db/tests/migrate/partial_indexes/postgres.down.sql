DROP INDEX "todos_name_idx";
DROP INDEX "todos_title_idx";
DROP INDEX "todos_weight_idx";
DROP INDEX "todos_weight_name_idx";
ALTER TABLE "todos" DROP COLUMN "name";
CREATE INDEX "todos_title_idx" ON "todos" ("title") WHERE weight < 0;
CREATE INDEX "todos_weight_idx" ON "todos" ("weight") WHERE weight is not null;
CREATE INDEX "todos_weight_title_idx" ON "todos" ("weight", "title") WHERE weight > 1 and title <> 'x';

DROP INDEX "todos_title_idx";
DROP INDEX "todos_weight_idx";
DROP INDEX "todos_weight_title_idx";
ALTER TABLE "todos" ADD COLUMN "name" TEXT;
CREATE INDEX "todos_name_idx" ON "todos" ("name") WHERE name like 'a%';
CREATE INDEX "todos_title_idx" ON "todos" ("title") WHERE weight < 1;
CREATE INDEX "todos_weight_idx" ON "todos" ("weight");
CREATE INDEX "todos_weight_name_idx" ON "todos" ("weight", "name") WHERE weight > 1 and "name" <> 'x';

ALTER TABLE "tasks" DROP CONSTRAINT "tasks_status_check";
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_status_check" CHECK ("status" IN ('todo', 'done')) NOT VALID;
ALTER TABLE "tasks" VALIDATE CONSTRAINT "tasks_status_check";

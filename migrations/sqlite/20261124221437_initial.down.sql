-- purlin:foreign-keys off

DROP TABLE "time_entries";
DROP TABLE "task_labels";
DROP TABLE "comments";
DROP TABLE "tasks";
DROP TABLE "projects";
DROP TABLE "members";
DROP TABLE "labels";
DROP TABLE "people";
DROP TABLE "organisations";

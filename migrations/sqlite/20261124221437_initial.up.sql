CREATE TABLE "organisations" (
  "id"         TEXT NOT NULL DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "name"       TEXT NOT NULL,
  "slug"       TEXT NOT NULL,
  "created_at" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
  CONSTRAINT "organisations_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "organisations_slug_key" UNIQUE ("slug"),
  CONSTRAINT "organisations_name_length_check" CHECK (length("name") BETWEEN 1 AND 120),
  CONSTRAINT "organisations_id_type" CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^-0-9a-f]*'),
  CONSTRAINT "organisations_created_at_type" CHECK ("created_at" GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')
) STRICT;

CREATE TABLE "people" (
  "id"         TEXT NOT NULL DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "name"       TEXT NOT NULL,
  "email"      TEXT NOT NULL,
  "settings"   TEXT NOT NULL DEFAULT '{"theme": "light", "digest": true}',
  "created_at" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
  "updated_at" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
  CONSTRAINT "people_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "people_email_key" UNIQUE ("email"),
  CONSTRAINT "people_name_length_check" CHECK (length("name") BETWEEN 1 AND 120),
  CONSTRAINT "people_email_length_check" CHECK (length("email") <= 254),
  CONSTRAINT "people_id_type" CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^-0-9a-f]*'),
  CONSTRAINT "people_settings_type" CHECK (json_valid("settings")),
  CONSTRAINT "people_created_at_type" CHECK ("created_at" GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
  CONSTRAINT "people_updated_at_type" CHECK ("updated_at" GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')
) STRICT;

CREATE TABLE "labels" (
  "id"              TEXT NOT NULL DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "organisation_id" TEXT NOT NULL,
  "name"            TEXT NOT NULL,
  "color"           TEXT NOT NULL DEFAULT '#888888',
  CONSTRAINT "labels_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "labels_organisation_id_name_key" UNIQUE ("organisation_id", "name"),
  CONSTRAINT "labels_name_length_check" CHECK (length("name") BETWEEN 1 AND 40),
  CONSTRAINT "labels_id_type" CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^-0-9a-f]*'),
  CONSTRAINT "labels_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisations" ("id") ON DELETE CASCADE
) STRICT;

CREATE TABLE "members" (
  "organisation_id" TEXT NOT NULL,
  "person_id"       TEXT NOT NULL,
  "role"            TEXT NOT NULL DEFAULT 'worker',
  "joined_at"       TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
  CONSTRAINT "members_pkey" PRIMARY KEY ("organisation_id", "person_id"),
  CONSTRAINT "members_role_check" CHECK ("role" IN ('guest', 'worker', 'manager')),
  CONSTRAINT "members_joined_at_type" CHECK ("joined_at" GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
  CONSTRAINT "members_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisations" ("id") ON DELETE CASCADE,
  CONSTRAINT "members_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people" ("id") ON DELETE CASCADE
) STRICT;

CREATE TABLE "projects" (
  "id"              TEXT NOT NULL DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "organisation_id" TEXT NOT NULL,
  "owner_id"        TEXT NOT NULL,
  "name"            TEXT NOT NULL,
  "description"     TEXT NOT NULL DEFAULT '',
  "public"          INTEGER NOT NULL DEFAULT 0,
  "budget"          INTEGER,
  "starts_on"       TEXT,
  "ends_on"         TEXT,
  "created_at"      TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
  "updated_at"      TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
  CONSTRAINT "projects_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "projects_organisation_id_name_key" UNIQUE ("organisation_id", "name"),
  CONSTRAINT "projects_name_length_check" CHECK (length("name") BETWEEN 1 AND 120),
  CONSTRAINT "projects_budget_range_check" CHECK ("budget" >= 0),
  CONSTRAINT "projects_ends_after_start" CHECK (starts_on <= ends_on),
  CONSTRAINT "projects_id_type" CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^-0-9a-f]*'),
  CONSTRAINT "projects_public_type" CHECK ("public" IN (0, 1)),
  CONSTRAINT "projects_budget_type" CHECK ("budget" BETWEEN -999999999999 AND 999999999999),
  CONSTRAINT "projects_starts_on_type" CHECK ("starts_on" GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
  CONSTRAINT "projects_ends_on_type" CHECK ("ends_on" GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
  CONSTRAINT "projects_created_at_type" CHECK ("created_at" GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
  CONSTRAINT "projects_updated_at_type" CHECK ("updated_at" GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
  CONSTRAINT "projects_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisations" ("id") ON DELETE CASCADE,
  CONSTRAINT "projects_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "people" ("id") ON DELETE RESTRICT
) STRICT;

CREATE TABLE "tasks" (
  "id"          TEXT NOT NULL DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "project_id"  TEXT NOT NULL,
  "parent_id"   TEXT,
  "assignee_id" TEXT,
  "title"       TEXT NOT NULL,
  "body"        TEXT NOT NULL DEFAULT '',
  "status"      TEXT NOT NULL DEFAULT 'todo',
  "priority"    INTEGER NOT NULL DEFAULT 3,
  "estimate"    INTEGER,
  "due_on"      TEXT,
  "created_at"  TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
  "updated_at"  TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
  CONSTRAINT "tasks_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "tasks_title_length_check" CHECK (length("title") BETWEEN 1 AND 200),
  CONSTRAINT "tasks_status_check" CHECK ("status" IN ('todo', 'doing', 'review', 'done')),
  CONSTRAINT "tasks_priority_range_check" CHECK ("priority" BETWEEN 1 AND 5),
  CONSTRAINT "tasks_estimate_range_check" CHECK ("estimate" >= 0),
  CONSTRAINT "tasks_id_type" CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^-0-9a-f]*'),
  CONSTRAINT "tasks_priority_type" CHECK ("priority" BETWEEN -32768 AND 32767),
  CONSTRAINT "tasks_estimate_type" CHECK ("estimate" BETWEEN -99999999 AND 99999999),
  CONSTRAINT "tasks_due_on_type" CHECK ("due_on" GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
  CONSTRAINT "tasks_created_at_type" CHECK ("created_at" GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
  CONSTRAINT "tasks_updated_at_type" CHECK ("updated_at" GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
  CONSTRAINT "tasks_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects" ("id") ON DELETE CASCADE,
  CONSTRAINT "tasks_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "tasks" ("id") ON DELETE SET NULL,
  CONSTRAINT "tasks_assignee_id_fkey" FOREIGN KEY ("assignee_id") REFERENCES "people" ("id") ON DELETE SET NULL
) STRICT;

CREATE TABLE "comments" (
  "id"         TEXT NOT NULL DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "task_id"    TEXT NOT NULL,
  "author_id"  TEXT NOT NULL,
  "body"       TEXT NOT NULL,
  "created_at" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
  "updated_at" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
  CONSTRAINT "comments_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "comments_body_length_check" CHECK (length("body") BETWEEN 1 AND 10000),
  CONSTRAINT "comments_id_type" CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^-0-9a-f]*'),
  CONSTRAINT "comments_created_at_type" CHECK ("created_at" GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
  CONSTRAINT "comments_updated_at_type" CHECK ("updated_at" GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
  CONSTRAINT "comments_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "tasks" ("id") ON DELETE CASCADE,
  CONSTRAINT "comments_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "people" ("id") ON DELETE CASCADE
) STRICT;

CREATE TABLE "task_labels" (
  "task_id"  TEXT NOT NULL,
  "label_id" TEXT NOT NULL,
  CONSTRAINT "task_labels_pkey" PRIMARY KEY ("task_id", "label_id"),
  CONSTRAINT "task_labels_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "tasks" ("id") ON DELETE CASCADE,
  CONSTRAINT "task_labels_label_id_fkey" FOREIGN KEY ("label_id") REFERENCES "labels" ("id") ON DELETE CASCADE
) STRICT;

CREATE TABLE "time_entries" (
  "id"         INTEGER NOT NULL,
  "task_id"    TEXT NOT NULL,
  "person_id"  TEXT NOT NULL,
  "started_at" TEXT NOT NULL,
  "minutes"    INTEGER NOT NULL,
  "note"       TEXT,
  CONSTRAINT "time_entries_pkey" PRIMARY KEY ("id" AUTOINCREMENT),
  CONSTRAINT "time_entries_minutes_range_check" CHECK ("minutes" BETWEEN 1 AND 1440),
  CONSTRAINT "time_entries_started_at_type" CHECK ("started_at" GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
  CONSTRAINT "time_entries_minutes_type" CHECK ("minutes" BETWEEN -2147483648 AND 2147483647),
  CONSTRAINT "time_entries_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "tasks" ("id") ON DELETE CASCADE,
  CONSTRAINT "time_entries_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people" ("id") ON DELETE CASCADE
) STRICT;

CREATE INDEX "members_person_id_idx" ON "members" ("person_id");
CREATE INDEX "projects_owner_id_idx" ON "projects" ("owner_id");
CREATE INDEX "tasks_project_id_status_idx" ON "tasks" ("project_id", "status");
CREATE INDEX "tasks_parent_id_idx" ON "tasks" ("parent_id");
CREATE INDEX "tasks_assignee_id_idx" ON "tasks" ("assignee_id");
CREATE INDEX "comments_task_id_idx" ON "comments" ("task_id");
CREATE INDEX "comments_author_id_idx" ON "comments" ("author_id");
CREATE INDEX "task_labels_label_id_idx" ON "task_labels" ("label_id");
CREATE INDEX "time_entries_person_id_started_at_idx" ON "time_entries" ("person_id", "started_at");
CREATE INDEX "time_entries_task_id_idx" ON "time_entries" ("task_id");

CREATE TABLE "organisations" (
  "id"         uuid NOT NULL DEFAULT gen_random_uuid(),
  "name"       text COLLATE "C" NOT NULL,
  "slug"       text COLLATE "C" NOT NULL,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT "organisations_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "organisations_slug_key" UNIQUE ("slug"),
  CONSTRAINT "organisations_name_length_check" CHECK (char_length("name") BETWEEN 1 AND 120)
);

CREATE TABLE "people" (
  "id"         uuid NOT NULL DEFAULT gen_random_uuid(),
  "name"       text COLLATE "C" NOT NULL,
  "email"      text COLLATE "C" NOT NULL,
  "settings"   jsonb NOT NULL DEFAULT '{"theme": "light", "digest": true}',
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT "people_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "people_email_key" UNIQUE ("email"),
  CONSTRAINT "people_name_length_check" CHECK (char_length("name") BETWEEN 1 AND 120),
  CONSTRAINT "people_email_length_check" CHECK (char_length("email") <= 254)
);

CREATE TABLE "labels" (
  "id"              uuid NOT NULL DEFAULT gen_random_uuid(),
  "organisation_id" uuid NOT NULL,
  "name"            text COLLATE "C" NOT NULL,
  "color"           text COLLATE "C" NOT NULL DEFAULT '#888888',
  CONSTRAINT "labels_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "labels_organisation_id_name_key" UNIQUE ("organisation_id", "name"),
  CONSTRAINT "labels_name_length_check" CHECK (char_length("name") BETWEEN 1 AND 40),
  CONSTRAINT "labels_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisations" ("id") ON DELETE CASCADE
);

CREATE TABLE "members" (
  "organisation_id" uuid NOT NULL,
  "person_id"       uuid NOT NULL,
  "role"            text COLLATE "C" NOT NULL DEFAULT 'worker',
  "joined_at"       timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT "members_pkey" PRIMARY KEY ("organisation_id", "person_id"),
  CONSTRAINT "members_role_check" CHECK ("role" IN ('guest', 'worker', 'manager')),
  CONSTRAINT "members_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisations" ("id") ON DELETE CASCADE,
  CONSTRAINT "members_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people" ("id") ON DELETE CASCADE
);
CREATE INDEX "members_person_id_idx" ON "members" ("person_id");

CREATE TABLE "projects" (
  "id"              uuid NOT NULL DEFAULT gen_random_uuid(),
  "organisation_id" uuid NOT NULL,
  "owner_id"        uuid NOT NULL,
  "name"            text COLLATE "C" NOT NULL,
  "description"     text COLLATE "C" NOT NULL DEFAULT '',
  "public"          boolean NOT NULL DEFAULT false,
  "budget"          numeric(12,2),
  "starts_on"       date,
  "ends_on"         date,
  "created_at"      timestamp with time zone NOT NULL DEFAULT now(),
  "updated_at"      timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT "projects_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "projects_organisation_id_name_key" UNIQUE ("organisation_id", "name"),
  CONSTRAINT "projects_name_length_check" CHECK (char_length("name") BETWEEN 1 AND 120),
  CONSTRAINT "projects_budget_range_check" CHECK ("budget" >= 0),
  CONSTRAINT "projects_ends_after_start" CHECK (starts_on <= ends_on),
  CONSTRAINT "projects_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisations" ("id") ON DELETE CASCADE,
  CONSTRAINT "projects_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "people" ("id") ON DELETE RESTRICT
);
CREATE INDEX "projects_owner_id_idx" ON "projects" ("owner_id");

CREATE TABLE "tasks" (
  "id"          uuid NOT NULL DEFAULT gen_random_uuid(),
  "project_id"  uuid NOT NULL,
  "parent_id"   uuid,
  "assignee_id" uuid,
  "title"       text COLLATE "C" NOT NULL,
  "body"        text COLLATE "C" NOT NULL DEFAULT '',
  "status"      text COLLATE "C" NOT NULL DEFAULT 'todo',
  "priority"    smallint NOT NULL DEFAULT 3,
  "estimate"    numeric(8,2),
  "due_on"      date,
  "created_at"  timestamp with time zone NOT NULL DEFAULT now(),
  "updated_at"  timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT "tasks_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "tasks_title_length_check" CHECK (char_length("title") BETWEEN 1 AND 200),
  CONSTRAINT "tasks_status_check" CHECK ("status" IN ('todo', 'doing', 'review', 'done')),
  CONSTRAINT "tasks_priority_range_check" CHECK ("priority" BETWEEN 1 AND 5),
  CONSTRAINT "tasks_estimate_range_check" CHECK ("estimate" >= 0),
  CONSTRAINT "tasks_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects" ("id") ON DELETE CASCADE,
  CONSTRAINT "tasks_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "tasks" ("id") ON DELETE SET NULL,
  CONSTRAINT "tasks_assignee_id_fkey" FOREIGN KEY ("assignee_id") REFERENCES "people" ("id") ON DELETE SET NULL
);
CREATE INDEX "tasks_project_id_status_idx" ON "tasks" ("project_id", "status");
CREATE INDEX "tasks_parent_id_idx" ON "tasks" ("parent_id");
CREATE INDEX "tasks_assignee_id_idx" ON "tasks" ("assignee_id");

CREATE TABLE "comments" (
  "id"         uuid NOT NULL DEFAULT gen_random_uuid(),
  "task_id"    uuid NOT NULL,
  "author_id"  uuid NOT NULL,
  "body"       text COLLATE "C" NOT NULL,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT "comments_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "comments_body_length_check" CHECK (char_length("body") BETWEEN 1 AND 10000),
  CONSTRAINT "comments_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "tasks" ("id") ON DELETE CASCADE,
  CONSTRAINT "comments_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "people" ("id") ON DELETE CASCADE
);
CREATE INDEX "comments_task_id_idx" ON "comments" ("task_id");
CREATE INDEX "comments_author_id_idx" ON "comments" ("author_id");

CREATE TABLE "task_labels" (
  "task_id"  uuid NOT NULL,
  "label_id" uuid NOT NULL,
  CONSTRAINT "task_labels_pkey" PRIMARY KEY ("task_id", "label_id"),
  CONSTRAINT "task_labels_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "tasks" ("id") ON DELETE CASCADE,
  CONSTRAINT "task_labels_label_id_fkey" FOREIGN KEY ("label_id") REFERENCES "labels" ("id") ON DELETE CASCADE
);
CREATE INDEX "task_labels_label_id_idx" ON "task_labels" ("label_id");

CREATE TABLE "time_entries" (
  "id"         bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY,
  "task_id"    uuid NOT NULL,
  "person_id"  uuid NOT NULL,
  "started_at" timestamp with time zone NOT NULL,
  "minutes"    integer NOT NULL,
  "note"       text COLLATE "C",
  CONSTRAINT "time_entries_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "time_entries_minutes_range_check" CHECK ("minutes" BETWEEN 1 AND 1440),
  CONSTRAINT "time_entries_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "tasks" ("id") ON DELETE CASCADE,
  CONSTRAINT "time_entries_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people" ("id") ON DELETE CASCADE
);
CREATE INDEX "time_entries_person_id_started_at_idx" ON "time_entries" ("person_id", "started_at");
CREATE INDEX "time_entries_task_id_idx" ON "time_entries" ("task_id");
COMMENT ON TABLE "comments" IS 'What somebody said about a task.';
COMMENT ON TABLE "labels" IS 'A coloured word to sort tasks by.';
COMMENT ON TABLE "members" IS 'That a person belongs to an organisation. Two `@id` make one key of two columns.';
COMMENT ON TABLE "organisations" IS 'A company, a club, a family: whoever plans work together.';
COMMENT ON COLUMN "organisations"."id" IS 'Keys are UUIDs that sort by time; Purlin fills them in.';
COMMENT ON COLUMN "organisations"."slug" IS 'Part of addresses: lower case, digits and hyphens.';
COMMENT ON TABLE "people" IS 'Somebody who works here.';
COMMENT ON COLUMN "people"."settings" IS 'What the person likes to be told about.';
COMMENT ON TABLE "projects" IS 'Work with a name, an owner and an end.';
COMMENT ON COLUMN "projects"."public" IS 'Visible to everybody, signed in or not.';
COMMENT ON COLUMN "projects"."budget" IS 'Exact decimals: at most 12 digits, two of them after the point.';
COMMENT ON TABLE "task_labels" IS 'Which task bears which label.';
COMMENT ON TABLE "tasks" IS 'Something to be done.';
COMMENT ON COLUMN "tasks"."priority" IS '1 is most urgent.';
COMMENT ON COLUMN "tasks"."estimate" IS 'Hours.';
COMMENT ON TABLE "time_entries" IS 'Time spent on a task.';

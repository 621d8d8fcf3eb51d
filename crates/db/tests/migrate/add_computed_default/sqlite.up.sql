-- purlin:rebuild {"table":"notes","columns":["id"]}
CREATE TABLE "purlin_rebuild_notes" (
  "id"         INT NOT NULL,
  "token"      TEXT NOT NULL DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "at"         TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
  "changed_at" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000', 'now')),
  "day"        TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d', 'now')),
  CONSTRAINT "notes_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "notes_token_key" UNIQUE ("token"),
  CONSTRAINT "notes_id_type" CHECK ("id" BETWEEN -2147483648 AND 2147483647),
  CONSTRAINT "notes_token_type" CHECK ("token" LIKE '________-____-____-____-____________' AND length(replace("token", '-', '')) = 32 AND "token" NOT GLOB '*[^-0-9a-f]*'),
  CONSTRAINT "notes_at_type" CHECK ("at" >= '0001' AND strftime('%Y-%m-%dT%H:%M:%S', substr("at", 1, 19)) IS substr("at", 1, 19) AND substr("at", 20) GLOB '.[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
  CONSTRAINT "notes_changed_at_type" CHECK ("changed_at" >= '0001' AND strftime('%Y-%m-%dT%H:%M:%S', substr("changed_at", 1, 19)) IS substr("changed_at", 1, 19) AND substr("changed_at", 20) GLOB '.[0-9][0-9][0-9][0-9][0-9][0-9]'),
  CONSTRAINT "notes_day_type" CHECK ("day" >= '0001' AND strftime('%Y-%m-%d', "day") IS "day")
) STRICT;
INSERT INTO "purlin_rebuild_notes" ("id")
SELECT "id"
FROM "notes";
DROP TABLE "notes";
ALTER TABLE "purlin_rebuild_notes" RENAME TO "notes";
-- purlin:rebuilt "notes"

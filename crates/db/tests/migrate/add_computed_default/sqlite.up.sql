-- purlin:foreign-keys off

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
  CONSTRAINT "notes_token_type" CHECK ("token" GLOB '????????-????-????-????-????????????' AND "token" NOT GLOB '*[^-0-9a-f]*'),
  CONSTRAINT "notes_at_type" CHECK ("at" GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
  CONSTRAINT "notes_changed_at_type" CHECK ("changed_at" GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]'),
  CONSTRAINT "notes_day_type" CHECK ("day" GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')
) STRICT;
INSERT INTO "purlin_rebuild_notes" ("id")
SELECT "id"
FROM "notes";
DROP TABLE "notes";
ALTER TABLE "purlin_rebuild_notes" RENAME TO "notes";
-- purlin:rebuilt "notes"

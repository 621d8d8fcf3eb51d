CREATE TABLE "covers" (
  "id"       INT NOT NULL,
  "album_id" TEXT NOT NULL,
  CONSTRAINT "covers_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "covers_id_type" CHECK ("id" BETWEEN -2147483648 AND 2147483647),
  CONSTRAINT "covers_album_id_fkey" FOREIGN KEY ("album_id") REFERENCES "music_albums" ("id") ON DELETE CASCADE
) STRICT;

CREATE TABLE "music_albums" (
  "id"       TEXT NOT NULL DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "cover_id" INTEGER,
  "tags"     TEXT NOT NULL DEFAULT '["new","it''s"]',
  "document" TEXT DEFAULT '{"b": 1, "aa": null}',
  "size"     TEXT COLLATE decimal,
  "exact"    TEXT COLLATE decimal DEFAULT '1.50',
  "ratio"    REAL NOT NULL DEFAULT 0.5,
  "data"     BLOB,
  "time"     TEXT,
  CONSTRAINT "albums_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "music_albums_id_type" CHECK ("id" GLOB '????????-????-????-????-????????????' AND "id" NOT GLOB '*[^-0-9a-f]*'),
  CONSTRAINT "music_albums_tags_type" CHECK (json_valid("tags") AND "tags" GLOB '[[]*'),
  CONSTRAINT "music_albums_document_type" CHECK (json_valid("document")),
  CONSTRAINT "music_albums_size_type" CHECK ("size" GLOB '*[0-9]*' AND "size" NOT GLOB '*[^-.0-9]*'),
  CONSTRAINT "music_albums_exact_type" CHECK ("exact" GLOB '*[0-9]*' AND "exact" NOT GLOB '*[^-.0-9]*' AND length(ltrim(substr("exact", 1, instr("exact" || '.', '.') - 1), '-0')) <= 18 AND length("exact") - instr("exact" || '.', '.') <= 2),
  CONSTRAINT "music_albums_time_type" CHECK ("time" GLOB '[0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]'),
  CONSTRAINT "albums_cover_id_fkey" FOREIGN KEY ("cover_id") REFERENCES "covers" ("id")
) STRICT;

CREATE INDEX "covers_album_id_idx" ON "covers" ("album_id");
CREATE INDEX "albums_cover_id_idx" ON "music_albums" ("cover_id");

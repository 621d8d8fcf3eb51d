CREATE SCHEMA IF NOT EXISTS "music";

CREATE TABLE "music"."albums" (
  "id"       uuid NOT NULL DEFAULT gen_random_uuid(),
  "cover_id" integer,
  "tags"     text[] COLLATE "C" NOT NULL DEFAULT '{"new","it''s"}',
  "document" jsonb DEFAULT '{"b": 1, "aa": null}',
  "size"     numeric,
  "exact"    numeric(20,2) DEFAULT '1.5',
  "ratio"    double precision NOT NULL DEFAULT 0.5,
  "data"     bytea,
  "time"     time without time zone,
  CONSTRAINT "albums_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "albums_cover_id_idx" ON "music"."albums" ("cover_id");

CREATE TABLE "covers" (
  "id"       integer NOT NULL,
  "album_id" uuid NOT NULL,
  CONSTRAINT "covers_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "covers_album_id_fkey" FOREIGN KEY ("album_id") REFERENCES "music"."albums" ("id") ON DELETE CASCADE
);
CREATE INDEX "covers_album_id_idx" ON "covers" ("album_id");
ALTER TABLE "music"."albums" ADD CONSTRAINT "albums_cover_id_fkey" FOREIGN KEY ("cover_id") REFERENCES "covers" ("id") NOT VALID;
ALTER TABLE "music"."albums" VALIDATE CONSTRAINT "albums_cover_id_fkey";
COMMENT ON TABLE "music"."albums" IS 'Albums.';

ALTER TABLE "music"."albums" DROP CONSTRAINT "albums_cover_id_fkey";
DROP TABLE "covers";
DROP TABLE "music"."albums";

DROP TABLE "music_albums";
DROP TABLE "covers";

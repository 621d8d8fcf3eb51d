-- purlin:foreign-keys off

DROP TABLE "music_albums";
DROP TABLE "covers";

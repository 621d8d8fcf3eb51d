SELECT id, small, count, flag, text_of FROM things

create schema music;
create function search_albums(search text, first_year integer default 1972) returns setof albums language sql stable as
  $$ select * from albums where title like '%' || search || '%' and year >= first_year order by id $$;
create function music.since(year integer) returns setof albums language sql stable as
  $$ select * from albums where albums.year >= since.year order by id $$;
create function albums_between(integer, integer default 1980, word text default '') returns setof albums language sql stable as
  $$ select * from albums where year between $1 and $2 and title like '%' || word || '%' order by id $$;
create function newest_album() returns albums language sql stable as
  $$ select * from albums order by year desc limit 1 $$;
create function album_of(id integer) returns albums language sql stable as
  $$ select * from albums where albums.id = album_of.id $$;
create function my_albums(hasura_session json) returns setof albums language sql stable as
  $$ select * from albums where artist_id = (hasura_session ->> 'x-hasura-user-id')::integer
     and hasura_session ->> 'x-hasura-role' = 'reader' order by id $$;
create function albums_beside(album albums) returns setof albums language sql stable as
  $$ select * from albums where albums.artist_id = (album).artist_id and albums.id <> (album).id order by id $$;
create function all_albums() returns setof albums language sql stable as $$ select * from albums order by id $$;
create function publish_albums(artist integer) returns setof albums language sql volatile as
  $$ update albums set public = true, title = title || '!' where artist_id = artist returning * $$;
create function hide_album(album integer, session jsonb) returns albums language sql volatile as
  $$ update albums set public = false, secret = session ->> 'x-hasura-role' where id = album returning * $$;

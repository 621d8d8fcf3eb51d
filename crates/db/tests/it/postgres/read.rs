//! Plans that read: nesting, roots, bounds, errors.

use purlin_db::DatabaseError;

use super::*;

const MUSIC: &str = "
    create table artist (id integer primary key, name text);
    create table album (id bigint primary key, artist_id int references artist, title text);
    create table track (album_id bigint, number int, title text);
    insert into artist values (1, 'AC/DC'), (2, 'Nobody'), (3, 'The \"Quotes\"');
    insert into album values (10, 1, 'Powerage'), (11, 1, 'Highway to Hell'), (12, 3, null), (13, null, 'Orphan');
    insert into track values (10, 1, 'Rock'), (10, 2, 'Roll'), (12, 1, 'One');";

fn tracks() -> Rows {
    let sql = "select album_id, title from track where album_id = any($1) order by number";
    rows(statement(sql, vec![keys(1, Scalar::BigInt)]), Correlation::Keys(vec![1]), cell(1, Scalar::String))
}

/// Artists, each with its albums (by key, each with its tracks), the last of its albums (by position), and constants.
fn artists() -> Rows {
    let albums = statement(
        "select artist_id, id, title from album where artist_id = any($1) and id > $2 order by id",
        vec![keys(0, Scalar::Int), slot(Slot::Binding(0), Scalar::BigInt)],
    );
    let mut albums = rows(
        albums,
        Correlation::Keys(vec![0]),
        object(vec![("title", cell(2, Scalar::String)), ("tracks", Shape::Child(0))]),
    );
    albums.children = vec![tracks()];
    let last = statement(
        "select p.n, a.id from unnest($1) with ordinality as p (id, n) cross join lateral \
         (select id from album where artist_id = p.id order by id desc limit 1) a",
        vec![keys(0, Scalar::Int)],
    );
    let mut last = rows(last, Correlation::Ordinal, object(vec![("id", cell(1, Scalar::BigInt))]));
    last.many = false;
    let mut artists = rows(
        statement("select id, name, id = 2, nullif(id, 2) - 1 from artist order by id", vec![]),
        Correlation::Root,
        object(vec![
            ("name", cell(1, Scalar::String)),
            ("albums", Shape::Child(0)),
            ("last", Shape::Child(1)),
            ("kind", Shape::Constant("\"artist\"".into())),
            ("is_second", cell(2, Scalar::Boolean)),
            ("not_second", Shape::Object { present: Some(3), fields: vec![("\"id\":".into(), cell(0, Scalar::Int))] }),
        ]),
    );
    artists.children = vec![albums, last];
    artists
}

#[tokio::test]
async fn rows_nest_below_their_parents() {
    let database = TestDatabase::create(MUSIC).await;
    let body = database.run(read_plan(vec![("artists", artists())]), vec![Value::Integer(9)]).await.unwrap();
    assert_eq!(
        body,
        concat!(
            r#"{"artists":[{"name":"AC/DC","albums":[{"title":"Powerage","tracks":["Rock","Roll"]},"#,
            r#"{"title":"Highway to Hell","tracks":[]}],"last":{"id":11},"kind":"artist","is_second":false,"#,
            r#""not_second":{"id":1}},"#,
            r#"{"name":"Nobody","albums":[],"last":null,"kind":"artist","is_second":true,"not_second":null},"#,
            r#"{"name":"The \"Quotes\"","albums":[{"title":null,"tracks":["One"]}],"last":{"id":12},"#,
            r#""kind":"artist","is_second":false,"not_second":{"id":3}}]}"#
        )
    );
}

#[tokio::test]
async fn a_shared_parent_is_written_for_each_child() {
    let database = TestDatabase::create(MUSIC).await;
    let artist = statement("select id, name from artist where id = any($1)", vec![keys(1, Scalar::Int)]);
    let mut artist = rows(artist, Correlation::Keys(vec![1]), cell(1, Scalar::String));
    artist.many = false;
    let mut albums =
        rows(statement("select id, artist_id from album order by id", vec![]), Correlation::Root, Shape::Child(0));
    albums.children = vec![artist];
    let body = database.run(read_plan(vec![("albums", albums)]), vec![]).await.unwrap();
    assert_eq!(body, r#"{"albums":["AC/DC","AC/DC","The \"Quotes\"",null]}"#);
}

#[tokio::test]
async fn composite_keys_match_by_all_cells() {
    let database = TestDatabase::create(
        "create table p (a text, b int); create table c (a text, b int, v int);
         insert into p values ('x', 1), ('x', 2), ('y', 1), (null, 1);
         insert into c values ('x', 1, 1), ('x', 2, 2), ('y', 2, 3), ('x', 1, 4), (null, 1, 5)",
    )
    .await;
    let sql = "select a, b, v from c where (a, b) in (select * from unnest($1, $2)) order by v";
    let below = rows(
        statement(sql, vec![keys(0, Scalar::String), keys(1, Scalar::Int)]),
        Correlation::Keys(vec![0, 1]),
        cell(2, Scalar::Int),
    );
    let mut parents = rows(statement("select a, b from p order by a, b", vec![]), Correlation::Root, Shape::Child(0));
    parents.children = vec![below];
    let body = database.run(read_plan(vec![("p", parents)]), vec![]).await.unwrap();
    assert_eq!(body, r#"{"p":[[1,4],[2],[],[]]}"#);
}

#[tokio::test]
async fn roots_keep_their_order_and_the_buffer_its_start() {
    let database = TestDatabase::create(MUSIC).await;
    let mut plan = read_plan(vec![("a", artists()), ("t", tracks_at_root())]);
    let constant = RootBody::Read { value: Shape::Constant("\"query_root\"".into()), children: vec![] };
    plan.roots.insert(1, RootPlan { key: "\"__typename\":".into(), body: constant });
    let bindings = Bindings { values: vec![Value::Integer(99)], inserts: vec![] };
    let body = database.engine.run(Arc::new(plan), bindings, b"{\"data\":".to_vec()).await.unwrap();
    let body = String::from_utf8(body).unwrap();
    assert!(body.starts_with(r#"{"data":{"a":[{"name":"AC/DC","albums":[],"#), "{body}");
    assert!(body.ends_with(r#"}],"__typename":"query_root","t":["One","Rock","Roll"]}"#), "{body}");
}

fn tracks_at_root() -> Rows {
    rows(statement("select title from track order by title", vec![]), Correlation::Root, cell(0, Scalar::String))
}

#[tokio::test]
async fn a_plan_without_statements_needs_no_connection() {
    let database = TestDatabase::create("").await;
    let constant = RootBody::Read { value: Shape::Constant("\"query_root\"".into()), children: vec![] };
    let plan = plan(QueryKind::Read, vec![("__typename", constant)]);
    assert_eq!(database.run(plan, vec![]).await.unwrap(), r#"{"__typename":"query_root"}"#);
}

#[tokio::test]
async fn every_value_is_bound_as_its_type() {
    let database = TestDatabase::create(
        "create type mood as enum ('sad', 'ok \"so\"'); create schema s; create domain s.word as text",
    )
    .await;
    let native = |index: usize, name: &str| BoundSlot {
        postgres_type: Some(name.into()),
        ..slot(Slot::Binding(index), Scalar::String)
    };
    let scalars = [
        (Scalar::SmallInt, Value::Integer(-7)),
        (Scalar::Int, Value::Integer(7)),
        (Scalar::BigInt, Value::Integer(i64::MAX)),
        (Scalar::Float, Value::Float(0.1)),
        (Scalar::Float8, Value::Float(-1e300)),
        (Scalar::Numeric, text("12345678901234567890.50")),
        (Scalar::String, text("it's \"quoted\" \\ ü")),
        (Scalar::Boolean, Value::Boolean(true)),
        (Scalar::Uuid, text("0187e4c0-1234-7abc-8def-0123456789ab")),
        (Scalar::Timestamptz, text("2009-01-01T10:20:30.123456Z")),
        (Scalar::Timestamp, text("2009-01-01T10:20:30.000000")),
        (Scalar::Date, text("2009-01-01")),
        (Scalar::Time, text("10:20:30.500000")),
        (Scalar::Jsonb, text("{\"a\": [1, 2]}")),
        (Scalar::Bytea, Value::Bytes([0u8, 255].as_slice().into())),
    ];
    for (scalar, value) in scalars {
        let lists = BoundSlot { codec: list(scalar), ..slot(Slot::Binding(1), scalar) };
        let sql = "select $1, $2, $3, to_json($1), to_json($2)";
        let slots = vec![slot(Slot::Binding(0), scalar), lists, slot(Slot::Binding(2), scalar)];
        let row =
            object(["a", "b", "c", "d", "e"].iter().enumerate().map(|(at, key)| (*key, cell(at, scalar))).collect());
        let values = vec![value.clone(), Value::List(vec![value.clone(), Value::Null, value]), Value::Null];
        let body = database.run(read_plan(vec![("x", rows(statement(sql, slots), Correlation::Root, row))]), values);
        let body: serde_json::Value = serde_json::from_str(&body.await.unwrap()).unwrap();
        let row = &body["x"][0];
        assert_eq!((&row["a"], &row["b"], &row["c"]), (&row["d"], &row["e"], &serde_json::Value::Null), "{scalar:?}");
        assert_eq!(row["b"], serde_json::json!([row["a"], null, row["a"]]), "{scalar:?}");
    }
    let sql = "select $1::text, $2::text, pg_typeof($1)::text, pg_typeof($2)::text, $3::text";
    let moods = BoundSlot { many: true, ..native(1, "mood") };
    let columns = (0..5).map(|column| (["a", "b", "c", "d", "e"][column], cell(column, Scalar::String))).collect();
    let plan = read_plan(vec![(
        "x",
        rows(statement(sql, vec![native(0, "mood"), moods, native(2, "s.word")]), Correlation::Root, object(columns)),
    )]);
    let values = vec![text("sad"), Value::List(vec![text("ok \"so\""), Value::Null]), text("w")];
    assert_eq!(
        database.run(plan, values).await.unwrap(),
        r#"{"x":[{"a":"sad","b":"{\"ok \\\"so\\\"\",NULL}","c":"mood","d":"mood[]","e":"w"}]}"#
    );
}

#[tokio::test]
async fn more_rows_than_the_cap_are_an_error_of_the_root() {
    let database = TestDatabase::create(MUSIC).await;
    let mut capped = tracks_at_root();
    capped.row_cap = Some(3);
    assert!(database.run(read_plan(vec![("t", capped.clone())]), vec![]).await.is_ok());
    capped.row_cap = Some(2);
    let failure = database.run(read_plan(vec![("u", tracks_at_root()), ("t", capped)]), vec![]).await.unwrap_err();
    assert!(matches!(failure, Failure { root: Some(1), error: DatabaseError::RowCap(2) }), "{failure:?}");
}

#[tokio::test]
async fn large_responses_are_refused() {
    let options = Options { response_bytes: 10_000, connections: 1, ..Options::default() };
    let database = TestDatabase::with("", options).await;
    let numbers = |sql: &str| {
        let count = statement(sql, vec![slot(Slot::Binding(0), Scalar::BigInt)]);
        read_plan(vec![("n", rows(count, Correlation::Root, cell(0, Scalar::BigInt)))])
    };
    let plan = "select n from generate_series(1, $1) n";
    assert!(database.run(numbers(plan), vec![Value::Integer(1000)]).await.is_ok());
    // Too large as JSON, then too large already while it comes; the connection lives on or is replaced.
    for count in [3000, 10_000_000] {
        let failure = database.run(numbers(plan), vec![Value::Integer(count)]).await.unwrap_err();
        assert!(matches!(failure.error, DatabaseError::ResponseSize(10_000)), "{failure:?}");
    }
    assert!(database.run(numbers(plan), vec![Value::Integer(10)]).await.is_ok());
}

#[tokio::test]
async fn errors_of_the_server_are_told_in_the_models_terms() {
    let database = TestDatabase::create("").await;
    let run = |sql: &str, value: Value| {
        let one = rows(
            statement(sql, vec![slot(Slot::Binding(0), Scalar::String)]),
            Correlation::Root,
            cell(0, Scalar::String),
        );
        database.run(read_plan(vec![("x", one)]), vec![value])
    };
    let failure = run("select $1::int", text("x")).await.unwrap_err();
    assert!(
        matches!(&failure, Failure { root: Some(0), error: DatabaseError::Data(message) }
            if message == "invalid input syntax for type integer: \"x\""),
        "{failure:?}"
    );
    let failure = run("select $1 from nowhere", text("x")).await.unwrap_err();
    assert!(matches!(failure.error, DatabaseError::Internal(_)), "{failure:?}");
    assert!(run("select $1", text("fine")).await.is_ok());
}

#[tokio::test]
async fn a_schema_change_is_noticed() {
    let database = TestDatabase::create("create table t (a int); insert into t values (1)").await;
    let all =
        || read_plan(vec![("t", rows(statement("select * from t", vec![]), Correlation::Root, cell(0, Scalar::Int)))]);
    for _ in 0..4 {
        assert_eq!(database.run(all(), vec![]).await.unwrap(), r#"{"t":[1]}"#);
    }
    let client = database.engine.client().await.unwrap();
    client.batch_execute("alter table t alter a type text").await.unwrap();
    assert_eq!(database.run(all(), vec![]).await.unwrap(), r#"{"t":["1"]}"#);
    let two = || read_plan(vec![("t", tracks_like("t")), ("u", tracks_like("t"))]);
    assert_eq!(database.run(two(), vec![]).await.unwrap(), r#"{"t":["1"],"u":["1"]}"#);
    client.batch_execute("alter table t alter a type int using 5").await.unwrap();
    assert_eq!(database.run(two(), vec![]).await.unwrap(), r#"{"t":[5],"u":[5]}"#);
}

fn tracks_like(table: &str) -> Rows {
    rows(statement(&format!("select * from {table}"), vec![]), Correlation::Root, cell(0, Scalar::String))
}

#[tokio::test]
async fn the_reason_of_a_failed_connection_is_told_without_the_password() {
    let database = PostgresDatabase::create();
    let url = format!("{}x", database.url()).replace("postgres@", "postgres:s3cret@");
    let Err(error) = Engine::connect(&url, Options::default()).await else { panic!("connected") };
    let text = error.to_string();
    assert!(matches!(error, DatabaseError::Unavailable(_)), "{text}");
    assert!(text.contains("does not exist") && !text.contains("s3cret"), "{text}");
}

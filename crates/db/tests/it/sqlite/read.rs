//! Plans that read: nesting, roots, bounds, cancellation.

use std::sync::Arc;
use std::time::Duration;

use purlin_db::{DatabaseError, Options};
use purlin_model::scalar::Scalar;
use purlin_model::value::Value;
use purlin_plan::plan::*;

use super::*;

const MUSIC: &str = "
    create table artist (id integer primary key, name text) strict;
    create table album (id integer primary key, artist_id int references artist, title text) strict;
    insert into artist values (1, 'AC/DC'), (2, 'Nobody'), (3, 'The \"Quotes\"');
    insert into album values (10, 1, 'Powerage'), (11, 1, 'Highway to Hell'), (12, 3, null);";

/// `count` numbers, one a row; a lot of work when many.
const COUNTING: &str =
    "with recursive number (n) as (select 1 union all select n + 1 from number where n < ?) select n from number";

fn counting() -> Plan {
    let count = statement(COUNTING, vec![slot(Slot::Binding(0), Scalar::BigInt)]);
    read_plan(vec![("numbers", rows(count, Correlation::Root, cell(0, Scalar::BigInt)))])
}

fn artists() -> Rows {
    let albums = statement(
        "select title, id from album where artist_id = ? and id > ? order by id",
        vec![slot(Slot::Parent(0), Scalar::Int), slot(Slot::Binding(0), Scalar::Int)],
    );
    let first =
        statement("select id from album where artist_id = ? order by id", vec![slot(Slot::Parent(0), Scalar::Int)]);
    let mut first = rows(first, Correlation::PerParent, object(vec![("id", cell(0, Scalar::Int))]));
    first.many = false;
    let title = object(vec![("title", cell(0, Scalar::String)), ("id", cell(1, Scalar::Int))]);
    let mut artists = rows(
        statement("select id, name, id = 2, nullif(id, 2) - 1 from artist order by id", vec![]),
        Correlation::Root,
        object(vec![
            ("name", cell(1, Scalar::String)),
            ("albums", Shape::Child(0)),
            ("first", Shape::Child(1)),
            ("kind", Shape::Constant("\"artist\"".into())),
            ("is_second", cell(2, Scalar::Boolean)),
            ("not_second", Shape::Object { present: Some(3), fields: vec![("\"id\":".into(), cell(0, Scalar::Int))] }),
        ]),
    );
    artists.children = vec![rows(albums, Correlation::PerParent, title), first];
    artists
}

#[tokio::test]
async fn rows_nest_below_their_parents() {
    let database = TestDatabase::create(MUSIC).await;
    let body = database.run(read_plan(vec![("artists", artists())]), vec![Value::Integer(10)]).await.unwrap();
    assert_eq!(
        body,
        concat!(
            r#"{"artists":["#,
            r#"{"name":"AC/DC","albums":[{"title":"Highway to Hell","id":11}],"first":{"id":10},"kind":"artist","#,
            r#""is_second":false,"not_second":{"id":1}},"#,
            r#"{"name":"Nobody","albums":[],"first":null,"kind":"artist","is_second":true,"not_second":null},"#,
            r#"{"name":"The \"Quotes\"","albums":[{"title":null,"id":12}],"first":{"id":12},"kind":"artist","#,
            r#""is_second":false,"not_second":{"id":3}}"#,
            r#"]}"#
        )
    );
}

#[tokio::test]
async fn roots_come_in_order_and_after_what_the_buffer_holds() {
    let database = TestDatabase::create(MUSIC).await;
    let count = statement("select count(*) from artist", vec![]);
    let mut count = rows(count, Correlation::Root, object(vec![("count", cell(0, Scalar::BigInt))]));
    count.many = false;
    let plan = read_plan(vec![("b", count), ("a", artists())]);
    let bindings = Bindings { values: vec![Value::Integer(100)], inserts: Vec::new() };
    let body = database.engine.run(Arc::new(plan), bindings, b"{\"data\":".to_vec()).await.unwrap();
    assert!(body.starts_with(br#"{"data":{"b":{"count":3},"a":[{"name":"AC/DC","albums":[],"#));
}

#[tokio::test]
async fn more_rows_than_allowed_are_an_error_of_their_field() {
    let database = TestDatabase::create(MUSIC).await;
    let capped = |cap| Rows { row_cap: Some(cap), ..artists() };
    let values = vec![Value::Integer(0)];
    let plan = read_plan(vec![("a", artists()), ("b", capped(2))]);
    let failure = database.run(plan, values.clone()).await.unwrap_err();
    assert_eq!(failure.root, Some(1));
    assert!(matches!(failure.error, DatabaseError::RowCap(2)), "{failure:?}");
    assert!(database.run(read_plan(vec![("b", capped(3))]), values).await.is_ok());
}

#[tokio::test]
async fn a_response_is_bounded() {
    let options = Options { response_bytes: 1000, ..Options::default() };
    let database = TestDatabase::with("select 1", options).await;
    let failure = database.run(counting(), vec![Value::Integer(1_000_000)]).await.unwrap_err();
    assert!(matches!(failure.error, DatabaseError::ResponseSize(1000)), "{failure:?}");
    assert!(database.run(counting(), vec![Value::Integer(100)]).await.is_ok());
}

#[tokio::test]
async fn a_statement_that_runs_too_long_is_interrupted_and_its_reader_goes_on() {
    let limit = Duration::from_millis(20);
    let options =
        Options { connections: 1, statement_timeout: limit, response_bytes: usize::MAX, ..Options::default() };
    let database = TestDatabase::with("select 1", options).await;
    let failure = database.run(counting(), vec![Value::Integer(i64::MAX)]).await.unwrap_err();
    assert!(matches!(failure.error, DatabaseError::Timeout(told) if told == limit), "{failure:?}");
    assert_eq!(database.run(counting(), vec![Value::Integer(2)]).await.unwrap(), r#"{"numbers":[1,2]}"#);
}

#[tokio::test]
async fn a_request_whose_future_is_dropped_frees_its_reader() {
    // Only the end of the first request lets the second one run: there is one reader and no deadline near.
    let options = Options {
        connections: 1,
        statement_timeout: Duration::from_secs(3600),
        response_bytes: usize::MAX,
        ..Options::default()
    };
    let database = TestDatabase::with("select 1", options).await;
    let endless = statement(
        "with recursive number (n) as (select 1 union all select n + 1 from number) select max(n) from number",
        vec![],
    );
    let endless = read_plan(vec![("n", rows(endless, Correlation::Root, cell(0, Scalar::BigInt)))]);
    let engine = database.engine.clone();
    let mut first = Box::pin(engine.run(Arc::new(endless), Bindings::default(), Vec::new()));
    assert!(is_pending(&mut first));
    let mut second = Box::pin(database.run(counting(), vec![Value::Integer(1)]));
    assert!(is_pending(&mut second));
    drop(first);
    assert_eq!(second.await.unwrap(), r#"{"numbers":[1]}"#);
}

#[tokio::test]
async fn a_full_queue_refuses() {
    let options = Options { connections: 1, queue: 1, ..Options::default() };
    let database = TestDatabase::with("select 1", options).await;
    let (entered, is_entered) = std::sync::mpsc::channel();
    let (release, is_released) = std::sync::mpsc::channel::<()>();
    let engine = database.engine.clone();
    let holding = tokio::spawn(async move {
        let hold = move |_: &rusqlite::Connection| {
            entered.send(()).unwrap();
            is_released.recv().unwrap();
            Ok(())
        };
        engine.read(hold).await
    });
    tokio::task::spawn_blocking(move || is_entered.recv().unwrap()).await.unwrap();
    let mut queued = Box::pin(database.engine.read(|_| Ok(())));
    assert!(is_pending(&mut queued));
    let failure = database.run(counting(), vec![Value::Integer(1)]).await.unwrap_err();
    assert!(matches!(failure.error, DatabaseError::Busy), "{failure:?}");
    release.send(()).unwrap();
    queued.await.unwrap();
    holding.await.unwrap().unwrap();
}

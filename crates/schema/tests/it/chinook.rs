//! The published Chinook databases, imported and served: what the API answers is what SQL computes.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use purlin_db::import::import;
use purlin_db::{Database, Options};
use purlin_model::catalog::ApiSettings;
use purlin_model::{DatabaseKind, PrintOptions, Role, Session, Settings, Source};
use purlin_schema::{Limits, Request, Service};
use purlin_testkit::{PostgresDatabase, TemporaryFolder};
use serde_json::Value as Json;

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");

/// A file of the data that stands beside the repository.
#[allow(clippy::print_stdout, reason = "a skipped test says so")]
fn data(name: &str) -> Option<PathBuf> {
    let path = Path::new(DATA).join(name);
    if !path.exists() {
        println!("skipped: {} is missing", path.display());
    }
    path.exists().then_some(path)
}

/// Imports the database, writes its model as text, compiles that and serves it.
async fn serve(url: &str, kind: DatabaseKind) -> Service {
    let database = Database::connect(url, Options::default()).await.expect("a database");
    let imported = import(&database).await.expect("an import");
    let text = purlin_model::print(&imported.catalog, PrintOptions { permissions: true });
    let source = Source { path: "schema/model.graphql".to_owned(), text };
    let settings = Settings { databases: vec![kind], api: ApiSettings::default() };
    let catalog = match purlin_model::compile(&[source], &settings) {
        Ok(compiled) => compiled.catalog,
        Err(diagnostics) => panic!("{}", diagnostics.render(false)),
    };
    Service::new(Arc::new(database), Arc::new(catalog), Limits::default())
}

async fn ask(service: &Service, query: &str) -> Json {
    let session = Session { role: Role::new("admin"), variables: Default::default(), backend: false };
    let request = Request { query: query.to_owned(), ..Request::default() };
    let response = service.execute(&request, &session, false).await;
    serde_json::from_slice(&response.body).expect("JSON")
}

#[tokio::test]
async fn nested_lists_are_what_postgresql_computes() {
    let Some(script) = data("chinook.postgres.sql") else { return };
    let server = PostgresDatabase::create();
    server.execute_file(&script);
    let service = serve(&server.url(), DatabaseKind::Postgres).await;
    let answer = ask(
        &service,
        "{ artist(order_by: {artist_id: asc}) { artist_id name albums(order_by: {album_id: asc}) { album_id title \
         tracks(order_by: {track_id: asc}) { track_id name milliseconds unit_price media_type { name } } } } }",
    )
    .await;
    let expected = server.query(
        "select json_agg(json_build_object('artist_id', a.artist_id, 'name', a.name, 'albums', coalesce((
           select json_agg(json_build_object('album_id', b.album_id, 'title', b.title, 'tracks', coalesce((
             select json_agg(json_build_object('track_id', t.track_id, 'name', t.name, 'milliseconds', t.milliseconds,
                      'unit_price', t.unit_price, 'media_type', json_build_object('name', m.name)) order by t.track_id)
             from track t join media_type m using (media_type_id) where t.album_id = b.album_id), '[]'))
             order by b.album_id) from album b where b.artist_id = a.artist_id), '[]')) order by a.artist_id)
         from artist a",
    );
    let expected: Json = serde_json::from_str(&expected).expect("JSON");
    assert_eq!(expected.as_array().map(Vec::len), Some(275));
    assert!(answer["data"]["artist"] == expected, "the answer differs from what SQL computes");
}

#[tokio::test]
async fn nested_lists_are_what_sqlite_computes() {
    let Some(file) = data("chinook.sqlite") else { return };
    let folder = TemporaryFolder::create();
    let copy = folder.path().join("chinook.db");
    std::fs::copy(file, &copy).expect("a copy");
    let service = serve(&format!("sqlite:{}", copy.display()), DatabaseKind::Sqlite).await;
    let answer = ask(
        &service,
        "{ Artist(order_by: {ArtistId: asc}) { ArtistId Name Albums(order_by: {AlbumId: asc}) { AlbumId Title \
         Tracks(order_by: {TrackId: asc}) { TrackId Name Milliseconds UnitPrice MediaType { Name } } } } }",
    )
    .await;
    let expected: String = rusqlite::Connection::open(&copy)
        .expect("a file")
        .query_row(
            "select json_group_array(json_object('ArtistId', a.ArtistId, 'Name', a.Name, 'Albums', (
               select json_group_array(json_object('AlbumId', b.AlbumId, 'Title', b.Title, 'Tracks', (
                 select json_group_array(json_object('TrackId', t.TrackId, 'Name', t.Name, 'Milliseconds', t.Milliseconds,
                          'UnitPrice', t.UnitPrice, 'MediaType', json_object('Name', m.Name)) order by t.TrackId)
                 from Track t join MediaType m using (MediaTypeId) where t.AlbumId = b.AlbumId))
                 order by b.AlbumId) from Album b where b.ArtistId = a.ArtistId)) order by a.ArtistId)
             from Artist a",
            [],
            |row| row.get(0),
        )
        .expect("an answer");
    let expected: Json = serde_json::from_str(&expected).expect("JSON");
    assert_eq!(expected.as_array().map(Vec::len), Some(275));
    assert!(answer["data"]["Artist"] == expected, "the answer differs from what SQL computes");
    let times = ask(&service, "{ Invoice_by_pk(InvoiceId: 1) { InvoiceDate Total Customer { Email } } }").await;
    assert_eq!(
        times.to_string(),
        r#"{"data":{"Invoice_by_pk":{"InvoiceDate":"2021-01-01T00:00:00","Total":1.98,"Customer":{"Email":"leonekohler@surfeu.de"}}}}"#
    );
}

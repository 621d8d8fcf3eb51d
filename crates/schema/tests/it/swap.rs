//! Tables and catalog that change under running requests: every answer is whole, of the one model or of the other.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use purlin_db::migrate::{self, ApplyOptions};
use purlin_db::{Database, Options};
use purlin_model::{Catalog, Role, Session, Settings, Source};
use purlin_schema::{Limits, Request, Service};
use purlin_testkit::{PostgresDatabase, TemporaryFolder};

const SWAPS: u32 = 50;
const CLIENTS: usize = 4;

fn model(column_type: &str, name: &str, former: &str) -> Arc<Catalog> {
    let text = format!(
        "type counters @table {{ id: Int! @id  done: Boolean! @default(value: false)  value: {column_type}!  {name}: String! @renamed(from: \"{former}\") }}"
    );
    let sources = [Source { path: "schema/counters.graphql".to_owned(), text }];
    Arc::new(purlin_model::compile(&sources, &Settings::default()).expect("a model").catalog)
}

/// Writes and applies the migration to a model.
async fn migrate_to(database: &Database, migrations: &Path, catalog: &Catalog, second: i64) {
    let plan = migrate::plan_diff(migrations, catalog, &[database.dialect()]).expect("a plan");
    let now = jiff::Timestamp::from_second(1_700_000_000 + second).expect("a time");
    migrate::write_diff(migrations, &plan, None, now, true).expect("written");
    let applied = migrate::apply(database, migrations, ApplyOptions::default()).await.expect("a migration");
    assert_eq!(applied.len(), 1);
}

async fn ask(service: &Service, query: &str) -> String {
    let session = Session { role: Role::new("admin"), variables: Default::default(), backend: false };
    let request = Request { query: query.to_owned(), ..Request::default() };
    String::from_utf8(service.execute(&request, &session, false).await.body).expect("text")
}

/// What a client sees from now until the end.
async fn watch(service: Arc<Service>, ended: Arc<AtomicBool>, write: bool) -> BTreeSet<String> {
    let read = "{ counters(order_by: {id: asc}) { value } counters_by_pk(id: 1) { value } }";
    let change = "mutation { update_counters(where: {id: {_eq: 2}}, _set: {done: true}) { returning { value } } }";
    let mut seen = BTreeSet::new();
    while !ended.load(Ordering::Relaxed) {
        seen.insert(ask(&service, if write { change } else { read }).await);
    }
    seen
}

async fn swaps(url: &str) {
    let folder = TemporaryFolder::create();
    let migrations = folder.path().join("migrations");
    let options = Options { connections: 2, ..Options::default() };
    let database = Arc::new(Database::connect(url, options).await.expect("a database"));
    let models = [model("Int", "name", "title"), model("String", "title", "name")];
    migrate_to(&database, &migrations, &models[0], 0).await;
    let service = Arc::new(Service::new(Arc::clone(&database), Arc::clone(&models[0]), Limits::default()));
    let filled = "mutation { insert_counters(objects: [{id: 1, value: 7, name: \"a\"}, {id: 2, value: 5, name: \"b\"}]) \
                  { affected_rows } }";
    assert_eq!(ask(&service, filled).await, r#"{"data":{"insert_counters":{"affected_rows":2}}}"#);

    let ended = Arc::new(AtomicBool::new(false));
    let watchers: Vec<_> =
        (0..CLIENTS).map(|number| tokio::spawn(watch(Arc::clone(&service), Arc::clone(&ended), number == 0))).collect();
    for swap in 1..=SWAPS {
        let next = &models[swap as usize % 2];
        let pause = service.pause().await;
        migrate_to(&database, &migrations, next, i64::from(swap)).await;
        service.swap(Arc::clone(next), Limits::default());
        drop(pause);
        // A request that begins now belongs to the new model alone.
        let (number, name) = if swap % 2 == 0 { ("7", "name") } else { ("\"7\"", "title") };
        let answer = ask(&service, &format!("{{ counters_by_pk(id: 1) {{ value {name} }} }}")).await;
        assert_eq!(answer, format!(r#"{{"data":{{"counters_by_pk":{{"value":{number},"{name}":"a"}}}}}}"#));
    }
    ended.store(true, Ordering::Relaxed);
    let read = |seven: &str, five: &str| {
        format!(
            r#"{{"data":{{"counters":[{{"value":{seven}}},{{"value":{five}}}],"counters_by_pk":{{"value":{seven}}}}}}}"#
        )
    };
    let written = |five: &str| format!(r#"{{"data":{{"update_counters":{{"returning":[{{"value":{five}}}]}}}}}}"#);
    let whole = BTreeSet::from([read("7", "5"), read("\"7\"", "\"5\""), written("5"), written("\"5\"")]);
    for watcher in watchers {
        let seen = watcher.await.expect("a watcher that ends");
        assert!(!seen.is_empty() && seen.is_subset(&whole), "{seen:#?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_see_one_model_or_the_other_on_sqlite() {
    let folder = TemporaryFolder::create();
    swaps(&format!("sqlite:{}", folder.path().join("data.db").display())).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_see_one_model_or_the_other_on_postgres() {
    swaps(&PostgresDatabase::create().url()).await;
}

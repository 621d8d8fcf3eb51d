//! Databases that exist already: what import makes of them, and that the model it writes asks for just what is there.

use std::path::{Path, PathBuf};

use purlin_db::import::{Imported, import};
use purlin_db::{Database, Options, migrate};
use purlin_model::catalog::{ApiSettings, Catalog, RelationKind};
use purlin_model::{DatabaseKind, Settings, Source, compile};
use purlin_model::{PrintOptions, print};
use purlin_plan::plan::Dialect;
use purlin_testkit::{Expectations, PostgresDatabase, TemporaryFolder};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// A file of the data that stands beside the repository.
fn shared(name: &str) -> Option<PathBuf> {
    let path = Path::new(ROOT).join("../shared/data").join(name);
    if !path.exists() {
        println!("skipped: {} is missing", path.display());
    }
    path.exists().then_some(path)
}

fn compiled(text: &str, dialect: Dialect) -> Catalog {
    let kind = match dialect {
        Dialect::Sqlite => DatabaseKind::Sqlite,
        Dialect::Postgres => DatabaseKind::Postgres,
    };
    let settings = Settings { databases: vec![kind], api: ApiSettings::default() };
    let source = Source { path: "schema/model.graphql".to_owned(), text: text.to_owned() };
    match compile(&[source], &settings) {
        Ok(compiled) => compiled.catalog,
        Err(diagnostics) => panic!("{}\n{text}", diagnostics.render(false)),
    }
}

/// Imports, prints, compiles what was printed, and finds the database to be just so.
async fn round_trip(database: &Database) -> (Imported, String) {
    let imported = import(database).await.expect("an import");
    let text = print(&imported.catalog, PrintOptions { permissions: true });
    let catalog = compiled(&text, database.dialect());
    assert_eq!(print(&catalog, PrintOptions { permissions: true }), text);
    let differences = migrate::differences(database, &text).await.expect("a comparison");
    assert!(differences.is_empty(), "{}\n{text}", differences.join("\n"));
    (imported, text)
}

/// Every foreign key is a relation both ways.
fn check_relations(catalog: &Catalog, tables: usize, keys: usize) {
    assert_eq!(catalog.tables.len(), tables);
    let count = |kind: RelationKind| {
        catalog.tables.iter().flat_map(|table| &table.relations).filter(|relation| relation.kind == kind).count()
    };
    assert_eq!(catalog.tables.iter().map(|table| table.foreign_keys.len()).sum::<usize>(), keys);
    assert_eq!((count(RelationKind::Object), count(RelationKind::Array)), (keys, keys));
}

#[tokio::test]
async fn chinook_of_sqlite() {
    let Some(path) = shared("chinook.sqlite") else { return };
    let folder = TemporaryFolder::create();
    let copy = folder.path().join("chinook.db");
    std::fs::copy(path, &copy).expect("a copy");
    let url = format!("sqlite:{}", copy.display());
    let database = Database::connect(&url, Options::default()).await.expect("a database");
    let (imported, _) = round_trip(&database).await;
    check_relations(&imported.catalog, 11, 11);
    assert_eq!(imported.remarks, Vec::<String>::new());
}

#[tokio::test]
async fn chinook_of_postgresql() {
    let Some(path) = shared("chinook.postgres.sql") else { return };
    let server = PostgresDatabase::create();
    server.execute_file(&path);
    let database = Database::connect(&server.url(), Options::default()).await.expect("a database");
    let (imported, _) = round_trip(&database).await;
    check_relations(&imported.catalog, 11, 11);
    assert_eq!(imported.remarks, Vec::<String>::new());
}

/// Scripts in `tests/import/*.{sqlite,postgres}.sql`, each with the model and the remarks it gives.
#[tokio::test]
async fn scripts_become_models() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import");
    let mut expectations = Expectations::new();
    for script in purlin_testkit::cases(&folder, |path| path.extension().is_some_and(|end| end == "sql")) {
        let sql = std::fs::read_to_string(&script).expect("a script");
        let temporary = TemporaryFolder::create();
        let server;
        let url = if script.to_string_lossy().ends_with(".postgres.sql") {
            server = PostgresDatabase::create();
            server.execute(&sql);
            server.url()
        } else {
            let path = temporary.path().join("data.db");
            rusqlite::Connection::open(&path).expect("a file").execute_batch(&sql).expect("the script");
            format!("sqlite:{}", path.display())
        };
        let database = Database::connect(&url, Options::default()).await.expect("a database");
        let (imported, text) = round_trip(&database).await;
        let remarks: String = imported.remarks.iter().map(|remark| format!("# {remark}\n")).collect();
        expectations.check(&script.with_extension("graphql"), &format!("{remarks}{text}"));
    }
    expectations.finish();
}

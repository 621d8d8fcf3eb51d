//! Whole databases: moved to the other kind and back, backed up and restored.

use std::path::{Path, PathBuf};

use purlin_db::data::target::{Arrived, Target};
use purlin_db::data::{DataError, Progress, Session, Shape, backup, seed, transfer};
use purlin_db::{Database, Options, import, migrate};
use purlin_model::catalog::ApiSettings;
use purlin_model::{Catalog, DatabaseKind, Settings, Source};
use purlin_plan::plan::Dialect;
use purlin_testkit::{PostgresDatabase, TemporaryFolder};

use super::random;
use crate::migrate::project::{DIALECTS, Project, model, model_of_folder, repository};

fn quiet(_: &Progress) {}

fn show(error: DataError) -> String {
    format!("{}: {error}\n{}\n{:?}", error.code(), error.reasons().join("\n"), error.hint())
}

/// An empty database of a kind, which lives as long as this does.
struct Place {
    folder: TemporaryFolder,
    server: Option<PostgresDatabase>,
}

impl Place {
    fn of(dialect: Dialect) -> Place {
        let server = (dialect == Dialect::Postgres).then(PostgresDatabase::create);
        Place { folder: TemporaryFolder::create(), server }
    }

    fn url(&self) -> String {
        match &self.server {
            Some(server) => server.url(),
            None => format!("sqlite:{}", self.folder.path().join("data.db").display()),
        }
    }

    async fn open(&self) -> Database {
        Database::connect(&self.url(), Options::default()).await.unwrap()
    }

    fn files(&self) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(self.folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }
}

async fn move_to(
    source: &Database,
    place: &Place,
    catalog: &Catalog,
    migrations: &Path,
) -> Result<Vec<Arrived>, DataError> {
    let target = Target::open(&place.url(), Options::default()).await?;
    transfer::transfer(source, target, catalog, migrations, &quiet).await
}

async fn digests(database: &Database, catalog: &Catalog) -> Vec<String> {
    let session = Session::read(database).await.unwrap();
    let mut found = Vec::new();
    for shape in Shape::all(catalog) {
        found.push(format!("{} {}", shape.name, session.digest(&shape).await.unwrap()));
    }
    found
}

#[tokio::test]
async fn the_front_page_project_moves_both_ways_with_its_histories() {
    let catalog = model_of_folder(repository());
    let migrations = repository().join("migrations");
    for (from, to) in [(Dialect::Sqlite, Dialect::Postgres), (Dialect::Postgres, Dialect::Sqlite)] {
        let (there, here, again) = (Place::of(from), Place::of(to), Place::of(from));
        let source = there.open().await;
        migrate::apply(&source, &migrations, migrate::ApplyOptions::default()).await.unwrap();
        seed::load(&source, &catalog, &repository().join("schema/seeds")).await.map_err(show).unwrap();
        let before = digests(&source, &catalog).await;
        let arrived = move_to(&source, &here, &catalog, &migrations).await.map_err(show).unwrap();
        assert!(arrived.iter().all(|table| table.rows > 0), "{arrived:?}");
        let moved = here.open().await;
        assert_eq!(digests(&moved, &catalog).await, before);
        // Nothing is pending, no seed is loaded again, and the second move finds the first one's rows.
        assert_eq!(migrate::pending(&moved, &migrations).await.unwrap(), Vec::<String>::new());
        assert_eq!(seed::load(&moved, &catalog, &repository().join("schema/seeds")).await.map_err(show).unwrap(), []);
        let refused = move_to(&source, &here, &catalog, &migrations).await.unwrap_err();
        assert_eq!(refused.code(), "data-target");
        move_to(&moved, &again, &catalog, &migrations).await.map_err(show).unwrap();
        assert_eq!(digests(&again.open().await, &catalog).await, before);
        let times =
            |status: Vec<migrate::MigrationStatus>| status.into_iter().map(|one| one.applied_at).collect::<Vec<_>>();
        assert_eq!(
            times(migrate::status(&again.open().await, &migrations).await.unwrap()),
            times(migrate::status(&source, &migrations).await.unwrap())
        );
        if to == Dialect::Sqlite {
            assert!(here.files().iter().all(|name| !name.contains(".part")), "{:?}", here.files());
        }
    }
}

/// A file of the data that stands beside the repository.
fn shared(name: &str) -> Option<PathBuf> {
    let path = repository().join("../shared/data").join(name);
    if !path.exists() {
        println!("skipped: {} is missing", path.display());
    }
    path.exists().then_some(path)
}

/// The model of an imported database, as a project has it, for both kinds.
async fn imported(database: &Database) -> Catalog {
    let catalog = import::import(database).await.unwrap().catalog;
    let text = purlin_model::print(&catalog, purlin_model::PrintOptions { permissions: true });
    let databases = vec![DatabaseKind::Sqlite, DatabaseKind::Postgres];
    let settings = Settings { databases, api: ApiSettings::default() };
    let source = Source { path: "schema/model.graphql".to_owned(), text: text.clone() };
    match purlin_model::compile(&[source], &settings) {
        Ok(compiled) => compiled.catalog,
        Err(mistakes) => panic!("{}\n{text}", mistakes.render(false)),
    }
}

async fn moves_there_and_back(source: &Database, other: Dialect) {
    let catalog = imported(source).await;
    let before = digests(source, &catalog).await;
    assert!(before.len() == 11 && before.iter().all(|table| !table.contains(" 0 rows")), "{before:?}");
    let (there, back) = (Place::of(other), Place::of(source.dialect()));
    let nowhere = Path::new("/nowhere");
    move_to(source, &there, &catalog, nowhere).await.map_err(show).unwrap();
    let moved = there.open().await;
    assert_eq!(digests(&moved, &catalog).await, before);
    move_to(&moved, &back, &catalog, nowhere).await.map_err(show).unwrap();
    assert_eq!(digests(&back.open().await, &catalog).await, before);
}

#[tokio::test]
async fn chinook_of_sqlite_moves_to_postgresql_and_back() {
    let Some(path) = shared("chinook.sqlite") else { return };
    let place = Place::of(Dialect::Sqlite);
    std::fs::copy(path, place.folder.path().join("data.db")).unwrap();
    moves_there_and_back(&place.open().await, Dialect::Postgres).await;
}

#[tokio::test]
async fn chinook_of_postgresql_moves_to_sqlite_and_back() {
    let Some(path) = shared("chinook.postgres.sql") else { return };
    let place = Place::of(Dialect::Postgres);
    place.server.as_ref().unwrap().execute_file(&path);
    moves_there_and_back(&place.open().await, Dialect::Sqlite).await;
}

/// A project with random rows of every kind.
async fn everything(dialect: Dialect) -> (Project, Database, Catalog) {
    let project = Project::create(dialect);
    let database = project.open().await;
    let catalog = model(random::EVERYTHING);
    project.migrate(&database, &catalog).await;
    let shape = Shape::all(&catalog).remove(0);
    let rows = random::rows(&catalog, &shape, 1500);
    random::insert(&Session::write(&database).await.unwrap(), &shape, rows).await;
    (project, database, catalog)
}

#[tokio::test]
async fn a_backup_of_either_database_restores_into_both() {
    for from in DIALECTS {
        let (project, database, catalog) = everything(from).await;
        let before = digests(&database, &catalog).await;
        let folder = TemporaryFolder::create();
        let file = folder.path().join("backup.tar.gz");
        let saved =
            backup::backup(&database, &catalog, &project.migrations(), &file, &quiet).await.map_err(show).unwrap();
        assert_eq!(saved.left_out, Vec::<String>::new());
        #[cfg(unix)]
        {
            let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&file).unwrap().permissions());
            assert_eq!(mode & 0o777, 0o600);
        }
        for to in DIALECTS {
            let place = Place::of(to);
            backup::restore(&file, &place.url(), Options::default(), &quiet).await.map_err(show).unwrap();
            let restored = place.open().await;
            assert_eq!(digests(&restored, &catalog).await, before, "{from:?} to {to:?}");
            assert_eq!(migrate::pending(&restored, &project.migrations()).await.unwrap(), Vec::<String>::new());
            assert_eq!(project.drift(&restored).await, Vec::<String>::new());
            let again = backup::restore(&file, &place.url(), Options::default(), &quiet).await.unwrap_err();
            assert_eq!(
                (again.code(), again.reasons()),
                ("data-target", vec!["table `everything` has rows".to_owned()])
            );
        }
    }
}

#[tokio::test]
async fn a_damaged_backup_is_refused_and_writes_nothing() {
    let (project, database, catalog) = everything(Dialect::Sqlite).await;
    let folder = TemporaryFolder::create();
    let file = folder.path().join("backup.tar.gz");
    backup::backup(&database, &catalog, &project.migrations(), &file, &quiet).await.map_err(show).unwrap();
    let whole = std::fs::read(&file).unwrap();
    let mut damaged: Vec<(String, Vec<u8>)> =
        (0..20).map(|part| (format!("cut at {part}/20"), whole[..whole.len() * part / 20].to_vec())).collect();
    for part in 1..40 {
        let mut bytes = whole.clone();
        let at = bytes.len() * part / 40;
        bytes[at] ^= 0x10;
        damaged.push((format!("byte {at}"), bytes));
    }
    damaged.push(("foreign".to_owned(), b"PK\x03\x04 something else".to_vec()));
    for (how, bytes) in damaged {
        let path = folder.path().join("damaged.tar.gz");
        std::fs::write(&path, bytes).unwrap();
        let place = Place::of(Dialect::Sqlite);
        let error = backup::restore(&path, &place.url(), Options::default(), &quiet).await.unwrap_err();
        assert_eq!(error.code(), "data-archive", "{how}: {}", show(error));
        assert_eq!(place.files(), Vec::<String>::new(), "{how}");
    }
}

const LEDGER: &str = "
type debits @table { id: Int! @id @default(autoincrement: true) amount: Int! }
type credits @table { id: Int! @id @default(autoincrement: true) amount: Int! }
";

/// Every transaction writes the same amount into both tables: so does every backup hold it.
#[tokio::test(flavor = "multi_thread")]
async fn a_backup_under_writes_is_one_moment() {
    for dialect in DIALECTS {
        let project = Project::create(dialect);
        let database = project.open().await;
        let catalog = model(LEDGER);
        project.migrate(&database, &catalog).await;
        let writer = project.open().await;
        let (stop, mut stopped) = tokio::sync::oneshot::channel::<()>();
        let writes = tokio::spawn(async move {
            let session = Session::write(&writer).await.unwrap();
            let mut count = 0;
            while stopped.try_recv().is_err() {
                session.begin().await.unwrap();
                let both = "INSERT INTO debits (amount) VALUES (1); INSERT INTO credits (amount) VALUES (1)";
                session.execute(both).await.unwrap();
                session.commit().await.unwrap();
                count += 1;
            }
            count
        });
        let folder = TemporaryFolder::create();
        let mut seen = Vec::new();
        for number in 0..5 {
            let file = folder.path().join(format!("{number}.tar.gz"));
            let saved = backup::backup(&database, &catalog, &project.migrations(), &file, &quiet).await;
            let saved = saved.map_err(show).unwrap();
            let rows = |name: &str| saved.tables.iter().find(|table| table.table == name).unwrap().rows;
            assert_eq!(rows("debits"), rows("credits"), "{dialect:?}");
            seen.push(rows("debits"));
        }
        stop.send(()).unwrap();
        assert!(writes.await.unwrap() > 0 && seen.is_sorted(), "{seen:?}");
    }
}

#[tokio::test]
async fn keys_go_on_behind_those_of_rows_that_are_gone() {
    for (from, to) in [(Dialect::Sqlite, Dialect::Postgres), (Dialect::Postgres, Dialect::Sqlite)] {
        let project = Project::create(from);
        let database = project.open().await;
        let catalog = model(LEDGER);
        project.migrate(&database, &catalog).await;
        for _ in 0..3 {
            project.execute(&database, "INSERT INTO debits (amount) VALUES (1)").await;
        }
        project.execute(&database, "DELETE FROM debits WHERE id = 3").await;
        let place = Place::of(to);
        move_to(&database, &place, &catalog, &project.migrations()).await.map_err(show).unwrap();
        let moved = place.open().await;
        project
            .execute(&moved, "INSERT INTO debits (amount) VALUES (1); INSERT INTO credits (amount) VALUES (1)")
            .await;
        assert_eq!(project.query(&moved, "SELECT max(id) FROM debits").await, ["4"], "{to:?}");
        assert_eq!(project.query(&moved, "SELECT max(id) FROM credits").await, ["1"], "{to:?}");
    }
}

/// What the target does not take leaves it as it was.
#[tokio::test]
async fn a_move_that_fails_leaves_no_rows() {
    let project = Project::create(Dialect::Sqlite);
    let database = project.open().await;
    let catalog = model("type words @table { id: Int! @id text: String! }");
    project.migrate(&database, &catalog).await;
    project.execute(&database, "INSERT INTO words VALUES (1, 'good'), (2, 'zero' || char(0) || 'byte')").await;
    let place = Place::of(Dialect::Postgres);
    let error = move_to(&database, &place, &catalog, &project.migrations()).await.unwrap_err();
    assert_eq!(error.code(), "data-mismatch");
    assert!(error.reasons()[0].starts_with("`words` does not take the row {\"id\":2,"), "{:?}", error.reasons());
    assert_eq!(project.query(&place.open().await, "SELECT count(*) FROM words").await, ["0"]);
    project.execute(&database, "DELETE FROM words WHERE id = 2").await;
    move_to(&database, &place, &catalog, &project.migrations()).await.map_err(show).unwrap();
}

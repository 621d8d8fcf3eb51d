//! A project's folder and an open database for one test.

use std::path::PathBuf;

use purlin_db::migrate::{self, ApplyOptions, MigrateError};
use purlin_db::{Database, Options};
use purlin_model::{Catalog, Settings, Source};
use purlin_plan::plan::Dialect;
use purlin_testkit::{PostgresDatabase, TemporaryFolder};

/// Both databases a project may be for.
pub const DIALECTS: [Dialect; 2] = [Dialect::Sqlite, Dialect::Postgres];

/// A project that lives as long as its test.
pub struct Project {
    folder: TemporaryFolder,
    server: Option<PostgresDatabase>,
    seconds: std::cell::Cell<i64>,
}

impl Project {
    /// An empty one with an empty database.
    pub fn create(dialect: Dialect) -> Project {
        Project {
            folder: TemporaryFolder::create(),
            server: (dialect == Dialect::Postgres).then(PostgresDatabase::create),
            seconds: std::cell::Cell::new(1_700_000_000),
        }
    }

    /// Its migrations.
    pub fn migrations(&self) -> PathBuf {
        self.folder.path().join("migrations")
    }

    fn url(&self) -> String {
        match &self.server {
            Some(server) => server.url(),
            None => format!("sqlite:{}", self.folder.path().join("data.db").display()),
        }
    }

    /// A connection of its own, as another process would have.
    pub async fn open(&self) -> Database {
        let options = Options { connections: 1, ..Options::default() };
        Database::connect(&self.url(), options).await.expect("an open database")
    }

    fn now(&self) -> jiff::Timestamp {
        self.seconds.set(self.seconds.get() + 60);
        jiff::Timestamp::from_second(self.seconds.get()).expect("a time")
    }

    /// Writes the migration to a model.
    pub fn diff(&self, model: &Catalog, allow_destructive: bool) -> Result<Vec<PathBuf>, MigrateError> {
        let plan = migrate::plan_diff(&self.migrations(), model, &DIALECTS)?;
        migrate::write_diff(&self.migrations(), &plan, None, self.now(), allow_destructive)
    }

    /// Writes a hand-written migration with the same script for both databases.
    pub fn write(&self, name: &str, up: &str, down: &str) {
        let files = migrate::write_new(&self.migrations(), name, &DIALECTS, None, self.now()).expect("new files");
        for file in files {
            let is_up = file.to_string_lossy().ends_with(".up.sql");
            std::fs::write(file, if is_up { up } else { down }).expect("a written file");
        }
    }

    /// Writes the migration to a model and applies it.
    pub async fn migrate(&self, database: &Database, model: &Catalog) -> Vec<String> {
        self.diff(model, true).expect("a migration");
        self.apply(database).await.unwrap_or_else(|error| panic!("{}", show(&error)))
    }

    /// Applies what is pending.
    pub async fn apply(&self, database: &Database) -> Result<Vec<String>, MigrateError> {
        migrate::apply(database, &self.migrations(), ApplyOptions::default()).await
    }

    /// How the database differs from the model of the last migration.
    pub async fn drift(&self, database: &Database) -> Vec<String> {
        let drift = migrate::drift(database, &self.migrations()).await;
        drift.unwrap_or_else(|error| panic!("{}", show(&error))).expect("nothing pending")
    }

    /// How the database differs from a model.
    pub async fn differences(&self, database: &Database, model: &Catalog) -> Vec<String> {
        let text = purlin_model::print(model, purlin_model::PrintOptions { permissions: false });
        migrate::differences(database, &text).await.unwrap_or_else(|error| panic!("{}", show(&error)))
    }

    /// Runs SQL.
    pub async fn execute(&self, database: &Database, sql: &str) {
        let sql = sql.to_owned();
        match database {
            Database::Sqlite(engine) => {
                engine.write_exclusive(move |connection| Ok(connection.execute_batch(&sql)?)).await.expect("SQL");
            }
            Database::Postgres(engine) => {
                engine.client().await.expect("a client").batch_execute(&sql).await.expect("SQL");
            }
        }
    }

    /// The rows of a query, cells as text separated by `|`.
    pub async fn query(&self, database: &Database, sql: &str) -> Vec<String> {
        let sql = sql.to_owned();
        match database {
            Database::Sqlite(engine) => engine
                .read(move |connection| {
                    let mut statement = connection.prepare(&sql)?;
                    let rows = statement.query_map([], |row| {
                        // Only now the schema is surely the present one.
                        let width = row.as_ref().column_count();
                        let cells = (0..width).map(|index| row.get_ref(index).map(|cell| cell_text(&cell)));
                        cells.collect::<rusqlite::Result<Vec<_>>>().map(|cells| cells.join("|"))
                    })?;
                    Ok(rows.collect::<rusqlite::Result<_>>()?)
                })
                .await
                .expect("rows"),
            Database::Postgres(engine) => {
                let client = engine.client().await.expect("a client");
                let messages = client.simple_query(&sql).await.expect("rows");
                let row = |message| match message {
                    tokio_postgres::SimpleQueryMessage::Row(row) => {
                        let cells = (0..row.len()).map(|index| row.get(index).unwrap_or("NULL").to_owned());
                        Some(cells.collect::<Vec<_>>().join("|"))
                    }
                    _ => None,
                };
                messages.into_iter().filter_map(row).collect()
            }
        }
    }

    /// Its seeds.
    pub fn seeds(&self) -> PathBuf {
        self.folder.path().join("seeds")
    }

    /// Writes a seed file.
    pub fn seed(&self, file: &str, text: &str) {
        std::fs::create_dir_all(self.seeds()).expect("a folder");
        std::fs::write(self.seeds().join(file), text).expect("a written file");
    }
}

/// The repository's root: the front-page project.
pub fn repository() -> &'static std::path::Path {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("a repository")
}

fn cell_text(cell: &rusqlite::types::ValueRef<'_>) -> String {
    use rusqlite::types::ValueRef;
    match cell {
        ValueRef::Null => "NULL".to_owned(),
        ValueRef::Integer(integer) => integer.to_string(),
        ValueRef::Real(real) => real.to_string(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        ValueRef::Blob(blob) => format!("{blob:?}"),
    }
}

/// An error with all of its parts.
pub fn show(error: &MigrateError) -> String {
    format!("{}: {error}\nat {:?}\n{:#?}\nhint: {:?}", error.code(), error.place(), error.reasons(), error.hint())
}

/// A model from SDL.
pub fn model(text: &str) -> Catalog {
    let source = Source { path: "schema/model.graphql".to_owned(), text: text.to_owned() };
    match purlin_model::compile(&[source], &Settings::default()) {
        Ok(compiled) => compiled.catalog,
        Err(diagnostics) => panic!("{}", diagnostics.render(false)),
    }
}

/// The model of a folder's `schema/*.graphql`.
pub fn model_of_folder(folder: &std::path::Path) -> Catalog {
    let is_model = |path: &std::path::Path| path.extension().is_some_and(|extension| extension == "graphql");
    let sources: Vec<Source> = purlin_testkit::cases(&folder.join("schema"), is_model)
        .into_iter()
        .map(|path| Source {
            path: path.display().to_string(),
            text: std::fs::read_to_string(path).expect("a readable file"),
        })
        .collect();
    match purlin_model::compile(&sources, &Settings::default()) {
        Ok(compiled) => compiled.catalog,
        Err(diagnostics) => panic!("{}", diagnostics.render(false)),
    }
}

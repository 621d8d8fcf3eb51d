//! Models → migrations → tables: `Catalog` → [`PhysicalSchema`](crate::physical::PhysicalSchema) → [`diff`] → steps →
//! SQL, each pure; and applying them. Refuses to know GraphQL and the command line.

mod apply;
mod conversion;
mod correspondence;
mod diff;
pub(crate) mod drift;
mod error;
mod finding;
pub mod folder;
mod history;
mod name;
pub(crate) mod plan;
pub(crate) mod print;
pub(crate) mod script;
mod step;
pub(crate) mod system;
mod words;

use std::path::{Path, PathBuf};

use purlin_entity::migration;
use purlin_model::Catalog;
use purlin_plan::plan::Dialect;
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder, Statement};

pub use apply::postgres::LOCK as ADVISORY_LOCK;
pub use correspondence::{Correspondence, correspondence};
pub use diff::diff;
pub use error::MigrateError;
pub use finding::{Finding, FindingKind};
pub use folder::Migration;
pub use history::Applied;
pub use plan::{MigrationText, Plan, between, plan_diff, take_back, write_diff, write_new};
pub use print::sql;
pub use step::{Change, Copy, Rebuild, Step};

use crate::Database;
use crate::physical::PhysicalSchema;

/// Where a migration stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It was applied, and its file is as it was.
    Applied,
    /// It is to be applied.
    Pending,
    /// It was applied, and its file is another now.
    Changed,
    /// It was applied, and its file is gone.
    Missing,
}

/// A migration of the folder or of the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MigrationStatus {
    /// Its file names without ending.
    pub migration: String,
    /// Where it stands.
    pub state: State,
    /// When it was applied.
    pub applied_at: Option<String>,
}

/// How migrations are applied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ApplyOptions {
    /// Apply even if the database is not as the migrations before left it.
    pub allow_drift: bool,
}

/// Applies what is pending, each migration whole or not at all together with its record; returns their names. Of two
/// processes one applies and the other finds nothing to do.
///
/// # Errors
/// [`MigrateError`]: migrations before the failed one stay applied, the failed one did nothing.
pub async fn apply(database: &Database, migrations: &Path, options: ApplyOptions) -> Result<Vec<String>, MigrateError> {
    let model = folder::read_model(migrations)?;
    let migrations = folder::read(migrations, database.dialect())?;
    let applied = applied(database).await?;
    let pending: Vec<Migration> = history::pending(&applied, &migrations)?.into_iter().cloned().collect();
    if pending.is_empty() {
        return Ok(Vec::new());
    }
    if let Some(model) = applied.last().and_then(|last| last.model.as_deref()).filter(|_| !options.allow_drift) {
        let differences = differences(database, model).await?;
        if !differences.is_empty() {
            return Err(MigrateError::Drift(differences));
        }
    }
    let applied = run_all(database, Work { migrations, pending, model }).await;
    // Whatever was applied before one failed changed tables too.
    database.prepare_anew();
    Ok(applied?.iter().map(Migration::stem).collect())
}

/// What is to be applied.
struct Work {
    /// All of the folder.
    migrations: Vec<Migration>,
    /// Those of them that were not applied when they were looked at: others may have been faster.
    pending: Vec<Migration>,
    /// Kept with the last one.
    model: Option<String>,
}

async fn run_all(database: &Database, work: Work) -> Result<Vec<Migration>, MigrateError> {
    match database {
        Database::Sqlite(engine) => {
            engine.write_exclusive(move |connection| Ok(apply::sqlite::apply(connection, &work))).await?
        }
        Database::Postgres(engine) => apply::postgres::apply(&mut *engine.client().await?, &work).await,
    }
}

/// The SQL that makes all tables of a model in an empty database.
pub fn creation(catalog: &Catalog, dialect: Dialect) -> String {
    let mut texts = plan::between(&Catalog::default(), catalog, &[dialect]).texts;
    texts.pop().map_or_else(String::new, |(_, text)| text.up)
}

/// Makes the system tables that are not there yet.
///
/// # Errors
/// [`MigrateError::Database`].
pub async fn ensure_system_tables(database: &Database) -> Result<(), MigrateError> {
    match database {
        Database::Sqlite(engine) => {
            engine.write_exclusive(|connection| Ok(apply::sqlite::ensure_system_tables(connection))).await?
        }
        Database::Postgres(engine) => apply::postgres::ensure_system_tables(&mut *engine.client().await?).await,
    }
}

/// Takes back what was applied last; returns its name.
///
/// # Errors
/// [`MigrateError`]; nothing was done then.
pub async fn down(database: &Database, migrations: &Path) -> Result<String, MigrateError> {
    let migrations = folder::read(migrations, database.dialect())?;
    let undone = match database {
        Database::Sqlite(engine) => {
            let work = move |connection: &mut _| Ok(apply::sqlite::down(connection, &migrations));
            engine.write_exclusive(work).await??
        }
        Database::Postgres(engine) => apply::postgres::down(&mut *engine.client().await?, &migrations).await?,
    };
    database.prepare_anew();
    Ok(undone.stem())
}

/// Every migration of the folder and of the record, by version.
///
/// # Errors
/// [`MigrateError::File`], [`MigrateError::Database`].
pub async fn status(database: &Database, migrations: &Path) -> Result<Vec<MigrationStatus>, MigrateError> {
    let migrations = folder::read(migrations, database.dialect())?;
    let applied = applied(database).await?;
    let of_file = |migration: &Migration| {
        let record = applied.iter().find(|done| done.version == migration.version);
        let state = match record {
            None => State::Pending,
            Some(done) if done.checksum == migration.checksum() => State::Applied,
            Some(_) => State::Changed,
        };
        let applied_at = record.map(|done| done.applied_at.clone());
        MigrationStatus { migration: migration.stem(), state, applied_at }
    };
    let mut found: Vec<MigrationStatus> = migrations.iter().map(of_file).collect();
    let missing = applied.iter().filter(|done| migrations.iter().all(|migration| migration.version != done.version));
    found.extend(missing.map(|done| MigrationStatus {
        migration: done.stem(),
        state: State::Missing,
        applied_at: Some(done.applied_at.clone()),
    }));
    found.sort_by(|left, right| left.migration.cmp(&right.migration));
    Ok(found)
}

/// Names of the migrations that are not applied yet; changes nothing.
///
/// # Errors
/// [`MigrateError::Changed`], [`MigrateError::Missing`], [`MigrateError::File`], [`MigrateError::Database`].
pub async fn pending(database: &Database, migrations: &Path) -> Result<Vec<String>, MigrateError> {
    let migrations = folder::read(migrations, database.dialect())?;
    let pending = history::pending(&applied(database).await?, &migrations)?.into_iter().map(Migration::stem).collect();
    Ok(pending)
}

/// How the database differs from `model.graphql`, one sentence each; `None` while migrations are pending, or when there
/// are none.
///
/// # Errors
/// As [`pending`]; [`MigrateError::Model`].
pub async fn drift(database: &Database, migrations: &Path) -> Result<Option<Vec<String>>, MigrateError> {
    let Some(model) = folder::read_model(migrations)? else { return Ok(None) };
    if !pending(database, migrations).await?.is_empty() {
        return Ok(None);
    }
    differences(database, &model).await.map(Some)
}

/// How the database differs from a model's text, one sentence each; what is only in the database and not a table of its
/// own does not count.
///
/// # Errors
/// [`MigrateError::Model`] when the text is no model, [`MigrateError::Database`].
pub async fn differences(database: &Database, model: &str) -> Result<Vec<String>, MigrateError> {
    let (expected, live) = both_sides(database, model).await?;
    let found = drift::differences(&expected, &live);
    let Database::Postgres(engine) = database else { return Ok(found) };
    if found.is_empty() {
        return Ok(found);
    }
    // What PostgreSQL once said may be what differs.
    engine.wording().forget();
    let (expected, live) = both_sides(database, model).await?;
    Ok(drift::differences(&expected, &live))
}

/// What a model asks for, in the database's own words, and what there is.
async fn both_sides(database: &Database, model: &str) -> Result<(PhysicalSchema, PhysicalSchema), MigrateError> {
    let catalog = plan::compile(model, &[database.dialect()])?;
    let expected = crate::physical::of(&catalog, database.dialect());
    match database {
        Database::Sqlite(_) => Ok((expected, crate::introspect::introspect(database).await?)),
        Database::Postgres(engine) => {
            let mut client = engine.reader().await?;
            let live = crate::introspect::postgres::introspect(&*client).await?;
            // Dropped, and so rolled back.
            let transaction = client.transaction().await?;
            Ok((drift::in_postgres_words(&transaction, &expected, engine.wording()).await?, live))
        }
    }
}

/// The record, by version; empty where there is none.
async fn applied(database: &Database) -> Result<Vec<Applied>, MigrateError> {
    let table = match database.dialect() {
        Dialect::Sqlite => "SELECT 1 FROM sqlite_schema WHERE name = 'purlin_migrations'",
        Dialect::Postgres => "SELECT 1 FROM pg_tables WHERE schemaname = 'purlin' AND tablename = 'migrations'",
    };
    let rows = database.write(|transaction| async move {
        let orm = transaction.orm::<migration::Entity>();
        let failed = |error| MigrateError::Database(transaction.explain(error));
        let exists =
            orm.query_one_raw(Statement::from_string(orm.get_database_backend(), table)).await.map_err(failed)?;
        match exists {
            Some(_) => {
                migration::Entity::find().order_by_asc(migration::Column::Version).all(&orm).await.map_err(failed)
            }
            None => Ok(Vec::new()),
        }
    });
    Ok(rows.await?.into_iter().map(Applied::from).collect())
}

/// Adopts an existing database that is to evolve: writes the migration that would make its tables, notes it as applied
/// without running it, and writes `model.graphql`; returns the files.
///
/// # Errors
/// [`MigrateError::NotNew`] when the database has migrations already, [`MigrateError::Drift`] when its tables are not as
/// the model says.
pub async fn baseline(
    database: &Database,
    migrations: &Path,
    model: &Catalog,
    dialects: &[Dialect],
    now: jiff::Timestamp,
) -> Result<Vec<PathBuf>, MigrateError> {
    let plan = plan::initial(model, dialects);
    let version = folder::next_version(migrations, now)?;
    let of = |text: &MigrationText| Migration {
        version: version.clone(),
        name: "baseline".to_owned(),
        up: text.up.clone(),
        // Nobody wants an adopted database's tables dropped.
        down: None,
    };
    let earlier = applied(database).await?.len();
    if earlier > 0 {
        return Err(MigrateError::NotNew { applied: earlier });
    }
    // Tables the import left out are nobody's business here; those it took must be as the model says.
    let (expected, live) = both_sides(database, &plan.model).await?;
    let broken = drift::broken_promises(&expected, &live);
    if !broken.is_empty() {
        return Err(MigrateError::Drift(broken));
    }
    let mut written = Vec::new();
    for (dialect, text) in &plan.texts {
        let migration = of(text);
        written.extend(folder::write_migration(migrations, *dialect, &migration)?);
        if *dialect == database.dialect() {
            adopt(database, migration, plan.model.clone()).await?;
        }
    }
    written.push(folder::write_model(migrations, &plan.model)?);
    Ok(written)
}

async fn adopt(database: &Database, migration: Migration, model: String) -> Result<(), MigrateError> {
    match database {
        Database::Sqlite(engine) => {
            let work = move |connection: &mut _| Ok(apply::sqlite::adopt(connection, &migration, &model));
            engine.write_exclusive(work).await?
        }
        Database::Postgres(engine) => apply::postgres::adopt(&mut *engine.client().await?, &migration, &model).await,
    }
}

/// Looks up how many rows each finding concerns, in a database as it is before the migration.
///
/// # Errors
/// None: a count that fails (the table is not there yet) is left out.
pub async fn count_rows(database: &Database, plan: &mut Plan) {
    for finding in &mut plan.findings {
        let sql = finding.count(database.dialect()).to_owned();
        finding.rows = match database {
            Database::Sqlite(engine) => {
                let count =
                    move |connection: &rusqlite::Connection| Ok(connection.query_row(&sql, [], |row| row.get(0))?);
                engine.read(count).await.ok()
            }
            Database::Postgres(engine) => match engine.reader().await {
                Ok(client) => client.query_one(&sql, &[]).await.ok().and_then(|row| row.try_get(0).ok()),
                Err(_) => None,
            },
        };
    }
}

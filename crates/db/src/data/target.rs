//! A database that is to be filled with all rows of another, whole or not at all. Refuses to know where they come from.
//!
//! On SQLite a database that is not there yet is made beside its place and takes its name at the end; rows of one that
//! is there, and of PostgreSQL, are one transaction. Before it ends, every table is read back and compared.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use purlin_model::Catalog;
use purlin_model::catalog::TableId;
use purlin_model::value::Value;
use purlin_plan::plan::Dialect;

use super::digest::Digest;
use super::error::DataError;
use super::import::foreign_keys;
use super::session::{Conflict, ForeignKeyName, Session, reason};
use super::shape::{Chunk, Row, Shape, has_circle};
use crate::migrate::{self, ApplyOptions, folder};
use crate::{Database, DatabaseError, Options, introspect, physical};

/// Endings of the files that belong to one of SQLite.
const COMPANIONS: [&str; 3] = ["", "-wal", "-shm"];

/// A table as it arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrived {
    /// The type's name.
    pub table: String,
    /// Its rows.
    pub rows: u64,
    /// The sum of the SHA-256 of its rows, the same on both sides.
    pub hash: String,
}

/// What a table is to hold.
#[derive(Clone, Debug)]
pub struct Expected {
    /// The table.
    pub shape: Arc<Shape>,
    /// Its rows.
    pub digest: Digest,
    /// The last key it gave by itself.
    pub last_key: Option<i64>,
}

/// A database that is to be filled.
pub struct Target {
    /// `None` once it is closed.
    database: Option<Database>,
    /// Where it is made, and where it belongs.
    staged: Option<(PathBuf, PathBuf)>,
}

impl Target {
    /// Opens what the URL names.
    ///
    /// # Errors
    /// [`DataError`] when it cannot be opened.
    pub async fn open(url: &str, options: Options) -> Result<Target, DataError> {
        let place = url.strip_prefix("sqlite:").map(PathBuf::from).filter(|path| !path.exists());
        let Some(place) = place else {
            return Ok(Target { database: Some(Database::connect(url, options).await?), staged: None });
        };
        let part = super::export::part(&place);
        // What an earlier attempt left behind.
        remove(&part);
        let staged = Some((part.clone(), place));
        let mut target = Target { database: None, staged };
        target.database = Some(Database::connect(&format!("sqlite:{}", part.display()), options).await?);
        Ok(target)
    }

    /// The open database.
    ///
    /// # Errors
    /// [`DatabaseError::Unavailable`] once it is closed.
    pub fn database(&self) -> Result<&Database, DatabaseError> {
        self.database.as_ref().ok_or_else(|| DatabaseError::Unavailable("the database is closed".to_owned()))
    }

    /// Makes its tables: by the migrations there are for its kind, else from the model. Gives whether this made them.
    ///
    /// # Errors
    /// [`DataError::Target`] when it is not empty, or not as the model says; [`DataError::Migrate`].
    pub async fn prepare(&self, catalog: &Catalog, migrations: &Path) -> Result<bool, DataError> {
        let database = self.database()?;
        let dialect = database.dialect();
        let live = introspect::introspect(database).await?;
        let expected = physical::of(catalog, dialect);
        let own = migrate::system::wanted(dialect)?;
        let is_known = |name: &physical::TableName| expected.tables.contains_key(name) || own.tables.contains_key(name);
        let mut reasons: Vec<String> = live
            .tables
            .keys()
            .filter(|name| !is_known(name))
            .map(|name| format!("table `{name}` is not in the model"))
            .collect();
        let session = Session::read(database).await?;
        for name in live.tables.keys().filter(|name| expected.tables.contains_key(*name)) {
            let sql = format!("SELECT count(*) FROM (SELECT 1 FROM {} LIMIT 1) AS first", name.sql());
            if session.integer(&sql).await? != Some(0) {
                reasons.push(format!("table `{name}` has rows"));
            }
        }
        drop(session);
        if !reasons.is_empty() {
            return Err(DataError::Target(reasons));
        }
        let is_new = live.tables.keys().all(|name| !expected.tables.contains_key(name));
        migrate::ensure_system_tables(database).await?;
        if !folder::read(migrations, dialect)?.is_empty() {
            migrate::apply(database, migrations, ApplyOptions::default()).await?;
        } else if is_new {
            let session = Session::write(database).await?;
            session.begin().await?;
            session.execute(&migrate::creation(catalog, dialect)).await?;
            session.commit().await?;
        }
        let text = purlin_model::print(catalog, purlin_model::PrintOptions { permissions: false });
        match migrate::differences(database, &text).await? {
            differences if differences.is_empty() => Ok(is_new),
            differences => Err(DataError::Target(differences)),
        }
    }

    /// Closes it and, if it was made elsewhere, puts it in its place.
    ///
    /// # Errors
    /// [`DataError::File`].
    pub fn finish(mut self) -> Result<(), DataError> {
        // Closing writes the log back into the file.
        self.database = None;
        let Some((part, place)) = self.staged.take() else { return Ok(()) };
        let placed = std::fs::File::open(&part).and_then(|file| file.sync_all()).and_then(|()| put(&part, &place));
        remove(&part);
        placed.map_err(|error| DataError::file(&place, error))
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        self.database = None;
        if let Some((part, _)) = &self.staged {
            remove(part);
        }
    }
}

/// A link, unlike a rename, replaces nothing that has come there meanwhile; not every file system has them.
fn put(part: &Path, place: &Path) -> std::io::Result<()> {
    match std::fs::hard_link(part, place) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists && !place.exists() => {
            std::fs::rename(part, place)
        }
        linked => linked,
    }
}

/// What is not there need not be removed.
fn remove(database: &Path) {
    for companion in COMPANIONS {
        let mut name = database.as_os_str().to_owned();
        name.push(companion);
        let _ = std::fs::remove_file(name);
    }
}

/// The rows of all tables on their way into a database, in one transaction.
pub struct Filling {
    session: Session,
    /// The tables, parents first.
    pub shapes: Vec<Arc<Shape>>,
    keys: Vec<ForeignKeyName>,
}

impl Filling {
    /// Begins. Tables that were just made are emptied: a migration may have written rows.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn begin(database: &Database, catalog: &Catalog, made: bool) -> Result<Filling, DataError> {
        let shapes = Shape::all(catalog);
        let session = Session::write(database).await?;
        session.begin().await?;
        let tables: Vec<TableId> = catalog.table_ids().collect();
        let circle = has_circle(catalog, &tables);
        let keys = if circle { foreign_keys(catalog, &tables) } else { Vec::new() };
        if circle || session.dialect() == Dialect::Sqlite {
            session.defer(&keys).await?;
        }
        if made {
            for shape in shapes.iter().rev() {
                session.execute(&format!("DELETE FROM {}", shape.sql_name(session.dialect()))).await?;
            }
        }
        Ok(Filling { session, shapes, keys })
    }

    /// Writes rows that have all columns.
    ///
    /// # Errors
    /// Why the database does not take them, with the row at fault.
    pub async fn insert(&self, shape: &Arc<Shape>, rows: Chunk) -> Result<(), DataError> {
        let positions: Arc<[usize]> = shape.positions().into();
        let rows = Arc::new(rows);
        let inserted = self.session.insert(shape, &positions, rows.clone(), Conflict::Error).await;
        inserted.map(drop).map_err(|refused| match refused.row.and_then(|row| rows.get(row)) {
            None => refused.error.into(),
            Some(row) => {
                let mut line = Vec::new();
                super::ndjson::write(&mut line, shape, row);
                let line = String::from_utf8_lossy(&line);
                let shown = super::check::shortened(line.trim_end());
                let reason = reason(&refused.error);
                DataError::Mismatch(vec![format!("`{}` does not take the row {shown}: {reason}", shape.name)])
            }
        })
    }

    /// Takes over what the other database noted of its seeds and of when its migrations were applied.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn histories(&self, histories: &Histories) -> Result<(), DataError> {
        let (migrations, seeds) = (Shape::of_system("purlin_migrations")?, Shape::of_system("purlin_seeds")?);
        let applied_at = migrations.position("applied_at").unwrap_or_default();
        let mut own = self.session.rows(&migrations).await?;
        for row in &mut own {
            if let Some(theirs) = histories.migrations.iter().find(|theirs| theirs[0] == row[0]) {
                row[applied_at] = theirs[applied_at].clone();
            }
        }
        if own.is_empty() && histories.same_kind {
            own.clone_from(&histories.migrations);
        }
        for (shape, rows) in [(migrations, own), (seeds, histories.seeds.clone())] {
            let positions: Arc<[usize]> = shape.positions().into();
            let noted = self.session.insert(&shape, &positions, Arc::new(rows), Conflict::Update).await;
            noted.map_err(|refused| refused.error)?;
        }
        Ok(())
    }

    /// Lets keys go on behind those that are there, reads every table back, and commits if all are as expected.
    ///
    /// # Errors
    /// [`DataError::Mismatch`]; nothing was written then.
    pub async fn finish(self, expected: &[Expected]) -> Result<Vec<Arrived>, DataError> {
        let Filling { session, keys, .. } = self;
        let (mut arrived, mut different) = (Vec::with_capacity(expected.len()), Vec::new());
        for Expected { shape, digest, last_key } in expected {
            session.advance(shape, *last_key).await?;
            let found = session.digest(shape).await?;
            if found != *digest {
                different.push(format!("`{}` holds {found} instead of {digest}", shape.name));
            }
            arrived.push(Arrived { table: shape.name.to_string(), rows: found.rows, hash: found.hex() });
        }
        if !different.is_empty() {
            return Err(DataError::Mismatch(different));
        }
        session.settle(&keys).await?;
        session.commit().await?;
        Ok(arrived)
    }
}

/// What a database noted of its migrations and seeds.
#[derive(Clone, Debug, Default)]
pub struct Histories {
    /// Rows of `purlin.migrations`.
    pub migrations: Vec<Row>,
    /// Rows of `purlin.seeds`.
    pub seeds: Vec<Row>,
    /// Whether the scripts that were applied are those for the database that is filled.
    pub same_kind: bool,
}

impl Histories {
    /// Reads them; without system tables there are none.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn read(session: &Session, target: Dialect) -> Result<Histories, DataError> {
        let live = session.tables().await?;
        let system = migrate::system::wanted(session.dialect())?;
        let mut histories = Histories { same_kind: session.dialect() == target, ..Histories::default() };
        for (name, rows) in [("purlin_migrations", &mut histories.migrations), ("purlin_seeds", &mut histories.seeds)] {
            let shape = Shape::of_system(name)?;
            let is_there = |table: &physical::TableName| table.sql() == shape.sql_name(session.dialect());
            if system.tables.keys().any(is_there) && live.tables.keys().any(is_there) {
                *rows = session.rows(&shape).await?;
            }
        }
        Ok(histories)
    }

    /// The model as of the last migration.
    pub fn model(&self) -> Option<&str> {
        self.migrations.iter().rev().find_map(|row| match row.get(3) {
            Some(Value::Text(model)) => Some(&**model),
            _ => None,
        })
    }

    /// The versions of the migrations.
    pub fn versions(&self) -> Vec<&str> {
        self.migrations
            .iter()
            .filter_map(|row| if let Some(Value::Text(it)) = row.first() { Some(&**it) } else { None })
            .collect()
    }
}

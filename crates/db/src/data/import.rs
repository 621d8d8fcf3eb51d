//! Files of rows → tables. Refuses to know how rows are written in a file, and how a database takes them.
//!
//! Every file is checked first, by all that the model says; a mistake means that nothing is written. Then rows are
//! written in batches, each one transaction together with how far the import has come: only what the database alone
//! knows (unique keys, foreign keys, checks in SQL) or a crash can stop it in the middle, and the same command goes on
//! from the last batch. An import of no more rows than a batch has is one transaction.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use purlin_model::Catalog;
use purlin_model::catalog::TableId;
use purlin_model::value::Value;
use purlin_plan::plan::Dialect;

use super::check::Checks;
use super::csv::Place;
use super::error::{DataError, Mistake, Mistakes};
use super::rows::{Format, Rows, table_of};
use super::session::{Conflict, ForeignKeyName, Refused, Session, reason, single};
use super::shape::{CHUNK_BYTES, CHUNK_ROWS, Row, Shape, has_circle, parents_first, weight};
use super::{Progress, Told};
use crate::{Database, DatabaseError};

/// Rows of a transaction, unless said otherwise.
pub const BATCH_ROWS: u64 = 100_000;

/// How files are imported.
#[derive(Clone, Debug)]
pub struct Options {
    /// What happens to a row whose primary key is there already.
    pub conflict: Conflict,
    /// Rows of a transaction; 0: all.
    pub batch: u64,
    /// Forget how far an earlier import of the same files has come.
    pub restart: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options { conflict: Conflict::Error, batch: BATCH_ROWS, restart: false }
    }
}

/// A file and the table its rows are for.
#[derive(Clone, Debug)]
pub struct Source {
    /// The file.
    pub path: PathBuf,
    /// How its rows are written.
    pub format: Format,
    /// The table.
    pub shape: Arc<Shape>,
}

/// A file that was imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The file.
    pub file: PathBuf,
    /// The type's name.
    pub table: String,
    /// Rows of the file.
    pub rows: u64,
    /// Rows of it that an earlier run had loaded.
    pub resumed: u64,
    /// Rows this run added or changed; those that were left alone are not counted.
    pub written: u64,
}

/// The shape of the table called `name`.
///
/// # Errors
/// [`DataError::Request`] when there is none.
pub fn shape(catalog: &Catalog, name: &str) -> Result<Arc<Shape>, DataError> {
    let id = catalog.table_by_name(name).ok_or_else(|| DataError::Request {
        message: format!("there is no type `{name}` in the model"),
        hint: "tables are called as their types; `--table` names one",
    })?;
    Ok(Shape::of(catalog, id))
}

/// The files and what they are for, parents before children: a folder stands for its `*.csv`, `*.ndjson` and `*.jsonl`
/// (`.gz` too), and a file for the table of its name unless `table` says another.
///
/// # Errors
/// [`DataError::Request`], [`DataError::File`].
pub fn sources(
    catalog: &Catalog,
    paths: &[PathBuf],
    table: Option<&str>,
    format: Option<Format>,
) -> Result<Vec<Source>, DataError> {
    let mut found = Vec::new();
    for path in paths {
        let files = if path.is_dir() { files_of(path)? } else { vec![path.clone()] };
        for file in files {
            let name = table_of(&file);
            let format = format.or_else(|| Format::of(&file)).ok_or_else(|| DataError::Request {
                message: format!("the name of `{}` does not say how its rows are written", file.display()),
                hint: "say `--format csv` or `--format ndjson`",
            })?;
            let shape = shape(catalog, table.unwrap_or(&name))?;
            if catalog.table(shape.table).view.is_some() {
                return Err(DataError::Request {
                    message: format!("`{}` is a view, and holds no rows of its own", shape.name),
                    hint: "load the rows of the tables it selects from",
                });
            }
            found.push(Source { shape, path: file, format });
        }
    }
    let (order, _) = parents_first(catalog);
    let place = |source: &Source| order.iter().position(|id| *id == source.shape.table);
    found.sort_by_key(place);
    Ok(found)
}

fn files_of(folder: &Path) -> Result<Vec<PathBuf>, DataError> {
    let failed = |error| DataError::file(folder, error);
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if Format::of(&path).is_some() && path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    match files.is_empty() {
        true => Err(DataError::Request {
            message: format!("there are no files of rows in `{}`", folder.display()),
            hint: "they are called `TABLE.csv` or `TABLE.ndjson`",
        }),
        false => Ok(files),
    }
}

/// Imports files; see the module.
///
/// # Errors
/// [`DataError`]; [`DataError::Rows`] says of each wrong row where it is, and how many rows before are written.
pub async fn import(
    database: &Database,
    catalog: &Catalog,
    sources: &[Source],
    options: &Options,
    told: Told<'_>,
) -> Result<Vec<Imported>, DataError> {
    let checks =
        sources.iter().map(|source| checks(catalog, source, options.conflict)).collect::<Result<Vec<_>, _>>()?;
    crate::migrate::ensure_system_tables(database).await?;
    let record = Shape::of_system("purlin_imports")?;
    let mut earlier = if options.restart { HashMap::new() } else { earlier(database, &record).await? };
    let marks: Vec<Mark> = sources.iter().map(|source| earlier.remove(&key(source)).unwrap_or_default()).collect();
    check(sources, &checks, &marks, told)?;

    let tables: Vec<TableId> = sources.iter().map(|source| source.shape.table).collect();
    let circle = has_circle(catalog, &tables);
    let keys = if circle { foreign_keys(catalog, &tables) } else { Vec::new() };
    let session = Session::write(database).await?;
    let batch = if circle || options.batch == 0 { u64::MAX } else { options.batch };
    let mut load = Load {
        session: &session,
        record: &record,
        conflict: options.conflict,
        batch,
        pending: 0,
        kept: marks.iter().map(|mark| mark.rows).sum(),
        uncommitted: Vec::new(),
        told,
    };
    session.begin().await?;
    if circle {
        session.defer(&keys).await?;
    }
    let mut imported = Vec::with_capacity(sources.len());
    for ((source, checks), mark) in sources.iter().zip(&checks).zip(&marks) {
        imported.push(load.source(source, checks, mark).await?);
    }
    for source in sources {
        session.advance(&source.shape, None).await?;
        forget(&session, &record, &key(source)).await?;
    }
    session.settle(&keys).await?;
    session.commit().await?;
    Ok(imported)
}

fn checks(catalog: &Catalog, source: &Source, conflict: Conflict) -> Result<Checks, DataError> {
    if conflict != Conflict::Error && source.shape.key.is_empty() {
        return Err(DataError::Request {
            message: format!("`{}` has no primary key by which a row could be there already", source.shape.name),
            hint: "leave out `--on-conflict`",
        });
    }
    Checks::of(catalog, &source.shape).map_err(|reason| DataError::Database(DatabaseError::Internal(reason)))
}

/// How far the import of a file has come.
#[derive(Clone, Debug, Default)]
struct Mark {
    rows: u64,
    bytes: u64,
    checksum: String,
}

/// What an import is known by: the table, and where the file is.
fn key(source: &Source) -> String {
    let path = source.path.canonicalize().unwrap_or_else(|_| source.path.clone());
    format!("{} {}", source.shape.name, path.display())
}

async fn earlier(database: &Database, record: &Arc<Shape>) -> Result<HashMap<String, Mark>, DataError> {
    let rows = Session::read(database).await?.rows(record).await?;
    let read = |row: Row| match row.as_slice() {
        [Value::Text(file), Value::Integer(rows), Value::Integer(bytes), Value::Text(checksum), ..] => Some((
            file.to_string(),
            Mark { rows: rows.unsigned_abs(), bytes: bytes.unsigned_abs(), checksum: checksum.to_string() },
        )),
        _ => None,
    };
    Ok(rows.into_iter().filter_map(read).collect())
}

async fn forget(session: &Session, record: &Shape, key: &str) -> Result<(), DatabaseError> {
    let (table, key) = (record.sql_name(session.dialect()), crate::physical::text_literal(key));
    session.execute(&format!("DELETE FROM {table} WHERE file = {key}")).await
}

/// Reads every file to its end: all of its rows fit, and those that are loaded already are still the same.
fn check(sources: &[Source], checks: &[Checks], marks: &[Mark], told: Told<'_>) -> Result<(), DataError> {
    let mut mistakes = Mistakes::default();
    for ((source, checks), mark) in sources.iter().zip(checks).zip(marks) {
        let mut rows = Rows::open(&source.path, source.format, &source.shape, checks)?;
        let (mut count, mut same) = (0, mark.rows == 0);
        while rows.next(&mut mistakes)?.is_some() {
            count += 1;
            if count == mark.rows {
                same = rows.input.bytes() == mark.bytes && rows.input.checksum() == mark.checksum;
            }
            if count % CHUNK_ROWS as u64 == 0 {
                told(&progress("check", source, count, &rows));
            }
        }
        if !same {
            return Err(DataError::Resume { file: rows.file, rows: mark.rows });
        }
    }
    mistakes.none()
}

fn progress(what: &str, source: &Source, count: u64, rows: &Rows<'_>) -> Progress {
    let bytes = Some((rows.input.read_bytes(), rows.input.size));
    Progress { label: format!("{what} {}", source.shape.name), rows: count, bytes }
}

/// The foreign keys of these tables on PostgreSQL.
pub(super) fn foreign_keys(catalog: &Catalog, tables: &[TableId]) -> Vec<ForeignKeyName> {
    let of = |id: &TableId| {
        let table = catalog.table(*id);
        let sql = crate::physical::name_of(table, Dialect::Postgres).sql();
        table.foreign_keys.iter().map(move |key| ForeignKeyName {
            table: sql.clone(),
            name: key.name.to_string(),
            deferrable: key.deferrable,
        })
    };
    let mut tables = tables.to_vec();
    tables.sort();
    tables.dedup();
    tables.iter().flat_map(of).collect()
}

/// An import under way.
struct Load<'a> {
    session: &'a Session,
    record: &'a Arc<Shape>,
    conflict: Conflict,
    batch: u64,
    /// Rows since the last commit.
    pending: u64,
    /// Rows that are committed.
    kept: u64,
    /// Files that were finished since the last commit, and how far they came.
    uncommitted: Vec<(String, Mark)>,
    told: Told<'a>,
}

/// Rows that have values for the same columns, and where they are in the file.
#[derive(Default)]
struct Group {
    positions: Option<Arc<[usize]>>,
    rows: Vec<Row>,
    places: Vec<Place>,
    bytes: usize,
}

impl Load<'_> {
    async fn source(&mut self, source: &Source, checks: &Checks, mark: &Mark) -> Result<Imported, DataError> {
        let mut rows = Rows::open(&source.path, source.format, &source.shape, checks)?;
        let (mut mistakes, mut count, mut written) = (Mistakes::default(), 0, 0);
        let mut group = Group::default();
        while let Some(record) = rows.next(&mut mistakes)? {
            count += 1;
            if count <= mark.rows {
                continue;
            }
            if group.positions.as_ref().is_some_and(|positions| **positions != *record.positions) {
                written += self.write(source, &rows.file, &mut group).await?;
            }
            group.bytes += record.row.iter().map(weight).sum::<usize>();
            group.positions.get_or_insert(record.positions);
            group.rows.push(record.row);
            group.places.push(record.place);
            let due = self.pending + group.rows.len() as u64 >= self.batch;
            if due || group.rows.len() >= CHUNK_ROWS || group.bytes >= CHUNK_BYTES {
                written += self.write(source, &rows.file, &mut group).await?;
                (self.told)(&progress("import", source, count, &rows));
            }
            if due {
                let mark = Mark { rows: count, bytes: rows.input.bytes(), checksum: rows.input.checksum() };
                self.commit(source, mark).await?;
            }
        }
        // The file was checked; it has been changed since.
        mistakes.none()?;
        written += self.write(source, &rows.file, &mut group).await?;
        let end = Mark { rows: count, bytes: rows.input.bytes(), checksum: rows.input.checksum() };
        self.uncommitted.push((key(source), end));
        let (file, table) = (source.path.clone(), source.shape.name.to_string());
        Ok(Imported { file, table, rows: count, resumed: mark.rows, written })
    }

    async fn write(&mut self, source: &Source, file: &str, group: &mut Group) -> Result<u64, DataError> {
        let Group { positions: Some(positions), rows, places, .. } = std::mem::take(group) else { return Ok(0) };
        let count = rows.len() as u64;
        let inserted = self.session.insert(&source.shape, &positions, Arc::new(rows), self.conflict).await;
        let written = inserted.map_err(|refused| self.refused(refused, file, &places))?;
        self.pending += count;
        Ok(written)
    }

    fn refused(&self, refused: Refused, file: &str, places: &[Place]) -> DataError {
        let Some(place) = refused.row.and_then(|row| places.get(row)) else { return refused.error.into() };
        let mistake = Mistake { file: file.to_owned(), place: *place, reason: reason(&refused.error) };
        DataError::Rows(Mistakes { listed: vec![mistake], more: 0, kept: self.kept })
    }

    /// Commits the batch together with how far each file has come.
    async fn commit(&mut self, source: &Source, mark: Mark) -> Result<(), DataError> {
        self.uncommitted.push((key(source), mark));
        let now = purlin_model::value::format_instant(jiff::Timestamp::now());
        let positions: Arc<[usize]> = self.record.positions().into();
        for (key, mark) in self.uncommitted.drain(..) {
            let integer = |count: u64| Value::Integer(i64::try_from(count).unwrap_or(i64::MAX));
            let row = vec![
                Value::Text(key.into()),
                integer(mark.rows),
                integer(mark.bytes),
                Value::Text(mark.checksum.into()),
                Value::Text(now.clone().into()),
            ];
            let noted = self.session.insert(self.record, &positions, single(row), Conflict::Update).await;
            noted.map_err(|refused| refused.error)?;
        }
        self.session.advance(&source.shape, None).await?;
        self.session.commit().await?;
        self.kept += std::mem::take(&mut self.pending);
        self.session.begin().await?;
        Ok(())
    }
}

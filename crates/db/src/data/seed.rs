//! Seeds: starting rows of `schema/seeds/` → tables, each file once and whole. Refuses to know GraphQL and permissions.
//!
//! `*.json` is an object of lists of rows by type, `TABLE.csv` (digits in front give the order: `01_people.csv`) a table,
//! and `*.sql` statements, for one database alone if it is called `*.sqlite.sql` or `*.postgres.sql`. A changed file of
//! rows is loaded again, and rows that are there, by primary key, stay as they are; changed SQL is refused.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use purlin_model::Catalog;
use purlin_model::catalog::TableId;
use purlin_model::value::{Value, format_instant};
use purlin_plan::plan::Dialect;
use serde_json::value::RawValue;

use super::check::Checks;
use super::csv::Place;
use super::error::{DataError, Mistake, Mistakes};
use super::import::{foreign_keys, shape};
use super::ndjson::{self, Object};
use super::rows::{Format, Record, Rows, fitting, record};
use super::session::{Conflict, Session, reason, single};
use super::shape::{CHUNK_ROWS, Shape, has_circle};
use crate::migrate::{ADVISORY_LOCK, folder, script};
use crate::{Database, DatabaseError};

/// A file that was loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loaded {
    /// Its name.
    pub file: String,
    /// Rows it added; those that were there already are left alone and not counted. `None`: it was SQL.
    pub added: Option<u64>,
}

/// Loads the files that are not loaded yet, or were changed since, in the order of their names; each is one transaction.
/// A folder that is not there has none.
///
/// # Errors
/// [`DataError::Rows`] with every mistake of a file; files before it stay loaded, of this one nothing is.
pub async fn load(database: &Database, catalog: &Catalog, seeds: &Path) -> Result<Vec<Loaded>, DataError> {
    let files = files(seeds, database.dialect())?;
    if files.is_empty() {
        return Ok(Vec::new());
    }
    crate::migrate::ensure_system_tables(database).await?;
    let history = Shape::of_system("purlin_seeds")?;
    let mut loaded = Vec::new();
    for seed in files {
        let session = Session::write(database).await?;
        session.begin().await?;
        loaded.extend(Loading { session: &session, catalog, history: &history }.load(&seed).await?);
        session.commit().await?;
    }
    Ok(loaded)
}

/// A file of the folder.
struct Seed {
    /// What it is known by: its name, without the database it is for.
    name: String,
    path: PathBuf,
    /// SHA-256 of its text; of SQL for several databases, of all of them.
    checksum: String,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Json,
    Csv,
    Sql,
}

/// The files for a database, by name.
fn files(seeds: &Path, dialect: Dialect) -> Result<Vec<Seed>, DataError> {
    let entries = match std::fs::read_dir(seeds) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(DataError::file(seeds, error)),
    };
    let mut by_name: BTreeMap<String, Vec<(PathBuf, Option<Dialect>)>> = BTreeMap::new();
    for entry in entries {
        let path = entry.map_err(|error| DataError::file(seeds, error))?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        if ["json", "csv", "sql"].iter().any(|ending| path.extension().is_some_and(|extension| extension == *ending)) {
            let (name, only) = variant(name);
            by_name.entry(name).or_default().push((path, only));
        }
    }
    let mut files = Vec::new();
    for (name, mut variants) in by_name {
        variants.sort_by(|left, right| left.0.cmp(&right.0));
        let read = |path: &Path| std::fs::read_to_string(path).map_err(|error| DataError::file(path, error));
        let texts = variants.iter().map(|(path, _)| read(path)).collect::<Result<Vec<_>, _>>()?;
        let own = variants.iter().find(|(_, only)| only.is_none_or(|only| only == dialect));
        let Some((path, _)) = own else { continue };
        let kind = match path.extension().and_then(|extension| extension.to_str()) {
            Some("json") => Kind::Json,
            Some("csv") => Kind::Csv,
            _ => Kind::Sql,
        };
        files.push(Seed { name, path: path.clone(), checksum: folder::checksum(&texts.concat()), kind });
    }
    Ok(files)
}

/// A file's name without the database it is for, and that database.
fn variant(name: &str) -> (String, Option<Dialect>) {
    let of = |ending: &str| name.strip_suffix(ending).map(|stem| format!("{stem}.sql"));
    match (of(".sqlite.sql"), of(".postgres.sql")) {
        (Some(name), _) => (name, Some(Dialect::Sqlite)),
        (_, Some(name)) => (name, Some(Dialect::Postgres)),
        _ => (name.to_owned(), None),
    }
}

/// One file on its way into the database.
struct Loading<'a> {
    session: &'a Session,
    catalog: &'a Catalog,
    history: &'a Arc<Shape>,
}

impl Loading<'_> {
    /// `None` if it is loaded as it is.
    async fn load(&self, seed: &Seed) -> Result<Option<Loaded>, DataError> {
        if self.session.dialect() == Dialect::Postgres {
            // Of two processes the second waits, and then sees that there is nothing to do.
            self.session.execute(&format!("SELECT pg_advisory_xact_lock({ADVISORY_LOCK})")).await?;
        }
        match self.recorded(&seed.name).await? {
            Some(checksum) if *checksum == *seed.checksum => return Ok(None),
            Some(_) if seed.kind == Kind::Sql => return Err(DataError::SeedChanged { file: seed.name.clone() }),
            _ => {}
        }
        let added = match seed.kind {
            Kind::Json => Some(self.json(seed).await?),
            Kind::Csv => Some(self.csv(seed).await?),
            Kind::Sql => {
                self.sql(seed).await?;
                None
            }
        };
        self.note(seed, added.unwrap_or(0)).await?;
        Ok(Some(Loaded { file: seed.name.clone(), added }))
    }

    /// The checksum of a file that is loaded.
    async fn recorded(&self, name: &str) -> Result<Option<Box<str>>, DataError> {
        let rows = self.session.rows(self.history).await?;
        Ok(rows.into_iter().find_map(|row| match row.as_slice() {
            [Value::Text(file), Value::Text(checksum), ..] if **file == *name => Some(checksum.clone()),
            _ => None,
        }))
    }

    async fn note(&self, seed: &Seed, added: u64) -> Result<(), DataError> {
        let row = vec![
            Value::Text(seed.name.as_str().into()),
            Value::Text(seed.checksum.as_str().into()),
            Value::Integer(i64::try_from(added).unwrap_or(i64::MAX)),
            Value::Text(format_instant(jiff::Timestamp::now()).into()),
        ];
        let positions: Arc<[usize]> = self.history.positions().into();
        let noted = self.session.insert(self.history, &positions, single(row), Conflict::Update).await;
        noted.map(drop).map_err(|refused| refused.error.into())
    }

    fn checks(&self, shape: &Shape) -> Result<Checks, DataError> {
        Checks::of(self.catalog, shape).map_err(|reason| DatabaseError::Internal(reason).into())
    }

    async fn csv(&self, seed: &Seed) -> Result<u64, DataError> {
        let name = super::rows::table_of(&seed.path);
        let behind_order =
            name.trim_start_matches(|letter: char| letter.is_ascii_digit()).trim_start_matches(['_', '-']);
        let shape = shape(self.catalog, &name).or_else(|error| shape(self.catalog, behind_order).map_err(|_| error))?;
        let checks = self.checks(&shape)?;
        let (mut mistakes, mut records, mut added) = (Mistakes::default(), Vec::new(), 0);
        let mut rows = Rows::open(&seed.path, Format::Csv, &shape, &checks)?;
        let file = rows.file.clone();
        let circle = [shape.table];
        self.defer(&circle).await?;
        while let Some(record) = rows.next(&mut mistakes)? {
            records.push(record);
            if records.len() >= CHUNK_ROWS {
                added += self.write(&shape, std::mem::take(&mut records), &file, &|place| place).await?;
            }
        }
        mistakes.none()?;
        added += self.write(&shape, records, &file, &|place| place).await?;
        self.settle(&circle).await?;
        Ok(added)
    }

    async fn json(&self, seed: &Seed) -> Result<u64, DataError> {
        let text = std::fs::read_to_string(&seed.path).map_err(|error| DataError::file(&seed.path, error))?;
        let file = seed.path.display().to_string();
        let tables = Json { catalog: self.catalog, file: &file, text: &text }.tables()?;
        let ids: Vec<TableId> = tables.iter().map(|(shape, _)| shape.table).collect();
        self.defer(&ids).await?;
        let mut added = 0;
        for (shape, records) in tables {
            // The line is looked up for the row at fault alone; until then it is a byte of the text.
            let locate = |place: Place| Place::START.after(&text.as_bytes()[..place.column as usize]);
            added += self.write(&shape, records, &file, &locate).await?;
        }
        self.settle(&ids).await?;
        Ok(added)
    }

    async fn defer(&self, tables: &[TableId]) -> Result<(), DataError> {
        if has_circle(self.catalog, tables) {
            self.session.defer(&foreign_keys(self.catalog, tables)).await?;
        }
        Ok(())
    }

    async fn settle(&self, tables: &[TableId]) -> Result<(), DataError> {
        if has_circle(self.catalog, tables) {
            self.session.settle(&foreign_keys(self.catalog, tables)).await?;
        }
        for id in tables {
            self.session.advance(&Shape::of(self.catalog, *id), None).await?;
        }
        Ok(())
    }

    async fn write(
        &self,
        shape: &Arc<Shape>,
        records: Vec<Record>,
        file: &str,
        locate: &dyn Fn(Place) -> Place,
    ) -> Result<u64, DataError> {
        let mut added = 0;
        let mut records = records.into_iter().peekable();
        while let Some(first) = records.next() {
            let (positions, mut places, mut rows) = (first.positions, vec![first.place], vec![first.row]);
            while let Some(next) = records.next_if(|next| rows.len() < CHUNK_ROWS && next.positions == positions) {
                places.push(next.place);
                rows.push(next.row);
            }
            let written = self.session.insert(shape, &positions, Arc::new(rows), Conflict::Skip).await;
            added += written.map_err(|refused| match refused.row.and_then(|row| places.get(row)) {
                None => DataError::Database(refused.error),
                Some(place) => {
                    let reason = format!("row of `{}`: {}", shape.name, reason(&refused.error));
                    one_mistake(file, locate(*place), reason)
                }
            })?;
        }
        Ok(added)
    }

    async fn sql(&self, seed: &Seed) -> Result<(), DataError> {
        let text = std::fs::read_to_string(&seed.path).map_err(|error| DataError::file(&seed.path, error))?;
        let file = seed.path.display().to_string();
        for part in script::parts(&text) {
            let script::Part::Statement(statement) = part else { continue };
            let place = Place { line: statement.line as u64, column: 1 };
            if let Some(word) = statement.transaction_word() {
                let reason = format!("a seed is one transaction already, but here is `{word}`");
                return Err(one_mistake(&file, place, reason));
            }
            let ran = self.session.execute(&statement.text).await;
            ran.map_err(|error| one_mistake(&file, place, reason(&error)))?;
        }
        Ok(())
    }
}

fn one_mistake(file: &str, place: Place, reason: String) -> DataError {
    let mistake = Mistake { file: file.to_owned(), place, reason };
    DataError::Rows(Mistakes { listed: vec![mistake], more: 0, kept: 0 })
}

/// A table and the rows for it.
type TableRows = (Arc<Shape>, Vec<Record>);

/// A file of JSON.
struct Json<'a> {
    catalog: &'a Catalog,
    file: &'a str,
    text: &'a str,
}

impl<'a> Json<'a> {
    /// Its rows by table; the place of each is the byte it begins at, as a column of line 1.
    fn tables(&self) -> Result<Vec<TableRows>, DataError> {
        let content: Object<'a> = serde_json::from_str(self.text).map_err(|error| {
            let place = Place { line: error.line() as u64, column: error.column().max(1) as u64 };
            let reason = format!("expected an object of lists of rows by type: {}", ndjson::message(&error));
            one_mistake(self.file, place, reason)
        })?;
        let (mut mistakes, mut tables) = (Mistakes::default(), Vec::new());
        for (name, list) in &content.0 {
            let Ok(shape) = shape(self.catalog, name) else {
                self.note(&mut mistakes, list, format!("there is no type `{name}` in the model"));
                continue;
            };
            let Ok(list) = serde_json::from_str::<Vec<&RawValue>>(list.get()) else {
                self.note(&mut mistakes, list, format!("expected a list of rows for `{name}`"));
                continue;
            };
            let checks = Checks::of(self.catalog, &shape).map_err(DatabaseError::Internal)?;
            let mut records = Vec::with_capacity(list.len());
            let mut last: Arc<[usize]> = Arc::new([]);
            for row in list {
                let Ok(object) = serde_json::from_str::<Object<'_>>(row.get()) else {
                    self.note(&mut mistakes, row, format!("expected an object of column values for `{name}`"));
                    continue;
                };
                let (values, wrong) = fitting(&shape, &checks, &object);
                for (raw, reason) in wrong {
                    self.note(&mut mistakes, raw.unwrap_or(row), format!("row of `{name}`: {reason}"));
                }
                let place = Place { line: 1, column: ndjson::offset(self.text, row) as u64 };
                let record = record(place, values, last);
                last = record.positions.clone();
                records.push(record);
            }
            tables.push((shape, records));
        }
        mistakes.none().map(|()| tables)
    }

    fn note(&self, mistakes: &mut Mistakes, raw: &RawValue, reason: String) {
        let place = Place::START.after(&self.text.as_bytes()[..ndjson::offset(self.text, raw)]);
        mistakes.push(Mistake { file: self.file.to_owned(), place, reason });
    }
}

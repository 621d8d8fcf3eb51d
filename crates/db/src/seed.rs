//! Seeds: rows of `schema/seeds/*.json` → tables, each file once and whole. Refuses to know GraphQL and permissions.

use std::collections::HashMap;
use std::path::Path;

use purlin_entity::seed;
use purlin_model::catalog::{Catalog, CheckRule, Column, ColumnDefault, ColumnIndex, Table};
use purlin_model::scalar::{ColumnType, Scalar};
use purlin_model::value::{Value, coerce};
use purlin_plan::plan::Dialect;
use regex::Regex;
use rusqlite::types::{ToSqlOutput, Value as Owned, ValueRef};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, DbBackend, EntityTrait, Statement};
use serde_json::{Map, Value as Json};

use crate::migrate::{ADVISORY_LOCK, MigrateError, folder};
use crate::physical::{self, PhysicalSchema, list, name_of, quote, text_literal};
use crate::{ConstraintViolation, Database, DatabaseError, Transaction, sqlite};

/// A file that was loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loaded {
    /// Its name.
    pub file: String,
    /// Rows it added; those that existed already are left alone and not counted.
    pub added: u64,
}

/// Loads the files that are not loaded yet, or were changed since, in the order of their names; each is one transaction.
/// A folder that is not there has none.
///
/// # Errors
/// [`MigrateError::Seed`] with file and row; files before it stay loaded, of this one nothing is.
pub async fn load(database: &Database, catalog: &Catalog, seeds: &Path) -> Result<Vec<Loaded>, MigrateError> {
    let files = files(seeds)?;
    if files.is_empty() {
        return Ok(Vec::new());
    }
    crate::migrate::ensure_system_tables(database).await?;
    let dialect = database.dialect();
    let physical = physical::of(catalog, dialect);
    let mut loaded = Vec::new();
    for (file, text) in files {
        let rows = Reader { catalog, file: &file, patterns: HashMap::new() }.rows(&text)?;
        let writer = Writer { catalog, physical: &physical, dialect, file: &file };
        let written = database.write(|transaction| writer.write(transaction, folder::checksum(&text), rows)).await;
        loaded.extend(written.map_err(|error| writer.too_large(error))?);
    }
    Ok(loaded)
}

/// Names and texts of the JSON files, by name.
fn files(seeds: &Path) -> Result<Vec<(String, String)>, MigrateError> {
    let entries = match std::fs::read_dir(seeds) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(MigrateError::File { path: seeds.to_owned(), reason: error.to_string() }),
    };
    let mut files = Vec::new();
    for entry in entries {
        let path =
            entry.map_err(|error| MigrateError::File { path: seeds.to_owned(), reason: error.to_string() })?.path();
        if path.extension().is_some_and(|extension| extension == "json")
            && let Some(name) = path.file_name().and_then(|name| name.to_str())
        {
            files.push((name.to_owned(), folder::read_if_there(&path)?.unwrap_or_default()));
        }
    }
    files.sort();
    Ok(files)
}

/// A row that fits its table.
struct Row<'a> {
    table: &'a Table,
    /// Its place in the file, counted from 1 within its table.
    number: usize,
    values: Vec<(ColumnIndex, Value)>,
}

/// Turns a file's text into rows.
struct Reader<'a> {
    catalog: &'a Catalog,
    file: &'a str,
    patterns: HashMap<String, Regex>,
}

impl<'a> Reader<'a> {
    fn mistake(&self, row: Option<(&str, usize)>, reason: String) -> MigrateError {
        let row = row.map(|(table, number)| (table.to_owned(), number));
        MigrateError::Seed { file: self.file.to_owned(), row, reason }
    }

    fn rows(mut self, text: &str) -> Result<Vec<Row<'a>>, MigrateError> {
        let content: Map<String, Json> = serde_json::from_str(text)
            .map_err(|error| self.mistake(None, format!("expected an object of lists of rows by type: {error}")))?;
        let mut rows = Vec::new();
        for (name, list) in &content {
            let Some(id) = self.catalog.table_by_name(name) else {
                return Err(self.mistake(None, format!("there is no type `{name}` in the model")));
            };
            let Json::Array(list) = list else {
                return Err(self.mistake(None, format!("expected a list of rows for `{name}`")));
            };
            for (index, row) in list.iter().enumerate() {
                rows.push(self.row(self.catalog.table(id), index + 1, row)?);
            }
        }
        Ok(rows)
    }

    fn row(&mut self, table: &'a Table, number: usize, row: &Json) -> Result<Row<'a>, MigrateError> {
        let here = Some((&*table.name, number));
        let Json::Object(cells) = row else {
            return Err(self.mistake(here, "expected an object of column values".to_owned()));
        };
        let mut values = Vec::with_capacity(cells.len());
        for (name, json) in cells {
            let Some(index) = table.column_by_name(name) else {
                return Err(self.mistake(here, format!("there is no column `{name}`")));
            };
            let column = table.column(index);
            if column.generated {
                return Err(self.mistake(here, format!("column `{name}` is computed by the database")));
            }
            let value = coerce(column.codec(), json)
                .map_err(|error| error.message)
                .and_then(|value| self.check(table, index, value))
                .map_err(|reason| self.mistake(here, format!("column `{name}`: {reason}")))?;
            values.push((index, value));
        }
        Ok(Row { table, number, values })
    }

    /// What the database would not tell well, or not at all.
    fn check(&mut self, table: &Table, index: ColumnIndex, value: Value) -> Result<Value, String> {
        let column = table.column(index);
        let Value::Text(text) = &value else { return Ok(value) };
        let of_enum = table.checks.iter().find_map(|check| match check.rule {
            CheckRule::Enum { column, values } if column == index => Some(self.catalog.enumeration(values)),
            _ => None,
        });
        if let Some(of_enum) = of_enum
            && of_enum.values.iter().all(|allowed| allowed.name != *text)
        {
            return Err(format!("`{text}` is no value of `{}`", of_enum.name));
        }
        if let Some(pattern) = &column.pattern
            && !self.pattern(pattern)?.is_match(text)
        {
            return Err(format!("`{text}` does not match `{pattern}`"));
        }
        Ok(value)
    }

    fn pattern(&mut self, pattern: &str) -> Result<&Regex, String> {
        if !self.patterns.contains_key(pattern) {
            let regex = Regex::new(pattern).map_err(|error| error.to_string())?;
            self.patterns.insert(pattern.to_owned(), regex);
        }
        self.patterns.get(pattern).ok_or_else(|| format!("`{pattern}` is no pattern"))
    }
}

/// Writes the rows of one file.
struct Writer<'a> {
    catalog: &'a Catalog,
    physical: &'a PhysicalSchema,
    dialect: Dialect,
    file: &'a str,
}

impl Writer<'_> {
    /// `None` if the file was loaded as it is.
    async fn write(
        &self,
        transaction: Transaction,
        checksum: String,
        rows: Vec<Row<'_>>,
    ) -> Result<Option<Loaded>, MigrateError> {
        let orm = transaction.orm::<seed::Entity>();
        let failed = |error| MigrateError::Database(transaction.explain(error));
        if self.dialect == Dialect::Postgres {
            // Of two processes the second waits, and then sees that there is nothing to do.
            let lock = format!("SELECT 1 FROM pg_advisory_xact_lock({ADVISORY_LOCK})");
            orm.query_one_raw(Statement::from_string(DbBackend::Postgres, lock)).await.map_err(failed)?;
        }
        let record = seed::Entity::find_by_id(self.file).one(&orm).await.map_err(failed)?;
        if record.as_ref().is_some_and(|record| record.checksum == checksum) {
            return Ok(None);
        }
        let mut added = 0;
        for row in &rows {
            let statement = self.insert(row)?;
            let done =
                orm.execute_raw(statement).await.map_err(|error| self.explain(row, transaction.explain(error)))?;
            added += done.rows_affected();
        }
        for sql in self.sequences(&rows) {
            orm.execute_raw(Statement::from_string(DbBackend::Postgres, sql)).await.map_err(failed)?;
        }
        let counted = i64::try_from(added).unwrap_or(i64::MAX);
        let file = self.file.to_owned();
        match record {
            Some(record) => {
                let mut record: seed::ActiveModel = record.into();
                (record.checksum, record.added) = (Set(checksum), Set(counted));
                record.update(&orm).await.map_err(failed)?;
            }
            None => {
                let record = seed::ActiveModel {
                    file: Set(file.clone()),
                    checksum: Set(checksum),
                    added: Set(counted),
                    ..Default::default()
                };
                record.insert(&orm).await.map_err(failed)?;
            }
        }
        Ok(Some(Loaded { file, added }))
    }

    /// A file is one transaction, and a transaction has its time.
    fn too_large(&self, error: MigrateError) -> MigrateError {
        match error {
            MigrateError::Database(DatabaseError::Timeout(limit)) => MigrateError::Seed {
                file: self.file.to_owned(),
                row: None,
                reason: format!("its rows take longer than {limit:?}; divide it into several files"),
            },
            other => other,
        }
    }

    fn mistake(&self, row: &Row<'_>, reason: String) -> MigrateError {
        MigrateError::Seed { file: self.file.to_owned(), row: Some((row.table.name.to_string(), row.number)), reason }
    }

    /// A row that exists, by its primary key, is left alone.
    fn insert(&self, row: &Row<'_>) -> Result<Statement, MigrateError> {
        let table = row.table;
        let (mut names, mut slots, mut values) = (Vec::new(), Vec::new(), Vec::new());
        for (index, value) in &row.values {
            let column = table.column(*index);
            let (slot, value) = self
                .bind(table, column, value, values.len() + 1)
                .map_err(|error| self.mistake(row, format!("column `{}`: {error}", column.name)))?;
            names.push(&*column.db_name);
            slots.push(slot);
            values.push(value);
        }
        let given = |column: &ColumnIndex| row.values.iter().any(|(index, _)| index == column);
        let key: Vec<&str> = table.primary_key.iter().map(|column| &*table.column(*column).db_name).collect();
        let conflict = match !key.is_empty() && table.primary_key.iter().all(given) {
            true => format!(" ON CONFLICT {} DO NOTHING", list(&key)),
            false => String::new(),
        };
        let name = name_of(table, self.dialect).sql();
        let sql = match names.is_empty() {
            true => format!("INSERT INTO {name} DEFAULT VALUES"),
            false => format!("INSERT INTO {name} {} VALUES ({}){conflict}", list(&names), slots.join(", ")),
        };
        let backend = match self.dialect {
            Dialect::Sqlite => DbBackend::Sqlite,
            Dialect::Postgres => DbBackend::Postgres,
        };
        Ok(Statement::from_sql_and_values(backend, sql, values))
    }

    /// The placeholder and the value: SQLite gets the stored form, PostgreSQL a text that it casts.
    fn bind(
        &self,
        table: &Table,
        column: &Column,
        value: &Value,
        position: usize,
    ) -> Result<(String, sea_orm::Value), DatabaseError> {
        match self.dialect {
            Dialect::Sqlite => {
                let stored = sqlite::codec::stored(column.codec(), false, value)?;
                Ok((format!("?{position}"), orm_value(&stored)))
            }
            Dialect::Postgres => {
                let physical = self.physical.tables.get(&name_of(table, self.dialect));
                let declared = physical.and_then(|table| table.column(&column.db_name));
                let declared = declared.map_or("text", |column| column.declared_type.as_str());
                let text = match value {
                    Value::Null => None,
                    value => Some(physical::postgres_text(value)),
                };
                Ok((format!("CAST(${position}::text AS {declared})"), sea_orm::Value::String(text)))
            }
        }
    }

    /// After keys were given, sequences go on behind them (PostgreSQL).
    fn sequences(&self, rows: &[Row<'_>]) -> Vec<String> {
        if self.dialect == Dialect::Sqlite {
            return Vec::new();
        }
        let mut found = Vec::new();
        for table in &self.catalog.tables {
            for index in table.column_indexes() {
                let column = table.column(index);
                let fills = matches!(column.default, Some(ColumnDefault::Autoincrement | ColumnDefault::Rowid));
                let is_given =
                    |row: &Row<'_>| row.table.name == table.name && row.values.iter().any(|(given, _)| *given == index);
                if fills && is_integer(column) && rows.iter().any(is_given) {
                    let (name, quoted) = (name_of(table, self.dialect).sql(), quote(&column.db_name));
                    let sequence =
                        format!("pg_get_serial_sequence({}, {})", text_literal(&name), text_literal(&column.db_name));
                    found.push(format!(
                        "SELECT setval({sequence}, greatest(max({quoted}), 1)) FROM {name} HAVING {sequence} IS NOT NULL"
                    ));
                }
            }
        }
        found
    }

    fn explain(&self, row: &Row<'_>, error: DatabaseError) -> MigrateError {
        let reason = match error {
            DatabaseError::Constraint(violation) => describe(&violation),
            DatabaseError::Data(reason) => reason,
            other => return MigrateError::Database(other),
        };
        self.mistake(row, reason)
    }
}

fn is_integer(column: &Column) -> bool {
    matches!(column.column_type, ColumnType::Scalar(Scalar::SmallInt | Scalar::Int | Scalar::BigInt))
}

fn orm_value(stored: &ToSqlOutput<'_>) -> sea_orm::Value {
    let reference = match stored {
        ToSqlOutput::Borrowed(reference) => *reference,
        ToSqlOutput::Owned(Owned::Integer(integer)) => ValueRef::Integer(*integer),
        ToSqlOutput::Owned(Owned::Real(real)) => ValueRef::Real(*real),
        ToSqlOutput::Owned(Owned::Text(text)) => ValueRef::Text(text.as_bytes()),
        ToSqlOutput::Owned(Owned::Blob(blob)) => ValueRef::Blob(blob),
        _ => ValueRef::Null,
    };
    match reference {
        ValueRef::Null => sea_orm::Value::String(None),
        ValueRef::Integer(integer) => sea_orm::Value::BigInt(Some(integer)),
        ValueRef::Real(real) => sea_orm::Value::Double(Some(real)),
        ValueRef::Text(text) => sea_orm::Value::String(Some(String::from_utf8_lossy(text).into_owned())),
        ValueRef::Blob(blob) => sea_orm::Value::Bytes(Some(blob.to_vec())),
    }
}

fn describe(violation: &ConstraintViolation) -> String {
    match violation {
        ConstraintViolation::Unique { constraint } => format!("another row has the same values of `{constraint}`"),
        ConstraintViolation::ForeignKey { constraint: Some(constraint), .. } => {
            format!("the row that `{constraint}` points at is not there")
        }
        ConstraintViolation::ForeignKey { constraint: None, .. } => "a row it points at is not there".to_owned(),
        ConstraintViolation::NotNull { column, .. } => format!("column `{column}` must have a value"),
        ConstraintViolation::Check { constraint, .. } | ConstraintViolation::Exclusion { constraint } => {
            format!("the check `{constraint}` does not hold")
        }
    }
}

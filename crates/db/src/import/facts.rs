//! What an SQLite table's data look like, since its declared types promise little.

use std::collections::HashMap;

use rusqlite::Connection;

use crate::physical::{PhysicalSchema, TableName};

/// Facts by table and column.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    columns: HashMap<(TableName, String), ColumnFacts>,
}

/// How many values of a column are of which kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColumnFacts {
    /// Stored as integers.
    pub integers: i64,
    /// Stored as doubles.
    pub reals: i64,
    /// Stored as text.
    pub texts: i64,
    /// Stored as blobs.
    pub blobs: i64,
    /// Least integer.
    pub least: Option<i64>,
    /// Greatest integer.
    pub most: Option<i64>,
    /// Texts like `2009-01-01 00:00:00`.
    pub space_times: i64,
    /// Texts like `2009-01-01T00:00:00`.
    pub iso_times: i64,
    /// Texts like `2009-01-01`.
    pub dates: i64,
    /// Texts that are UUIDs in canonical form.
    pub uuids: i64,
    /// Texts that are JSON documents.
    pub json: i64,
}

impl Facts {
    /// What is known of a column; nothing is known of one that was never looked at.
    pub fn of(&self, table: &TableName, column: &str) -> ColumnFacts {
        self.columns.get(&(table.clone(), column.to_owned())).cloned().unwrap_or_default()
    }

    /// Notes what is known of a column.
    pub fn insert(&mut self, table: &TableName, column: &str, facts: ColumnFacts) {
        self.columns.insert((table.clone(), column.to_owned()), facts);
    }
}

impl ColumnFacts {
    /// Values that are not NULL.
    pub fn rows(&self) -> i64 {
        self.integers + self.reals + self.texts + self.blobs
    }

    pub(super) fn only_integers(&self) -> bool {
        self.rows() == self.integers
    }

    pub(super) fn only_numbers(&self) -> bool {
        self.rows() == self.integers + self.reals
    }

    pub(super) fn only_texts(&self) -> bool {
        self.rows() == self.texts
    }

    pub(super) fn only_blobs(&self) -> bool {
        self.rows() == self.blobs
    }

    pub(super) fn only_booleans(&self) -> bool {
        let is_bit = |value: Option<i64>| value.is_none_or(|value| value == 0 || value == 1);
        self.only_integers() && is_bit(self.least) && is_bit(self.most)
    }

    pub(super) fn only_dates(&self) -> bool {
        self.rows() == self.dates
    }

    pub(super) fn only_uuids(&self) -> bool {
        self.rows() == self.uuids
    }

    pub(super) fn only_json(&self) -> bool {
        self.rows() == self.json
    }

    /// The kinds of values with their counts, in words.
    pub(super) fn describe(&self) -> String {
        let kinds = [
            (self.integers, "integer", "integers"),
            (self.reals, "real", "reals"),
            (self.texts, "text", "texts"),
            (self.blobs, "blob", "blobs"),
        ];
        let found: Vec<String> = kinds
            .into_iter()
            .filter(|(count, ..)| *count > 0)
            .map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }))
            .collect();
        found.join(" and ")
    }
}

const DAY: &str = "[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]";
const CLOCK: &str = "[0-2][0-9]:[0-5][0-9]:[0-5][0-9]";

/// Looks at every value of every table, one pass per table.
///
/// # Errors
/// When a table cannot be read.
pub fn gather(connection: &Connection, physical: &PhysicalSchema) -> rusqlite::Result<Facts> {
    let uuid = {
        let digits = |count: usize| "[0-9a-f]".repeat(count);
        [8, 4, 4, 4, 12].map(digits).join("-")
    };
    let patterns = [format!("{DAY} {CLOCK}"), format!("{DAY}T{CLOCK}"), DAY.to_owned(), uuid];
    let mut facts = Facts::default();
    let tables = physical.tables.iter().map(|(name, table)| (name, &table.columns));
    let views = physical.views.iter().map(|(name, view)| (name, &view.columns));
    for (name, columns) in tables.chain(views) {
        for column in columns {
            // Names of the database's own catalogue, quoted; the patterns are bound.
            let value = quote(&column.name);
            let sql = format!(
                "SELECT coalesce(sum(typeof({value}) = 'integer'), 0), coalesce(sum(typeof({value}) = 'real'), 0),
                        coalesce(sum(typeof({value}) = 'text'), 0), coalesce(sum(typeof({value}) = 'blob'), 0),
                        min(CASE WHEN typeof({value}) = 'integer' THEN {value} END),
                        max(CASE WHEN typeof({value}) = 'integer' THEN {value} END),
                        coalesce(sum(typeof({value}) = 'text' AND {value} GLOB ?1), 0),
                        coalesce(sum(typeof({value}) = 'text' AND {value} GLOB ?2), 0),
                        coalesce(sum(typeof({value}) = 'text' AND {value} GLOB ?3), 0),
                        coalesce(sum(typeof({value}) = 'text' AND {value} GLOB ?4), 0),
                        coalesce(sum(typeof({value}) = 'text' AND json_valid({value})), 0)
                 FROM {}",
                quote(&name.name)
            );
            let found = connection.query_row(&sql, rusqlite::params_from_iter(&patterns), |row| {
                Ok(ColumnFacts {
                    integers: row.get(0)?,
                    reals: row.get(1)?,
                    texts: row.get(2)?,
                    blobs: row.get(3)?,
                    least: row.get(4)?,
                    most: row.get(5)?,
                    space_times: row.get(6)?,
                    iso_times: row.get(7)?,
                    dates: row.get(8)?,
                    uuids: row.get(9)?,
                    json: row.get(10)?,
                })
            })?;
            facts.insert(name, &column.name, found);
        }
    }
    Ok(facts)
}

fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

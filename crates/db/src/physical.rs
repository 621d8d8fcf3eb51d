//! The tables of a database as its own catalogue would tell them: what introspection finds, what a model asks for,
//! and what the differ compares. One value per dialect.

mod literal;
mod of;
mod postgres;
mod quote;
mod sqlite;

use std::collections::BTreeMap;

use purlin_plan::plan::Dialect;

pub use literal::postgres_text;
pub use of::{name_of, of, query_text};
pub use postgres::canonical_type;
pub use quote::{list, quote, text_literal, without_brackets};
pub use sqlite::type_check_name;

/// The tables of one database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhysicalSchema {
    /// Whose terms it is in.
    pub dialect: Dialect,
    /// Tables by qualified name.
    pub tables: BTreeMap<TableName, PhysicalTable>,
    /// Views by qualified name.
    pub views: BTreeMap<TableName, PhysicalView>,
    /// What introspection saw and the model language cannot say, one sentence each.
    pub unsupported: Vec<String>,
}

/// A table's name; `schema` is `public` on PostgreSQL unless said otherwise and empty on SQLite.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TableName {
    /// The schema.
    pub schema: String,
    /// The name.
    pub name: String,
}

impl TableName {
    /// The name as SQL.
    pub fn sql(&self) -> String {
        match self.schema.as_str() {
            "" | "public" => quote(&self.name),
            schema => format!("{}.{}", quote(schema), quote(&self.name)),
        }
    }
}

impl std::fmt::Display for TableName {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.schema.as_str() {
            "" | "public" => write!(formatter, "{}", self.name),
            schema => write!(formatter, "{schema}.{}", self.name),
        }
    }
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PhysicalTable {
    /// Columns in order.
    pub columns: Vec<PhysicalColumn>,
    /// Primary key.
    pub primary_key: Option<PhysicalKey>,
    /// Unique constraints by name.
    pub uniques: Vec<PhysicalKey>,
    /// Foreign keys.
    pub foreign_keys: Vec<PhysicalForeignKey>,
    /// CHECK constraints.
    pub checks: Vec<PhysicalCheck>,
    /// Indexes that back no constraint.
    pub indexes: Vec<PhysicalIndex>,
    /// Full-text search.
    pub search: Option<PhysicalSearch>,
    /// SQLite STRICT.
    pub strict: bool,
    /// SQLite WITHOUT ROWID.
    pub without_rowid: bool,
    /// Comment (PostgreSQL).
    pub comment: Option<String>,
}

impl PhysicalTable {
    /// The column called `name`.
    pub fn column(&self, name: &str) -> Option<&PhysicalColumn> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// Whether `name` is part of the primary key.
    pub fn is_key(&self, name: &str) -> bool {
        self.primary_key.as_ref().is_some_and(|key| key.columns.iter().any(|column| column == name))
    }
}

/// Full-text search over columns of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhysicalSearch {
    /// Name of the index (PostgreSQL), of the FTS5 table (SQLite).
    pub name: String,
    /// Its columns.
    pub columns: Vec<String>,
}

/// A view.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PhysicalView {
    /// Columns in order; what a model asks for has no types.
    pub columns: Vec<PhysicalColumn>,
    /// What it selects. `None`: more than a query, or not the model's to say (options, triggers, materialized).
    pub sql: Option<String>,
    /// Comment (PostgreSQL).
    pub comment: Option<String>,
}

/// A column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PhysicalColumn {
    /// Its name.
    pub name: String,
    /// Its declared type as the database tells it (`character varying(160)`, `NVARCHAR(160)`).
    pub declared_type: String,
    /// NOT NULL.
    pub not_null: bool,
    /// DEFAULT expression as SQL.
    pub default: Option<String>,
    /// Filled by identity or a sequence (PostgreSQL), INTEGER PRIMARY KEY with (`autoincrement`) or without AUTOINCREMENT.
    pub identity: Option<Identity>,
    /// GENERATED expression.
    pub generated: Option<String>,
    /// Collation other than the default.
    pub collation: Option<String>,
    /// Comment (PostgreSQL).
    pub comment: Option<String>,
}

/// How a key column fills itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Identity {
    /// SQLite INTEGER PRIMARY KEY AUTOINCREMENT, PostgreSQL identity.
    Autoincrement,
    /// SQLite INTEGER PRIMARY KEY.
    Rowid,
    /// PostgreSQL `serial`: a default from an owned sequence.
    Serial,
}

/// A primary key or unique constraint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhysicalKey {
    /// Its name; empty if SQLite has none.
    pub name: String,
    /// Its columns.
    pub columns: Vec<String>,
}

/// A foreign key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhysicalForeignKey {
    /// Its name; empty if SQLite has none.
    pub name: String,
    /// Its columns.
    pub columns: Vec<String>,
    /// The table it points at.
    pub target: TableName,
    /// The columns it points at.
    pub target_columns: Vec<String>,
    /// `NO ACTION`, `RESTRICT`, `CASCADE`, `SET NULL`, `SET DEFAULT`.
    pub on_delete: String,
    /// The same.
    pub on_update: String,
    /// DEFERRABLE INITIALLY DEFERRED.
    pub deferrable: bool,
}

/// A CHECK constraint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhysicalCheck {
    /// Its name; empty if SQLite has none.
    pub name: String,
    /// Its expression as SQL.
    pub expression: String,
}

/// An index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhysicalIndex {
    /// Its name.
    pub name: String,
    /// Its columns.
    pub columns: Vec<String>,
    /// UNIQUE.
    pub unique: bool,
    /// WHERE of a partial index.
    pub condition: Option<String>,
    /// Access method (PostgreSQL), if not btree.
    pub using: Option<String>,
}

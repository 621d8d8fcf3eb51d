//! What can go wrong with migrations, in words for the person at the command line.

use std::fmt;
use std::path::PathBuf;

use purlin_model::Diagnostics;

use crate::DatabaseError;

use super::finding::Finding;

/// Why a migration was not written, applied or taken back.
#[derive(Debug)]
pub enum MigrateError {
    /// The database itself did not do what was asked.
    Database(DatabaseError),
    /// A file or folder could not be read or written.
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// `migrations/model.graphql`, or the model kept with a migration, is no valid model.
    Model(Box<Diagnostics>),
    /// The change would lose data or may not be possible, and nobody said that this is meant.
    Destructive(Vec<Finding>),
    /// Two migrations have the same version.
    SameVersion {
        /// Their file names.
        files: [String; 2],
    },
    /// A migration was changed after it was applied.
    Changed {
        /// Its file name without ending.
        migration: String,
    },
    /// A migration was applied, and its file is gone.
    Missing {
        /// Its file name without ending.
        migration: String,
    },
    /// A statement of a migration failed; nothing of the migration was done.
    Statement {
        /// The file.
        file: String,
        /// Line of the statement's error, counted from 1.
        line: usize,
        /// What the database said.
        reason: String,
    },
    /// A migration begins or ends transactions itself, which would break the promise that it happens whole or not at all.
    Transaction {
        /// The file.
        file: String,
        /// Line, counted from 1.
        line: usize,
        /// The word it begins with.
        keyword: String,
    },
    /// Rows would point at rows that are not there.
    ForeignKeys {
        /// The file.
        file: String,
        /// Tables and how many of their rows.
        tables: Vec<(String, usize)>,
    },
    /// A table that is to be made anew has columns nobody knows, whose values would be lost.
    UnknownColumns {
        /// The file.
        file: String,
        /// The table.
        table: String,
        /// The columns.
        columns: Vec<String>,
    },
    /// A view, trigger or index that stands on a table that was made anew no longer works.
    Dependent {
        /// The file.
        file: String,
        /// `view`, `trigger` or `index`.
        kind: String,
        /// Its name.
        name: String,
        /// What the database said.
        reason: String,
    },
    /// The database is not as the migrations left it.
    Drift(Vec<String>),
    /// There is no migration to take back.
    NothingApplied,
    /// A migration has no down script.
    NoDown {
        /// Its file name without ending.
        migration: String,
    },
    /// A database with migrations of its own cannot be adopted.
    NotNew {
        /// How many migrations it has.
        applied: usize,
    },
    /// A name for a migration that would not do in a file name.
    Name(String),
}

impl MigrateError {
    /// Its stable code.
    pub fn code(&self) -> &'static str {
        match self {
            MigrateError::Database(_) => "migrate-database",
            MigrateError::File { .. } => "migrate-file",
            MigrateError::Model(_) => "migrate-model",
            MigrateError::Destructive(_) => "migrate-destructive",
            MigrateError::SameVersion { .. } => "migrate-same-version",
            MigrateError::Changed { .. } => "migrate-changed",
            MigrateError::Missing { .. } => "migrate-missing",
            MigrateError::Statement { .. } => "migrate-statement",
            MigrateError::Transaction { .. } => "migrate-transaction",
            MigrateError::ForeignKeys { .. } => "migrate-foreign-keys",
            MigrateError::UnknownColumns { .. } => "migrate-unknown-columns",
            MigrateError::Dependent { .. } => "migrate-dependent",
            MigrateError::Drift(_) => "migrate-drift",
            MigrateError::NothingApplied => "migrate-nothing-applied",
            MigrateError::NoDown { .. } => "migrate-no-down",
            MigrateError::NotNew { .. } => "migrate-not-new",
            MigrateError::Name(_) => "migrate-name",
        }
    }

    /// Where: a file, with a line if it is about one.
    pub fn place(&self) -> Option<String> {
        match self {
            MigrateError::File { path, .. } => Some(path.display().to_string()),
            MigrateError::Statement { file, line, .. } | MigrateError::Transaction { file, line, .. } => {
                Some(format!("{file}:{line}"))
            }
            MigrateError::ForeignKeys { file, .. }
            | MigrateError::UnknownColumns { file, .. }
            | MigrateError::Dependent { file, .. } => Some(file.clone()),
            _ => None,
        }
    }

    /// Why: what was found, one sentence each.
    pub fn reasons(&self) -> Vec<String> {
        match self {
            MigrateError::Destructive(findings) => findings.iter().map(Finding::to_string).collect(),
            MigrateError::Drift(differences) => differences.clone(),
            MigrateError::ForeignKeys { tables, .. } => {
                let sentence = |(table, rows): &(String, usize)| format!("`{table}`: {rows} rows point at nothing");
                tables.iter().map(sentence).collect()
            }
            MigrateError::Statement { reason, .. }
            | MigrateError::Dependent { reason, .. }
            | MigrateError::File { reason, .. } => vec![reason.clone()],
            // Who migrates may see what is elsewhere for the log alone.
            MigrateError::Database(DatabaseError::Internal(reason)) => vec![reason.clone()],
            _ => Vec::new(),
        }
    }

    /// One next step.
    pub fn hint(&self) -> Option<&'static str> {
        Some(match self {
            MigrateError::Destructive(_) => "say --allow-destructive if this is meant",
            MigrateError::SameVersion { .. } => "give one of them a later version",
            MigrateError::Changed { .. } => "put the file back as it was and write a new migration",
            MigrateError::Missing { .. } => "put the file back; `purlin migrate down` takes a migration back",
            MigrateError::Statement { .. } => "nothing was changed; correct the script and apply again",
            MigrateError::Transaction { .. } => "leave it out: every migration is one transaction already",
            MigrateError::ForeignKeys { .. } => "nothing was changed; correct the rows first",
            MigrateError::UnknownColumns { .. } => "add the columns to the model, or drop them in a migration before",
            MigrateError::Dependent { .. } => {
                "nothing was changed; drop it in a migration before and make it again after"
            }
            MigrateError::Drift(_) => {
                "bring the change into the model, or undo it; --allow-drift applies the migrations as they are"
            }
            MigrateError::NoDown { .. } => "write a migration that undoes it: `purlin migrate new`",
            MigrateError::NotNew { .. } => "`purlin migrate diff` goes on from its migrations",
            MigrateError::Name(_) => "use letters, digits and `_`",
            _ => return None,
        })
    }
}

impl fmt::Display for MigrateError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MigrateError::Database(error) => write!(formatter, "{error}"),
            MigrateError::File { path, .. } => write!(formatter, "cannot use `{}`", path.display()),
            MigrateError::Model(_) => write!(formatter, "the model of the last migration is not valid"),
            MigrateError::Destructive(_) => write!(formatter, "the change may lose data or fail on existing rows"),
            MigrateError::SameVersion { files: [first, second] } => {
                write!(formatter, "`{first}` and `{second}` have the same version")
            }
            MigrateError::Changed { migration } => {
                write!(formatter, "migration `{migration}` was changed after it was applied")
            }
            MigrateError::Missing { migration } => {
                write!(formatter, "migration `{migration}` was applied but its file is not there")
            }
            MigrateError::Statement { .. } => write!(formatter, "a statement of the migration failed"),
            MigrateError::Transaction { keyword, .. } => {
                write!(formatter, "a migration must not begin or end transactions, but here is `{keyword}`")
            }
            MigrateError::ForeignKeys { .. } => write!(formatter, "the migration would break foreign keys"),
            MigrateError::UnknownColumns { table, columns, .. } => {
                let names: Vec<String> = columns.iter().map(|name| format!("`{name}`")).collect();
                write!(formatter, "`{table}` has columns that the model does not know: {}", names.join(", "))
            }
            MigrateError::Dependent { kind, name, .. } => {
                write!(formatter, "the {kind} `{name}` no longer works after the migration")
            }
            MigrateError::Drift(_) => write!(formatter, "the database is not as the migrations left it"),
            MigrateError::NothingApplied => write!(formatter, "there is no migration to take back"),
            MigrateError::NoDown { migration } => write!(formatter, "migration `{migration}` has no down script"),
            MigrateError::NotNew { applied } => {
                write!(formatter, "the database has {applied} migrations already and cannot be adopted")
            }
            MigrateError::Name(name) => write!(formatter, "`{name}` is no name for a migration"),
        }
    }
}

impl std::error::Error for MigrateError {}

impl From<DatabaseError> for MigrateError {
    fn from(error: DatabaseError) -> Self {
        MigrateError::Database(error)
    }
}

impl From<rusqlite::Error> for MigrateError {
    fn from(error: rusqlite::Error) -> Self {
        MigrateError::Database(error.into())
    }
}

impl From<tokio_postgres::Error> for MigrateError {
    fn from(error: tokio_postgres::Error) -> Self {
        // For the person who runs the migration: the server's own words.
        MigrateError::Database(match error.as_db_error() {
            Some(server) => DatabaseError::Internal(server.message().to_owned()),
            None => DatabaseError::Unavailable(error.to_string()),
        })
    }
}

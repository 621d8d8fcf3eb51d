//! What can go wrong with data on its way in and out, in words for the person at the command line.

use std::fmt;
use std::path::{Path, PathBuf};

use super::csv::Place;
use crate::DatabaseError;
use crate::migrate::MigrateError;

/// Most mistakes that are listed; the rest is counted.
pub const MISTAKES: usize = 100;

/// Why data did not travel.
#[derive(Debug)]
pub enum DataError {
    /// The database itself did not do what was asked.
    Database(DatabaseError),
    /// Making the tables did not work.
    Migrate(MigrateError),
    /// A file or folder could not be read or written.
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// What was asked for does not fit the model or the files.
    Request {
        /// What is wrong.
        message: String,
        /// One next step.
        hint: &'static str,
    },
    /// Rows of files are wrong.
    Rows(Mistakes),
    /// A file was changed before the place where its import goes on.
    Resume {
        /// The file.
        file: String,
        /// Rows of it that are loaded.
        rows: u64,
    },
    /// A seed of SQL was changed after it was run.
    SeedChanged {
        /// Its name.
        file: String,
    },
    /// The database that is to be filled is not empty, or not as the model says.
    Target(Vec<String>),
    /// The two sides do not hold the same.
    Mismatch(Vec<String>),
    /// An archive cannot be used.
    Archive {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
}

impl DataError {
    /// A file that could not be used.
    pub fn file(path: &Path, error: impl fmt::Display) -> DataError {
        DataError::File { path: path.to_owned(), reason: error.to_string() }
    }

    /// Its stable code.
    pub fn code(&self) -> &'static str {
        match self {
            DataError::Database(_) => "data-database",
            DataError::Migrate(error) => error.code(),
            DataError::File { .. } => "data-file",
            DataError::Request { .. } => "data-request",
            DataError::Rows(_) => "data-rows",
            DataError::Resume { .. } => "data-resume",
            DataError::SeedChanged { .. } => "seed-changed",
            DataError::Target(_) => "data-target",
            DataError::Mismatch(_) => "data-mismatch",
            DataError::Archive { .. } => "data-archive",
        }
    }

    /// Where, if it is one place.
    pub fn place(&self) -> Option<String> {
        match self {
            DataError::Migrate(error) => error.place(),
            DataError::File { path, .. } | DataError::Archive { path, .. } => Some(path.display().to_string()),
            DataError::Resume { file, .. } | DataError::SeedChanged { file } => Some(file.clone()),
            _ => None,
        }
    }

    /// What was found, one sentence each.
    pub fn reasons(&self) -> Vec<String> {
        match self {
            DataError::Migrate(error) => error.reasons(),
            DataError::File { reason, .. } | DataError::Archive { reason, .. } => vec![reason.clone()],
            DataError::Rows(mistakes) => {
                let mut lines: Vec<String> = mistakes.listed.iter().map(Mistake::to_string).collect();
                if mistakes.more > 0 {
                    lines.push(format!("and {} more", mistakes.more));
                }
                lines
            }
            DataError::Target(reasons) | DataError::Mismatch(reasons) => reasons.clone(),
            // Who moves data may see what is elsewhere for the log alone.
            DataError::Database(error) => match error {
                DatabaseError::Constraint(violation) => vec![super::session::describe(violation)],
                DatabaseError::Internal(reason) => vec![reason.clone()],
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// One next step.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            DataError::Migrate(error) => return error.hint().map(str::to_owned),
            DataError::Request { hint, .. } => (*hint).to_owned(),
            DataError::Rows(Mistakes { kept: 0, .. }) => {
                "nothing was written; correct the rows and try again".to_owned()
            }
            DataError::Rows(Mistakes { kept, .. }) => format!(
                "{kept} rows before it are written; correct the row and give the same command: it goes on from there"
            ),
            DataError::Resume { .. } => {
                "put the file back as it was up to there, or begin anew with `--restart` (rows that are loaded stay)"
                    .to_owned()
            }
            DataError::SeedChanged { .. } => {
                "SQL is not run twice: put the file back as it was, and the change into a new file".to_owned()
            }
            DataError::Target(_) => "name an empty database; nothing was written".to_owned(),
            DataError::Mismatch(_) => "nothing was kept of it; the database is as it was before".to_owned(),
            DataError::Archive { .. } => "nothing was written; use another backup".to_owned(),
            _ => return None,
        })
    }
}

impl fmt::Display for DataError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DataError::Database(error) => write!(formatter, "{error}"),
            DataError::Migrate(error) => write!(formatter, "{error}"),
            DataError::File { path, .. } => write!(formatter, "cannot use `{}`", path.display()),
            DataError::Request { message, .. } => write!(formatter, "{message}"),
            DataError::Rows(mistakes) => match mistakes.count() {
                1 => write!(formatter, "a row cannot be loaded"),
                count => write!(formatter, "{count} mistakes in the rows"),
            },
            DataError::Resume { rows, .. } => {
                write!(formatter, "the file is not the one whose first {rows} rows are loaded already")
            }
            DataError::SeedChanged { file } => write!(formatter, "seed `{file}` was changed after it was run"),
            DataError::Target(_) => write!(formatter, "the database cannot be filled"),
            DataError::Mismatch(_) => write!(formatter, "the rows that arrived are not those that were sent"),
            DataError::Archive { .. } => write!(formatter, "this is no backup that can be used"),
        }
    }
}

impl std::error::Error for DataError {}

impl From<DatabaseError> for DataError {
    fn from(error: DatabaseError) -> Self {
        DataError::Database(error)
    }
}

impl From<MigrateError> for DataError {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::Database(error) => DataError::Database(error),
            other => DataError::Migrate(other),
        }
    }
}

/// A mistake in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The file.
    pub file: String,
    /// Where.
    pub place: Place,
    /// What is wrong: the column, what was found and what was expected.
    pub reason: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Mistake { file, place: Place { line, column }, reason } = self;
        write!(formatter, "{file}:{line}:{column}: {reason}")
    }
}

/// Mistakes of one or several files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mistakes {
    /// The first of them.
    pub listed: Vec<Mistake>,
    /// How many more there are.
    pub more: u64,
    /// Rows that are written nevertheless: batches that were committed before.
    pub kept: u64,
}

impl Mistakes {
    /// Notes one.
    pub fn push(&mut self, mistake: Mistake) {
        match self.listed.len() < MISTAKES {
            true => self.listed.push(mistake),
            false => self.more += 1,
        }
    }

    /// How many there are.
    pub fn count(&self) -> u64 {
        self.listed.len() as u64 + self.more
    }

    /// Nothing, or the error.
    ///
    /// # Errors
    /// [`DataError::Rows`] when there is any.
    pub fn none(self) -> Result<(), DataError> {
        if self.count() == 0 { Ok(()) } else { Err(DataError::Rows(self)) }
    }
}

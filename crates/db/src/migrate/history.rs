//! The record of applied migrations in the system table `purlin.migrations` (`purlin_migrations` on SQLite). Refuses to
//! know files.

use super::error::MigrateError;
use super::folder::Migration;

/// A migration that was applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// Its version.
    pub version: String,
    /// Its name.
    pub name: String,
    /// SHA-256 of its up script.
    pub checksum: String,
    /// The model afterwards, if it was the last of those applied together.
    pub model: Option<String>,
    /// When.
    pub applied_at: String,
}

impl Applied {
    /// Its file names without ending.
    pub fn stem(&self) -> String {
        format!("{}_{}", self.version, self.name)
    }
}

/// The migrations that are not applied yet, once the applied ones are found to be what they were.
///
/// # Errors
/// [`MigrateError::Changed`], [`MigrateError::Missing`].
pub fn pending<'a>(applied: &[Applied], migrations: &'a [Migration]) -> Result<Vec<&'a Migration>, MigrateError> {
    for done in applied {
        match migrations.iter().find(|migration| migration.version == done.version) {
            None => return Err(MigrateError::Missing { migration: done.stem() }),
            Some(migration) if migration.checksum() != done.checksum => {
                return Err(MigrateError::Changed { migration: migration.stem() });
            }
            Some(_) => {}
        }
    }
    let is_pending = |migration: &&Migration| !applied.iter().any(|done| done.version == migration.version);
    Ok(migrations.iter().filter(is_pending).collect())
}

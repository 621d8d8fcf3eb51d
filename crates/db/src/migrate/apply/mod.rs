//! Runs migrations on a live database: each whole or not at all, together with its record.

pub mod postgres;
pub mod sqlite;

use super::error::MigrateError;
use super::script::{Part, Statement, parts};

/// A script taken apart, once nothing in it would end the transaction it runs in.
///
/// # Errors
/// [`MigrateError::Transaction`].
fn checked_parts(file: &str, script: &str) -> Result<Vec<Part>, MigrateError> {
    let parts = parts(script);
    for part in &parts {
        if let Part::Statement(statement) = part
            && let Some(keyword) = statement.transaction_word()
        {
            let (file, keyword) = (file.to_owned(), keyword.to_owned());
            return Err(MigrateError::Transaction { file, line: statement.line, keyword });
        }
    }
    Ok(parts)
}

/// The error of a statement, with the line it points at.
fn statement_error(file: &str, statement: &Statement, offset: Option<usize>, reason: String) -> MigrateError {
    let before = offset.and_then(|offset| statement.text.get(..offset)).unwrap_or_default();
    let line = statement.line + before.matches('\n').count();
    MigrateError::Statement { file: file.to_owned(), line, reason }
}

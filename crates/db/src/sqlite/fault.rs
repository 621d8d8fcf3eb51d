//! What SQLite's errors mean in the terms of the model. Refuses to know plans.

use std::time::Duration;

use rusqlite::ErrorCode;

use crate::DatabaseError;

impl From<rusqlite::Error> for DatabaseError {
    /// Without a look into the database: constraints keep no names (see `violation`).
    fn from(error: rusqlite::Error) -> Self {
        describe(&error)
    }
}

/// The same for an error that several members of a group share.
pub fn describe(error: &rusqlite::Error) -> DatabaseError {
    let (code, message) = match error {
        rusqlite::Error::SqliteFailure(failure, message) => (failure.code, message.as_deref().unwrap_or_default()),
        _ => return DatabaseError::Internal(error.to_string()),
    };
    match code {
        ErrorCode::OperationInterrupted => DatabaseError::Timeout(Duration::ZERO),
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => DatabaseError::Conflict,
        ErrorCode::DiskFull
        | ErrorCode::SystemIoFailure
        | ErrorCode::CannotOpen
        | ErrorCode::DatabaseCorrupt
        | ErrorCode::NotADatabase
        | ErrorCode::ReadOnly
        | ErrorCode::PermissionDenied
        | ErrorCode::OutOfMemory => DatabaseError::Unavailable(error.to_string()),
        ErrorCode::TypeMismatch => DatabaseError::Data("a value is not of its column's type".to_owned()),
        ErrorCode::TooBig => DatabaseError::Data("string or blob too big".to_owned()),
        _ => from_message(message).unwrap_or_else(|| DatabaseError::Internal(error.to_string())),
    }
}

/// Errors of SQLite's own functions that PostgreSQL would give in class 22; they have no codes of their own.
fn from_message(message: &str) -> Option<DatabaseError> {
    let text = match message {
        "integer overflow" => "bigint out of range",
        "malformed JSON" => "invalid input syntax for type json",
        _ => message.strip_prefix(DATA_ERROR)?,
    };
    Some(DatabaseError::Data(text.to_owned()))
}

/// Begins the message of an error that a registered function raises about its arguments.
pub const DATA_ERROR: &str = "data exception: ";

/// What SQLite says of a statement it does not take.
pub fn words(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
        rusqlite::Error::SqliteFailure(_, Some(message)) => message.clone(),
        other => other.to_string(),
    }
}

/// Gives an interrupted request the limit it exceeded.
pub fn with_limit(error: DatabaseError, limit: Duration) -> DatabaseError {
    match error {
        DatabaseError::Timeout(_) => DatabaseError::Timeout(limit),
        other => other,
    }
}

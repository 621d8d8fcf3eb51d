//! What went wrong while a plan ran, and its translation from SQLSTATE into the model's terms.

use std::error::Error;
use std::time::Duration;

use tokio_postgres::error::{DbError, SqlState};

use crate::{ConstraintViolation, DatabaseError, Failure};

/// What errors have in common that a pooler causes which is not known to be there.
const POOLER: &str = "; if a pooler such as PgBouncer is between, set `database.pooler` to `transaction`";

/// What went wrong, before anybody is told.
#[derive(Debug)]
pub(super) enum Cause {
    /// The server or the driver refused.
    Driver(tokio_postgres::Error),
    /// Found by the engine itself.
    Database(DatabaseError),
}

impl From<tokio_postgres::Error> for Cause {
    fn from(error: tokio_postgres::Error) -> Self {
        Cause::Driver(error)
    }
}

impl From<DatabaseError> for Cause {
    fn from(error: DatabaseError) -> Self {
        Cause::Database(error)
    }
}

impl Cause {
    /// What the server says of a statement it does not take.
    ///
    /// # Errors
    /// [`DatabaseError`] when it says nothing of it.
    pub(super) fn into_words(self) -> Result<String, DatabaseError> {
        match self {
            Cause::Driver(error) => match error.as_db_error() {
                Some(server) => Ok(match server.hint().or(server.detail()) {
                    Some(more) => format!("{} ({more})", server.message()),
                    None => server.message().to_owned(),
                }),
                None => Err(translate(&error, Duration::ZERO)),
            },
            Cause::Database(DatabaseError::Internal(words)) => Ok(words),
            Cause::Database(error) => Err(error),
        }
    }
}

/// A cause and the root field it belongs to.
#[derive(Debug)]
pub(super) struct Fault {
    /// Index into `Plan::roots`.
    pub(super) root: Option<usize>,
    /// What happened.
    pub(super) cause: Cause,
}

impl<C: Into<Cause>> From<C> for Fault {
    fn from(cause: C) -> Self {
        Fault { root: None, cause: cause.into() }
    }
}

/// Says which root field a cause belongs to.
pub(super) fn at_root<C: Into<Cause>>(root: usize) -> impl Fn(C) -> Fault {
    move |cause| Fault { root: Some(root), cause: cause.into() }
}

impl Fault {
    /// Whether a prepared statement no longer fits the schema: nothing was done, and preparing anew will help.
    pub(super) fn is_stale(&self) -> bool {
        let Some(error) = self.server_error() else { return false };
        (*error.code() == SqlState::FEATURE_NOT_SUPPORTED && error.routine() == Some("RevalidateCachedQuery"))
            || *error.code() == SqlState::INVALID_SQL_STATEMENT_NAME
    }

    /// The fault of what decides whether a write is done: without the server's word nobody knows.
    pub(super) fn of_a_decision(self) -> Fault {
        match &self.cause {
            Cause::Driver(error) if self.is_disconnected() => {
                Fault { cause: DatabaseError::OutcomeUnknown(told_to_operator(error)).into(), ..self }
            }
            _ => self,
        }
    }

    /// Whether the connection was gone before the server could answer, or the server's answer was that it ends it.
    pub(super) fn is_disconnected(&self) -> bool {
        // Class 08 is what a pooler says when it has lost the server, before it ends the connection.
        let is_ending = |error: &DbError| {
            [SqlState::ADMIN_SHUTDOWN, SqlState::CRASH_SHUTDOWN].contains(error.code())
                || error.code().code().starts_with("08")
        };
        self.server_error().is_some_and(is_ending)
            || match &self.cause {
                Cause::Driver(error) => error.as_db_error().is_none() && is_connection_trouble(error),
                Cause::Database(error) => matches!(error, DatabaseError::OutcomeUnknown(_)),
            }
    }

    /// Whether a server cannot be reached.
    pub(super) fn is_unavailable(&self) -> bool {
        matches!(self.cause, Cause::Database(DatabaseError::Unavailable(_)))
    }

    /// Whether the request itself is at fault, or how much it asks for: another server would say the same.
    pub(super) fn is_of_request(&self) -> bool {
        match &self.cause {
            Cause::Driver(_) => self.server_error().is_some_and(|error| {
                *error.code() == SqlState::QUERY_CANCELED || error.code().code().starts_with("22")
            }),
            Cause::Database(error) => !matches!(error, DatabaseError::Unavailable(_) | DatabaseError::Busy),
        }
    }

    /// Whether the connection owes nothing that could take long: the server refused, or all it was asked had come.
    pub(super) fn is_settled(&self) -> bool {
        match &self.cause {
            Cause::Driver(error) => error.as_db_error().is_some(),
            Cause::Database(error) => !matches!(
                error,
                DatabaseError::ResponseSize(_)
                    | DatabaseError::Timeout(_)
                    | DatabaseError::Unavailable(_)
                    | DatabaseError::OutcomeUnknown(_)
            ),
        }
    }

    /// What the server answered, if it did.
    fn server_error(&self) -> Option<&DbError> {
        match &self.cause {
            Cause::Driver(error) => error.as_db_error(),
            Cause::Database(_) => None,
        }
    }

    /// What the caller is told; `limit` is the time-out in force.
    pub(super) fn into_failure(self, limit: Duration) -> Failure {
        let error = match self.cause {
            Cause::Driver(error) => translate(&error, limit),
            Cause::Database(error) => error,
        };
        Failure { root: self.root, error }
    }
}

/// An error of the driver in the model's terms.
pub(super) fn translate(error: &tokio_postgres::Error, limit: Duration) -> DatabaseError {
    let Some(server) = error.as_db_error() else {
        return match is_connection_trouble(error) {
            true => DatabaseError::Unavailable(told_to_operator(error)),
            false => DatabaseError::Internal(told_to_operator(error)),
        };
    };
    if let Some(violation) = violation(server) {
        return DatabaseError::Constraint(violation);
    }
    let code = server.code();
    match code.code().get(..2) {
        Some("22") => return DatabaseError::Data(server.message().to_owned()),
        Some("08") => return DatabaseError::Unavailable(told_to_operator(error)),
        _ => {}
    }
    match code.code() {
        // Inside a function of the database, it is that function's own mistake.
        "42883" if server.where_().is_none() => DatabaseError::NoFunction(told_to_operator(error)),
        "57014" => DatabaseError::Timeout(limit),
        "40001" | "40P01" | "55P03" => DatabaseError::Conflict,
        "53300" | "25P03" | "25P04" => DatabaseError::Unavailable(told_to_operator(error)),
        code if code.starts_with("57P0") => DatabaseError::Unavailable(told_to_operator(error)),
        _ => DatabaseError::Internal(told_to_operator(error)),
    }
}

fn violation(error: &DbError) -> Option<ConstraintViolation> {
    let owned = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let constraint = owned(error.constraint());
    let table = owned(error.table());
    Some(match error.code().code() {
        "23505" => ConstraintViolation::Unique { constraint },
        "23503" | "23001" => foreign_key(error, constraint, table),
        "23502" => ConstraintViolation::NotNull { table, column: owned(error.column()) },
        "23514" => ConstraintViolation::Check { table, constraint },
        "23P01" => ConstraintViolation::Exclusion { constraint },
        _ => return None,
    })
}

/// The error's fields name the referencing table whichever side was written; only the message tells the sides apart:
/// `update or delete on table "a" violates … constraint "c" on table "b"`. In another language than English it names
/// the referencing table, as the fields do.
fn foreign_key(error: &DbError, constraint: String, table: String) -> ConstraintViolation {
    let constraint = Some(constraint).filter(|name| !name.is_empty());
    let refused = error
        .message()
        .strip_prefix("update or delete on table \"")
        .and_then(|rest| rest.split_once("\" violates "))
        .map(|(refused, _)| refused.to_owned());
    match refused {
        Some(refused) => ConstraintViolation::ForeignKey { constraint, table: refused, referenced_by: Some(table) },
        None => ConstraintViolation::ForeignKey { constraint, table, referenced_by: None },
    }
}

fn is_connection_trouble(error: &tokio_postgres::Error) -> bool {
    let io = |source: &(dyn Error + 'static)| source.downcast_ref::<std::io::Error>().is_some();
    error.is_closed() || error.source().is_some_and(io)
}

/// The error with its reasons, for the log: code, message, detail. Holds no values but those the server repeats.
pub(super) fn told_to_operator(error: &tokio_postgres::Error) -> String {
    if let Some(server) = error.as_db_error() {
        let detail = server.detail().map(|detail| format!(" ({detail})")).unwrap_or_default();
        let of_pooler = [SqlState::INVALID_SQL_STATEMENT_NAME, SqlState::DUPLICATE_PSTATEMENT].contains(server.code());
        let hint = if of_pooler { POOLER } else { "" };
        return format!("{}: {}{detail}{hint}", server.code().code(), server.message());
    }
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(reason) = source {
        text.push_str(": ");
        text.push_str(&reason.to_string());
        source = reason.source();
    }
    text
}

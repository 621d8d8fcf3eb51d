//! Why a request is refused, in the dialect's codes, words and paths, and as the bytes of the answer.
//!
//! Refuses to know: HTTP status codes, driver texts.

use std::borrow::Cow;
use std::time::Duration;

use purlin_db::{ConstraintViolation, DatabaseError, Failure};
use purlin_model::catalog::Catalog;
use purlin_model::value::{CoerceError, CoerceErrorKind};
use purlin_plan::plan::{Dialect, Plan};
use purlin_plan::query::QueryKind;
use serde_json::{Map, Value as Json, json};

use crate::limits::Limits;
use crate::path::Path;

/// Longest message in an answer, in characters.
const MESSAGE_CHARACTERS: usize = 300;

/// A code of the dialect (`extensions.code`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// Anything against the role's schema.
    ValidationFailed,
    /// A value that does not fit its type.
    ParseFailed,
    /// A unique, foreign key, NOT NULL or exclusion constraint.
    ConstraintViolation,
    /// A permission rule's check, or an SQL CHECK.
    PermissionError,
    /// Text that is no value of its type.
    DataException,
    /// A session variable a rule needs is missing.
    NotFound,
    /// What the dialect does not do.
    NotSupported,
    /// One of the named limits.
    LimitExceeded,
    /// A statement of the model wrote another number of rows than it must.
    ExpectationFailed,
    /// A mutation over GET.
    MethodNotAllowed,
    /// Another transaction was in the way; trying again may work.
    ConcurrentUpdate,
    /// It took too long.
    Timeout,
    /// Too many requests are waiting.
    Busy,
    /// The database cannot be reached.
    PostgresError,
    /// Our own mistake, or the database's.
    Unexpected,
}

impl Code {
    /// Every code.
    pub const ALL: [Code; 15] = [
        Code::ValidationFailed,
        Code::ParseFailed,
        Code::ConstraintViolation,
        Code::PermissionError,
        Code::DataException,
        Code::NotFound,
        Code::NotSupported,
        Code::LimitExceeded,
        Code::ExpectationFailed,
        Code::MethodNotAllowed,
        Code::ConcurrentUpdate,
        Code::Timeout,
        Code::Busy,
        Code::PostgresError,
        Code::Unexpected,
    ];

    /// As written in `extensions.code`.
    pub const fn text(self) -> &'static str {
        match self {
            Code::ValidationFailed => "validation-failed",
            Code::ParseFailed => "parse-failed",
            Code::ConstraintViolation => "constraint-violation",
            Code::PermissionError => "permission-error",
            Code::DataException => "data-exception",
            Code::NotFound => "not-found",
            Code::NotSupported => "not-supported",
            Code::LimitExceeded => "limit-exceeded",
            Code::ExpectationFailed => "expectation-failed",
            Code::MethodNotAllowed => "method-not-allowed",
            Code::ConcurrentUpdate => "concurrent-update",
            Code::Timeout => "timeout",
            Code::Busy => "busy",
            Code::PostgresError => "postgres-error",
            Code::Unexpected => "unexpected",
        }
    }
}

/// A limit that was exceeded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Its name.
    pub name: &'static str,
    /// Its value; times are in milliseconds.
    pub value: u64,
    /// The setting that changes it.
    pub setting: Cow<'static, str>,
}

impl Limit {
    /// The limit of this name, set by `setting`.
    pub const fn new(name: &'static str, value: u64, setting: &'static str) -> Limit {
        Limit { name, value, setting: Cow::Borrowed(setting) }
    }

    /// What the client reads of it, in one sentence.
    pub fn message(&self) -> String {
        format!("the limit `{}` of {} is exceeded", self.name, self.value)
    }

    /// As `extensions.limit`.
    pub fn json(&self) -> Json {
        json!({ "name": self.name, "value": self.value, "setting": self.setting })
    }
}

/// Why a request is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The code.
    pub code: Code,
    /// What is wrong, for the client.
    pub message: String,
    /// Where, in the dialect's path grammar.
    pub path: String,
    /// One next step.
    pub hint: Option<String>,
    /// The limit, when it is about one.
    pub limit: Option<Limit>,
    /// What the log gets besides; never sent.
    pub internal: Option<String>,
}

impl Refusal {
    /// A refusal at a written path.
    pub fn new(code: Code, message: impl Into<String>, path: impl Into<String>) -> Refusal {
        Refusal { code, message: message.into(), path: path.into(), hint: None, limit: None, internal: None }
    }

    /// `validation-failed` at a place of the document.
    pub fn invalid(message: impl Into<String>, path: &Path) -> Refusal {
        Refusal::new(Code::ValidationFailed, message, path.to_string())
    }

    /// With one next step.
    pub fn hint(mut self, hint: impl Into<String>) -> Refusal {
        self.hint = Some(hint.into());
        self
    }

    /// The same, its innermost `[*]` being this element.
    pub(crate) fn at_element(mut self, index: usize) -> Refusal {
        if let Some(start) = self.path.rfind("[*]") {
            self.path.replace_range(start..start + 3, &format!("[{index}]"));
        }
        self
    }

    /// A value that does not fit its type.
    pub fn coercion(error: CoerceError, path: impl Into<String>) -> Refusal {
        let code = match error.kind {
            CoerceErrorKind::WrongType => Code::ValidationFailed,
            CoerceErrorKind::OutOfRange => Code::ParseFailed,
            CoerceErrorKind::Malformed => Code::DataException,
        };
        Refusal::new(code, error.message, path)
    }

    /// One of the named limits.
    pub fn limit(limit: Limit, path: impl Into<String>) -> Refusal {
        let message = limit.message();
        Refusal { limit: Some(limit), ..Refusal::new(Code::LimitExceeded, message, path) }
    }

    /// A failed run of a plan.
    pub fn database(failure: Failure, ran: &Ran<'_>) -> Refusal {
        let Ran { plan, roots, catalog, limits } = ran;
        let field = failure.root.and_then(|index| roots.get(index));
        let path = field.map_or("$".to_owned(), |field| field.failure.to_string());
        match failure.error {
            DatabaseError::Constraint(violation) => constraint(violation, path),
            DatabaseError::RuleCheck { .. } => {
                let message = "check constraint of an insert/update permission has failed";
                Refusal::new(Code::PermissionError, message, path)
            }
            DatabaseError::Expectation(message) => Refusal::new(Code::ExpectationFailed, message, path),
            DatabaseError::NestedInsert { table, object } => {
                let relation = if object { "object relation" } else { "array relations" };
                let table = &catalog.table(table).db_name;
                let quoted = if object { format!(" \"{table}\"") } else { String::new() };
                let message = format!(
                    "cannot proceed to insert {relation}{quoted} since insert to table \"{table}\" affects zero rows"
                );
                Refusal::new(Code::NotSupported, message, path)
            }
            DatabaseError::Data(message) => Refusal::new(Code::DataException, message, path),
            DatabaseError::RowCap(value) => {
                Refusal::limit(limits.reached("rows", value), path).hint("ask for fewer rows with `limit`")
            }
            DatabaseError::ResponseSize(bytes) => Refusal::limit(limits.reached("response_bytes", bytes as u64), "$")
                .hint("ask for fewer rows with `limit`"),
            DatabaseError::Timeout(after) => match (plan.dialect, plan.kind) {
                (Dialect::Sqlite, QueryKind::Write) => Refusal::timeout(limits, "write_timeout", after),
                _ => Refusal::timeout(limits, "statement_timeout", after),
            },
            DatabaseError::Busy => {
                Refusal::new(Code::Busy, "too many requests are waiting for the database", "$").hint("try again later")
            }
            DatabaseError::Conflict => {
                Refusal::new(Code::ConcurrentUpdate, "another transaction was in the way", "$").hint("try again")
            }
            DatabaseError::Unavailable(text) => {
                let refusal = Refusal::new(Code::PostgresError, "the database is not available", "$");
                Refusal { internal: Some(text), ..refusal.hint("try again later") }
            }
            DatabaseError::OutcomeUnknown(text) => {
                let message = "the database was lost before it said whether the mutation was written";
                let refusal = Refusal::new(Code::PostgresError, message, "$");
                Refusal { internal: Some(text), ..refusal.hint("read what it writes before it is sent again") }
            }
            DatabaseError::Session => {
                let refusal = Refusal::new(Code::PostgresError, "the database is not available", "$");
                Refusal { internal: Some(DatabaseError::Session.to_string()), ..refusal }
            }
            DatabaseError::NoFunction(_) if plan.omits_arguments => {
                Refusal::new(Code::NotSupported, "Non default arguments cannot be omitted", path)
            }
            DatabaseError::NoFunction(text) | DatabaseError::Internal(text) => {
                let refusal = Refusal::new(Code::Unexpected, "database query error", path);
                Refusal { internal: Some(text), ..refusal }
            }
        }
    }

    /// Statements that ran longer than the limit of this name.
    pub fn timeout(limits: &Limits, name: &'static str, after: Duration) -> Refusal {
        let milliseconds = u64::try_from(after.as_millis()).unwrap_or(u64::MAX);
        let limit = limits.reached(name, milliseconds);
        let message = format!("the database took longer than {milliseconds} ms");
        let hint = format!("ask for less, or raise `{}`", limit.setting);
        Refusal { limit: Some(limit), ..Refusal::new(Code::Timeout, message, "$").hint(hint) }
    }

    /// The whole answer.
    pub fn body(&self) -> Vec<u8> {
        json!({ "errors": [self.error()] }).to_string().into_bytes()
    }

    /// The error object.
    pub fn error(&self) -> Json {
        let mut extensions = Map::new();
        extensions.insert("path".to_owned(), Json::from(shortened(&self.path)));
        extensions.insert("code".to_owned(), Json::from(self.code.text()));
        if let Some(limit) = &self.limit {
            extensions.insert("limit".to_owned(), limit.json());
        }
        if let Some(hint) = &self.hint {
            extensions.insert("hint".to_owned(), Json::from(hint.as_str()));
        }
        json!({ "message": shortened(&self.message), "extensions": extensions })
    }
}

/// What failed, and what is needed to say so.
pub struct Ran<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Its root fields in plan order.
    pub roots: &'a [RootPath],
    /// The catalog it was compiled with.
    pub catalog: &'a Catalog,
    /// The limits of who asked.
    pub limits: &'a Limits,
}

/// Where a root field's failures are told.
#[derive(Clone, Debug)]
pub struct RootPath {
    /// The path of what the database refuses.
    pub failure: Box<str>,
}

fn constraint(violation: ConstraintViolation, path: String) -> Refusal {
    let (code, message) = match violation {
        ConstraintViolation::Unique { constraint } => (
            Code::ConstraintViolation,
            format!("Uniqueness violation. duplicate key value violates unique constraint \"{constraint}\""),
        ),
        ConstraintViolation::ForeignKey { constraint, table, referenced_by } => {
            let name = constraint.map_or(String::new(), |name| format!(" \"{name}\""));
            let message = match referenced_by {
                None => format!("insert or update on table \"{table}\" violates foreign key constraint{name}"),
                Some(other) => format!(
                    "update or delete on table \"{table}\" violates foreign key constraint{name} on table \"{other}\""
                ),
            };
            (Code::ConstraintViolation, format!("Foreign key violation. {message}"))
        }
        ConstraintViolation::NotNull { table, column } => (
            Code::ConstraintViolation,
            format!(
                "Not-NULL violation. null value in column \"{column}\" of relation \"{table}\" violates not-null constraint"
            ),
        ),
        ConstraintViolation::Check { table, constraint } => (
            Code::PermissionError,
            format!(
                "Check constraint violation. new row for relation \"{table}\" violates check constraint \"{constraint}\""
            ),
        ),
        ConstraintViolation::Exclusion { constraint } => (
            Code::ConstraintViolation,
            format!("Exclusion violation. conflicting key value violates exclusion constraint \"{constraint}\""),
        ),
    };
    Refusal::new(code, message, path)
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(MESSAGE_CHARACTERS) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}

#[cfg(test)]
mod tests {
    use purlin_model::code;

    use super::*;

    #[test]
    fn every_code_is_explained() {
        for code in Code::ALL {
            assert!(code::by_name(code.text()).is_some(), "`purlin explain {}` says nothing", code.text());
        }
    }

    #[test]
    fn messages_are_bounded_and_internals_are_not_sent() {
        let refusal =
            Refusal { internal: Some("secret".to_owned()), ..Refusal::new(Code::Unexpected, "é".repeat(999), "$") };
        let body = String::from_utf8(refusal.body()).expect("an answer is UTF-8");
        assert!(body.chars().count() < 400 && !body.contains("secret"), "{body}");
    }
}

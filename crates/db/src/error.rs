//! What can go wrong with a database, in the terms of the model. Driver text goes to the log, never to a client.

use purlin_model::catalog::TableId;

/// A failed request: which root field, and why.
#[derive(Debug)]
pub struct Failure {
    /// Index into `Plan::roots`; `None` when no single field is at fault.
    pub root: Option<usize>,
    /// Why.
    pub error: DatabaseError,
}

impl From<DatabaseError> for Failure {
    fn from(error: DatabaseError) -> Self {
        Failure { root: None, error }
    }
}

/// Why a database did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    /// A constraint refused the write.
    #[error("a constraint refused the write")]
    Constraint(ConstraintViolation),
    /// A permission rule's check did not hold for a written row.
    #[error("the check of a permission rule did not hold")]
    RuleCheck {
        /// Whether the row was inserted (or updated).
        inserted: bool,
    },
    /// A statement of the model wrote another number of rows than it must; the text is for the client.
    #[error("{0}")]
    Expectation(Box<str>),
    /// A nested insert could not go on because the row it hangs on was not written (`on_conflict` did nothing).
    #[error("a nested insert has no row to hang on")]
    NestedInsert {
        /// The table that got no row.
        table: TableId,
        /// Whether that row was to come before (object relation) or after (array relation).
        object: bool,
    },
    /// A value the database could not take (SQLSTATE class 22), in words fit for a client.
    #[error("{0}")]
    Data(String),
    /// A list had more rows than a role may read at once.
    #[error("more than {0} rows")]
    RowCap(u64),
    /// The response grew beyond the bound.
    #[error("the response is larger than {0} bytes")]
    ResponseSize(usize),
    /// It took too long.
    #[error("the database took longer than {0:?}")]
    Timeout(std::time::Duration),
    /// Too many requests are waiting already.
    #[error("too many requests are waiting for the database")]
    Busy,
    /// Another transaction was in the way (deadlock, serialisation); trying again may work.
    #[error("another transaction was in the way")]
    Conflict,
    /// The database cannot be reached or opened; the text is for the operator.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// The connection was lost, or stayed silent, before the database said whether a write was committed; the text is
    /// for the operator.
    #[error("the outcome of a write is not known: {0}")]
    OutcomeUnknown(String),
    /// The database has no function that takes the arguments it is given; the text is for the log.
    #[error("the database has no such function")]
    NoFunction(String),
    /// It needs a session of PostgreSQL's own, and only a transaction pooler can be reached.
    #[error("this needs a session of its own, which a transaction pooler does not give: set `database.direct_url`")]
    Session,
    /// Anything else; the text is for the log.
    #[error("database query error")]
    Internal(String),
}

/// A violated constraint, by its name in the model.
#[derive(Debug, PartialEq, Eq)]
pub enum ConstraintViolation {
    /// A primary key or unique constraint.
    Unique {
        /// Its name.
        constraint: String,
    },
    /// A foreign key.
    ForeignKey {
        /// Its name; `None` if it could not be found out.
        constraint: Option<String>,
        /// The table whose write was refused.
        table: String,
        /// Whether the refused write removed or changed a row that `referenced_by` still points at.
        referenced_by: Option<String>,
    },
    /// A NOT NULL column.
    NotNull {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// A CHECK.
    Check {
        /// The table.
        table: String,
        /// Its name.
        constraint: String,
    },
    /// An exclusion constraint (PostgreSQL).
    Exclusion {
        /// Its name.
        constraint: String,
    },
}

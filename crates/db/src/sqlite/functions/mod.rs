//! Functions and collations every connection has, beyond SQLite's own: those of `purlin_plan::sqlite_functions`, and
//! `regexp`.
//! Refuses to know tables.

mod aggregate;
mod document;
mod like;
mod number;
mod order;
mod pattern;

use std::borrow::Cow;

use purlin_plan::sqlite_functions::DECIMAL_COLLATION;
use regex::{Regex, RegexBuilder};
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Error, Result};

use super::{decimal, fault};

/// Longest pattern of `regexp`, which models may call, in bytes.
const REGULAR_EXPRESSION_BYTES: usize = 1024;
/// Largest compiled form of a pattern of `regexp` in bytes.
const REGULAR_EXPRESSION_PROGRAM_BYTES: usize = 1 << 20;

/// Schemas may call them even though the schema is not trusted: none has an effect.
const FLAGS: FunctionFlags =
    FunctionFlags::SQLITE_UTF8.union(FunctionFlags::SQLITE_DETERMINISTIC).union(FunctionFlags::SQLITE_INNOCUOUS);

/// Registers them all.
///
/// # Errors
/// Those of SQLite.
pub fn register(connection: &Connection) -> Result<()> {
    connection.create_collation(DECIMAL_COLLATION, decimal::compare)?;
    connection.create_scalar_function("purlin_like", 2, FLAGS, |context| like::like(context, like::Case::Kept))?;
    connection.create_scalar_function("purlin_ilike", 2, FLAGS, |context| like::like(context, like::Case::Ignored))?;
    connection.create_scalar_function("regexp", 2, FLAGS, |context| matches(context, (1, 0), own_regex))?;
    for (name, compile) in POSTGRES_PATTERNS {
        connection.create_scalar_function(name, 2, FLAGS, move |context| matches(context, (0, 1), compile))?;
    }
    order::register(connection)?;
    document::register(connection)?;
    document::register_questions(connection)?;
    number::register(connection)?;
    aggregate::register(connection)
}

/// An error that PostgreSQL would give in class 22, in words fit for a client.
fn data_error(message: impl std::fmt::Display) -> Error {
    Error::UserFunctionError(format!("{}{message}", fault::DATA_ERROR).into())
}

/// An argument as text; `None` if it is NULL.
fn text<'context>(context: &'context Context<'_>, index: usize) -> Option<Cow<'context, str>> {
    Some(match context.get_raw(index) {
        ValueRef::Null => return None,
        ValueRef::Text(text) | ValueRef::Blob(text) => String::from_utf8_lossy(text),
        ValueRef::Integer(integer) => integer.to_string().into(),
        ValueRef::Real(real) => crate::json::shortest_decimal(real).into(),
    })
}

/// PostgreSQL's patterns: `(value, pattern)`.
const POSTGRES_PATTERNS: [(&str, Compile); 3] = [
    ("purlin_regex", |pattern| pattern::compile(pattern, pattern::Meaning::Regex)),
    ("purlin_iregex", |pattern| pattern::compile(pattern, pattern::Meaning::IRegex)),
    ("purlin_similar", |pattern| pattern::compile(pattern, pattern::Meaning::Similar)),
];

/// From a pattern to what searches for it; the error is in words fit for a client.
type Compile = fn(&str) -> std::result::Result<Regex, String>;

/// `regexp(pattern, value)`, which is what `value REGEXP pattern` of a model calls: in the engine's own syntax.
fn own_regex(pattern: &str) -> std::result::Result<Regex, String> {
    if pattern.len() > REGULAR_EXPRESSION_BYTES {
        return Err(format!("a regular expression is longer than {REGULAR_EXPRESSION_BYTES} bytes"));
    }
    let built = RegexBuilder::new(pattern).size_limit(REGULAR_EXPRESSION_PROGRAM_BYTES).build();
    built.map_err(|_| "invalid regular expression".to_owned())
}

/// Whether a part of the value matches the pattern, which is compiled once for each statement.
fn matches(context: &Context<'_>, (value, pattern): (usize, usize), compile: Compile) -> Result<Option<bool>> {
    if text(context, pattern).is_none() {
        return Ok(None);
    }
    let Some(value) = text(context, value) else { return Ok(None) };
    let compiled = |given: ValueRef<'_>| -> std::result::Result<Regex, BoxedError> {
        compile(given.as_str()?).map_err(|reason| format!("{}{reason}", fault::DATA_ERROR).into())
    };
    let pattern = context.get_or_create_aux(pattern as i32, compiled)?;
    Ok(Some(pattern.is_match(&value)))
}

type BoxedError = Box<dyn std::error::Error + Send + Sync + 'static>;

#[cfg(test)]
pub(super) mod testing {
    use rusqlite::Connection;

    use crate::DatabaseError;

    /// What an expression gives, as text; its data error otherwise.
    pub fn evaluate(sql: &str) -> Result<Option<String>, String> {
        let connection = Connection::open_in_memory().unwrap();
        super::register(&connection).unwrap();
        connection.query_row(&format!("select cast(({sql}) as text)"), [], |row| row.get(0)).map_err(|error| {
            match DatabaseError::from(error) {
                DatabaseError::Data(message) => message,
                other => panic!("{sql}: {other:?}"),
            }
        })
    }

    /// Compares what expressions give; `Err` is the message of a data error.
    pub fn check(cases: &[(&str, Result<Option<&str>, &str>)]) {
        for (sql, expected) in cases {
            let actual = evaluate(sql);
            let actual = actual.as_ref().map(Option::as_deref).map_err(String::as_str);
            assert_eq!(actual, *expected, "{sql}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::testing::check;

    #[test]
    fn regular_expressions_match_parts() {
        check(&[
            ("'abc' regexp 'b.'", Ok(Some("1"))),
            ("'abc' regexp '^b'", Ok(Some("0"))),
            ("null regexp 'b'", Ok(None)),
            ("'b' regexp null", Ok(None)),
            ("'b' regexp '('", Err("invalid regular expression")),
            ("'b' regexp '(a{1000}){1000}'", Err("invalid regular expression")),
            ("purlin_regex('abc', 'b.')", Ok(Some("1"))),
            ("purlin_iregex('ABC', 'b.')", Ok(Some("1"))),
            ("purlin_similar('abc', 'b_')", Ok(Some("0"))),
            ("purlin_regex('abc', '(')", Err("invalid regular expression: parentheses () not balanced")),
            ("purlin_regex('abc', null)", Ok(None)),
            ("'b' regexp printf('%2000s', 'a')", Err("a regular expression is longer than 1024 bytes")),
        ]);
    }

    #[test]
    fn registered_functions_are_those_statements_may_call() {
        let connection = rusqlite::Connection::open_in_memory().unwrap();
        super::register(&connection).unwrap();
        for function in purlin_plan::sqlite_functions::FUNCTIONS {
            let sql = "select type, narg from pragma_function_list where name = ? and not builtin";
            let found: (String, i64) = connection
                .query_row(sql, [function.name], |row| Ok((row.get(0)?, row.get(1)?)))
                .unwrap_or_else(|error| panic!("{}: {error}", function.name));
            let kind = if function.aggregate { "a" } else { "s" };
            assert_eq!(found, (kind.to_owned(), i64::from(function.arguments)), "{}", function.name);
        }
    }
}

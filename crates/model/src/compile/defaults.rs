//! What fills a column when nothing is given, and what every written value must match.

use regex::Regex;

use super::Settings;
use super::arguments::{Keys, Used, find};
use super::declarations::FieldDeclaration;
use super::literal::{self, Expected};
use crate::catalog::ColumnDefault;
use crate::diagnostic::Diagnostic;
use crate::mistakes;
use crate::scalar::{ColumnType, Scalar};
use crate::sql::SqlText;
use crate::value::Value;

/// A pattern has at most so many bytes.
const MAX_PATTERN_BYTES: usize = 1024;

/// What fills a column.
#[derive(Debug, Default)]
pub struct Filling {
    /// When nothing is given.
    pub default: Option<ColumnDefault>,
    /// Whether every update sets it to the transaction's time.
    pub updated_at: bool,
}

/// Reads `@default` and `@updated_at` of a column; `@updated_at` includes `@default(now: true)`.
pub fn filling(
    field: &FieldDeclaration,
    expected: &Expected,
    settings: &Settings,
    diagnostics: &mut Vec<Diagnostic>,
) -> Filling {
    let plain = (!expected.codec.list && expected.enumeration.is_none()).then_some(expected.codec.scalar);
    let given = find(&field.directives, "default");
    let Some(updated_at) = find(&field.directives, "updated_at") else {
        let default = given.and_then(|used| default(used, expected, plain, settings, diagnostics));
        return Filling { default, updated_at: false };
    };
    if !plain.is_some_and(Scalar::is_temporal) {
        diagnostics.push(mistakes::time_for_other_type(updated_at.span, "@updated_at", expected.name));
    }
    if let Some(given) = given {
        diagnostics.push(mistakes::default_beside_updated_at(given.span, updated_at.span));
    }
    Filling { default: Some(ColumnDefault::Now), updated_at: true }
}

/// The forms of `@default`, of which exactly one is given.
const FORMS: &[&str] = &["value", "uuid", "now", "autoincrement"];

fn default(
    used: &Used,
    expected: &Expected,
    plain: Option<Scalar>,
    settings: &Settings,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<ColumnDefault> {
    let keys = &used.keys;
    let is_sql = ["sql", "postgres", "sqlite"].iter().any(|key| keys.literal(key).is_some());
    let given: Vec<&str> = FORMS.iter().copied().filter(|form| keys.literal(form).is_some()).collect();
    match (given.as_slice(), is_sql) {
        ([], false) => {
            if !keys.broken {
                diagnostics.push(mistakes::empty_default(used.span));
            }
            None
        }
        ([], true) => sql_default(used, settings, diagnostics),
        ([form], false) => single_form(form, used, expected, plain, diagnostics),
        _ => {
            diagnostics.push(mistakes::several_defaults(used.span));
            None
        }
    }
}

fn single_form(
    form: &str,
    used: &Used,
    expected: &Expected,
    plain: Option<Scalar>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<ColumnDefault> {
    let literal = used.keys.literal(form)?;
    match form {
        "value" => match literal::value(literal, expected) {
            Ok(value) => Some(ColumnDefault::Value(value)),
            Err(error) => {
                diagnostics.push(mistakes::unfitting_value(literal.span, expected, &error));
                None
            }
        },
        "uuid" => {
            if plain != Some(Scalar::Uuid) {
                diagnostics.push(mistakes::uuid_for_other_type(literal.span, expected.name));
            }
            let v7 = used.keys.text("uuid") == Some("v7");
            Some(if v7 { ColumnDefault::UuidV7 } else { ColumnDefault::UuidV4 })
        }
        _ if used.keys.flag(form) == Some(false) => {
            diagnostics.push(mistakes::false_default(literal.span, form));
            None
        }
        "now" => {
            if !plain.is_some_and(Scalar::is_temporal) {
                diagnostics.push(mistakes::time_for_other_type(literal.span, "@default(now: true)", expected.name));
            }
            Some(ColumnDefault::Now)
        }
        _ => {
            if !matches!(plain, Some(Scalar::SmallInt | Scalar::Int | Scalar::BigInt)) {
                diagnostics.push(mistakes::autoincrement_for_other_type(literal.span, expected.name));
            }
            let rowid = used.keys.text("autoincrement") == Some("rowid");
            Some(if rowid { ColumnDefault::Rowid } else { ColumnDefault::Autoincrement })
        }
    }
}

fn sql_default(used: &Used, settings: &Settings, diagnostics: &mut Vec<Diagnostic>) -> Option<ColumnDefault> {
    let SqlText { postgres, sqlite } = check_sql(&used.keys, used.span, settings, diagnostics)?;
    Some(ColumnDefault::Sql { postgres, sqlite })
}

/// SQL for each database; one that the project is for and that has none is reported.
pub fn check_sql(
    keys: &Keys,
    span: crate::source::Span,
    settings: &Settings,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<SqlText> {
    let SqlText { postgres, sqlite } = keys.sql();
    if let (Some(_), Some(_), Some(span)) = (keys.text("postgres"), keys.text("sqlite"), keys.span("sql")) {
        diagnostics.push(mistakes::sql_never_used(span));
    }
    if postgres.as_deref().into_iter().chain(sqlite.as_deref()).any(|sql| sql.trim().is_empty()) {
        diagnostics.push(mistakes::empty_sql(span));
        return None;
    }
    let missing = match (&postgres, &sqlite) {
        (None, None) => None,
        (None, _) if settings.postgres() => Some(("PostgreSQL", "postgres")),
        (_, None) if settings.sqlite() => Some(("SQLite", "sqlite")),
        _ => None,
    };
    if let Some((database, key)) = missing {
        diagnostics.push(mistakes::sql_for_one_database(span, database, key));
        return None;
    }
    Some(SqlText { postgres, sqlite })
}

/// Reads `@pattern` of a column; a default must match it.
pub fn pattern(
    field: &FieldDeclaration,
    column_type: &ColumnType,
    default: Option<&ColumnDefault>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Box<str>> {
    let used = find(&field.directives, "pattern")?;
    let (pattern, span) = (used.keys.text("regex")?, used.keys.span("regex")?);
    if *column_type != ColumnType::Scalar(Scalar::String) {
        diagnostics.push(mistakes::text_rule_of_other_type(used.span, "@pattern", &field.name().text));
    } else if pattern.len() > MAX_PATTERN_BYTES {
        diagnostics.push(mistakes::long_pattern(span, MAX_PATTERN_BYTES));
    } else {
        match (Regex::new(pattern), default) {
            (Err(error), _) => diagnostics.push(mistakes::malformed_pattern(span, &error.to_string())),
            (Ok(regex), Some(ColumnDefault::Value(Value::Text(text)))) if !regex.is_match(text) => {
                if let Some(span) = find(&field.directives, "default").and_then(|used| used.keys.span("value")) {
                    diagnostics.push(mistakes::default_breaks_rule(span, "@pattern"));
                }
            }
            _ => {}
        }
    }
    Some(pattern.into())
}

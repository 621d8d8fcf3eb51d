//! A filter as a condition; reading it again gives the same filter, part for part.

use super::literal;
use crate::catalog::{Catalog, ColumnIndex, TableId};
use crate::filter::{Compared, Comparison, Filter, Operand};
use crate::scalar::{ColumnType, Scalar};

/// Whose columns a condition names.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    /// The catalog.
    pub catalog: &'a Catalog,
    /// The table the rule is about.
    pub root: TableId,
    /// The table of the row at hand.
    pub here: TableId,
}

/// `{…}`
pub fn condition(row: Row, filter: &Filter) -> String {
    let Filter::And(parts) = filter else { return braces(&[entry(row, filter)]) };
    if parts.is_empty() {
        return "{}".to_owned();
    }
    let entries: Vec<(String, String)> = parts.iter().map(|part| entry(row, part)).collect();
    let distinct =
        |(index, (key, _)): (usize, &(String, String))| !entries[..index].iter().any(|(other, _)| other == key);
    match parts.len() > 1 && entries.iter().enumerate().all(distinct) {
        true => braces(&entries),
        false => braces(&[entry(row, filter)]),
    }
}

fn braces(entries: &[(String, String)]) -> String {
    let entries: Vec<String> = entries.iter().map(|(key, value)| format!("{key}: {value}")).collect();
    format!("{{{}}}", entries.join(", "))
}

/// A filter as one key of a condition.
fn entry(row: Row, filter: &Filter) -> (String, String) {
    let table = row.catalog.table(row.here);
    let list = |parts: &[Filter]| {
        let parts: Vec<String> = parts.iter().map(|part| condition(row, part)).collect();
        format!("[{}]", parts.join(", "))
    };
    match filter {
        Filter::And(parts) => match on_one_column(row, parts) {
            Some((column, comparisons)) => (table.column(column).name.to_string(), braces(&comparisons)),
            None => ("_and".to_owned(), list(parts)),
        },
        Filter::Or(parts) => ("_or".to_owned(), list(parts)),
        // Permission merging makes these; a catalog holds none.
        Filter::Rule(inner) => entry(row, inner),
        // Rules do not search.
        Filter::Search(_) => ("_or".to_owned(), "[]".to_owned()),
        Filter::Not(inner) => ("_not".to_owned(), condition(row, inner)),
        Filter::Relation { relation, filter } => {
            let relation = table.relation(*relation);
            (relation.name.to_string(), condition(Row { here: relation.target, ..row }, filter))
        }
        Filter::Exists { table, filter } => {
            let name = &row.catalog.table(*table).name;
            let inner = condition(Row { here: *table, ..row }, filter);
            ("_exists".to_owned(), format!("{{_table: {name}, _where: {inner}}}"))
        }
        Filter::Compare { column, .. } | Filter::CastText { column, .. } | Filter::IsNull { column, .. } => {
            let comparison = comparison(row, filter).into_iter().collect::<Vec<_>>();
            (table.column(*column).name.to_string(), braces(&comparison))
        }
    }
}

/// Several comparisons of the same column, each with another operator, share their braces.
fn on_one_column(row: Row, parts: &[Filter]) -> Option<(ColumnIndex, Vec<(String, String)>)> {
    let column_of = |filter: &Filter| match filter {
        Filter::Compare { column, .. } | Filter::IsNull { column, .. } => Some(*column),
        _ => None,
    };
    let column = column_of(parts.first()?)?;
    let mut comparisons: Vec<(String, String)> = Vec::new();
    for part in parts {
        let comparison = comparison(row, part).filter(|_| column_of(part) == Some(column))?;
        if comparisons.iter().any(|(operator, _)| *operator == comparison.0) {
            return None;
        }
        comparisons.push(comparison);
    }
    (parts.len() > 1).then_some((column, comparisons))
}

/// Operator and operand.
fn comparison(row: Row, filter: &Filter) -> Option<(String, String)> {
    let table = row.catalog.table(row.here);
    match filter {
        Filter::IsNull { operand, .. } => {
            Some(("_is_null".to_owned(), self::operand(operand, &ColumnType::Scalar(Scalar::Boolean))))
        }
        Filter::CastText { comparison, operand, .. } => {
            let operand = self::operand(operand, &ColumnType::Scalar(Scalar::String));
            Some(("_cast".to_owned(), format!("{{String: {{{}: {operand}}}}}", operator(*comparison))))
        }
        Filter::Compare { column, comparison, operand } => Some(match operand {
            Operand::Column(other) => (column_operator(*comparison), table.column(*other).name.to_string()),
            Operand::RootColumn(other) => {
                let root = row.catalog.table(row.root);
                (column_operator(*comparison), format!("[\"$\", {}]", root.column(*other).name))
            }
            operand => {
                let text = match comparison.compared() {
                    Compared::Value | Compared::Values => self::operand(operand, &table.column(*column).column_type),
                    Compared::Text => self::operand(operand, &ColumnType::Scalar(Scalar::String)),
                    Compared::Texts => self::operand(operand, &ColumnType::List(Scalar::String)),
                };
                (operator(*comparison).to_owned(), text)
            }
        }),
        _ => None,
    }
}

fn operator(comparison: Comparison) -> &'static str {
    Comparison::ALL.into_iter().find(|(_, other)| *other == comparison).map_or("", |(name, _)| name)
}

fn column_operator(comparison: Comparison) -> String {
    match comparison {
        Comparison::NotEqual => "_cne",
        Comparison::Greater => "_cgt",
        Comparison::Less => "_clt",
        Comparison::GreaterOrEqual => "_cgte",
        Comparison::LessOrEqual => "_clte",
        _ => "_ceq",
    }
    .to_owned()
}

/// A literal, or a session variable as people write it (`X-Hasura-User-Id`).
pub fn operand(operand: &Operand, column_type: &ColumnType) -> String {
    match operand {
        Operand::Literal(value) => literal::value(value, column_type),
        Operand::Session(variable) => {
            let capital = |word: &str| {
                let mut letters = word.chars();
                letters
                    .next()
                    .map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
            };
            literal::text(&variable.split('-').map(capital).collect::<Vec<_>>().join("-"))
        }
        // Rules compare a column with another by other operators, and hold no parameters.
        Operand::Column(_) | Operand::RootColumn(_) | Operand::Parameter(_) => "null".to_owned(),
    }
}

//! Conditions of clients and of rules, in the three-valued logic of SQL: what they say, and whether they hold.

use std::cmp::Ordering;

use super::document::Writer;
use super::model::Model;
use super::read::Oracle;
use super::value::{Kind, Value};

/// A condition on a row of a table.
#[derive(Clone, Debug)]
pub enum Condition {
    /// All of them, as members of `_and`.
    And(Vec<Condition>),
    /// All of them, as keys of one object.
    Together(Vec<Condition>),
    Or(Vec<Condition>),
    Not(Box<Condition>),
    Compare(usize, Operator, Operand),
    IsNull(usize, bool),
    /// A related row for which it holds.
    Related(usize, Box<Condition>),
    /// A row of any table (rules only).
    Exists(usize, Box<Condition>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    Equal,
    NotEqual,
    Greater,
    Less,
    GreaterOrEqual,
    LessOrEqual,
    In,
    NotIn,
    Like,
    NotLike,
    ILike,
    NotILike,
}

/// With what a column is compared.
#[derive(Clone, Debug)]
pub enum Operand {
    Value(Value),
    List(Vec<Value>),
    /// A session variable, lower case (rules only).
    Session(&'static str),
    /// A column of the row (rules only).
    Column(usize),
    /// A column of the row that the whole rule is about (rules only).
    RootColumn(usize),
}

impl Operator {
    pub const ALL: [Operator; 12] = [
        Operator::Equal,
        Operator::NotEqual,
        Operator::Greater,
        Operator::Less,
        Operator::GreaterOrEqual,
        Operator::LessOrEqual,
        Operator::In,
        Operator::NotIn,
        Operator::Like,
        Operator::NotLike,
        Operator::ILike,
        Operator::NotILike,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Operator::Equal => "eq",
            Operator::NotEqual => "neq",
            Operator::Greater => "gt",
            Operator::Less => "lt",
            Operator::GreaterOrEqual => "gte",
            Operator::LessOrEqual => "lte",
            Operator::In => "in",
            Operator::NotIn => "nin",
            Operator::Like => "like",
            Operator::NotLike => "nlike",
            Operator::ILike => "ilike",
            Operator::NotILike => "nilike",
        }
    }

    /// Its name between two columns.
    fn of_columns(self) -> String {
        format!("_c{}", if self == Operator::NotEqual { "ne" } else { self.name() })
    }

    pub fn takes_list(self) -> bool {
        matches!(self, Operator::In | Operator::NotIn)
    }

    pub fn is_pattern(self) -> bool {
        matches!(self, Operator::Like | Operator::NotLike | Operator::ILike | Operator::NotILike)
    }

    /// Whether the API has it for a column.
    pub fn applies_to(self, kind: Kind) -> bool {
        match self {
            Operator::Equal | Operator::NotEqual | Operator::In | Operator::NotIn => true,
            _ if self.is_pattern() => kind == Kind::Text,
            _ => kind.is_ordered(),
        }
    }

    /// Of two values; NULL where one is.
    fn holds(self, left: &Value, right: &Value) -> Option<bool> {
        if self.is_pattern() {
            let (Value::Text(text), Value::Text(pattern)) = (left, right) else { return None };
            let found = match self {
                Operator::ILike | Operator::NotILike => is_like(&text.to_lowercase(), &pattern.to_lowercase()),
                _ => is_like(text, pattern),
            };
            return Some(found != matches!(self, Operator::NotLike | Operator::NotILike));
        }
        let order = left.compare(right)?;
        Some(match self {
            Operator::Equal => order == Ordering::Equal,
            Operator::NotEqual => order != Ordering::Equal,
            Operator::Greater => order == Ordering::Greater,
            Operator::Less => order == Ordering::Less,
            Operator::GreaterOrEqual => order != Ordering::Less,
            _ => order != Ordering::Greater,
        })
    }

    /// Of a value and a list.
    fn holds_in(self, left: &Value, list: &[Value]) -> Option<bool> {
        let found = any(list.iter().map(|value| Operator::Equal.holds(left, value)));
        if self == Operator::NotIn { found.map(|found| !found) } else { found }
    }
}

/// `LIKE`: `%` is any run, `_` any letter, `\` takes the next letter as it is.
fn is_like(text: &str, pattern: &str) -> bool {
    let mut pattern = pattern.chars();
    let mut text_left = text.chars();
    match pattern.next() {
        None => text.is_empty(),
        Some('%') => {
            let rest = pattern.as_str();
            is_like(text, rest) || text_left.next().is_some() && is_like(text_left.as_str(), &format!("%{rest}"))
        }
        Some('_') => text_left.next().is_some() && is_like(text_left.as_str(), pattern.as_str()),
        Some(letter) => {
            let letter = if letter == '\\' { pattern.next() } else { Some(letter) };
            text_left.next() == letter && is_like(text_left.as_str(), pattern.as_str())
        }
    }
}

/// Three-valued OR.
fn any(parts: impl IntoIterator<Item = Option<bool>>) -> Option<bool> {
    let parts: Vec<Option<bool>> = parts.into_iter().collect();
    match parts.contains(&Some(true)) {
        true => Some(true),
        false if parts.contains(&None) => None,
        false => Some(false),
    }
}

/// Three-valued AND.
fn all(parts: impl IntoIterator<Item = Option<bool>>) -> Option<bool> {
    any(parts.into_iter().map(|part| part.map(|part| !part))).map(|some| !some)
}

/// A row at hand.
#[derive(Clone, Copy)]
pub struct At<'r> {
    pub table: usize,
    pub row: &'r [Value],
}

impl Condition {
    /// The condition of every row.
    pub fn always() -> Condition {
        Condition::Together(Vec::new())
    }

    /// Whether it holds for a row, as a client may ask: relations reach only what the role may see.
    pub fn asked(&self, oracle: &Oracle<'_>, at: At<'_>) -> bool {
        self.value(oracle, at, None) == Some(true)
    }

    /// Whether it holds for a row as a rule: relations reach every row.
    pub fn ruled(&self, oracle: &Oracle<'_>, at: At<'_>) -> bool {
        self.value(oracle, at, Some(at.row)) == Some(true)
    }

    /// `root`: the row that the whole rule is about.
    fn value(&self, oracle: &Oracle<'_>, at: At<'_>, root: Option<&[Value]>) -> Option<bool> {
        let each = |parts: &[Condition]| -> Vec<Option<bool>> {
            parts.iter().map(|part| part.value(oracle, at, root)).collect()
        };
        match self {
            Condition::And(parts) | Condition::Together(parts) => all(each(parts)),
            Condition::Or(parts) => any(each(parts)),
            Condition::Not(inner) => inner.value(oracle, at, root).map(|value| !value),
            Condition::IsNull(column, expected) => Some(at.row[*column].is_null() == *expected),
            Condition::Compare(column, operator, operand) => {
                let kind = oracle.model.column(at.table, *column).kind;
                let left = &at.row[*column];
                match operand {
                    Operand::Value(value) => operator.holds(left, value),
                    Operand::List(values) => operator.holds_in(left, values),
                    Operand::Session(name) if operator.takes_list() => {
                        operator.holds_in(left, &oracle.session.list(name, kind))
                    }
                    Operand::Session(name) => operator.holds(left, &oracle.session.value(name, kind)),
                    Operand::Column(other) => operator.holds(left, &at.row[*other]),
                    Operand::RootColumn(other) => operator.holds(left, &root.expect("a rule")[*other]),
                }
            }
            Condition::Related(relation, inner) => {
                let target = oracle.model.tables[at.table].relations[*relation].target;
                let found = match root {
                    Some(_) => oracle.all_related(at, *relation),
                    None => oracle.related(at, *relation),
                };
                let holds = |row: &&[Value]| inner.value(oracle, At { table: target, row }, root) == Some(true);
                Some(found.iter().any(holds))
            }
            Condition::Exists(table, inner) => {
                let holds = |row: &&[Value]| inner.value(oracle, At { table: *table, row }, root) == Some(true);
                Some(oracle.rows(*table).any(|row| holds(&row)))
            }
        }
    }

    /// As the `where` of a rule.
    pub fn rule(&self, model: &Model, table: usize) -> String {
        self.text(table, &mut Writer::rule(model, table))
    }

    /// As the `where` of a document or a rule.
    pub fn text(&self, table: usize, writer: &mut Writer<'_>) -> String {
        format!("{{{}}}", self.members(table, writer))
    }

    fn members(&self, table: usize, writer: &mut Writer<'_>) -> String {
        let model = writer.model;
        let list = |parts: &[Condition], writer: &mut Writer<'_>| {
            let parts: Vec<String> = parts.iter().map(|part| part.text(table, writer)).collect();
            parts.join(", ")
        };
        match self {
            Condition::And(parts) => format!("_and: [{}]", list(parts, writer)),
            Condition::Together(parts) => {
                let parts: Vec<String> = parts.iter().map(|part| part.members(table, writer)).collect();
                parts.join(", ")
            }
            Condition::Or(parts) => format!("_or: [{}]", list(parts, writer)),
            Condition::Not(inner) => format!("_not: {}", inner.text(table, writer)),
            Condition::IsNull(column, expected) => {
                format!("{}: {{_is_null: {expected}}}", model.column(table, *column).name)
            }
            Condition::Compare(column, operator, operand) => {
                let column = model.column(table, *column);
                let name = operator.name();
                let comparison = match operand {
                    Operand::Value(value) => format!("_{name}: {}", writer.value(column.kind, value)),
                    Operand::List(values) => format!("_{name}: {}", writer.list(column.kind, values)),
                    Operand::Session(variable) => format!("_{name}: \"{variable}\""),
                    Operand::Column(other) => {
                        format!("{}: {}", operator.of_columns(), model.column(table, *other).name)
                    }
                    Operand::RootColumn(other) => {
                        format!("{}: [\"$\", {}]", operator.of_columns(), model.column(writer.root, *other).name)
                    }
                };
                format!("{}: {{{comparison}}}", column.name)
            }
            Condition::Related(relation, inner) => {
                let relation = &model.tables[table].relations[*relation];
                format!("{}: {}", relation.name, inner.text(relation.target, writer))
            }
            Condition::Exists(other, inner) => {
                let name = &model.tables[*other].name;
                format!("_exists: {{_table: {name}, _where: {}}}", inner.text(*other, writer))
            }
        }
    }
}

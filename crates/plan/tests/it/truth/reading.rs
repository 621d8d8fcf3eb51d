//! Filters read in plain Rust, as the documents say what they mean.

use std::collections::BTreeMap;

use purlin_model::ColumnIndex;
use purlin_model::catalog::{RelationIndex, TableId};
use purlin_model::filter::{Comparison, Filter, Operand};
use purlin_model::value::Value;
use purlin_plan::query::{Parameter, Source};

use super::Data;

/// Reads filters as the documents say, over rows in memory.
pub struct Reading<'d> {
    pub data: &'d Data,
    pub parameters: &'d [Parameter],
    /// The select rules of the asking role; `None` for `admin`.
    pub rules: Option<&'d BTreeMap<TableId, Filter>>,
}

/// Where in nested filters a condition stands.
#[derive(Clone, Copy)]
struct Standing<'r> {
    root: &'r [Value],
    in_rule: bool,
}

impl Reading<'_> {
    /// Three-valued truth of a client's condition for a row; parameters are constants.
    pub fn asked(&self, table: TableId, row: &[Value], filter: &Filter) -> Option<bool> {
        self.truth(table, row, filter, Standing { root: row, in_rule: false })
    }

    /// Whether the role may see a row.
    pub fn sees(&self, table: TableId, row: &[Value]) -> bool {
        self.rules.is_none_or(|rules| {
            let standing = Standing { root: row, in_rule: true };
            rules.get(&table).is_some_and(|rule| self.truth(table, row, rule, standing) == Some(true))
        })
    }

    fn truth(&self, table: TableId, row: &[Value], filter: &Filter, standing: Standing<'_>) -> Option<bool> {
        let part = |part: &Filter| self.truth(table, row, part, standing);
        match filter {
            Filter::And(parts) => any(parts.iter().map(|inner| part(inner).map(|truth| !truth))).map(|any| !any),
            Filter::Or(parts) => any(parts.iter().map(part)),
            Filter::Not(inner) => part(inner).map(|truth| !truth),
            Filter::Rule(_) => panic!("only merging makes rules"),
            Filter::Search(_) => panic!("there is nothing to search"),
            Filter::CastText { .. } => panic!("no document is asked"),
            Filter::IsNull { column, operand } => {
                let wanted = self.operand(operand, row, standing) == Value::Boolean(true);
                Some((row[column.0 as usize] == Value::Null) == wanted)
            }
            Filter::Compare { column, comparison, operand } => {
                compared(&row[column.0 as usize], *comparison, &self.operand(operand, row, standing))
            }
            Filter::Relation { relation, filter } => {
                let target = self.data.catalog.table(table).relation(*relation).target;
                let mut related = self.data.of(target).iter().filter(|other| {
                    self.is_related(table, row, *relation, other, standing)
                        && (standing.in_rule || self.sees(target, other))
                });
                Some(related.any(|other| self.truth(target, other, filter, standing) == Some(true)))
            }
            Filter::Exists { table, filter } => {
                Some(self.data.of(*table).iter().any(|row| self.truth(*table, row, filter, standing) == Some(true)))
            }
        }
    }

    fn is_related(
        &self,
        table: TableId,
        row: &[Value],
        relation: RelationIndex,
        other: &[Value],
        standing: Standing<'_>,
    ) -> bool {
        let relation = self.data.catalog.table(table).relation(relation);
        let matches = |left: &[Value], right: &[Value], pairs: &[(ColumnIndex, ColumnIndex)]| {
            pairs.iter().all(|(here, there)| {
                compared(&left[here.0 as usize], Comparison::Equal, &right[there.0 as usize]) == Some(true)
            })
        };
        match &relation.through {
            None => matches(row, other, &relation.join),
            Some(through) => self.data.of(through.table).iter().any(|link| {
                (standing.in_rule || self.sees(through.table, link))
                    && matches(row, link, &through.near)
                    && matches(link, other, &through.far)
            }),
        }
    }

    fn operand(&self, operand: &Operand, row: &[Value], standing: Standing<'_>) -> Value {
        match operand {
            Operand::Literal(value) => value.clone(),
            Operand::Column(column) => row[column.0 as usize].clone(),
            Operand::RootColumn(column) => standing.root[column.0 as usize].clone(),
            Operand::Parameter(index) => match &self.parameters[*index].source {
                Source::Constant(value) => value.clone(),
                other => panic!("{other:?} is no constant"),
            },
            Operand::Session(name) => panic!("no session variable {name} here"),
        }
    }
}

/// True if one is, unknown if none is but one may be.
fn any(truths: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let truths: Vec<Option<bool>> = truths.collect();
    if truths.contains(&Some(true)) {
        return Some(true);
    }
    if truths.contains(&None) { None } else { Some(false) }
}

fn compared(left: &Value, comparison: Comparison, right: &Value) -> Option<bool> {
    if let Value::List(members) = right {
        let is_in = any(members.iter().map(|member| compared(left, Comparison::Equal, member)));
        return is_in.map(|is_in| is_in == (comparison == Comparison::In));
    }
    let order = match (left, right) {
        (Value::Null, _) | (_, Value::Null) => return None,
        (Value::Text(left), Value::Text(right)) => match (left.parse::<f64>(), right.parse::<f64>()) {
            (Ok(left), Ok(right)) => left.total_cmp(&right),
            _ => left.cmp(right),
        },
        (Value::Integer(left), Value::Integer(right)) => left.cmp(right),
        (Value::Float(left), Value::Float(right)) => left.total_cmp(right),
        (Value::Boolean(left), Value::Boolean(right)) => left.cmp(right),
        other => panic!("{other:?} do not compare"),
    };
    Some(match comparison {
        Comparison::Equal => order.is_eq(),
        Comparison::NotEqual => order.is_ne(),
        Comparison::Greater => order.is_gt(),
        Comparison::Less => order.is_lt(),
        Comparison::GreaterOrEqual => order.is_ge(),
        Comparison::LessOrEqual => order.is_le(),
        other => panic!("{other:?} is not compared here"),
    })
}

//! Random conditions and rules.

use purlin_model::ColumnIndex;
use purlin_model::catalog::{Catalog, TableId};
use purlin_model::filter::{Comparison, Filter, Operand};
use purlin_model::value::Value;
use purlin_plan::query::{Parameter, Source};

use super::pool;
use crate::build::{Build, constant};
use crate::catalog::{MEMBERS, PEOPLE, TASKS};

/// A small deterministic generator (xorshift).
pub struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }

    pub fn pick<'v, T>(&mut self, values: &'v [T]) -> &'v T {
        &values[self.below(values.len())]
    }
}

/// A random condition of a client on rows of a table.
pub fn random_filter(build: &mut Build<'_>, chance: &mut Chance, table: TableId, depth: usize) -> Filter {
    let many = |build: &mut Build<'_>, chance: &mut Chance| {
        (0..chance.below(4)).map(|_| random_filter(build, chance, table, depth - 1)).collect()
    };
    match if depth == 0 { chance.below(4) } else { chance.below(9) } {
        4 => Filter::And(many(build, chance)),
        5 => Filter::Or(many(build, chance)),
        6 => Filter::Not(Box::new(random_filter(build, chance, table, depth - 1))),
        7 | 8 => {
            let relations = ["project", "assignee", "labels", "owner", "tasks", "members", "boss", "reports", "links"];
            let own: Vec<&str> =
                relations.into_iter().filter(|name| build.table(table).relation_by_name(name).is_some()).collect();
            if own.is_empty() {
                return random_filter(build, chance, table, 0);
            }
            let name = chance.pick(&own);
            let inner = random_filter(build, chance, build.target(table, name), depth - 1);
            build.reach(table, name, inner)
        }
        3 => random_comparison_of_columns(build, chance, table),
        leaf => {
            let names: Vec<Box<str>> = build
                .table(table)
                .columns
                .iter()
                .filter(|column| !matches!(&*column.name, "email" | "meta" | "by"))
                .map(|column| column.name.clone())
                .collect();
            let name = chance.pick(&names).clone();
            if leaf == 0 {
                return build.is_null(table, &name, constant(Value::Boolean(chance.below(2) == 0)));
            }
            let values = pool(table, &name);
            let (_, comparison) = Comparison::ALL[chance.below(8)];
            let value = if comparison.takes_list() {
                Value::List((0..chance.below(3)).map(|_| chance.pick(&values).clone()).collect())
            } else {
                chance.pick(&values).clone()
            };
            build.compare(table, &name, comparison, constant(value))
        }
    }
}

fn random_comparison_of_columns(build: &Build<'_>, chance: &mut Chance, table: TableId) -> Filter {
    let (left, right) = match table {
        TASKS => *chance.pick(&[("estimate", "limit_hours"), ("id", "project_id"), ("title", "status")]),
        PEOPLE => ("id", "boss_id"),
        MEMBERS => ("person_id", "person_id"),
        _ => ("name", "name"),
    };
    if build.table(table).column_by_name(left).is_none() {
        return Filter::always();
    }
    let (_, comparison) = Comparison::ALL[chance.below(6)];
    let operand = Operand::Column(build.column(table, right));
    Filter::Compare { column: build.column(table, left), comparison, operand }
}

/// A random rule of a table: literals instead of parameters, and columns of the row it is about from deep inside.
pub fn random_rule(catalog: &Catalog, chance: &mut Chance, root: TableId) -> Filter {
    let mut build = Build::new(catalog);
    let filter = random_filter(&mut build, chance, root, 2);
    let parameters = build.parameters;
    as_rule(catalog, chance, (root, root), &parameters, filter)
}

fn as_rule(
    catalog: &Catalog,
    chance: &mut Chance,
    (root, table): (TableId, TableId),
    parameters: &[Parameter],
    filter: Filter,
) -> Filter {
    let literal = |index: usize| match &parameters[index].source {
        Source::Constant(value) => Operand::Literal(value.clone()),
        other => panic!("{other:?} is no constant"),
    };
    let mut all = |parts: Vec<Filter>, table: TableId| -> Vec<Filter> {
        parts.into_iter().map(|part| as_rule(catalog, chance, (root, table), parameters, part)).collect()
    };
    match filter {
        Filter::And(parts) => Filter::And(all(parts, table)),
        Filter::Or(parts) => Filter::Or(all(parts, table)),
        Filter::Not(inner) => Filter::Not(Box::new(as_rule(catalog, chance, (root, table), parameters, *inner))),
        Filter::Relation { relation, filter } => {
            let target = catalog.table(table).relation(relation).target;
            let filter = Box::new(as_rule(catalog, chance, (root, target), parameters, *filter));
            Filter::Relation { relation, filter }
        }
        Filter::Compare { column, comparison, operand: Operand::Parameter(index) } => {
            let mine = catalog.table(table).column(column);
            let alike: Vec<ColumnIndex> = catalog
                .table(root)
                .column_indexes()
                .filter(|other| catalog.table(root).column(*other).codec() == mine.codec())
                .collect();
            let operand = match alike.is_empty() || comparison.takes_list() {
                true => literal(index),
                false => Operand::RootColumn(*chance.pick(&alike)),
            };
            Filter::Compare { column, comparison, operand }
        }
        Filter::IsNull { column, operand: Operand::Parameter(index) } => {
            Filter::IsNull { column, operand: literal(index) }
        }
        other => other,
    }
}

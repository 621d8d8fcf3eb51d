//! Aggregates over a row's related rows, read by the row's own statement (PostgreSQL).
//!
//! ```text
//! select rows.c0, a.c0 from (select … order by … limit …) rows
//! cross join lateral (select count(*) c0 from … where key = rows.k0) a order by rows.s0
//! ```
//! One statement needs no transaction and no second flight. It pays where rows are few, because the list is cut, and
//! where an index finds the related rows of each; everywhere else one scan for all rows together is better.

use purlin_model::catalog::{ColumnIndex, RelationIndex, Table};
use sea_query::{Alias, Condition, DynIden, Expr, IntoIden, JoinType, Query, SelectStatement};

use super::Compiler;
use super::aggregate::{Aggregated, Values, columns_of};
use super::cells::{Cells, Reading};
use super::order::Term;
use super::relation::{Keys, near_pairs};
use super::select::{JOINED_CELLS, Link, json_key};
use super::statement::RowName;
use crate::plan::{Dialect, JsonKey, Shape};
use crate::query::{Aggregate, AggregateField, Select};

/// The aggregates that are read beside the rows of one statement.
pub(super) struct Beside {
    /// The name of the rows.
    rows: DynIden,
    /// What the related rows are found by: expressions over the rows, known outside as `k0`, `k1`, ….
    keys: Vec<Expr>,
    joined: Vec<Joined>,
}

struct Joined {
    name: DynIden,
    query: SelectStatement,
    /// Its cells among those of the statement.
    cells: std::ops::Range<usize>,
}

impl Compiler<'_> {
    /// Aggregates beside the rows of a select, if that pays.
    pub(super) fn beside(&self, reading: &mut Reading, select: &Select) {
        let arguments = &select.arguments;
        let is_cut = !select.many || arguments.limit.is_some() || arguments.rule_limit.is_some();
        if self.dialect == Dialect::Postgres && is_cut {
            let rows = Alias::new("rows").into_iden();
            reading.beside = Some(Beside { rows, keys: Vec::new(), joined: Vec::new() });
        }
    }

    /// Whether an aggregate is read beside its row.
    pub(super) fn is_beside(
        &self,
        reading: &Reading,
        row: &RowName,
        relation: RelationIndex,
        aggregate: &Aggregate,
    ) -> bool {
        let definition = self.relation(row.table, relation);
        let there: Vec<ColumnIndex> = definition.join.iter().map(|(_, there)| *there).collect();
        reading.beside.is_some()
            && reading.cells.len() + aggregate.fields.len() <= JOINED_CELLS
            && definition.through.is_none()
            && leads_an_index(self.table(definition.target), &there)
            && !aggregate.fields.iter().any(|field| matches!(field, AggregateField::Nodes(..)))
    }

    /// The value of an aggregate that is read beside its row.
    pub(super) fn aggregate_beside(
        &mut self,
        reading: &mut Reading,
        row: &RowName,
        relation: RelationIndex,
        aggregate: &Aggregate,
    ) -> Shape {
        let near = near_pairs(self.relation(row.table, relation)).iter().map(|(here, _)| self.comparable(row, *here));
        let keys = reading.beside.as_mut().map(|beside| beside.keys(near)).unwrap_or_default();
        let link = Link::Relation { table: row.table, relation, cells: Vec::new() };
        let mut columns = Vec::new();
        for field in &aggregate.fields {
            if let AggregateField::Aggregate(_, items) = field {
                columns.extend(columns_of(items));
            }
        }
        columns.sort_unstable();
        columns.dedup();
        let of = Aggregated { aggregate, link: &link, keys: Keys::Each(keys), columns };
        let mut query = Query::select();
        let (related, _) = self.aggregated_rows(&mut reading.draft, &mut query, &of);
        let first = reading.cells.end();
        let mut values = Values::after(first);
        let mut fields: Vec<(JsonKey, Shape)> = Vec::with_capacity(aggregate.fields.len());
        for field in &aggregate.fields {
            match field {
                AggregateField::Constant(key, json) => fields.push((json_key(key), Shape::Constant(json.clone()))),
                AggregateField::Aggregate(key, items) => {
                    let fields_of = self.items(&mut reading.draft, &mut values, &of, &related, items);
                    fields.push((json_key(key), Shape::Object { present: None, fields: fields_of }));
                }
                // `is_beside` has refused it.
                AggregateField::Nodes(key, _) => fields.push((json_key(key), Shape::Constant("null".into()))),
            }
        }
        values.cells.select_named(&mut query);
        let name = reading.draft.alias();
        let from = reading.cells.len();
        for position in 0..values.cells.len() {
            reading.cells.expression(Expr::col((name.clone(), Cells::name(position))));
        }
        if let Some(beside) = &mut reading.beside {
            beside.joined.push(Joined { name, query, cells: from..reading.cells.len() });
        }
        Shape::Object { present: None, fields }
    }
}

impl Beside {
    /// Adds a key and gives what it is known by outside.
    fn keys(&mut self, near: impl Iterator<Item = Expr>) -> Vec<Expr> {
        let mut keys = Vec::new();
        for expression in near {
            let position = self.keys.iter().position(|other| *other == expression).unwrap_or_else(|| {
                self.keys.push(expression);
                self.keys.len() - 1
            });
            keys.push(Expr::col((self.rows.clone(), key_name(position))));
        }
        keys
    }

    /// Puts the finished query of the rows inside a query that joins the aggregates; gives that and its cells. The
    /// order is said again outside, where the server finds it already there.
    pub(super) fn around(self, mut rows: SelectStatement, cells: Cells, order: &[Term]) -> (SelectStatement, Cells) {
        if self.joined.is_empty() {
            return (rows, cells);
        }
        let mut outer = Query::select();
        let is_own = |position: usize| !self.joined.iter().any(|joined| joined.cells.contains(&position));
        let cells = cells.moved(is_own, |position, expression| {
            rows.expr_as(expression, Cells::name(position));
            Expr::col((self.rows.clone(), Cells::name(position)))
        });
        for (position, key) in self.keys.into_iter().enumerate() {
            rows.expr_as(key, key_name(position));
        }
        for (position, term) in order.iter().enumerate() {
            let name = Alias::new(format!("s{position}")).into_iden();
            rows.expr_as(term.expression().clone(), name.clone());
            term.over(Expr::col((self.rows.clone(), name))).apply(&mut outer);
        }
        outer.from_subquery(rows, self.rows);
        for Joined { name, query, .. } in self.joined {
            outer.join_lateral(JoinType::InnerJoin, query, name, Condition::all());
        }
        (outer, cells)
    }
}

fn key_name(position: usize) -> DynIden {
    Alias::new(format!("k{position}")).into_iden()
}

/// Whether an index of the table begins with these columns, in whatever order.
fn leads_an_index(table: &Table, columns: &[ColumnIndex]) -> bool {
    let leads = |key: &[ColumnIndex]| {
        key.len() >= columns.len() && key[..columns.len()].iter().all(|column| columns.contains(column))
    };
    leads(&table.primary_key)
        || table.uniques.iter().any(|unique| leads(&unique.columns))
        || table.indexes.iter().any(|index| {
            let is_tree = index.using.as_deref().is_none_or(|method| method.eq_ignore_ascii_case("btree"));
            is_tree && index.condition.is_none() && leads(&index.columns)
        })
}

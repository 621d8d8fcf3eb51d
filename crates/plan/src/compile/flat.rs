//! A list and the lists below it as one statement (PostgreSQL).
//!
//! ```text
//! select rows.c0, rows.c1, t1.title, t2.name from (select … from artist order by … limit …) rows
//! left join album t1 on t1.artist_id = rows.k0 left join track t2 on t2.album_id = t1.album_id
//! order by rows.s0, rows.c0, t1.title, t1.album_id, t2.name
//! ```
//! One flight, no transaction. The upper rows come once for each row below them, so whoever runs the plan must look at
//! what comes. Only a chain can be told so: two lists below one row would multiply each other.

use purlin_model::catalog::{RelationIndex, TableId};
use sea_query::{Alias, Expr, IntoIden, Query, SelectStatement};

use super::Compiler;
use super::cells::{Cells, Reading};
use super::order::Term;
use super::relation::Keys;
use super::select::{Form, JOINED_CELLS, Link};
use super::statement::RowName;
use crate::plan::{Dialect, Flat, Level, Shape};
use crate::query::{Root, RootField, Select};

/// Tables one statement reads at most: planning many joins is slow.
const TABLES: usize = 8;

/// A list below rows, not yet read.
pub(super) struct ListBelow {
    /// What the near end of its relation is known by, in the rows it is below.
    pub near: Vec<Expr>,
    /// The table of those rows.
    pub table: TableId,
    /// The relation.
    pub relation: RelationIndex,
    /// What is asked.
    pub select: Select,
}

/// The lists do not make one chain.
struct NotFlat;

/// The statement while levels are added to it.
struct Levels {
    query: SelectStatement,
    reading: Reading,
    order: Vec<Term>,
    levels: Vec<Level>,
    tables: usize,
}

impl Compiler<'_> {
    /// The statements of a query's only root field as one, if that can be said.
    pub(super) fn flat(&mut self, roots: &[Root]) -> Option<Flat> {
        let [Root { field: RootField::Select(select), .. }] = roots else { return None };
        if self.dialect != Dialect::Postgres || select.arguments.native.is_some() || !self.has_key(select.table) {
            return None;
        }
        let (mut levels, mut below) = self.top(select).ok()?;
        while let Some(list) = below {
            below = self.lower(&mut levels, list).ok()?;
        }
        let Levels { mut query, reading, order, levels, tables } = levels;
        if levels.len() < 2 || tables > TABLES || reading.cells.len() > JOINED_CELLS {
            return None;
        }
        for (position, term) in order.iter().enumerate() {
            // Rows that are equal by it once are not told apart by it again.
            if !order[..position].iter().any(|before| before.expression() == term.expression()) {
                term.apply(&mut query);
            }
        }
        reading.cells.select(&mut query);
        Some(Flat { statement: reading.draft.finish(self.dialect, &query), levels })
    }

    /// Whether rows of a table can be told apart. A view's key is a promise; nothing holds it.
    fn has_key(&self, table: TableId) -> bool {
        let table = self.table(table);
        !table.primary_key.is_empty() && table.view.is_none()
    }

    /// The uppermost list, cut as it is asked, inside the query that the others are joined to.
    fn top(&mut self, select: &Select) -> Result<(Levels, Option<ListBelow>), NotFlat> {
        let mut reading = Reading { lists: Some(Vec::new()), ..Reading::after(0) };
        let mut rows = Query::select();
        let source = self.source(&mut reading.draft, &Link::Root, (select.table, None), Keys::Each(Vec::new()));
        let (row, terms) = self.list(&mut reading.draft, &mut reading.joins, &mut rows, &source, &select.arguments);
        let fields = self.fields(&mut reading, &row, &select.fields);
        let key = self.key_cells(&mut reading, &row);
        let mut below = only_list(&mut reading)?;
        let joins = std::mem::take(&mut reading.joins);
        joins.apply(&mut rows);
        let row_cap = self.limit(&mut reading.draft, &mut rows, select, &Link::Root, Form::Root);
        let tables = 1 + joins.len();
        let mut order: Vec<Term> = terms.into_iter().chain(self.by_key(&row)).collect();
        // What is known of the rows outside: their cells, and what they are sorted and matched by.
        let name = Alias::new("rows").into_iden();
        let mut inside = reading.cells.expressions().to_vec();
        let mut outside = |expression: &Expr| {
            let position = inside.iter().position(|other| other == expression).unwrap_or_else(|| {
                inside.push(expression.clone());
                inside.len() - 1
            });
            Expr::col((name.clone(), Cells::name(position)))
        };
        reading.cells = reading.cells.moved(|_| true, |_, expression| outside(&expression));
        order.iter_mut().for_each(|term| *term = term.over(outside(term.expression())));
        if let Some(list) = &mut below {
            list.near.iter_mut().for_each(|part| *part = outside(part));
        }
        for (position, expression) in inside.into_iter().enumerate() {
            rows.expr_as(expression, Cells::name(position));
        }
        let mut query = Query::select();
        query.from_subquery(rows, name);
        let row = Shape::Object { present: None, fields };
        let levels = vec![Level { present: None, key, many: select.many, row, row_cap }];
        Ok((Levels { query, reading, order, levels, tables }, below))
    }

    /// Joins a list to the rows above it; gives the list below it.
    fn lower(&mut self, levels: &mut Levels, list: ListBelow) -> Result<Option<ListBelow>, NotFlat> {
        let Levels { query, reading, order, levels, tables } = levels;
        let ListBelow { near, table, relation, select } = list;
        let link = Link::Relation { table, relation, cells: Vec::new() };
        if self.form(&link, self.needs_own_run(&select)) != Form::Keys {
            return Err(NotFlat);
        }
        let related = self.related(&mut reading.draft, table, relation, Keys::Each(near), true);
        let there = related.key.first().filter(|_| related.is_plain()).map(|(_, there)| *there).ok_or(NotFlat)?;
        let row = related.row.clone();
        let own = self.narrowing(&mut reading.draft, &select.arguments.filter, &row);
        order.extend(self.terms(&mut reading.draft, &mut reading.joins, &row, &select.arguments));
        let fields = self.fields(reading, &row, &select.fields);
        related.left_join(query, own);
        let joins = std::mem::take(&mut reading.joins);
        joins.apply(query);
        *tables += 1 + joins.len();
        let below = only_list(reading)?;
        let mut key = Vec::new();
        if below.is_some() {
            if !self.has_key(row.table) {
                return Err(NotFlat);
            }
            key = self.key_cells(reading, &row);
            order.extend(self.by_key(&row));
        }
        // Equality with the near end leaves its column no room for NULL where there is a row; often another column that
        // is never NULL is read anyway.
        let known = reading.cells.known(&row, |column| self.is_never_null(row.table, column));
        let present = known.unwrap_or_else(|| reading.cells.column(self, &row, there));
        let (row, row_cap) = (Shape::Object { present: None, fields }, select.arguments.row_cap);
        levels.push(Level { present: Some(present), key, many: true, row, row_cap });
        Ok(below)
    }

    /// Rows in the order of their key.
    fn by_key(&self, row: &RowName) -> Vec<Term> {
        let key = self.table(row.table).primary_key.iter();
        key.map(|column| Term::ascending(self.comparable(row, *column))).collect()
    }

    fn key_cells(&self, reading: &mut Reading, row: &RowName) -> Vec<usize> {
        self.table(row.table).primary_key.iter().map(|column| reading.cells.column(self, row, *column)).collect()
    }
}

/// The list below the rows just walked, if there is one; more than that, or statements below them, are refused.
fn only_list(reading: &mut Reading) -> Result<Option<ListBelow>, NotFlat> {
    let mut lists = reading.lists.replace(Vec::new()).unwrap_or_default();
    if !reading.children.is_empty() || lists.len() > 1 {
        return Err(NotFlat);
    }
    Ok(lists.pop())
}

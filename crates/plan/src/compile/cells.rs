//! What a statement reads: its result columns in order, each asked for once, and the statements below its rows.

use purlin_model::catalog::ColumnIndex;
use sea_query::{Alias, DynIden, Expr, IntoIden, ReturningClause, SelectStatement};

use super::Compiler;
use super::beside::Beside;
use super::flat::ListBelow;
use super::order::Joins;
use super::statement::{Draft, RowName};
use crate::plan::Rows;

/// The result columns of a statement.
#[derive(Default)]
pub(super) struct Cells {
    expressions: Vec<Expr>,
    columns: Vec<(DynIden, ColumnIndex, usize)>,
    /// Columns as the role sees them, where that is not as they are.
    masked: Vec<(DynIden, ColumnIndex, usize)>,
    /// Result columns before the first of these.
    first: usize,
}

impl Cells {
    /// Cells that follow `first` other result columns.
    pub fn after(first: usize) -> Cells {
        Cells { first, ..Cells::default() }
    }

    /// A column of a row; the same one is read once.
    pub fn column(&mut self, compiler: &Compiler<'_>, row: &RowName, column: ColumnIndex) -> usize {
        let known = self.columns.iter().find(|(name, other, _)| *name == row.name && *other == column);
        if let Some((_, _, position)) = known {
            return *position;
        }
        let position = self.expression(compiler.cell(row, column));
        self.columns.push((row.name.clone(), column, position));
        position
    }

    /// Where a column of a row is read that is as wanted, if one is.
    pub fn known(&self, row: &RowName, wanted: impl Fn(ColumnIndex) -> bool) -> Option<usize> {
        let known = self.columns.iter().find(|(name, column, _)| *name == row.name && wanted(*column));
        known.map(|(_, _, position)| *position)
    }

    /// Their expressions.
    pub fn expressions(&self) -> &[Expr] {
        &self.expressions
    }

    /// Where a masked column of a row is read, if it is.
    pub fn masked(&self, row: &RowName, column: ColumnIndex) -> Option<usize> {
        let known = self.masked.iter().find(|(name, other, _)| *name == row.name && *other == column);
        known.map(|(_, _, position)| *position)
    }

    /// Adds a masked column of a row.
    pub fn add_masked(&mut self, row: &RowName, column: ColumnIndex, expression: Expr) -> usize {
        let position = self.expression(expression);
        self.masked.push((row.name.clone(), column, position));
        position
    }

    /// Any expression.
    pub fn expression(&mut self, expression: Expr) -> usize {
        self.expressions.push(expression);
        self.end() - 1
    }

    /// The same cells, those that `moves` names read by other expressions.
    pub fn moved(self, moves: impl Fn(usize) -> bool, mut to: impl FnMut(usize, Expr) -> Expr) -> Cells {
        let expressions = self
            .expressions
            .into_iter()
            .enumerate()
            .map(|(position, expression)| if moves(position) { to(position, expression) } else { expression });
        Cells { expressions: expressions.collect(), first: self.first, ..Cells::default() }
    }

    /// The result column that the next new cell will be.
    pub fn end(&self) -> usize {
        self.first + self.expressions.len()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.expressions.len()
    }

    /// Adds them to a query; one without any reads a constant, because a statement must read something.
    pub fn select(&self, query: &mut SelectStatement) {
        if self.expressions.is_empty() {
            query.expr(super::column::number(1));
        }
        query.exprs(self.expressions.iter().cloned());
    }

    /// Adds them to a subquery under the names [`Cells::name`] gives.
    pub fn select_named(&self, query: &mut SelectStatement) {
        if self.expressions.is_empty() {
            query.expr_as(super::column::number(1), Cells::name(0));
        }
        for (position, expression) in self.expressions.iter().enumerate() {
            query.expr_as(expression.clone(), Cells::name(position));
        }
    }

    /// The name of the cell at `position` in a subquery.
    pub fn name(position: usize) -> DynIden {
        Alias::new(format!("c{position}")).into_iden()
    }

    /// The cells as what a write returns.
    pub fn returning(&self) -> ReturningClause {
        ReturningClause::Exprs(self.expressions.clone())
    }
}

/// A statement that reads rows, while its fields are walked.
pub(super) struct Reading {
    /// Its slots and aliases.
    pub draft: Draft,
    /// Its result columns.
    pub cells: Cells,
    /// Object relations joined into it.
    pub joins: Joins,
    /// Statements below its rows.
    pub children: Vec<Rows>,
    /// Aggregates read beside its rows; `None`: they are statements below them.
    pub beside: Option<Beside>,
    /// Lists to be joined to its rows; `None`: they are statements below them.
    pub lists: Option<Vec<ListBelow>>,
}

impl Reading {
    /// A statement whose cells follow `first` other result columns.
    pub fn after(first: usize) -> Reading {
        Reading {
            draft: Draft::default(),
            cells: Cells::after(first),
            joins: Joins::default(),
            children: Vec::new(),
            beside: None,
            lists: None,
        }
    }
}

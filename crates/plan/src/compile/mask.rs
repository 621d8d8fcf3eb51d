//! Columns as the role sees them: NULL in the rows where their mask does not hold, wherever a client asks about them.
//!
//! What the plan itself needs (keys, joins, rules) reads columns as they are stored; see `column.rs`.

use purlin_model::catalog::{ColumnIndex, TableId};
use purlin_model::filter::Filter;
use sea_query::{Alias, CaseStatement, Expr};

use super::Compiler;
use super::cells::Reading;
use super::column::operator;
use super::statement::{Draft, RowName};
use crate::plan::Dialect;

impl Compiler<'_> {
    /// The rows in which the role sees a column; `None`: in all that it sees at all. A table that did not pass permission
    /// merging shows nothing.
    pub(super) fn mask(&self, table: TableId, column: ColumnIndex) -> Option<Filter> {
        let Some(masks) = self.masks.get(&table) else { return Some(Filter::never()) };
        masks.iter().find(|mask| mask.columns.contains(&column)).map(|mask| mask.filter.clone())
    }

    /// Whether a column of a row is yet to be masked.
    pub(super) fn is_masked(&self, row: &RowName, column: ColumnIndex) -> bool {
        !row.masked && self.mask(row.table, column).is_some()
    }

    /// A column as the role sees it, in the form it is stored.
    pub(super) fn seen(&mut self, draft: &mut Draft, row: &RowName, column: ColumnIndex) -> Expr {
        let stored = self.stored(row, column);
        match self.mask(row.table, column) {
            Some(filter) if !row.masked => {
                let condition = self.condition(draft, &filter, row);
                let masked = CaseStatement::new().case(condition, stored).into();
                self.with_own_collation(masked, row.table, column)
            }
            _ => stored,
        }
    }

    /// A column as the role sees it, to compare or sort by.
    pub(super) fn seen_comparable(&mut self, draft: &mut Draft, row: &RowName, column: ColumnIndex) -> Expr {
        let seen = self.seen(draft, row, column);
        self.collated(seen, self.column(row.table, column).codec())
    }

    /// The cell of a column as the role sees it; the same one is read once.
    pub(super) fn seen_cell(&mut self, reading: &mut Reading, row: &RowName, column: ColumnIndex) -> usize {
        if !self.is_masked(row, column) {
            return reading.cells.column(self, row, column);
        }
        if let Some(position) = reading.cells.masked(row, column) {
            return position;
        }
        let seen = self.seen(&mut reading.draft, row, column);
        let expression = self.readable(seen, self.column(row.table, column));
        reading.cells.add_masked(row, column, expression)
    }

    /// SQLite does not see a column's collation through an expression.
    fn with_own_collation(&self, expression: Expr, table: TableId, column: ColumnIndex) -> Expr {
        match &self.column(table, column).collation {
            Some(name) if self.dialect == Dialect::Sqlite => {
                operator(expression, "COLLATE", Expr::col(Alias::new(&**name)))
            }
            _ => expression,
        }
    }
}

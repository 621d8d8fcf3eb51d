//! Updates and deletes: one statement each, whose rows are the rows written.

use purlin_model::catalog::Column;
use purlin_model::scalar::{Scalar, Stored};
use sea_query::{Alias, Expr, ExprTrait, Query};

use super::Compiler;
use super::column::{call, number, operator, written_table};
use super::relation::unnested;
use super::statement::{Draft, RowName};
use crate::plan::{Dialect, Returning, RowCheck, Slot, Statement, WritePlan};
use crate::query::{Change, ChangeOperator, Delete, Update};

impl Compiler<'_> {
    pub(super) fn update(&mut self, update: &Update) -> WritePlan {
        self.note_written(update.table);
        let (mut reading, row) = self.writing(update.table);
        let key_width = reading.cells.len();
        let response = self.response(&mut reading, &row, &update.response, false);
        if update.changes.is_empty() {
            let check = RowCheck::Always;
            return WritePlan { table: update.table, select_keys: None, statement: None, key_width, check, response };
        }
        let mut query = Query::update();
        query.table(written_table(self.table(update.table), self.dialect));
        for change in &update.changes {
            let value = self.changed(&mut reading.draft, &row, change);
            query.value(Alias::new(&*self.column(update.table, change.column).db_name), value);
        }
        query.and_where_option(self.narrowing(&mut reading.draft, &update.filter, &row));
        let check = self.row_check(&mut reading.draft, &mut reading.cells, &row, &update.check);
        query.returning(reading.cells.returning());
        let statement = Some(reading.draft.finish(self.dialect, &query));
        WritePlan { table: update.table, select_keys: None, statement, key_width, check, response }
    }

    /// A column's new value.
    fn changed(&self, draft: &mut Draft, row: &RowName, change: &Change) -> Expr {
        let column = self.column(row.table, change.column);
        let stored = self.stored(row, change.column);
        let (on_postgres, on_sqlite) = match change.operator {
            ChangeOperator::Set => return self.value_for(draft, Slot::Binding(change.parameter), column, false),
            ChangeOperator::Increment => {
                let value = self.value_for(draft, Slot::Binding(change.parameter), column, false);
                return self.added(stored, value, column);
            }
            ChangeOperator::Append | ChangeOperator::Prepend => ("||", "purlin_json_append"),
            ChangeOperator::DeleteKey => ("-", "purlin_json_delete_key"),
            ChangeOperator::DeleteElement => ("-", "purlin_json_delete_element"),
            ChangeOperator::DeleteAtPath => ("#-", "purlin_json_delete_path"),
        };
        let value = draft.bind(self.parameter_slot(change.parameter));
        let (left, right) = if change.operator == ChangeOperator::Prepend { (value, stored) } else { (stored, value) };
        match self.dialect {
            Dialect::Postgres => operator(left, on_postgres, right),
            Dialect::Sqlite => call(on_sqlite, [left, right]),
        }
    }

    /// `_inc`: beyond the type's bounds it is an error on both databases.
    fn added(&self, left: Expr, right: Expr, column: &Column) -> Expr {
        if self.dialect == Dialect::Postgres {
            return left.add(right);
        }
        let (least, greatest) = match (column.column_type.scalar(), column.stored) {
            (Scalar::SmallInt, _) => (i64::from(i16::MIN), i64::from(i16::MAX)),
            (Scalar::Int, _) => (i64::from(i32::MIN), i64::from(i32::MAX)),
            (Scalar::BigInt, _) => (i64::MIN, i64::MAX),
            (Scalar::Numeric, Stored::Scaled { .. }) => {
                let digits = column.precision.map_or(18, |(precision, _)| precision);
                let bound = (0..Ord::min(digits, 18)).fold(1_i64, |power, _| power * 10) - 1;
                (-bound, bound)
            }
            (Scalar::Numeric, Stored::Decimal { .. }) => return call("purlin_add_decimal", [left, right]),
            _ => return left.add(right),
        };
        call("purlin_add_integer", [left, right, number(least), number(greatest)])
    }

    pub(super) fn delete(&mut self, delete: &Delete) -> WritePlan {
        self.note_written(delete.table);
        let (mut reading, row) = self.writing(delete.table);
        let key_width = reading.cells.len();
        let response = self.response(&mut reading, &row, &delete.response, false);
        let rereads = response.returning.iter().any(|returning| matches!(returning, Returning::Reread(_)));
        // SQLite tells nothing of rows that go, or changes those that stand before their turn, by an action of a key.
        if rereads || self.dialect == Dialect::Sqlite && self.acts_on(delete.table, delete.table) {
            return self.delete_by_key(delete);
        }
        let mut query = Query::delete();
        query.from_table(written_table(self.table(delete.table), self.dialect));
        query.and_where_option(self.narrowing(&mut reading.draft, &delete.filter, &row));
        query.returning(reading.cells.returning());
        let statement = Some(reading.draft.finish(self.dialect, &query));
        let check = RowCheck::Always;
        WritePlan { table: delete.table, select_keys: None, statement, key_width, check, response }
    }

    /// Rows whose answer must be read before they go: their keys first. PostgreSQL then deletes those; on SQLite nobody
    /// else writes, and one statement, because keys without an action are checked at the end of each, deletes by the
    /// same condition.
    fn delete_by_key(&mut self, delete: &Delete) -> WritePlan {
        let select_keys = self.keys_to_delete(delete);
        let (mut reading, row) = self.writing(delete.table);
        let key_width = reading.cells.len();
        let response = self.response(&mut reading, &row, &delete.response, true);
        let condition = match self.dialect {
            Dialect::Sqlite => self.narrowing(&mut reading.draft, &delete.filter, &row),
            Dialect::Postgres => Some(self.key_among(&mut reading.draft, &row)),
        };
        let mut query = Query::delete();
        query.from_table(written_table(self.table(delete.table), self.dialect));
        query.and_where_option(condition).returning(reading.cells.returning());
        WritePlan {
            table: delete.table,
            select_keys: Some(select_keys),
            statement: Some(reading.draft.finish(self.dialect, &query)),
            key_width,
            check: RowCheck::Always,
            response,
        }
    }

    fn keys_to_delete(&mut self, delete: &Delete) -> Statement {
        let mut draft = Draft::default();
        let row = draft.row(delete.table);
        let mut query = Query::select();
        query.exprs(self.key(delete.table).into_iter().map(|part| self.key_cell(&row, part)));
        query.from(self.table_as(&mut draft, &row));
        query.and_where_option(self.narrowing(&mut draft, &delete.filter, &row));
        if self.dialect == Dialect::Postgres {
            query.lock_exclusive();
        }
        draft.finish(self.dialect, &query)
    }

    /// The row is one of those whose keys are given (PostgreSQL).
    fn key_among(&self, draft: &mut Draft, row: &RowName) -> Expr {
        let parts = self.key(row.table);
        let arrays: Vec<Expr> = parts
            .iter()
            .enumerate()
            .map(|(cell, part)| self.key_value(draft, row.table, *part, Slot::Keys(cell)))
            .collect();
        match (parts.as_slice(), arrays.as_slice()) {
            ([part], [array]) => self.key_part(row, *part).eq(call("ANY", [array.clone()])),
            _ => {
                let columns = parts.iter().map(|part| self.key_part(row, *part));
                Expr::tuple(columns).in_subquery(unnested(draft, &arrays))
            }
        }
    }
}

//! What a write returns: keys, the answer's cells, and whether a rule's check holds.

use purlin_model::catalog::{ReferentialAction, TableId};
use purlin_model::filter::Filter;
use sea_query::{Alias, Expr, ExprTrait, IntoIden, Query};

use super::Compiler;
use super::cells::{Cells, Reading};
use super::column::{all, written_name};
use super::key::KeyPart;
use super::select::{Link, json_key};
use super::statement::{Draft, RowName};
use crate::plan::{Returning, RowCheck, Shape, Slot, Statement, WriteResponse};
use crate::query::{Field, FieldValue, Response, ResponseField, Select};

impl Compiler<'_> {
    /// A statement that writes a table: the written row goes by the table's own name, because SQLite's `RETURNING`
    /// knows no alias.
    pub(super) fn writing(&mut self, table: TableId) -> (Reading, RowName) {
        let name = written_name(self.table(table), self.dialect);
        let mut reading = Reading::after(0);
        reading.draft = Draft::writing(&name);
        let computed = self.of_written(&mut reading.draft, table);
        let row = RowName { table, name: Alias::new(name).into_iden(), masked: false, computed };
        for part in self.key(table) {
            match part {
                KeyPart::Column(column) => reading.cells.column(self, &row, column),
                KeyPart::RowIdentifier => reading.cells.expression(self.key_cell(&row, part)),
            };
        }
        (reading, row)
    }

    /// The answer of a write. `reread`: its rows' fields must be read by key in any case.
    pub(super) fn response(
        &mut self,
        reading: &mut Reading,
        row: &RowName,
        response: &Response,
        reread: bool,
    ) -> WriteResponse {
        let mut returning = Vec::new();
        let value = match response {
            Response::Row(select) => {
                returning.push(self.returning(reading, row, select, reread));
                Shape::Returning { index: 0, many: false }
            }
            Response::Rows(fields) => {
                let mut members = Vec::with_capacity(fields.len());
                for field in fields {
                    members.push(match field {
                        ResponseField::Constant(key, json) => (json_key(key), Shape::Constant(json.clone())),
                        ResponseField::AffectedRows(key) => (json_key(key), Shape::AffectedRows),
                        ResponseField::Returning(key, select) => {
                            returning.push(self.returning(reading, row, select, reread));
                            (json_key(key), Shape::Returning { index: returning.len() - 1, many: true })
                        }
                    });
                }
                Shape::Object { present: None, fields: members }
            }
        };
        WriteResponse { value, returning }
    }

    fn returning(&mut self, reading: &mut Reading, row: &RowName, select: &Select, reread: bool) -> Returning {
        let filter = &select.arguments.filter;
        if reread || !self.is_direct(select) {
            let select = Select { many: false, ..select.clone() };
            return Returning::Reread(Box::new(self.rows(&select, &Link::Written(row.table))));
        }
        let fields = self.fields(reading, row, &select.fields);
        let visible = match filter.is_always() {
            true => None,
            false => {
                let condition = self.condition(&mut reading.draft, filter, row);
                Some(reading.cells.expression(condition))
            }
        };
        Returning::Direct { row: Shape::Object { present: None, fields }, visible }
    }

    /// Whether the written row's own cells answer it.
    fn is_direct(&self, select: &Select) -> bool {
        let table = select.table;
        let own = |field: &Field| match field.value {
            FieldValue::Constant(_) => true,
            FieldValue::Column(column) | FieldValue::JsonPath(column, _) => {
                let mask = self.mask(table, column);
                !self.reads_rows(table, column) && mask.is_none_or(|filter| self.asks_own_columns(table, &filter))
            }
            FieldValue::Related(..) | FieldValue::RelatedAggregate(..) => false,
        };
        select.fields.iter().all(own) && self.asks_own_columns(table, &select.arguments.filter)
    }

    /// A check on each written row: where the statement returns it, unless it asks about the written table itself,
    /// which the statement does not yet see as it will be.
    pub(super) fn row_check(
        &mut self,
        draft: &mut Draft,
        cells: &mut Cells,
        row: &RowName,
        check: &Filter,
    ) -> RowCheck {
        if check.is_always() {
            RowCheck::Always
        } else if self.reaches(check, row.table, row.table) {
            RowCheck::Statement(self.check_statement(row.table, check))
        } else {
            let condition = self.condition(draft, check, row);
            RowCheck::Cell(cells.expression(condition))
        }
    }

    fn check_statement(&mut self, table: TableId, check: &Filter) -> Statement {
        let mut draft = Draft::default();
        let row = draft.row(table);
        let condition = self.condition(&mut draft, check, &row);
        let key = self.key_equals(&mut draft, &row);
        let mut query = Query::select();
        query.expr(condition).from(self.table_as(&mut draft, &row)).and_where(key);
        draft.finish(self.dialect, &query)
    }

    /// The row is the one whose key the enclosing row's first cells hold.
    pub(super) fn key_equals(&self, draft: &mut Draft, row: &RowName) -> Expr {
        let parts = self.key(row.table);
        all(parts.into_iter().enumerate().map(|(cell, part)| {
            let value = self.key_value(draft, row.table, part, Slot::Parent(cell));
            self.key_part(row, part).eq(value)
        }))
    }

    /// Whether a filter on a row of `table` asks about rows of `written` through a relation or `_exists`.
    fn reaches(&self, filter: &Filter, table: TableId, written: TableId) -> bool {
        match filter {
            Filter::And(parts) | Filter::Or(parts) => parts.iter().any(|part| self.reaches(part, table, written)),
            Filter::Not(inner) | Filter::Rule(inner) => self.reaches(inner, table, written),
            Filter::Compare { column, .. } | Filter::CastText { column, .. } | Filter::IsNull { column, .. } => {
                self.reads_rows(table, *column)
            }
            Filter::Search(_) => false,
            Filter::Relation { relation, filter } => {
                let relation = self.relation(table, *relation);
                let over = relation.through.as_ref().is_some_and(|through| self.shows(through.table, written));
                over || self.shows(relation.target, written) || self.reaches(filter, relation.target, written)
            }
            Filter::Exists { table, filter } => self.shows(*table, written) || self.reaches(filter, *table, written),
        }
    }

    /// Whether rows of a table may show the written one: a view reads who knows what.
    fn shows(&self, table: TableId, written: TableId) -> bool {
        table == written || self.table(table).view.is_some()
    }

    fn asks_own_columns(&self, table: TableId, filter: &Filter) -> bool {
        match filter {
            Filter::And(parts) | Filter::Or(parts) => parts.iter().all(|part| self.asks_own_columns(table, part)),
            Filter::Not(inner) | Filter::Rule(inner) => self.asks_own_columns(table, inner),
            Filter::Compare { column, .. } | Filter::CastText { column, .. } | Filter::IsNull { column, .. } => {
                !self.reads_rows(table, *column)
            }
            Filter::Search(_) | Filter::Relation { .. } | Filter::Exists { .. } => false,
        }
    }

    /// Whether deleting rows of `table` may delete or change rows of `other`.
    pub(super) fn acts_on(&self, table: TableId, other: TableId) -> bool {
        let mut deleted = vec![table];
        let mut next = 0;
        while let Some(table) = deleted.get(next).copied() {
            next += 1;
            for id in self.catalog.table_ids() {
                for key in self.table(id).foreign_keys.iter().filter(|key| key.target == table) {
                    if writes(key.on_delete) && id == other {
                        return true;
                    }
                    if key.on_delete == ReferentialAction::Cascade && !deleted.contains(&id) {
                        deleted.push(id);
                    }
                }
            }
        }
        false
    }

    /// Notes a written table: where a deferrable foreign key may be violated until commit, the plan runs alone.
    pub(super) fn note_written(&mut self, table: TableId) {
        let mut reached = vec![table];
        let mut next = 0;
        while let Some(table) = reached.get(next).copied() {
            next += 1;
            self.solitary |= self.table(table).foreign_keys.iter().any(|key| key.deferrable);
            for other in self.catalog.table_ids() {
                for key in self.table(other).foreign_keys.iter().filter(|key| key.target == table) {
                    self.solitary |= key.deferrable;
                    if (writes(key.on_delete) || writes(key.on_update)) && !reached.contains(&other) {
                        reached.push(other);
                    }
                }
            }
        }
    }
}

const fn writes(action: ReferentialAction) -> bool {
    !matches!(action, ReferentialAction::NoAction | ReferentialAction::Restrict)
}

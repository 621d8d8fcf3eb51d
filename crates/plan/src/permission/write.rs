//! Rules on what is written: checks, presets, filters, and the values Purlin generates for every role.

use purlin_model::catalog::{ColumnDefault, ColumnIndex, TableId};
use purlin_model::filter::Filter;

use super::{Merger, rule_parameter};
use crate::query::{
    Change, ChangeOperator, Delete, Insert, InsertRows, NativeMutation, OnConflict, Response, ResponseField, RowRun,
    Select, Source, Update,
};

impl Merger<'_> {
    pub(super) fn insert(&mut self, insert: Insert) -> Insert {
        let table = insert.rows.table;
        Insert { rows: self.insert_rows(insert.rows, &[]), response: self.response(table, insert.response) }
    }

    /// `determined`: columns that the enclosing row's key fills.
    fn insert_rows(&mut self, rows: InsertRows, determined: &[ColumnIndex]) -> InsertRows {
        let table = rows.table;
        let rule = self.permissions(table).and_then(|permissions| permissions.insert.as_ref());
        let check = self.rule(table, rule.map(|rule| &rule.check));
        let runs = rows.runs.into_iter().map(|run| self.row_run(table, run, determined)).collect();
        let on_conflict = rows.on_conflict.map(|on_conflict| self.on_conflict(table, on_conflict));
        InsertRows { table, runs, on_conflict, check }
    }

    fn row_run(&mut self, table: TableId, run: RowRun, determined: &[ColumnIndex]) -> RowRun {
        let definition = self.table(table);
        let mut columns = run.columns;
        let mut given: Vec<ColumnIndex> = determined.to_vec();
        for (relation, _) in &run.objects {
            given.extend(definition.relation(*relation).join.iter().map(|(here, _)| *here));
        }
        if let Some(rule) = self.permissions(table).and_then(|permissions| permissions.insert.as_ref()) {
            for preset in &rule.presets {
                let source = Self::preset_source(&preset.operand);
                replace(&mut columns, preset.column, rule_parameter(definition, table, preset.column, source, false));
            }
        }
        for index in definition.column_indexes() {
            let column = definition.column(index);
            let source = match &column.default {
                _ if column.updated_at => Source::Now,
                Some(ColumnDefault::UuidV4) => Source::UuidV4,
                Some(ColumnDefault::UuidV7) => Source::UuidV7,
                Some(ColumnDefault::Now) => Source::Now,
                _ => continue,
            };
            if !given.contains(&index) && !columns.iter().any(|(other, _)| *other == index) {
                columns.push((index, rule_parameter(definition, table, index, source, false)));
            }
        }
        let objects = run.objects.into_iter().map(|(relation, rows)| (relation, self.insert_rows(rows, &[]))).collect();
        let arrays = run
            .arrays
            .into_iter()
            .map(|(relation, rows)| {
                let filled: Vec<ColumnIndex> =
                    definition.relation(relation).join.iter().map(|(_, there)| *there).collect();
                (relation, self.insert_rows(rows, &filled))
            })
            .collect();
        RowRun { source: run.source, columns, objects, arrays }
    }

    fn on_conflict(&mut self, table: TableId, on_conflict: OnConflict) -> OnConflict {
        if on_conflict.update_columns.is_empty() {
            // Nothing is updated, so no rule of updates applies.
            return OnConflict { presets: Vec::new(), check: Filter::always(), ..on_conflict };
        }
        let rule = self.permissions(table).and_then(|permissions| permissions.update.as_ref());
        let filter = self.client_filter(table, on_conflict.filter).and(self.rule(table, rule.map(|rule| &rule.filter)));
        let check = match rule {
            Some(rule) => self.rule(table, Some(rule.check.as_ref().unwrap_or(&Filter::always()))),
            None => self.rule(table, None),
        };
        let presets = self.update_presets(table);
        let mut update_columns = on_conflict.update_columns;
        update_columns.retain(|column| !presets.iter().any(|(preset, _)| preset == column));
        OnConflict { constraint: on_conflict.constraint, update_columns, filter, check, presets }
    }

    /// What every update of a table sets besides: `@updated_at` and the update rule's presets, by parameter.
    fn update_presets(&mut self, table: TableId) -> Vec<(ColumnIndex, usize)> {
        let definition = self.table(table);
        let mut presets = Vec::new();
        for index in definition.column_indexes().filter(|index| definition.column(*index).updated_at) {
            presets.push((index, self.column_parameter(table, index, Source::Now)));
        }
        if let Some(rule) = self.permissions(table).and_then(|permissions| permissions.update.as_ref()) {
            for preset in &rule.presets {
                let source = Self::preset_source(&preset.operand);
                let parameter = self.column_parameter(table, preset.column, source);
                replace(&mut presets, preset.column, parameter);
            }
        }
        presets
    }

    pub(super) fn update(&mut self, update: Update) -> Update {
        let table = update.table;
        let rule = self.permissions(table).and_then(|permissions| permissions.update.as_ref());
        let filter = self.client_filter(table, update.filter).and(self.rule(table, rule.map(|rule| &rule.filter)));
        let check = match rule {
            Some(rule) => self.rule(table, Some(rule.check.as_ref().unwrap_or(&Filter::always()))),
            None => self.rule(table, None),
        };
        let mut changes = update.changes;
        // Rows are touched only if the client or the rule changes something: `@updated_at` alone is no change.
        if !changes.is_empty() || rule.is_some_and(|rule| !rule.presets.is_empty()) {
            for (column, parameter) in self.update_presets(table) {
                changes.retain(|change| change.column != column);
                changes.push(Change { column, operator: ChangeOperator::Set, parameter });
            }
        }
        Update { table, filter, changes, check, response: self.response(table, update.response) }
    }

    pub(super) fn delete(&mut self, delete: Delete) -> Delete {
        let table = delete.table;
        let rule = self.permissions(table).and_then(|permissions| permissions.delete.as_ref());
        let filter = self.client_filter(table, delete.filter).and(self.rule(table, rule.map(|rule| &rule.filter)));
        Delete { table, filter, response: self.response(table, delete.response) }
    }

    pub(super) fn native(&mut self, mutation: NativeMutation) -> NativeMutation {
        let table = mutation.answer.table;
        NativeMutation { answer: self.returned(table, mutation.answer), ..mutation }
    }

    fn response(&mut self, table: TableId, response: Response) -> Response {
        match response {
            Response::Row(select) => Response::Row(self.returned(table, select)),
            Response::Rows(fields) => Response::Rows(
                fields
                    .into_iter()
                    .map(|field| match field {
                        ResponseField::Returning(key, select) => {
                            ResponseField::Returning(key, self.returned(table, select))
                        }
                        other @ (ResponseField::Constant(..) | ResponseField::AffectedRows(_)) => other,
                    })
                    .collect(),
            ),
        }
    }

    /// Written rows that are answered: those the role may see, without a limit.
    fn returned(&mut self, table: TableId, select: Select) -> Select {
        let mut select = self.select(Select { table, ..select });
        select.arguments.rule_limit = None;
        select.arguments.row_cap = None;
        select
    }
}

fn replace<T>(columns: &mut Vec<(ColumnIndex, T)>, column: ColumnIndex, value: T) {
    columns.retain(|(other, _)| *other != column);
    columns.push((column, value));
}

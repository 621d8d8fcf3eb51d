//! Inserts: one statement for each shape of row, run once for each row; nested objects before, nested lists after.

use purlin_model::catalog::{ColumnDefault, ColumnIndex, TableId};
use purlin_model::filter::Filter;
use purlin_model::value::Value;
use sea_query::{Alias, Expr, ExprTrait, InsertStatement, IntoIden, OnConflict as ConflictClause, Query};

use super::Compiler;
use super::cells::Reading;
use super::column::{number, slot_for, written_table};
use super::statement::{Draft, RowName};
use crate::plan::{Dialect, InsertPlan, InsertTemplate, RootBody, RowCheck, Slot, Statement, Updated, WriteResponse};
use crate::query::{Insert, InsertRows, OnConflict, Response, RowRun, RowSource, Source};

/// How an insert stands among others.
struct Place<'p> {
    /// Columns whose values the enclosing row's cells give.
    filled: &'p [Input],
    /// Columns of the inserted row that the enclosing one needs.
    wanted: &'p [ColumnIndex],
    /// What the request answers, at the root.
    response: Option<&'p Response>,
    /// Whether the answer is read when all rows are written: one may have been written twice.
    reread: bool,
}

/// A column and where its value comes from.
#[derive(Clone, Copy)]
struct Input {
    column: ColumnIndex,
    slot: Slot,
    /// The column whose form the value has.
    form: (TableId, ColumnIndex),
}

/// Whether a row that meets the constraint can be known before it is written.
enum Meeting {
    Never,
    Unknown,
    At(Vec<(ColumnIndex, Option<Input>, Option<usize>)>),
}

impl Compiler<'_> {
    pub(super) fn insert(&mut self, insert: &Insert) -> RootBody {
        let index = self.inserts;
        self.inserts += 1;
        let place =
            Place { filled: &[], wanted: &[], response: Some(&insert.response), reread: may_write_again(&insert.rows) };
        let (rows, response) = self.insert_rows(&insert.rows, &place);
        let response = response.unwrap_or_else(|| {
            // No rows, but an answer all the same.
            let (mut reading, row) = self.writing(insert.rows.table);
            self.response(&mut reading, &row, &insert.response, false)
        });
        RootBody::Insert { index, rows, response }
    }

    fn insert_rows(&mut self, rows: &InsertRows, place: &Place<'_>) -> (InsertPlan, Option<WriteResponse>) {
        self.note_written(rows.table);
        let mut response = None;
        let templates = rows
            .runs
            .iter()
            .map(|run| {
                let (template, answer) = self.template(rows, run, place);
                response = answer.or(response.take());
                template
            })
            .collect();
        (InsertPlan { table: rows.table, templates }, response)
    }

    fn template(
        &mut self,
        rows: &InsertRows,
        run: &RowRun,
        place: &Place<'_>,
    ) -> (InsertTemplate, Option<WriteResponse>) {
        let table = rows.table;
        let (mut reading, row) = self.writing(table);
        let key_width = reading.cells.len();
        for column in place.wanted {
            reading.cells.column(self, &row, *column);
        }
        let response = place.response.map(|response| self.response(&mut reading, &row, response, place.reread));
        let mut inputs: Vec<Input> = run
            .columns
            .iter()
            .enumerate()
            .map(|(index, (column, _))| Input { column: *column, slot: Slot::Row(index), form: (table, *column) })
            .collect();
        let objects = self.objects(table, run, &mut inputs);
        add_missing(&mut inputs, place.filled.iter().copied());
        let mut query = self.insert_statement(&mut reading.draft, table, &inputs, rows.on_conflict.is_some());
        let mut template = InsertTemplate {
            source: run.source.clone(),
            values: run.columns.iter().map(|(_, parameter)| parameter.clone()).collect(),
            objects,
            probe: None,
            statement: Statement { sql: "".into(), slots: Vec::new() },
            key_width,
            insert_check: RowCheck::Always,
            update_check: RowCheck::Always,
            updated: Updated::Never,
            arrays: Vec::new(),
        };
        if let Some(on_conflict) = &rows.on_conflict {
            let clause = self.conflict_clause(&mut reading.draft, &row, on_conflict);
            query.on_conflict(clause);
        }
        self.checks(&mut template, &mut reading, &row, rows, &inputs);
        // Last, so that rows with and without nested lists begin with the same cells.
        template.arrays = self.arrays(&mut reading, &row, run);
        query.returning(reading.cells.returning());
        template.statement = reading.draft.finish(self.dialect, &query);
        (template, response)
    }

    /// Rows inserted before: their keys fill this row's columns.
    fn objects(&mut self, table: TableId, run: &RowRun, inputs: &mut Vec<Input>) -> Vec<InsertPlan> {
        let mut plans = Vec::with_capacity(run.objects.len());
        for (object, (relation, rows)) in run.objects.iter().enumerate() {
            let join = self.relation(table, *relation).join.as_slice();
            let wanted: Vec<ColumnIndex> = join.iter().map(|(_, there)| *there).collect();
            let returned = self.returned_columns(rows.table, &wanted);
            let filled = join.iter().map(|(here, there)| Input {
                column: *here,
                slot: Slot::Object { object, cell: position(&returned, *there) },
                form: (rows.table, *there),
            });
            add_missing(inputs, filled);
            let place = Place { filled: &[], wanted: &wanted, response: None, reread: false };
            plans.push(self.insert_rows(rows, &place).0);
        }
        plans
    }

    /// The columns a template returns first: the key's, then those the enclosing row wants.
    fn returned_columns(&self, table: TableId, wanted: &[ColumnIndex]) -> Vec<Option<ColumnIndex>> {
        let key = &self.table(table).primary_key;
        let mut returned: Vec<Option<ColumnIndex>> = key.iter().copied().map(Some).collect();
        if returned.is_empty() {
            // The row identifier stands first.
            returned.push(None);
        }
        for column in wanted {
            if !returned.contains(&Some(*column)) {
                returned.push(Some(*column));
            }
        }
        returned
    }

    /// Rows inserted after: this row's key fills their columns.
    fn arrays(&mut self, reading: &mut Reading, row: &RowName, run: &RowRun) -> Vec<InsertPlan> {
        let mut plans = Vec::with_capacity(run.arrays.len());
        for (relation, rows) in &run.arrays {
            let join = self.relation(row.table, *relation).join.as_slice();
            let filled: Vec<Input> = join
                .iter()
                .map(|(here, there)| Input {
                    column: *there,
                    slot: Slot::Parent(reading.cells.column(self, row, *here)),
                    form: (row.table, *here),
                })
                .collect();
            let place = Place { filled: &filled, wanted: &[], response: None, reread: false };
            plans.push(self.insert_rows(rows, &place).0);
        }
        plans
    }

    /// `INSERT INTO … VALUES …`, yet without a conflict clause and `RETURNING`.
    fn insert_statement(
        &mut self,
        draft: &mut Draft,
        table: TableId,
        inputs: &[Input],
        conflict: bool,
    ) -> InsertStatement {
        let mut query = Query::insert();
        query.into_table(written_table(self.table(table), self.dialect));
        let mut columns: Vec<ColumnIndex> = inputs.iter().map(|input| input.column).collect();
        let mut values: Vec<Expr> = inputs.iter().map(|input| self.input(draft, table, input)).collect();
        if columns.is_empty() && conflict && self.dialect == Dialect::Sqlite {
            // SQLite's DEFAULT VALUES takes no conflict clause.
            if let Some((column, value)) = self.known_default(table) {
                let parameter = self.constant_for(table, column, value);
                columns.push(column);
                values.push(self.value_for(draft, Slot::Binding(parameter), self.column(table, column), false));
            }
        }
        if columns.is_empty() {
            query.or_default_values();
            return query;
        }
        let names = columns.iter().map(|column| Alias::new(&*self.column(table, *column).db_name).into_iden());
        query.columns(names.collect::<Vec<_>>());
        query.values_panic(values);
        query
    }

    /// A column and the value it has when nothing is given.
    fn known_default(&self, table: TableId) -> Option<(ColumnIndex, Value)> {
        let definition = self.table(table);
        definition.column_indexes().find_map(|index| {
            let column = definition.column(index);
            match &column.default {
                _ if column.generated || column.computed.is_some() => None,
                Some(ColumnDefault::Autoincrement | ColumnDefault::Rowid) => Some((index, Value::Null)),
                Some(ColumnDefault::Value(value)) => Some((index, value.clone())),
                None if column.nullable => Some((index, Value::Null)),
                _ => None,
            }
        })
    }

    fn constant_for(&mut self, table: TableId, column: ColumnIndex, value: Value) -> usize {
        let codec = self.column(table, column).codec();
        self.add_parameter(crate::query::Parameter {
            source: Source::Constant(value),
            codec,
            many: false,
            column: Some((table, column)),
            path: "$".into(),
        })
    }

    fn input(&self, draft: &mut Draft, table: TableId, input: &Input) -> Expr {
        let (form_table, form) = input.form;
        let bound = draft.bind(slot_for(input.slot, self.column(form_table, form), false));
        self.typed(bound, self.column(table, input.column), false)
    }

    fn conflict_clause(&mut self, draft: &mut Draft, row: &RowName, on_conflict: &OnConflict) -> ConflictClause {
        let definition = self.table(row.table);
        let name = &on_conflict.constraint;
        let is_constraint =
            definition.primary_key_name == *name || definition.uniques.iter().any(|unique| unique.name == *name);
        let mut clause = if self.dialect == Dialect::Postgres && is_constraint {
            // sea-query writes the name between quotes as it is.
            ConflictClause::constraint(&name.replace('"', "\"\""))
        } else {
            let columns = self.constraint_columns(row.table, name);
            let names = columns.iter().map(|column| Alias::new(&*definition.column(*column).db_name).into_iden());
            ConflictClause::columns(names.collect::<Vec<_>>())
        };
        if on_conflict.update_columns.is_empty() && on_conflict.presets.is_empty() {
            clause.do_nothing();
            return clause;
        }
        let mut changes: Vec<(sea_query::DynIden, Expr)> = Vec::new();
        for column in &on_conflict.update_columns {
            let name = Alias::new(&*definition.column(*column).db_name).into_iden();
            changes.push((name.clone(), Expr::col((Alias::new("excluded").into_iden(), name))));
        }
        for (column, parameter) in &on_conflict.presets {
            let column = definition.column(*column);
            let value = self.value_for(draft, Slot::Binding(*parameter), column, false);
            changes.push((Alias::new(&*column.db_name).into_iden(), value));
        }
        clause.values(changes);
        clause.action_and_where_option(self.narrowing(draft, &on_conflict.filter, row));
        clause
    }

    fn constraint_columns(&self, table: TableId, name: &str) -> Vec<ColumnIndex> {
        let definition = self.table(table);
        if &*definition.primary_key_name == name {
            return definition.primary_key.clone();
        }
        let unique = definition.uniques.iter().find(|unique| &*unique.name == name).map(|unique| &unique.columns);
        let index = || definition.indexes.iter().find(|index| &*index.name == name).map(|index| &index.columns);
        unique.or_else(index).cloned().unwrap_or_default()
    }

    /// What must hold for the row, and by which of the two rules if it may have been there before.
    fn checks(
        &mut self,
        template: &mut InsertTemplate,
        reading: &mut Reading,
        row: &RowName,
        rows: &InsertRows,
        inputs: &[Input],
    ) {
        let updating = rows
            .on_conflict
            .as_ref()
            .filter(|on_conflict| !on_conflict.update_columns.is_empty() || !on_conflict.presets.is_empty());
        let Reading { draft, cells, .. } = reading;
        let Some(on_conflict) = updating else {
            template.insert_check = self.row_check(draft, cells, row, &rows.check);
            return;
        };
        if rows.check.is_always() && on_conflict.check.is_always() {
            return;
        }
        if self.dialect == Dialect::Postgres {
            template.insert_check = self.row_check(draft, cells, row, &rows.check);
            template.update_check = self.row_check(draft, cells, row, &on_conflict.check);
            // Only an updated row carries the mark of the transaction that replaced its former version.
            let mark = Expr::col((row.name.clone(), Alias::new("xmax"))).ne(number(0));
            template.updated = Updated::Cell(cells.expression(mark));
            return;
        }
        match self.meeting(row.table, &on_conflict.constraint, inputs) {
            Meeting::Never => template.insert_check = self.row_check(draft, cells, row, &rows.check),
            Meeting::Unknown => {
                let both: Filter = rows.check.clone().and(on_conflict.check.clone());
                template.insert_check = self.row_check(draft, cells, row, &both);
            }
            Meeting::At(key) => {
                template.insert_check = self.row_check(draft, cells, row, &rows.check);
                template.update_check = self.row_check(draft, cells, row, &on_conflict.check);
                template.probe = Some(self.probe(row.table, &key));
                template.updated = Updated::Probe;
            }
        }
    }

    /// Where the row would meet another one on the constraint.
    fn meeting(&mut self, table: TableId, constraint: &str, inputs: &[Input]) -> Meeting {
        let mut key = Vec::new();
        for column in self.constraint_columns(table, constraint) {
            let given = inputs.iter().find(|input| input.column == column).copied();
            let default = self.column(table, column).default.clone();
            match (given, default) {
                (Some(input), _) => key.push((column, Some(input), None)),
                (None, Some(ColumnDefault::Value(value))) => {
                    let parameter = self.constant_for(table, column, value);
                    key.push((column, None, Some(parameter)));
                }
                // NULL and a fresh number meet nothing.
                (None, None | Some(ColumnDefault::Autoincrement | ColumnDefault::Rowid)) => return Meeting::Never,
                (None, Some(_)) => return Meeting::Unknown,
            }
        }
        Meeting::At(key)
    }

    fn probe(&mut self, table: TableId, key: &[(ColumnIndex, Option<Input>, Option<usize>)]) -> Statement {
        let mut draft = Draft::default();
        let row = draft.row(table);
        let mut query = Query::select();
        query.expr(number(1)).from(self.table_as(&mut draft, &row));
        for (column, input, parameter) in key {
            let value = match (input, parameter) {
                (Some(input), _) => self.input(&mut draft, table, input),
                (None, Some(parameter)) => {
                    self.value_for(&mut draft, Slot::Binding(*parameter), self.column(table, *column), false)
                }
                (None, None) => continue,
            };
            query.and_where(self.comparable(&row, *column).eq(value));
        }
        draft.finish(self.dialect, &query)
    }
}

/// Whether a row that was written before may be updated by one that comes after it in the same field.
fn may_write_again(rows: &InsertRows) -> bool {
    let nested = |run: &RowRun| !run.objects.is_empty() || !run.arrays.is_empty();
    let is_alone = match rows.runs.as_slice() {
        [run] => !matches!(run.source, RowSource::Elements(_)) && !nested(run),
        _ => false,
    };
    !is_alone && updates(rows, rows.table)
}

/// Whether rows, or what is nested in them, may update rows of a table that are there.
fn updates(rows: &InsertRows, table: TableId) -> bool {
    let on_conflict = rows.on_conflict.as_ref().filter(|_| rows.table == table);
    on_conflict.is_some_and(|on_conflict| !on_conflict.update_columns.is_empty() || !on_conflict.presets.is_empty())
        || rows.runs.iter().any(|run| run.objects.iter().chain(&run.arrays).any(|(_, rows)| updates(rows, table)))
}

/// Adds inputs for columns that have none: a value of the row itself (a preset) is never replaced.
fn add_missing(inputs: &mut Vec<Input>, more: impl Iterator<Item = Input>) {
    for input in more {
        if !inputs.iter().any(|other| other.column == input.column) {
            inputs.push(input);
        }
    }
}

fn position(returned: &[Option<ColumnIndex>], column: ColumnIndex) -> usize {
    returned.iter().position(|other| *other == Some(column)).unwrap_or_default()
}

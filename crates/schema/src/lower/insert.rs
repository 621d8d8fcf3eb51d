//! `insert_T` and `insert_T_one`, nested rows and `on_conflict`.

use purlin_model::catalog::{ColumnIndex, RelationIndex, RelationKind, RelationOrigin, TableId};
use purlin_model::filter::Filter;
use purlin_plan::query::{
    Insert, InsertRows, OnConflict, Parameter, Response, RowRun, RowSource, VariableBase, VariablePath,
};
use serde_json::Value as Json;

use super::{Lowering, mismatch, unknown_field, unknown_value};
use crate::document::{Expected, Selected};
use crate::error::{Code, Refusal};
use crate::input::{Input, Node};
use crate::names::InputType;
use crate::path::Path;
use crate::shape;

/// The one value of `T_update_column` when no column can be updated.
const PLACEHOLDER: &str = "_PLACEHOLDER";

/// A row that is about to be lowered: what the row it hangs on already decides, and how deep it is.
#[derive(Clone, Copy, Default)]
struct Parent<'p> {
    determined: &'p [ColumnIndex],
    hops: usize,
}

impl<'a> Lowering<'a> {
    /// `insert_T`.
    pub(super) fn insert(&mut self, table: TableId, field: &Selected<'a>, path: &Path) -> Result<Insert, Refusal> {
        let arguments = self.arguments(field, self.insert_arguments(table, "objects"), path)?;
        let expected = Expected::required(InputType::Insert(table).name(self.catalog())).list();
        let objects = self.required(&arguments, "objects", &expected, path)?;
        let args = path.key("args");
        let runs = self.runs(objects, table, Parent::default(), &args.key("objects"))?;
        let on_conflict = self.conflict_argument(&arguments, table, path)?;
        let rows = InsertRows { table, runs, on_conflict, check: Filter::always() };
        Ok(Insert { rows, response: Response::Rows(self.response(table, field, path)?) })
    }

    /// `insert_T_one`.
    pub(super) fn insert_one(&mut self, table: TableId, field: &Selected<'a>, path: &Path) -> Result<Insert, Refusal> {
        let arguments = self.arguments(field, self.insert_arguments(table, "object"), path)?;
        let expected = Expected::required(InputType::Insert(table).name(self.catalog()));
        let object = self.required(&arguments, "object", &expected, path)?;
        let args = path.key("args");
        let runs = vec![self.single_run(object, table, Parent::default(), &args.key("object"))?];
        let on_conflict = self.conflict_argument(&arguments, table, path)?;
        let rows = InsertRows { table, runs, on_conflict, check: Filter::always() };
        Ok(Insert { rows, response: self.row_response(table, field, path)? })
    }

    fn insert_arguments(&self, table: TableId, rows: &'static str) -> &'static [&'static str] {
        match (rows, self.view.has_on_conflict(table)) {
            ("objects", true) => &["objects", "on_conflict"],
            ("objects", false) => &["objects"],
            (_, true) => &["object", "on_conflict"],
            (_, false) => &["object"],
        }
    }

    fn conflict_argument(
        &mut self,
        arguments: &super::Arguments<'a>,
        table: TableId,
        path: &Path,
    ) -> Result<Option<OnConflict>, Refusal> {
        let expected = Expected::optional(InputType::OnConflict(table).name(self.catalog()));
        let args = path.key("args");
        match self.optional(arguments, "on_conflict", &expected, path)? {
            Some(input) => self.on_conflict(&input, table, &args.key("on_conflict")).map(Some),
            None => Ok(None),
        }
    }

    /// Rows of one table, already resolved: runs of rows with the same shape.
    fn runs(
        &mut self,
        input: Input<'a>,
        table: TableId,
        parent: Parent<'_>,
        path: &Path,
    ) -> Result<Vec<RowRun>, Refusal> {
        let expected = Expected::required(InputType::Insert(table).name(self.catalog())).list();
        match &input {
            Input::Variable(Json::Array(elements), place) => self.element_runs(elements, place, table, parent, path),
            Input::Document(async_graphql_value::Value::List(_)) => {
                let rows = self.list(input, &expected, path)?;
                let run = |(index, row)| self.single_run(row, table, parent, &path.index(index));
                rows.into_iter().enumerate().map(run).collect()
            }
            _ => Ok(vec![self.single_run(input, table, parent, path)?]),
        }
    }

    /// Rows of a list in the variables: consecutive elements of the same shape are one run.
    fn element_runs(
        &mut self,
        elements: &'a [Json],
        place: &VariablePath,
        table: TableId,
        parent: Parent<'_>,
        path: &Path,
    ) -> Result<Vec<RowRun>, Refusal> {
        let mut runs = Vec::new();
        for group in shape::row_groups(self.catalog(), table, elements) {
            let element = Input::Variable(&elements[group.start], row());
            let source = RowSource::Elements(place.clone());
            let run = self.run(&element, source, table, parent, &path.element());
            runs.push(run.map_err(|refusal| refusal.at_element(group.start))?);
        }
        Ok(runs)
    }

    fn single_run(
        &mut self,
        input: Input<'a>,
        table: TableId,
        parent: Parent<'_>,
        path: &Path,
    ) -> Result<RowRun, Refusal> {
        match input {
            Input::Variable(value, place) => {
                self.run(&Input::Variable(value, row()), RowSource::Object(place), table, parent, path)
            }
            document => self.run(&document, RowSource::Document, table, parent, path),
        }
    }

    fn run(
        &mut self,
        input: &Input<'a>,
        source: RowSource,
        table: TableId,
        parent: Parent<'_>,
        path: &Path,
    ) -> Result<RowRun, Refusal> {
        let type_name = InputType::Insert(table).name(self.catalog());
        let mut run = RowRun { source, columns: Vec::new(), objects: Vec::new(), arrays: Vec::new() };
        let mut relations = Vec::new();
        for (name, value) in self.object(input, &type_name, path)? {
            let path = path.key(name);
            if let Some(column) = self.view.insertable_column(table, name) {
                if parent.determined.contains(&column) {
                    let message = format!(
                        "cannot insert \"{name}\" columns as their values are already being determined by parent insert"
                    );
                    return Err(Refusal::invalid(message, &path));
                }
                run.columns.push((column, self.written(value, table, column, &path)?));
            } else if let Some(relation) = self.insertable_relation(table, name) {
                relations.push((relation, name, value));
            } else {
                return Err(unknown_field(name, &type_name, &path));
            }
        }
        for (relation, name, value) in relations {
            self.nested(&mut run, (table, relation), value, parent, &path.key(name))?;
        }
        Ok(run)
    }

    fn insertable_relation(&self, table: TableId, name: &str) -> Option<RelationIndex> {
        let relation = self.table(table).relation_by_name(name)?;
        self.view.can_insert_through(table, relation).then_some(relation)
    }

    /// A value to be written, null or not.
    pub(super) fn written(
        &mut self,
        input: Input<'a>,
        table: TableId,
        column: ColumnIndex,
        path: &Path,
    ) -> Result<Parameter, Refusal> {
        let input = self.given.resolve(input, &self.expected_value(table, column), path)?;
        let parameter = self.column_parameter(&input, table, column, path)?;
        Ok(Parameter { column: Some((table, column)), ..parameter })
    }

    /// Rows of a related table inside a row.
    fn nested(
        &mut self,
        run: &mut RowRun,
        (table, relation): (TableId, RelationIndex),
        value: Input<'a>,
        parent: Parent<'_>,
        path: &Path,
    ) -> Result<(), Refusal> {
        let found = self.table(table).relation(relation);
        let many = found.kind == RelationKind::Array;
        let of = if many { InputType::ArrayInsert(found.target) } else { InputType::ObjectInsert(found.target) };
        let type_name = of.name(self.catalog());
        let value = self.given.resolve(value, &Expected::optional(type_name.clone()), path)?;
        if value.is_null() {
            return Ok(());
        }
        self.limits.hops(parent.hops + 1)?;
        let before = !many && !matches!(found.origin, RelationOrigin::Inverse(_));
        let there: Vec<ColumnIndex> = found.join.iter().map(|(_, there)| *there).collect();
        if before {
            self.undetermined(run, table, relation, parent, path)?;
        }
        let determined: &[ColumnIndex] = if before { &[] } else { &there };
        let inner = Parent { determined, hops: parent.hops + 1 };
        let rows = self.nested_rows(&value, &type_name, (found.target, many), inner, path)?;
        match rows {
            Some(rows) if before => run.objects.push((relation, rows)),
            Some(rows) => run.arrays.push((relation, rows)),
            None => {}
        }
        Ok(())
    }

    /// Refuses an object relation whose key columns the row already has from elsewhere.
    fn undetermined(
        &self,
        run: &RowRun,
        table: TableId,
        relation: RelationIndex,
        parent: Parent<'_>,
        path: &Path,
    ) -> Result<(), Refusal> {
        let definition = self.table(table);
        let found = definition.relation(relation);
        let taken = |here: &ColumnIndex| {
            parent.determined.contains(here)
                || run.columns.iter().any(|(column, _)| column == here)
                || run
                    .objects
                    .iter()
                    .any(|(other, _)| definition.relation(*other).join.iter().any(|(column, _)| column == here))
        };
        match found.join.iter().map(|(here, _)| here).find(|here| taken(here)) {
            None => Ok(()),
            Some(column) => {
                let message = format!(
                    "cannot insert object relationship \"{}\" as \"{}\" column values are already determined",
                    found.name,
                    definition.column(*column).name
                );
                Err(Refusal::invalid(message, path))
            }
        }
    }

    fn nested_rows(
        &mut self,
        value: &Input<'a>,
        type_name: &str,
        (target, many): (TableId, bool),
        parent: Parent<'_>,
        path: &Path,
    ) -> Result<Option<InsertRows>, Refusal> {
        let (mut data, mut on_conflict) = (None, None);
        for (name, value) in self.object(value, type_name, path)? {
            let path = path.key(name);
            match name {
                "data" => {
                    let row = Expected::required(InputType::Insert(target).name(self.catalog()));
                    let expected = if many { row.list() } else { row };
                    let input = self.given.resolve(value, &expected, &path)?;
                    self.refuse_null(&input, &expected.name, &path)?;
                    data = Some(if many {
                        self.runs(input, target, parent, &path)?
                    } else {
                        vec![self.single_run(input, target, parent, &path)?]
                    });
                }
                "on_conflict" if self.view.has_on_conflict(target) => {
                    let of = InputType::OnConflict(target).name(self.catalog());
                    let input = self.given.resolve(value, &Expected::optional(of), &path)?;
                    if !input.is_null() {
                        on_conflict = Some(self.on_conflict(&input, target, &path)?);
                    }
                }
                other => return Err(unknown_field(other, type_name, &path)),
            }
        }
        let Some(runs) = data else {
            return Err(Refusal::invalid("missing required field 'data'", &path.key("data")));
        };
        Ok((!runs.is_empty()).then_some(InsertRows { table: target, runs, on_conflict, check: Filter::always() }))
    }

    /// `on_conflict`, already resolved and not null.
    fn on_conflict(&mut self, input: &Input<'a>, table: TableId, path: &Path) -> Result<OnConflict, Refusal> {
        let type_name = InputType::OnConflict(table).name(self.catalog());
        let (mut constraint, mut update_columns, mut filter) = (None, Vec::new(), Filter::always());
        for (name, value) in self.object(input, &type_name, path)? {
            let path = path.key(name);
            match name {
                "constraint" => constraint = Some(self.constraint(value, table, &path)?),
                "update_columns" => update_columns = self.update_columns(value, table, &path)?,
                "where" => {
                    let input = self.given.resolve(value, &self.expected_filter(table), &path)?;
                    if !input.is_null() {
                        filter = self.filter(&input, table, &path)?;
                    }
                }
                other => return Err(unknown_field(other, &type_name, &path)),
            }
        }
        let Some(constraint) = constraint else {
            return Err(Refusal::invalid("missing required field 'constraint'", &path.key("constraint")));
        };
        Ok(OnConflict { constraint, update_columns, filter, check: Filter::always(), presets: Vec::new() })
    }

    fn constraint(&self, value: Input<'a>, table: TableId, path: &Path) -> Result<Box<str>, Refusal> {
        let of = InputType::Constraint(table);
        let name = self.named(value, &of, path)?;
        match self.view.constraints(table).find(|known| *known == name) {
            Some(known) => Ok(known.into()),
            None => Err(unknown_value(name, &of.name(self.catalog()), self.view.constraints(table), path)),
        }
    }

    fn update_columns(&self, value: Input<'a>, table: TableId, path: &Path) -> Result<Vec<ColumnIndex>, Refusal> {
        let of = InputType::UpdateColumn(table);
        let type_name = of.name(self.catalog());
        let expected = Expected::required(type_name.clone()).list();
        let value = self.given.resolve(value, &expected, path)?;
        if matches!(value.node(), Node::Null) {
            return Err(mismatch("a list", &type_name, &value, path));
        }
        let mut columns = Vec::new();
        for (index, item) in self.list(value, &expected, path)?.into_iter().enumerate() {
            let path = path.index(index);
            let name = self.named(item, &of, &path)?;
            let Some(column) = self.view.updatable_column(table, name) else {
                let definition = self.table(table);
                let mut values: Vec<&str> =
                    self.view.updatable_columns(table).map(|column| &*definition.column(column).name).collect();
                if values.is_empty() && name == PLACEHOLDER {
                    return Err(Refusal::new(Code::ValidationFailed, "erroneous column name", path.to_string()));
                }
                if values.is_empty() {
                    values.push(PLACEHOLDER);
                }
                return Err(unknown_value(name, &type_name, values.into_iter(), &path));
            };
            if !columns.contains(&column) {
                columns.push(column);
            }
        }
        Ok(columns)
    }
}

/// The row at hand.
fn row() -> VariablePath {
    VariablePath { base: VariableBase::Row, steps: Vec::new() }
}

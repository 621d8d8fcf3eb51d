//! `where`: `T_bool_exp` to `Filter`.

use purlin_model::catalog::{ColumnIndex, TableId};
use purlin_model::filter::{Compared, Filter, Operand};
use purlin_model::scalar::{Codec, ColumnType, Scalar};

use super::{Lowering, unknown_field};
use crate::document::Expected;
use crate::error::Refusal;
use crate::input::{Input, Node};
use crate::names::InputType;
use crate::path::Path;
use crate::view;

impl<'a> Lowering<'a> {
    /// What an input position for a filter of this table takes.
    pub(super) fn expected_filter(&self, table: TableId) -> Expected {
        Expected::optional(InputType::BoolExp(table).name(self.catalog()))
    }

    /// A filter, already resolved; null is refused.
    pub(super) fn filter(&mut self, input: &Input<'a>, table: TableId, path: &Path) -> Result<Filter, Refusal> {
        self.filter_within(input, table, 0, path)
    }

    fn filter_within(
        &mut self,
        input: &Input<'a>,
        table: TableId,
        hops: usize,
        path: &Path,
    ) -> Result<Filter, Refusal> {
        let expected = self.expected_filter(table);
        let members = self.object(input, &expected.name, path)?;
        let mut parts = Vec::with_capacity(members.len());
        for (name, value) in members {
            let path = path.key(name);
            parts.push(self.condition(name, value, table, hops, &path)?);
        }
        Ok(together(parts))
    }

    fn condition(
        &mut self,
        name: &str,
        value: Input<'a>,
        table: TableId,
        hops: usize,
        path: &Path,
    ) -> Result<Filter, Refusal> {
        let expected = self.expected_filter(table);
        match name {
            "_and" => return Ok(Filter::And(self.branches(value, table, hops, path)?)),
            "_or" => return Ok(Filter::Or(self.branches(value, table, hops, path)?)),
            "_not" => {
                let inner = self.given.resolve(value, &expected, path)?;
                return Ok(Filter::Not(Box::new(self.filter_within(&inner, table, hops, path)?)));
            }
            _ => {}
        }
        if name == "_search" && self.view.can_search(table) {
            return Ok(Filter::Search(Operand::Parameter(self.plain(value, Codec::of(Scalar::String), path)?)));
        }
        if let Some(column) = self.view.selectable_column(table, name) {
            return self.comparisons(value, table, column, path);
        }
        if let Some(relation) = self.view.visible_relation(table, name) {
            self.limits.hops(hops + 1)?;
            let target = self.table(table).relation(relation).target;
            let inner = self.given.resolve(value, &self.expected_filter(target), path)?;
            let filter = Box::new(self.filter_within(&inner, target, hops + 1, path)?);
            return Ok(Filter::Relation { relation, filter });
        }
        Err(unknown_field(name, &expected.name, path))
    }

    fn branches(&mut self, value: Input<'a>, table: TableId, hops: usize, path: &Path) -> Result<Vec<Filter>, Refusal> {
        let expected = self.expected_filter(table).list();
        let value = self.given.resolve(value, &expected, path)?;
        self.refuse_null(&value, &expected.name, path)?;
        let is_list = matches!(value.node(), Node::List(_));
        let items = self.list(value, &expected, path)?;
        self.limits.branches(items.len())?;
        let mut filters = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            let item_path = path.index(index);
            filters.push(self.filter_within(item, table, hops, if is_list { &item_path } else { path })?);
        }
        Ok(filters)
    }

    fn comparisons(
        &mut self,
        value: Input<'a>,
        table: TableId,
        column: ColumnIndex,
        path: &Path,
    ) -> Result<Filter, Refusal> {
        let definition = self.table(table).column(column);
        let type_name = InputType::comparison(self.catalog(), &definition.column_type).name(self.catalog());
        let value = self.given.resolve(value, &Expected::optional(type_name.clone()), path)?;
        let members = self.object(&value, &type_name, path)?;
        let mut parts = Vec::with_capacity(members.len());
        for (name, value) in members {
            let path = path.key(name);
            if name == "_is_null" {
                parts.push(self.null_test(value, column, &path)?);
                continue;
            }
            if name == "_cast" && view::casts_to_text(&definition.column_type) {
                parts.push(self.cast(value, column, &path)?);
                continue;
            }
            let Some((_, comparison)) = view::comparisons(definition).find(|(known, _)| *known == name) else {
                return Err(unknown_field(name, &type_name, &path));
            };
            let parameter = match comparison.compared() {
                Compared::Values => self.compared_list(value, table, column, &path)?,
                Compared::Value => self.compared(value, table, column, &path)?,
                Compared::Text => self.compared_text(value, false, &path)?,
                Compared::Texts => self.compared_text(value, true, &path)?,
            };
            parts.push(Filter::Compare { column, comparison, operand: Operand::Parameter(parameter) });
        }
        Ok(together(parts))
    }

    fn null_test(&mut self, value: Input<'a>, column: ColumnIndex, path: &Path) -> Result<Filter, Refusal> {
        let operand = Operand::Parameter(self.plain(value, Codec::of(Scalar::Boolean), path)?);
        Ok(Filter::IsNull { column, operand })
    }

    /// `_cast`: a `jsonb` column compared as its text.
    fn cast(&mut self, value: Input<'a>, column: ColumnIndex, path: &Path) -> Result<Filter, Refusal> {
        let type_name = InputType::JsonbCast.name(self.catalog());
        let value = self.given.resolve(value, &Expected::optional(type_name.clone()), path)?;
        let text = ColumnType::Scalar(Scalar::String);
        let comparisons = InputType::comparison(self.catalog(), &text).name(self.catalog());
        let mut parts = Vec::new();
        for (name, value) in self.object(&value, &type_name, path)? {
            let path = path.key(name);
            if name != Scalar::String.name() {
                return Err(unknown_field(name, &type_name, &path));
            }
            let value = self.given.resolve(value, &Expected::optional(comparisons.clone()), &path)?;
            for (name, value) in self.object(&value, &comparisons, &path)? {
                let path = path.key(name);
                if name == "_is_null" {
                    parts.push(self.null_test(value, column, &path)?);
                    continue;
                }
                let Some((_, comparison)) = view::comparisons_of(&text).find(|(known, _)| *known == name) else {
                    return Err(unknown_field(name, &comparisons, &path));
                };
                let operand = Operand::Parameter(self.compared_text(value, comparison.takes_list(), &path)?);
                parts.push(Filter::CastText { column, comparison, operand });
            }
        }
        Ok(together(parts))
    }
}

/// All of them; one alone is itself.
fn together(mut parts: Vec<Filter>) -> Filter {
    match parts.len() {
        1 => parts.remove(0),
        _ => Filter::And(parts),
    }
}

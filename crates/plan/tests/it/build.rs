//! Queries in few words.

use purlin_model::catalog::{Catalog, ColumnIndex, RelationIndex, Table, TableId};
use purlin_model::filter::{Compared, Comparison, Filter, Operand};
use purlin_model::scalar::{Codec, Scalar};
use purlin_model::value::Value;
use purlin_plan::query::{
    Aggregate, AggregateField, Arguments, Field, FieldValue, Order, OrderTarget, Parameter, PathStep, Query, QueryKind,
    Root, RootField, Select, Source, VariableBase, VariablePath,
};

/// Builds one query over a catalog.
pub struct Build<'a> {
    pub catalog: &'a Catalog,
    pub parameters: Vec<Parameter>,
}

/// Values of the request: a variable of the given name.
pub fn variable(name: &str) -> Source {
    Source::Variable(VariablePath { base: VariableBase::Variable(name.into()), steps: Vec::new() })
}

/// A member of the row at hand.
pub fn member(name: &str) -> Source {
    Source::Variable(VariablePath { base: VariableBase::Row, steps: vec![PathStep::Key(name.into())] })
}

impl<'a> Build<'a> {
    pub fn new(catalog: &'a Catalog) -> Build<'a> {
        Build { catalog, parameters: Vec::new() }
    }

    pub fn table(&self, id: TableId) -> &'a Table {
        self.catalog.table(id)
    }

    pub fn column(&self, table: TableId, name: &str) -> ColumnIndex {
        self.table(table).column_by_name(name).unwrap_or_else(|| panic!("no column {name}"))
    }

    pub fn relation(&self, table: TableId, name: &str) -> RelationIndex {
        self.table(table).relation_by_name(name).unwrap_or_else(|| panic!("no relation {name}"))
    }

    pub fn target(&self, table: TableId, name: &str) -> TableId {
        self.table(table).relation(self.relation(table, name)).target
    }

    pub fn value(&self, table: TableId, name: &str, source: Source) -> Parameter {
        let column = self.column(table, name);
        Parameter {
            source,
            codec: self.table(table).column(column).codec(),
            many: false,
            column: Some((table, column)),
            path: "$".into(),
        }
    }

    pub fn parameter(&mut self, table: TableId, name: &str, source: Source) -> usize {
        let parameter = self.value(table, name, source);
        self.parameters.push(parameter);
        self.parameters.len() - 1
    }

    pub fn count(&mut self, source: Source) -> usize {
        let codec = Codec::of(Scalar::BigInt);
        self.parameters.push(Parameter { source, codec, many: false, column: None, path: "$".into() });
        self.parameters.len() - 1
    }

    /// `{name: {comparison: $variable}}`
    pub fn compare(&mut self, table: TableId, name: &str, comparison: Comparison, source: Source) -> Filter {
        let parameter = self.parameter(table, name, source);
        self.parameters[parameter].many = comparison.takes_list();
        Filter::Compare { column: self.column(table, name), comparison, operand: Operand::Parameter(parameter) }
    }

    /// Gives the last parameter the form that stands after an operator.
    pub fn fit(&mut self, comparison: Comparison) {
        let text = Codec::of(Scalar::String);
        if let Some(parameter) = self.parameters.last_mut() {
            match comparison.compared() {
                Compared::Value | Compared::Values => {}
                Compared::Text => parameter.codec = text,
                Compared::Texts => {
                    parameter.codec = text;
                    parameter.many = true;
                }
            }
        }
    }

    /// `{name: {_cast: {String: {comparison: $variable}}}}`
    pub fn cast_text(&mut self, table: TableId, name: &str, comparison: Comparison, source: Source) -> Filter {
        let (codec, many) = (Codec::of(Scalar::String), comparison.takes_list());
        self.parameters.push(Parameter { source, codec, many, column: None, path: "$".into() });
        let operand = Operand::Parameter(self.parameters.len() - 1);
        Filter::CastText { column: self.column(table, name), comparison, operand }
    }

    pub fn equal(&mut self, table: TableId, name: &str) -> Filter {
        self.compare(table, name, Comparison::Equal, variable(name))
    }

    pub fn is_null(&mut self, table: TableId, name: &str, source: Source) -> Filter {
        let codec = Codec::of(Scalar::Boolean);
        self.parameters.push(Parameter { source, codec, many: false, column: None, path: "$".into() });
        let operand = Operand::Parameter(self.parameters.len() - 1);
        Filter::IsNull { column: self.column(table, name), operand }
    }

    pub fn reach(&self, table: TableId, name: &str, filter: Filter) -> Filter {
        Filter::Relation { relation: self.relation(table, name), filter: Box::new(filter) }
    }

    /// Fields by name: columns only.
    pub fn fields(&self, table: TableId, names: &str) -> Vec<Field> {
        names
            .split_whitespace()
            .map(|name| Field { key: name.into(), value: FieldValue::Column(self.column(table, name)) })
            .collect()
    }

    pub fn select(&self, table: TableId, names: &str) -> Select {
        Select { table, arguments: Arguments::default(), many: true, fields: self.fields(table, names) }
    }

    pub fn one(&self, table: TableId, names: &str) -> Select {
        Select { many: false, ..self.select(table, names) }
    }

    pub fn related(&self, table: TableId, name: &str, select: Select) -> Field {
        Field { key: name.into(), value: FieldValue::Related(self.relation(table, name), select) }
    }

    pub fn related_aggregate(&self, table: TableId, name: &str, fields: Vec<AggregateField>) -> Field {
        let aggregate = Aggregate { table: self.target(table, name), arguments: Arguments::default(), fields };
        let value = FieldValue::RelatedAggregate(self.relation(table, name), aggregate);
        Field { key: format!("{name}_aggregate").into(), value }
    }

    pub fn ascending(&self, table: TableId, name: &str) -> Order {
        Order { target: OrderTarget::Column(self.column(table, name)), descending: false, nulls_first: false }
    }

    pub fn query(self, kind: QueryKind, fields: Vec<(&str, RootField)>) -> Query {
        let roots = fields.into_iter().map(|(key, field)| Root { key: key.into(), field }).collect();
        Query { kind, roots, parameters: self.parameters, join_filters: Default::default(), masks: Default::default() }
    }

    pub fn read(self, field: RootField) -> Query {
        self.query(QueryKind::Read, vec![("answer", field)])
    }

    pub fn write(self, field: RootField) -> Query {
        self.query(QueryKind::Write, vec![("answer", field)])
    }
}

/// A constant of the document.
pub fn constant(value: Value) -> Source {
    Source::Constant(value)
}

/// The same order, the other way round, NULL first.
pub fn descending(order: Order) -> Order {
    Order { descending: true, nulls_first: true, ..order }
}

//! Lists and single rows: a statement for each list, object relations joined in, lists below as child statements.

use purlin_model::catalog::{ColumnIndex, RelationIndex, TableId};
use purlin_model::scalar::{Codec, Scalar};
use purlin_model::value::Value;
use sea_query::{
    Alias, Condition, DynIden, Expr, ExprTrait, IntoIden, JoinType, OverStatement, Query, SelectStatement,
    WindowStatement,
};

use super::Compiler;
use super::cells::{Cells, Reading};
use super::column::{all, call, number};
use super::flat::ListBelow;
use super::order::{Joins, Term};
use super::relation::{Keys, Related, near_pairs};
use super::statement::{Draft, RowName};
use crate::plan::{Correlation, Dialect, JsonKey, Output, Rows, Shape, Slot};
use crate::query::{Arguments, Field, FieldValue, NativeCall, Order, Parameter, Select, Source};

/// How a statement's rows hang on the rows above.
#[derive(Clone)]
pub(super) enum Link {
    /// On nothing.
    Root,
    /// By a relation of `table`; `cells` hold its near key in the enclosing rows.
    Relation {
        /// The enclosing rows' table.
        table: TableId,
        /// The relation.
        relation: RelationIndex,
        /// Cells of the enclosing row, in the order of the relation's columns.
        cells: Vec<usize>,
    },
    /// They are the written rows themselves, by the key in their first cells.
    Written(TableId),
}

/// The form in which keys reach a statement.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Root,
    PerParent,
    Ordinal,
    Keys,
}

/// Cells of one statement beyond which no more objects are joined (PostgreSQL returns at most 1664, SQLite 2000).
pub(super) const JOINED_CELLS: usize = 1000;

/// The name of the position of a row among those with equal `distinct_on` columns.
const POSITION: &str = "purlin_position";

/// The keys of the enclosing rows as a table: its name, and the arrays it is made of.
pub(super) struct Enclosing {
    name: DynIden,
    arrays: Vec<Expr>,
}

impl Compiler<'_> {
    /// The rows of a select.
    pub(super) fn rows(&mut self, select: &Select, link: &Link) -> Rows {
        let arguments = &match link {
            Link::Relation { .. } if !select.many => self.first_by_key(select),
            _ => select.arguments.clone(),
        };
        let form = self.form(link, self.needs_own_run(select));
        let mut reading = Reading::after(usize::from(form == Form::Ordinal));
        let (enclosing, keys) = self.keys(&mut reading.draft, link, form);
        let source = self.source(&mut reading.draft, link, (select.table, arguments.native.as_ref()), keys);
        let mut query = Query::select();
        let (row, order) = self.list(&mut reading.draft, &mut reading.joins, &mut query, &source, arguments);
        let correlation = match form {
            Form::Root => Correlation::Root,
            Form::PerParent => Correlation::PerParent,
            Form::Ordinal => Correlation::Ordinal,
            Form::Keys => {
                for (row, column) in &source.key {
                    reading.cells.column(self, row, *column);
                }
                Correlation::Keys(self.link_cells(link))
            }
        };
        self.beside(&mut reading, select);
        let mut fields = self.fields(&mut reading, &row, &select.fields);
        if arguments.native.is_some() {
            self.promise(select, &mut fields);
        }
        reading.joins.apply(&mut query);
        let row_cap = self.limit(&mut reading.draft, &mut query, select, link, form);
        let (query, cells) = match reading.beside {
            Some(beside) => beside.around(query, reading.cells, &order),
            None => (query, reading.cells),
        };
        let query = self.enclosed(query, &cells, enclosing);
        Rows {
            statement: reading.draft.finish(self.dialect, &query),
            correlation,
            many: select.many,
            row: Shape::Object { present: None, fields },
            children: reading.children,
            row_cap,
        }
    }

    /// Of several rows at the other end of a to-one relation (no key makes it unique), both databases take the same one.
    fn first_by_key(&self, select: &Select) -> Arguments {
        let key = self.table(select.table).primary_key.iter();
        let order_by = key.map(|column| Order::by(*column)).collect();
        Arguments { order_by, ..select.arguments.clone() }
    }

    /// Whether a list must be cut for each enclosing row by itself.
    pub(super) fn needs_own_run(&self, select: &Select) -> bool {
        let arguments = &select.arguments;
        !select.many
            || arguments.limit.is_some()
            || arguments.offset.is_some()
            || arguments.rule_limit.is_some()
            || !arguments.distinct_on.is_empty()
    }

    pub(super) fn form(&self, link: &Link, own_run: bool) -> Form {
        match (link, self.dialect) {
            (Link::Root, _) => Form::Root,
            (_, Dialect::Sqlite) => Form::PerParent,
            (Link::Written(_), Dialect::Postgres) => Form::Ordinal,
            (Link::Relation { table, relation, .. }, Dialect::Postgres) => {
                let by_bytes = self.keys_are_bytes(*table, *relation);
                if !own_run && by_bytes && self.relation_carries_key(*table, *relation) {
                    Form::Keys
                } else {
                    Form::Ordinal
                }
            }
        }
    }

    /// Whether both ends of a relation can be matched by their bytes, and the related rows carry the key.
    fn keys_are_bytes(&self, table: TableId, relation: RelationIndex) -> bool {
        let relation = self.relation(table, relation);
        let there = relation.through.as_ref().map_or(relation.target, |through| through.table);
        near_pairs(relation)
            .iter()
            .all(|(near, far)| super::column::equal_as_bytes(self.column(table, *near), self.column(there, *far)))
    }

    fn link_cells(&self, link: &Link) -> Vec<usize> {
        match link {
            Link::Root => Vec::new(),
            Link::Relation { cells, .. } => cells.clone(),
            Link::Written(table) => (0..self.key(*table).len()).collect(),
        }
    }

    /// The keys of the enclosing rows, and the table they come from if they are joined by position.
    pub(super) fn keys(&mut self, draft: &mut Draft, link: &Link, form: Form) -> (Option<Enclosing>, Keys) {
        let slot = |cell: usize| if form == Form::PerParent { Slot::Parent(cell) } else { Slot::Keys(cell) };
        let values: Vec<Expr> = match link {
            Link::Root => Vec::new(),
            Link::Relation { table, relation, cells } => {
                let near = near_pairs(self.relation(*table, *relation)).iter().map(|(here, _)| *here);
                near.zip(cells)
                    .map(|(here, cell)| {
                        let column = self.column(*table, here);
                        self.value_for(draft, slot(*cell), column, form != Form::PerParent)
                    })
                    .collect()
            }
            Link::Written(table) => self
                .key(*table)
                .into_iter()
                .enumerate()
                .map(|(cell, part)| self.key_value(draft, *table, part, slot(cell)))
                .collect(),
        };
        match form {
            Form::Root | Form::PerParent => (None, Keys::Each(values)),
            Form::Keys => (None, Keys::AnyOf(values)),
            Form::Ordinal => {
                let name = draft.alias();
                let each = (0..values.len()).map(|part| Expr::col((name.clone(), key_name(part)))).collect();
                (Some(Enclosing { name, arrays: values }), Keys::Each(each))
            }
        }
    }

    /// What a statement reads from.
    pub(super) fn source(
        &mut self,
        draft: &mut Draft,
        link: &Link,
        (table, native): (TableId, Option<&NativeCall>),
        keys: Keys,
    ) -> Related {
        match link {
            Link::Relation { table, relation, .. } => self.related(draft, *table, *relation, keys, true),
            Link::Root => {
                let row = draft.row(table);
                let rows = match native {
                    Some(call) => self.native_rows(draft, call, &row),
                    None => self.table_as(draft, &row),
                };
                Related::alone(rows, row, None)
            }
            Link::Written(_) => {
                let row = draft.row(table);
                let parts = self.key(table);
                let condition = match keys {
                    Keys::Each(values) => {
                        Some(all(parts.iter().zip(values).map(|(part, value)| self.key_part(&row, *part).eq(value))))
                    }
                    Keys::Row(_) | Keys::AnyOf(_) => None,
                };
                Related::alone(self.table_as(draft, &row), row, condition)
            }
        }
    }

    /// The rows that count, in order; the row to read from, and the keys of the order. Joins made on the way are the
    /// caller's to add.
    pub(super) fn list(
        &mut self,
        draft: &mut Draft,
        joins: &mut Joins,
        query: &mut SelectStatement,
        source: &Related,
        arguments: &Arguments,
    ) -> (RowName, Vec<Term>) {
        let own = self.narrowing(draft, &arguments.filter, &source.row);
        let condition = source.condition.clone().into_iter().chain(own).reduce(|left, right| left.and(right));
        let distinct = !arguments.distinct_on.is_empty();
        let masked = arguments.distinct_on.iter().any(|column| self.is_masked(&source.row, *column));
        // PostgreSQL's own `DISTINCT ON` is faster; sea-query takes only columns for it.
        let by_window = distinct && (self.dialect == Dialect::Sqlite || masked);
        let row = if by_window {
            self.distinct_rows(draft, query, source, condition, arguments)
        } else {
            source.from(query);
            query.and_where_option(condition);
            source.row.clone()
        };
        if distinct && !by_window {
            let columns = arguments.distinct_on.iter().map(|column| self.column_reference(&row, *column));
            query.distinct_on(columns.collect::<Vec<_>>());
        }
        let mut terms = self.terms(draft, joins, &row, arguments);
        terms.extend(self.own_order(&row, arguments));
        for term in &terms {
            term.apply(query);
        }
        (row, terms)
    }

    /// `DISTINCT ON` without its help: the rows in first place among those with equal columns.
    fn distinct_rows(
        &mut self,
        draft: &mut Draft,
        query: &mut SelectStatement,
        source: &Related,
        condition: Option<Expr>,
        arguments: &Arguments,
    ) -> RowName {
        let mut joins = Joins::default();
        let terms = self.terms(draft, &mut joins, &source.row, arguments);
        let mut window = WindowStatement::new();
        for column in &arguments.distinct_on {
            window.add_partition_by(self.seen_comparable(draft, &source.row, *column));
        }
        for term in &terms {
            term.apply(&mut window);
        }
        let mut inner = Query::select();
        inner.column((source.row.name.clone(), sea_query::Asterisk));
        inner.expr_window_as(call("row_number", []), window, Alias::new(POSITION));
        source.from(&mut inner);
        joins.apply(&mut inner);
        inner.and_where_option(condition);
        let row = draft.row(source.row.table);
        query.from_subquery(inner, row.name.clone());
        query.and_where(Expr::col((row.name.clone(), Alias::new(POSITION))).eq(number(1)));
        row
    }

    fn column_reference(&self, row: &RowName, column: ColumnIndex) -> (DynIden, DynIden) {
        (row.name.clone(), Alias::new(&*self.column(row.table, column).db_name).into_iden())
    }

    /// Members of a row's response object.
    pub(super) fn fields(&mut self, reading: &mut Reading, row: &RowName, fields: &[Field]) -> Vec<(JsonKey, Shape)> {
        fields.iter().map(|field| (json_key(&field.key), self.field(reading, row, &field.value))).collect()
    }

    fn field(&mut self, reading: &mut Reading, row: &RowName, value: &FieldValue) -> Shape {
        match value {
            FieldValue::Constant(json) => Shape::Constant(json.clone()),
            FieldValue::Column(column) => {
                let cell = self.seen_cell(reading, row, *column);
                Shape::Cell { column: cell, output: self.output(self.column(row.table, *column)) }
            }
            FieldValue::JsonPath(column, steps) => {
                let expression = self.json_path(&mut reading.draft, row, *column, steps);
                let output = Output { codec: Codec::of(Scalar::Jsonb), stringify: false };
                Shape::Cell { column: reading.cells.expression(expression), output }
            }
            FieldValue::Related(relation, select) if self.may_join(reading, row, *relation, select) => {
                let filter = &select.arguments.filter;
                let joined = self.join(&mut reading.draft, &mut reading.joins, row, *relation, filter);
                // Equality with the near end leaves this column no room for NULL where there is a row.
                let (_, there) = self.relation(row.table, *relation).join[0];
                let present = reading.cells.column(self, &joined, there);
                Shape::Object { present: Some(present), fields: self.fields(reading, &joined, &select.fields) }
            }
            FieldValue::Related(relation, select) if reading.lists.is_some() => {
                let near = near_pairs(self.relation(row.table, *relation)).iter();
                let near = near.map(|(here, _)| self.comparable(row, *here)).collect();
                let lists = reading.lists.get_or_insert_default();
                lists.push(ListBelow { near, table: row.table, relation: *relation, select: select.clone() });
                Shape::Child(lists.len() - 1)
            }
            FieldValue::Related(relation, select) => {
                let link = self.link(reading, row, *relation);
                let rows = self.rows(select, &link);
                reading.children.push(rows);
                Shape::Child(reading.children.len() - 1)
            }
            FieldValue::RelatedAggregate(relation, aggregate) if self.is_beside(reading, row, *relation, aggregate) => {
                self.aggregate_beside(reading, row, *relation, aggregate)
            }
            FieldValue::RelatedAggregate(relation, aggregate) => {
                let link = self.link(reading, row, *relation);
                self.aggregate(aggregate, &link, &mut reading.children)
            }
        }
    }

    /// Whether a related object is read by the same statement.
    fn may_join(&self, reading: &Reading, row: &RowName, relation: RelationIndex, select: &Select) -> bool {
        !select.many
            && reading.joins.has_room()
            && reading.cells.len() + select.fields.len() <= JOINED_CELLS
            && self.is_single(self.relation(row.table, relation))
    }

    /// A child's link to the rows at hand: the near key becomes cells.
    fn link(&self, reading: &mut Reading, row: &RowName, relation: RelationIndex) -> Link {
        let pairs = near_pairs(self.relation(row.table, relation));
        let cells = pairs.iter().map(|(here, _)| reading.cells.column(self, row, *here)).collect();
        Link::Relation { table: row.table, relation, cells }
    }

    fn json_path(&mut self, draft: &mut Draft, row: &RowName, column: ColumnIndex, steps: &[Box<str>]) -> Expr {
        let steps = steps.iter().map(|step| Value::Text(step.clone())).collect();
        let path = self.constant_parameter(Value::List(steps), Scalar::String, true);
        let path = draft.bind(self.parameter_slot(path));
        let seen = self.seen(draft, row, column);
        let document = self.readable(seen, self.column(row.table, column));
        match self.dialect {
            Dialect::Postgres => super::column::operator(document, "#>", path),
            Dialect::Sqlite => call("purlin_json_path", [document, path]),
        }
    }

    /// `LIMIT` and `OFFSET`; the number of rows that is one too many, if the role has one.
    pub(super) fn limit(
        &mut self,
        draft: &mut Draft,
        query: &mut SelectStatement,
        select: &Select,
        link: &Link,
        form: Form,
    ) -> Option<u64> {
        let arguments = &select.arguments;
        if !select.many {
            if matches!(link, Link::Relation { .. }) || arguments.native.is_some() {
                let one = self.bound_count(1);
                query.limit(draft.number(self.parameter_slot(one)));
            }
            return None;
        }
        let cap = arguments.row_cap.filter(|cap| arguments.rule_limit.is_none_or(|limit| limit > *cap));
        // Rows of many lists in one result are counted by whoever sorts them out.
        let asked = if form == Form::Keys { None } else { cap.map(|cap| cap + 1) };
        let bound = [arguments.rule_limit, asked].into_iter().flatten().min();
        self.apply_limit(draft, query, arguments, bound);
        cap
    }

    /// `LIMIT` by what the client asks and a bound, and `OFFSET`.
    pub(super) fn apply_limit(
        &mut self,
        draft: &mut Draft,
        query: &mut SelectStatement,
        arguments: &Arguments,
        bound: Option<u64>,
    ) {
        let limit = match (arguments.limit, bound) {
            (Some(given), Some(bound)) => Some(self.at_most(given, bound)),
            (Some(given), None) => Some(given),
            (None, Some(bound)) => Some(self.bound_count(bound)),
            // SQLite knows no OFFSET without LIMIT; a negative one is none.
            (None, None) if arguments.offset.is_some() && self.dialect == Dialect::Sqlite => {
                Some(self.constant_parameter(Value::Integer(-1), Scalar::BigInt, false))
            }
            (None, None) => None,
        };
        if let Some(limit) = limit {
            query.limit(draft.number(self.parameter_slot(limit)));
        }
        if let Some(offset) = arguments.offset {
            query.offset(draft.number(self.parameter_slot(offset)));
        }
    }

    /// The lesser of a client's count and a bound.
    fn at_most(&mut self, given: usize, bound: u64) -> usize {
        let parameter = self.parameters[given].clone();
        let source = Source::AtMost(Some(Box::new(parameter.source)), bound);
        self.add_parameter(Parameter { source, ..parameter })
    }

    /// A count the plan itself fixes.
    pub(super) fn bound_count(&mut self, count: u64) -> usize {
        self.add_parameter(Parameter {
            source: Source::AtMost(None, count),
            codec: Codec::of(Scalar::BigInt),
            many: false,
            column: None,
            path: "$".into(),
        })
    }

    pub(super) fn constant_parameter(&mut self, value: Value, scalar: Scalar, many: bool) -> usize {
        self.add_parameter(Parameter {
            source: Source::Constant(value),
            codec: Codec::of(scalar),
            many,
            column: None,
            path: "$".into(),
        })
    }

    /// The finished query: by position, it is run for each key of the enclosing rows.
    fn enclosed(&self, mut query: SelectStatement, cells: &Cells, enclosing: Option<Enclosing>) -> SelectStatement {
        let Some(enclosing) = enclosing else {
            cells.select(&mut query);
            return query;
        };
        cells.select_named(&mut query);
        let mut outer = enclosing.positions();
        let inner = Alias::new("rows").into_iden();
        for position in 0..cells.len() {
            outer.column((inner.clone(), Cells::name(position)));
        }
        outer.join_lateral(JoinType::InnerJoin, query, inner, Condition::all());
        outer
    }
}

impl Enclosing {
    /// `SELECT position FROM unnest(…) WITH ORDINALITY`: 1-based, int8.
    pub(super) fn positions(self) -> SelectStatement {
        let mut outer = Query::select();
        outer.column((self.name.clone(), Alias::new("position")));
        outer.from_subquery(keys_table(self.arrays), self.name);
        outer
    }

    /// A part of the key.
    pub(super) fn part(&self, part: usize) -> Expr {
        Expr::col((self.name.clone(), key_name(part)))
    }

    /// The arrays it is made of.
    pub(super) fn arrays(&self) -> Vec<Expr> {
        self.arrays.clone()
    }
}

fn key_name(part: usize) -> DynIden {
    Alias::new(format!("k{part}")).into_iden()
}

/// The keys of the enclosing rows with their positions. sea-query has no `WITH ORDINALITY`: the text names nothing but
/// its own columns.
fn keys_table(arrays: Vec<Expr>) -> SelectStatement {
    let marks: Vec<String> = (1..=arrays.len()).map(|number| format!("${number}")).collect();
    let names: Vec<String> = (0..arrays.len()).map(|part| format!("k{part}")).collect();
    let text = format!("* FROM unnest({}) WITH ORDINALITY AS k({}, position)", marks.join(", "), names.join(", "));
    let mut query = Query::select();
    query.expr(Expr::cust_with_exprs(text, arrays));
    query
}

/// `"key":`, escaped.
pub(super) fn json_key(key: &str) -> JsonKey {
    let mut text = String::with_capacity(key.len() + 3);
    text.push('"');
    for character in key.chars() {
        match character {
            '"' | '\\' => {
                text.push('\\');
                text.push(character);
            }
            control if (control as u32) < 0x20 => text.push_str(&format!("\\u{:04x}", control as u32)),
            other => text.push(other),
        }
    }
    text.push_str("\":");
    text.into()
}

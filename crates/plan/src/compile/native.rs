//! SQL of the model: as the source of rows that are read like any others, and as the statements of a mutation.
//!
//! Its text is the model's; only its placeholders are replaced, each by a bound value. Refuses to know what it means.

use std::collections::BTreeMap;

use purlin_model::DatabaseKind;
use purlin_model::catalog::{Column, Function, NativeField, Table};
use purlin_model::scalar::{Codec, Scalar};
use purlin_model::sql::{Piece, Sql, Value as Meaning};
use sea_query::{Alias, Expr, Query, SelectStatement, TableRef};

use super::Compiler;
use super::column::{native_type, slot_for};
use super::key::KeyPart;
use super::order::Term;
use super::select::Link;
use super::statement::{Draft, RowName};
use crate::plan::{
    BoundSlot, Dialect, JsonKey, NativePlan, NativeStep, Returning, Shape, Slot, Statement, WriteResponse,
};
use crate::query::{Arguments, Field, FieldValue, NativeCall, NativeMutation, Parameter, Select, Source};

/// By what name the rows of the model's SQL go around it.
const NATIVE: &str = "purlin_rows";

/// By what name the rows of a function go.
const FUNCTION: &str = "purlin_function";

/// The position of a row in the order that the model's SQL says.
const POSITION: &str = "purlin_order";

/// A piece of a statement.
enum Part {
    /// Text.
    Text(String),
    /// A bound value. `alone`: it shares its number with no other; `cast`: to a type of PostgreSQL's own.
    Value { slot: BoundSlot, alone: bool, cast: Option<Box<str>> },
}

/// The values of one call by the names of their placeholders.
struct Values<'c> {
    arguments: &'c Table,
    call: &'c NativeCall,
    /// Parameters of what no client gives; a new UUID is one for the whole call.
    generated: BTreeMap<Box<str>, usize>,
}

impl Compiler<'_> {
    /// The rows of the model's SQL under an alias.
    pub(super) fn native_rows(&mut self, draft: &mut Draft, call: &NativeCall, row: &RowName) -> TableRef {
        self.native = true;
        let field = self.catalog.native(call.field);
        let mut values = self.values(field, call);
        let inner = match &field.function {
            Some(function) => self.function_call(field, function, &mut values),
            None => {
                let statement = field.statements.first();
                let sql = statement.and_then(|statement| statement.sql.of(self.database())).unwrap_or_default();
                self.parts(&Sql::read(sql, self.database()).pieces(), &mut values)
            }
        };
        let rows = self.table(field.rows);
        let mut columns = match self.catalog.is_record(field.rows) {
            true => self.record_columns(rows),
            false => "*".to_owned(),
        };
        if self.is_ordered(call) {
            columns.push_str(&format!(", row_number() OVER () AS \"{POSITION}\""));
        }
        let parts = match field.bare {
            false => enclosed(&format!("{columns} FROM ("), inner, format!(") AS \"{NATIVE}\"")),
            true => {
                let name = rows.columns.first().map(|column| quoted(&column.db_name)).unwrap_or_default();
                let before = format!("* FROM (WITH \"{NATIVE}\"({name}) AS (");
                enclosed(&before, inner, format!(") SELECT {columns} FROM \"{NATIVE}\") AS \"purlin_values\""))
            }
        };
        let rows = raw_select(draft, parts, self.dialect);
        self.rows_as(draft, rows, row)
    }

    /// The order that the model's SQL says, where nobody asks for another: joins may not keep it by themselves.
    pub(super) fn own_order(&self, row: &RowName, arguments: &Arguments) -> Option<Term> {
        let asked = !arguments.order_by.is_empty() || !arguments.distinct_on.is_empty();
        arguments.native.as_ref().filter(|call| !asked && self.is_ordered(call))?;
        Some(Term::ascending(Expr::col((row.name.clone(), Alias::new(POSITION)))))
    }

    /// Whether the model's SQL says the order of its rows.
    fn is_ordered(&self, call: &NativeCall) -> bool {
        let statement = self.catalog.native(call.field).statements.first();
        let sql = statement.and_then(|statement| statement.sql.of(self.database()));
        sql.is_some_and(|sql| Sql::read(sql, self.database()).is_ordered())
    }

    /// The statements of a mutation.
    pub(super) fn native_mutation(&mut self, mutation: &NativeMutation) -> NativePlan {
        self.native = true;
        // What the statements write is not known: any foreign key that is checked at commit may be touched.
        self.solitary |= self.catalog.tables.iter().flat_map(|table| &table.foreign_keys).any(|key| key.deferrable);
        let field = self.catalog.native(mutation.call.field);
        let mut values = self.values(field, &mutation.call);
        let columns = self.answered_columns(&mutation.answer);
        let name = |column: &Column| if field.bare { Box::default() } else { column.db_name.clone() };
        let names = columns.iter().map(name).collect();
        let last = field.statements.len().saturating_sub(1);
        let mut steps = Vec::with_capacity(field.statements.len());
        if let Some(function) = &field.function {
            let call = self.function_call(field, function, &mut values);
            let parts = self.answering(true, call, (&columns, field.bare));
            let statement = statement(parts, self.dialect);
            steps.push(NativeStep { statement, min_rows: None, max_rows: None, refusal: Box::default() });
        }
        for (index, written) in field.statements.iter().enumerate() {
            let sql = Sql::read(written.sql.of(self.database()).unwrap_or_default(), self.database());
            let parts = match self.dialect {
                Dialect::Postgres if index == last => self.ordered(&sql, (&columns, field.bare), &mut values),
                _ => self.parts(&sql.pieces(), &mut values),
            };
            steps.push(NativeStep {
                statement: statement(parts, self.dialect),
                min_rows: written.min_rows.map(u64::from),
                max_rows: written.max_rows.map(u64::from),
                refusal: written.refusal.clone().unwrap_or_else(|| usual_refusal(field, index)),
            });
        }
        let response = self.native_response(mutation);
        NativePlan { steps, columns: names, response }
    }

    pub(super) fn database(&self) -> DatabaseKind {
        match self.dialect {
            Dialect::Postgres => DatabaseKind::Postgres,
            Dialect::Sqlite => DatabaseKind::Sqlite,
        }
    }

    fn values<'c>(&self, field: &NativeField, call: &'c NativeCall) -> Values<'c>
    where
        Self: 'c,
    {
        Values { arguments: self.table(field.arguments), call, generated: BTreeMap::new() }
    }

    fn parts(&mut self, pieces: &[Piece<'_>], values: &mut Values<'_>) -> Vec<Part> {
        let part = |piece: &Piece<'_>| match piece {
            Piece::Text(text) => Part::Text((*text).to_owned()),
            Piece::Value(name) => self.value(name, values),
        };
        pieces.iter().map(part).collect()
    }

    fn value(&mut self, name: &str, values: &mut Values<'_>) -> Part {
        let meaning = Meaning::called(name);
        let (source, codec) = match &meaning {
            Meaning::Argument => return self.argument(name, values),
            Meaning::Now => (Source::Now, Codec::of(Scalar::Timestamptz)),
            Meaning::NewUuid => (Source::UuidV7, Codec::of(Scalar::Uuid)),
            Meaning::Session(variable) => (Source::Session(variable.clone()), Codec::of(Scalar::String)),
        };
        let known = values.generated.get(name).copied();
        let index = known.unwrap_or_else(|| {
            let parameter = Parameter { source, codec, many: false, column: None, path: "$".into() };
            // Equal parameters of other calls are others: a UUID is new for each call.
            self.parameters.push(parameter);
            self.parameters.len() - 1
        });
        values.generated.insert(name.into(), index);
        // The text of a session variable is read as whatever type PostgreSQL expects where it stands.
        let alone = matches!(meaning, Meaning::Session(_));
        let postgres_type = alone.then(|| Box::from("unknown"));
        let slot = BoundSlot { slot: Slot::Binding(index), codec, many: false, postgres_type };
        Part::Value { slot, alone, cast: None }
    }

    fn argument(&self, name: &str, values: &Values<'_>) -> Part {
        let found = values.arguments.column_by_name(name).and_then(|index| {
            let parameter = values.call.arguments.get(usize::from(index.0)).copied().flatten()?;
            Some((values.arguments.column(index), parameter))
        });
        // The model lets no placeholder be without a value; NULL is the least any could mean.
        let Some((column, parameter)) = found else { return Part::Text("NULL".to_owned()) };
        let narrower = native_type(column).is_some() || column.precision.is_some();
        let cast = (narrower && self.dialect == Dialect::Postgres).then(|| declared_type(column).into());
        Part::Value { slot: slot_for(Slot::Binding(parameter), column, false), alone: false, cast }
    }

    /// The columns of a record as what is selected from the model's SQL: of the declared types on PostgreSQL.
    fn record_columns(&self, record: &Table) -> String {
        let column = |column: &Column| {
            let name = quoted(&column.db_name);
            match self.dialect {
                Dialect::Postgres => format!("CAST(\"{NATIVE}\".{name} AS {}) AS {name}", declared_type(column)),
                Dialect::Sqlite => format!("\"{NATIVE}\".{name} AS {name}"),
            }
        };
        record.columns.iter().map(column).collect::<Vec<_>>().join(", ")
    }

    /// The columns of the last statement that are answered, or by which rows of a table are read anew.
    fn answered_columns(&self, answer: &Select) -> Vec<Column> {
        let table = self.table(answer.table);
        if self.catalog.is_record(answer.table) {
            return table.columns.clone();
        }
        let of_key = |part: KeyPart| match part {
            KeyPart::Column(column) => Some(table.column(column).clone()),
            KeyPart::RowIdentifier => None,
        };
        self.key(answer.table).into_iter().filter_map(of_key).collect()
    }

    /// The last statement with its columns in order (PostgreSQL): it becomes one of its own `WITH`.
    fn ordered(&mut self, sql: &Sql<'_>, (columns, bare): (&[Column], bool), values: &mut Values<'_>) -> Vec<Part> {
        let (before, main) = sql.split_at_main_word();
        let mut parts = self.parts(&before, values);
        let main = self.parts(&main, values);
        parts.extend(self.answering(before.is_empty(), main, (columns, bare)));
        parts
    }

    /// The statement that answers as one of a `WITH`, and the columns of its rows. `first`: nothing comes before it.
    fn answering(&self, first: bool, main: Vec<Part>, (columns, bare): (&[Column], bool)) -> Vec<Part> {
        let comma = if first { "WITH" } else { "," };
        let selected = columns.iter().map(|column| self.selected(column)).collect::<Vec<_>>().join(", ");
        let after = format!(") SELECT {selected} FROM \"{NATIVE}\"");
        // A bare value is the only column, whatever it is called.
        let name = columns.first().filter(|_| bare).map(|column| format!("({})", quoted(&column.db_name)));
        let before = format!("{comma} \"{NATIVE}\"{} AS (", name.unwrap_or_default());
        enclosed(&before, main, after)
    }

    /// The rows of a function of the database (PostgreSQL). A single row that it has not is a row of NULLs in SQL.
    fn function_call(&mut self, field: &NativeField, function: &Function, values: &mut Values<'_>) -> Vec<Part> {
        let schema = function.schema.as_deref().unwrap_or("public");
        let mut parts = vec![Part::Text(format!("SELECT * FROM {}.{}(", quoted(schema), quoted(&function.name)))];
        let arguments = values.arguments;
        let positional = Function::positional(arguments);
        let mut given = Vec::new();
        for (index, column) in arguments.columns.iter().enumerate() {
            if values.call.arguments.get(index).copied().flatten().is_none() {
                self.omits_arguments = true;
                continue;
            }
            let name = if index < positional { String::new() } else { format!("{} => ", quoted(&column.db_name)) };
            given.push((name, self.argument(&column.name, values)));
        }
        if let Some(name) = &function.session_argument {
            let codec = Codec::of(Scalar::String);
            let source = Source::SessionVariables;
            let index = self.add_parameter(Parameter { source, codec, many: false, column: None, path: "$".into() });
            // Its text is read as whichever of `json` and `jsonb` the function takes.
            let postgres_type = Some(Box::from("unknown"));
            let slot = BoundSlot { slot: Slot::Binding(index), codec, many: false, postgres_type };
            given.push((format!("{} => ", quoted(name)), Part::Value { slot, alone: true, cast: None }));
        }
        for (index, (name, value)) in given.into_iter().enumerate() {
            parts.push(Part::Text(format!("{}{name}", if index == 0 { "" } else { ", " })));
            parts.push(value);
        }
        let condition = match field.many {
            true => String::new(),
            false => format!(" WHERE NOT (\"{FUNCTION}\" IS NULL)"),
        };
        parts.push(Part::Text(format!(") AS \"{FUNCTION}\"{condition}")));
        parts
    }

    fn selected(&self, column: &Column) -> String {
        let cell = format!("\"{NATIVE}\".{}", quoted(&column.db_name));
        let cell = format!("CAST({cell} AS {})", declared_type(column));
        if native_type(column).is_some() { format!("CAST({cell} AS text)") } else { cell }
    }

    fn native_response(&mut self, mutation: &NativeMutation) -> WriteResponse {
        let answer = &mutation.answer;
        let returning = match self.catalog.is_record(answer.table) {
            true => {
                let row = Shape::Object { present: None, fields: self.record_fields(answer) };
                Returning::Direct { row: if mutation.bare { bare(row) } else { row }, visible: None }
            }
            false => {
                let one = Select { many: false, ..answer.clone() };
                Returning::Reread(Box::new(self.rows(&one, &Link::Written(answer.table))))
            }
        };
        WriteResponse { value: Shape::Returning { index: 0, many: answer.many }, returning: vec![returning] }
    }

    /// Marks the fields that must not be NULL, whatever the model's SQL gives.
    pub(super) fn promise(&self, select: &Select, fields: &mut [(JsonKey, Shape)]) {
        for (field, (_, shape)) in select.fields.iter().zip(fields) {
            if let (FieldValue::Column(index), Shape::Cell { column, output }) = (&field.value, &*shape)
                && !self.column(select.table, *index).nullable
                && self.mask(select.table, *index).is_none()
            {
                *shape = Shape::Promised { column: *column, output: *output };
            }
        }
    }

    /// The fields of a record over the cells of its columns.
    fn record_fields(&self, answer: &Select) -> Vec<(JsonKey, Shape)> {
        let shape = |value: &FieldValue| match value {
            FieldValue::Constant(json) => Shape::Constant(json.clone()),
            FieldValue::Column(column) => {
                let output = self.output(self.column(answer.table, *column));
                Shape::Cell { column: usize::from(column.0), output }
            }
            // Records have neither relations nor paths.
            FieldValue::JsonPath(..) | FieldValue::Related(..) | FieldValue::RelatedAggregate(..) => {
                Shape::Constant("null".into())
            }
        };
        let field = |field: &Field| (super::select::json_key(&field.key), shape(&field.value));
        let mut fields: Vec<(JsonKey, Shape)> = answer.fields.iter().map(field).collect();
        self.promise(answer, &mut fields);
        fields
    }
}

/// The value of an object's only field, bare.
pub(super) fn bare(row: Shape) -> Shape {
    match row {
        Shape::Object { mut fields, .. } if fields.len() == 1 => fields.remove(0).1,
        other => other,
    }
}

fn usual_refusal(field: &NativeField, index: usize) -> Box<str> {
    format!("statement {} of `{}` wrote another number of rows than expected", index + 1, field.name).into()
}

/// `"name"`
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// The type that the model declares (PostgreSQL).
fn declared_type(column: &Column) -> String {
    match (&column.postgres_type, column.precision) {
        (Some(declared), _) => declared.to_string(),
        (None, Some((precision, scale))) => format!("numeric({precision}, {scale})"),
        (None, None) => {
            let scalar = native_type(column).unwrap_or_else(|| column.column_type.scalar().postgres_type());
            if column.column_type.is_list() { format!("{scalar}[]") } else { scalar.to_owned() }
        }
    }
}

/// Parts between texts. The break keeps a comment at their end from swallowing what follows.
fn enclosed(before: &str, parts: Vec<Part>, after: String) -> Vec<Part> {
    let before = Part::Text(before.to_owned());
    std::iter::once(before).chain(parts).chain([Part::Text(format!("\n{after}"))]).collect()
}

/// `SELECT` and the parts. sea-query replaces marks of its own by expressions; the model's text is such an expression,
/// so that nothing in it is taken for a mark.
fn raw_select(draft: &mut Draft, parts: Vec<Part>, dialect: Dialect) -> SelectStatement {
    let mark = |number: usize| match dialect {
        Dialect::Postgres => format!("${}", number + 1),
        Dialect::Sqlite => "?".to_owned(),
    };
    let marks: Vec<String> = (0..parts.len()).map(mark).collect();
    let expressions = parts.into_iter().map(|part| match part {
        Part::Text(text) => Expr::cust(text),
        Part::Value { slot, alone, cast } => {
            let bound = if alone { draft.bind_alone(slot) } else { draft.bind(slot) };
            match cast {
                Some(name) => super::column::cast(bound, &name),
                None => bound,
            }
        }
    });
    let expressions: Vec<Expr> = expressions.collect();
    let mut query = Query::select();
    query.expr(Expr::cust_with_exprs(marks.join(" "), expressions));
    query
}

/// The parts as a statement of their own.
fn statement(parts: Vec<Part>, dialect: Dialect) -> Statement {
    let mut sql = String::new();
    let mut slots: Vec<BoundSlot> = Vec::new();
    for part in parts {
        match part {
            Part::Text(text) => sql.push_str(&text),
            Part::Value { slot, alone, cast } => {
                let known = slots.iter().position(|other| *other == slot).filter(|_| !alone);
                let number = known.unwrap_or_else(|| {
                    slots.push(slot);
                    slots.len() - 1
                });
                let mark = if dialect == Dialect::Postgres { '$' } else { '?' };
                match cast {
                    Some(name) => sql.push_str(&format!(" CAST({mark}{} AS {name}) ", number + 1)),
                    None => sql.push_str(&format!(" {mark}{} ", number + 1)),
                }
            }
        }
    }
    Statement { sql: sql.into(), slots }
}

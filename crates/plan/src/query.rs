//! What one operation asks, free of any front end: the input of permission merging and compilation.
//!
//! A `Query` holds *no* permissions yet (`permission::merge` adds them all) and *no* values: every value of the
//! request, literal or variable, is a [`Parameter`], so one query serves all requests of the same shape.

use std::collections::BTreeMap;

use purlin_model::catalog::{ColumnIndex, NativeId, RelationIndex, TableId};
use purlin_model::filter::Filter;
use purlin_model::permission::Mask;
use purlin_model::scalar::Codec;
use purlin_model::value::Value;

use crate::plan::Dialect;

/// One operation.
#[derive(Clone, Debug)]
pub struct Query {
    /// Reads or writes.
    pub kind: QueryKind,
    /// Root fields in response order.
    pub roots: Vec<Root>,
    /// The values the request supplies; `Operand::Parameter` points here.
    pub parameters: Vec<Parameter>,
    /// Rows of the join tables of many-to-many relations that the role may see; set by permission merging.
    pub join_filters: BTreeMap<TableId, Filter>,
    /// For each table the query touches the columns that the role sees in some rows only; set by permission merging. Of
    /// a table that is not here nothing is seen.
    pub masks: BTreeMap<TableId, Vec<Mask>>,
}

/// Whether an operation reads or writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueryKind {
    /// A query: one snapshot.
    Read,
    /// A mutation: one transaction, fields in order.
    Write,
}

/// A root field.
#[derive(Clone, Debug)]
pub struct Root {
    /// Its response key.
    pub key: Box<str>,
    /// What it does.
    pub field: RootField,
}

/// What a root field does.
#[derive(Clone, Debug)]
pub enum RootField {
    /// `__typename` and other constants: ready JSON.
    Constant(Box<str>),
    /// `T` (list) or `T_by_pk` (one row or null), or rows that SQL of the model reads.
    Select(Select),
    /// Values that SQL of the model reads: each row is answered as its one field, bare.
    Values(Select),
    /// `T_aggregate`.
    Aggregate(Aggregate),
    /// `insert_T` and `insert_T_one`.
    Insert(Insert),
    /// `update_T` and `update_T_by_pk`.
    Update(Update),
    /// `update_T_many`: one response each.
    UpdateMany(Vec<Update>),
    /// `delete_T` and `delete_T_by_pk`.
    Delete(Delete),
    /// Statements of the model.
    Native(NativeMutation),
}

/// Rows of a table.
#[derive(Clone, Debug)]
pub struct Select {
    /// The table.
    pub table: TableId,
    /// Which rows, in which order.
    pub arguments: Arguments,
    /// A list, or one row or null.
    pub many: bool,
    /// What is read of each row, in response order, response keys distinct.
    pub fields: Vec<Field>,
}

/// The arguments of a list.
#[derive(Clone, Debug)]
pub struct Arguments {
    /// SQL of the model whose rows these are; `None`: those of the table. At root fields only.
    pub native: Option<NativeCall>,
    /// Rows that count.
    pub filter: Filter,
    /// Order, left to right.
    pub order_by: Vec<Order>,
    /// One row per combination of these columns (the first in order).
    pub distinct_on: Vec<ColumnIndex>,
    /// At most so many rows, as the client asks: index of a `bigint` parameter ≥ 0.
    pub limit: Option<usize>,
    /// Rows to skip: index of a `bigint` parameter ≥ 0.
    pub offset: Option<usize>,
    /// At most so many rows, as the role's rule says; set by permission merging. In aggregates it caps `nodes` only.
    pub rule_limit: Option<u64>,
    /// More rows than this is an error (never a silent cut); set by permission merging. `None` for admin.
    pub row_cap: Option<u64>,
}

impl Default for Arguments {
    fn default() -> Self {
        Arguments {
            native: None,
            filter: Filter::always(),
            order_by: Vec::new(),
            distinct_on: Vec::new(),
            limit: None,
            offset: None,
            rule_limit: None,
            row_cap: None,
        }
    }
}

/// A call of a root field that is SQL of the model.
#[derive(Clone, Debug)]
pub struct NativeCall {
    /// Which field.
    pub field: NativeId,
    /// The parameters of its arguments, in their order; `None`: left out, so that a function takes its own default.
    pub arguments: Vec<Option<usize>>,
}

/// A mutation field that is SQL of the model: its statements in order, then what the last one gave.
#[derive(Clone, Debug)]
pub struct NativeMutation {
    /// What is called.
    pub call: NativeCall,
    /// What is answered of the last statement's rows. Rows of a table are read anew; after permission merging their
    /// filter is the role's select rule.
    pub answer: Select,
    /// Whether each row is answered as its one field, bare.
    pub bare: bool,
}

/// One sort key.
#[derive(Clone, Debug)]
pub struct Order {
    /// What is sorted by.
    pub target: OrderTarget,
    /// `desc`.
    pub descending: bool,
    /// Whether NULL comes first (`asc`: no, `desc`: yes, unless said otherwise).
    pub nulls_first: bool,
}

impl Order {
    /// By a column, ascending, NULL last.
    pub const fn by(column: ColumnIndex) -> Order {
        Order { target: OrderTarget::Column(column), descending: false, nulls_first: false }
    }
}

/// What rows are sorted by.
#[derive(Clone, Debug)]
pub enum OrderTarget {
    /// A column of the row.
    Column(ColumnIndex),
    /// Something of the related row (object relation).
    Relation {
        /// The relation.
        relation: RelationIndex,
        /// Rows of the related table the role may see; set by permission merging.
        filter: Filter,
        /// What of it.
        target: Box<OrderTarget>,
    },
    /// An aggregate over the related rows (array relation).
    Aggregate {
        /// The relation.
        relation: RelationIndex,
        /// Rows of the related table the role may see; set by permission merging.
        filter: Filter,
        /// The function; `None` counts rows.
        function: Option<(AggregateFunction, ColumnIndex)>,
    },
}

/// One field of a row's response object.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its response key.
    pub key: Box<str>,
    /// What it holds.
    pub value: FieldValue,
}

/// What a field holds.
#[derive(Clone, Debug)]
pub enum FieldValue {
    /// Ready JSON (`__typename`).
    Constant(Box<str>),
    /// A column.
    Column(ColumnIndex),
    /// `jsonb` at a path: steps are object keys or array indexes, as text.
    JsonPath(ColumnIndex, Vec<Box<str>>),
    /// Related rows: `Select::many` is false for an object relation.
    Related(RelationIndex, Select),
    /// Aggregates over related rows.
    RelatedAggregate(RelationIndex, Aggregate),
}

/// `T_aggregate`: aggregates and nodes over the same rows.
#[derive(Clone, Debug)]
pub struct Aggregate {
    /// The table.
    pub table: TableId,
    /// Which rows.
    pub arguments: Arguments,
    /// The response object's fields in order.
    pub fields: Vec<AggregateField>,
}

/// A field of `T_aggregate`.
#[derive(Clone, Debug)]
pub enum AggregateField {
    /// `__typename`: key and ready JSON.
    Constant(Box<str>, Box<str>),
    /// `aggregate`: key and items.
    Aggregate(Box<str>, Vec<AggregateItem>),
    /// `nodes`: key and the fields of each.
    Nodes(Box<str>, Vec<Field>),
}

/// A field of `T_aggregate_fields`.
#[derive(Clone, Debug)]
pub enum AggregateItem {
    /// `__typename`: key and ready JSON.
    Constant(Box<str>, Box<str>),
    /// `count`: rows, or tuples of the columns that hold no NULL.
    Count {
        /// Response key.
        key: Box<str>,
        /// The tuple; empty counts rows.
        columns: Vec<ColumnIndex>,
        /// Distinct tuples only.
        distinct: bool,
    },
    /// `sum`, `avg`, …
    Function {
        /// Response key.
        key: Box<str>,
        /// Which.
        function: AggregateFunction,
        /// Its fields.
        columns: Vec<AggregateColumn>,
    },
}

/// A field of `T_sum_fields` and its kin.
#[derive(Clone, Debug)]
pub enum AggregateColumn {
    /// `__typename`: key and ready JSON.
    Constant(Box<str>, Box<str>),
    /// The function over a column.
    Column(Box<str>, ColumnIndex),
}

/// An aggregate function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AggregateFunction {
    /// Mean, a double.
    Avg,
    /// Greatest.
    Max,
    /// Least.
    Min,
    /// Alias of `stddev_samp`.
    Stddev,
    /// Population standard deviation.
    StddevPop,
    /// Sample standard deviation.
    StddevSamp,
    /// Sum.
    Sum,
    /// Population variance.
    VarPop,
    /// Sample variance.
    VarSamp,
    /// Alias of `var_samp`.
    Variance,
}

impl AggregateFunction {
    /// Every function with its name in the API.
    pub const ALL: [(&'static str, AggregateFunction); 10] = [
        ("avg", AggregateFunction::Avg),
        ("max", AggregateFunction::Max),
        ("min", AggregateFunction::Min),
        ("stddev", AggregateFunction::Stddev),
        ("stddev_pop", AggregateFunction::StddevPop),
        ("stddev_samp", AggregateFunction::StddevSamp),
        ("sum", AggregateFunction::Sum),
        ("var_pop", AggregateFunction::VarPop),
        ("var_samp", AggregateFunction::VarSamp),
        ("variance", AggregateFunction::Variance),
    ];
}

/// New rows, nested ones included.
#[derive(Clone, Debug)]
pub struct Insert {
    /// The rows.
    pub rows: InsertRows,
    /// What is answered.
    pub response: Response,
}

/// New rows of one table.
#[derive(Clone, Debug)]
pub struct InsertRows {
    /// The table.
    pub table: TableId,
    /// Runs of rows with the same set of keys, in request order.
    pub runs: Vec<RowRun>,
    /// What to do when a constraint is hit.
    pub on_conflict: Option<OnConflict>,
    /// Must hold for each row once written; set by permission merging.
    pub check: Filter,
}

/// A run of rows of one shape.
#[derive(Clone, Debug)]
pub struct RowRun {
    /// Where the rows are.
    pub source: RowSource,
    /// Columns given, each once, with their values. Presets, generated defaults and `@updated_at` are added by permission merging.
    pub columns: Vec<(ColumnIndex, Parameter)>,
    /// Rows to insert first: their keys fill this row's columns. One row each.
    pub objects: Vec<(RelationIndex, InsertRows)>,
    /// Rows to insert afterwards: this row's key fills theirs.
    pub arrays: Vec<(RelationIndex, InsertRows)>,
}

/// Where the rows of a run are.
#[derive(Clone, Debug, PartialEq)]
pub enum RowSource {
    /// One row written in the document (its values may still be variables).
    Document,
    /// Consecutive elements of a list in the variables: all that have this run's shape. The `n`th run over the same
    /// list takes the `n`th group of consecutive elements of equal shape.
    Elements(VariablePath),
    /// The single object at a place in the variables.
    Object(VariablePath),
}

/// `on_conflict`.
#[derive(Clone, Debug)]
pub struct OnConflict {
    /// Name of the constraint.
    pub constraint: Box<str>,
    /// Columns set to the new row's values; empty: do nothing.
    pub update_columns: Vec<ColumnIndex>,
    /// Rows that are updated: the client's condition, and after permission merging the update rule's filter too.
    pub filter: Filter,
    /// Must hold after the update; set by permission merging.
    pub check: Filter,
    /// Columns the update branch sets besides; set by permission merging (`@updated_at`, presets of the update rule).
    pub presets: Vec<(ColumnIndex, usize)>,
}

/// Changed rows.
#[derive(Clone, Debug)]
pub struct Update {
    /// The table.
    pub table: TableId,
    /// Rows to change; with the update rule's filter after permission merging.
    pub filter: Filter,
    /// Changes, each column once: parameters by index. Permission merging adds presets and `@updated_at`.
    pub changes: Vec<Change>,
    /// Must hold for each row afterwards; set by permission merging.
    pub check: Filter,
    /// What is answered.
    pub response: Response,
}

/// A change of one column.
#[derive(Clone, Debug)]
pub struct Change {
    /// The column.
    pub column: ColumnIndex,
    /// How.
    pub operator: ChangeOperator,
    /// Index of the parameter.
    pub parameter: usize,
}

/// How a column changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeOperator {
    /// `_set`
    Set,
    /// `_inc`
    Increment,
    /// `_append`
    Append,
    /// `_prepend`
    Prepend,
    /// `_delete_key`
    DeleteKey,
    /// `_delete_elem`
    DeleteElement,
    /// `_delete_at_path`
    DeleteAtPath,
}

/// Removed rows.
#[derive(Clone, Debug)]
pub struct Delete {
    /// The table.
    pub table: TableId,
    /// Rows to remove; with the delete rule's filter after permission merging.
    pub filter: Filter,
    /// What is answered.
    pub response: Response,
}

/// What a mutation field answers.
#[derive(Clone, Debug)]
pub enum Response {
    /// `T_mutation_response`.
    Rows(Vec<ResponseField>),
    /// The row itself, or null (`insert_T_one`, `update_T_by_pk`, `delete_T_by_pk`). After permission merging the
    /// select's filter is the role's select rule.
    Row(Select),
}

/// A field of `T_mutation_response`.
#[derive(Clone, Debug)]
pub enum ResponseField {
    /// `__typename`: key and ready JSON.
    Constant(Box<str>, Box<str>),
    /// `affected_rows`: key.
    AffectedRows(Box<str>),
    /// `returning`: key and the rows' fields; its filter is the role's select rule after permission merging.
    Returning(Box<str>, Select),
}

/// A value the request supplies when it runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Where it comes from.
    pub source: Source,
    /// What it must fit and how it is bound.
    pub codec: Codec,
    /// Whether a list of such values is expected (`_in`).
    pub many: bool,
    /// The enum or native type it must belong to, and the pattern it must match: the column it is meant for.
    pub column: Option<(TableId, ColumnIndex)>,
    /// Where a mistake in it is reported, in the dialect's path grammar.
    pub path: Box<str>,
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// The document or a rule.
    Constant(Value),
    /// A place in the variables.
    Variable(VariablePath),
    /// A session variable, lower case; missing is an error.
    Session(Box<str>),
    /// All session variables, the role among them, as the text of a JSON object.
    SessionVariables,
    /// The transaction's time, one for the whole request.
    Now,
    /// A new random UUID, one for each use.
    UuidV4,
    /// A new time-ordered UUID, one for each use.
    UuidV7,
    /// A list whose members come from several places (`_in: [1, $id]`).
    List(Vec<Source>),
    /// A JSON document (`jsonb`) written in the request around values of variables.
    Json(Vec<JsonPart>),
    /// The words of a text, as a full-text query of the dialect; no words match nothing.
    Words(Box<Source>, Dialect),
    /// A text that is a regular expression, of limited length.
    Pattern(Box<Source>),
    /// A row count: the lesser of what the source says and a bound.
    AtMost(Option<Box<Source>>, u64),
}

/// A piece of a JSON document.
#[derive(Clone, Debug, PartialEq)]
pub enum JsonPart {
    /// JSON text, not whole by itself.
    Text(Box<str>),
    /// The value at a place in the variables; missing is null.
    Variable(VariablePath),
}

/// A place in the variables.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct VariablePath {
    /// Where it starts.
    pub base: VariableBase,
    /// Steps down from there.
    pub steps: Vec<PathStep>,
}

/// Where a variable path starts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum VariableBase {
    /// The variable of this name (without `$`).
    Variable(Box<str>),
    /// The element at hand of the innermost [`RowSource::Elements`] or object of [`RowSource::Object`].
    Row,
}

/// One step down in a JSON value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PathStep {
    /// Member of an object.
    Key(Box<str>),
    /// Item of a list.
    Index(usize),
}

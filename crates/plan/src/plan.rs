//! The compiled form of an operation: statements, and how their rows nest into JSON.
//!
//! `db` runs a plan knowing nothing but this file: it binds [`Slot`]s, steps rows and writes cells by [`Output`]
//! straight into the response buffer. Nothing here depends on a request's values.

use purlin_model::catalog::{ColumnIndex, TableId};
use purlin_model::scalar::Codec;
use purlin_model::value::Value;

use crate::query::{Parameter, QueryKind, RowSource};

/// Which database a plan is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// Embedded SQLite.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

/// A compiled operation.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The database it is for.
    pub dialect: Dialect,
    /// Whether it reads (one snapshot) or writes (one transaction).
    pub kind: QueryKind,
    /// Root fields in response order; writes run in this order.
    pub roots: Vec<RootPlan>,
    /// Values to bind: [`Slot::Binding`] points here.
    pub parameters: Vec<Parameter>,
    /// On SQLite: must not share a transaction with other requests (touches a deferrable constraint).
    pub solitary: bool,
    /// Holds SQL of the model: a read runs where the database itself refuses to write.
    pub native: bool,
    /// Whether it calls a function of the database without some of its arguments: it may have no default for them.
    pub omits_arguments: bool,
    /// The statements of its only root field as one (PostgreSQL): which is better depends on the rows.
    pub flat: Option<Flat>,
}

/// A list and the lists below it as one statement: a row for each row of the deepest list, or of one above that has
/// none. One statement needs no transaction and one flight, but repeats the upper rows.
#[derive(Clone, Debug)]
pub struct Flat {
    /// The statement; rows of one list stand together, in their order.
    pub statement: Statement,
    /// The lists, each below the one before it.
    pub levels: Vec<Level>,
}

/// One of the lists of a [`Flat`].
#[derive(Clone, Debug)]
pub struct Level {
    /// The cell that is NULL where the list has no row; `None`: it always has.
    pub present: Option<usize>,
    /// Cells that tell its rows apart; empty in the deepest list, where each row is one of the statement's.
    pub key: Vec<usize>,
    /// A JSON list, or the first row or null.
    pub many: bool,
    /// How each row is written; `Shape::Child(0)` is the next list.
    pub row: Shape,
    /// More rows than this (per list) is the error `limit-exceeded`.
    pub row_cap: Option<u64>,
}

/// A compiled root field.
#[derive(Clone, Debug)]
pub struct RootPlan {
    /// `"key":` ready to write, escaped.
    pub key: JsonKey,
    /// What it does.
    pub body: RootBody,
}

/// A response key as JSON text with its colon: `"name":`.
pub type JsonKey = Box<str>;

/// What a root field does.
#[derive(Clone, Debug)]
pub enum RootBody {
    /// Reads: `value` written over the results of `children` (all with [`Correlation::Root`]).
    Read {
        /// The response value; refers to no cells of its own.
        value: Shape,
        /// Statements it needs.
        children: Vec<Rows>,
    },
    /// Inserts rows, nested ones included. The bound rows are `Bindings::inserts[index]`.
    Insert {
        /// Which of the request's inserts.
        index: usize,
        /// How its rows are written.
        rows: InsertPlan,
        /// What is answered.
        response: WriteResponse,
    },
    /// Updates or deletes by one statement.
    Write(WritePlan),
    /// `update_T_many`: a JSON list of responses.
    WriteMany(Vec<WritePlan>),
    /// Statements of the model.
    Native(NativePlan),
}

/// A statement ready to prepare.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// The text, with `$1…` on PostgreSQL and `?` or `?1…` on SQLite.
    pub sql: Box<str>,
    /// What is bound, in order.
    pub slots: Vec<BoundSlot>,
}

/// A slot and how its value is bound.
#[derive(Clone, Debug, PartialEq)]
pub struct BoundSlot {
    /// Where the value comes from.
    pub slot: Slot,
    /// How it is bound; on PostgreSQL it also fixes the parameter's type.
    pub codec: Codec,
    /// Bind a list: on PostgreSQL an array of the type, on SQLite one JSON array text.
    pub many: bool,
    /// PostgreSQL type of the parameter if it is not the scalar's own (`int4`, `text`, …): a name of `pg_type`.
    pub postgres_type: Option<Box<str>>,
}

/// Where a bound value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// `Bindings::values[i]`.
    Binding(usize),
    /// Value `i` of the row being inserted.
    Row(usize),
    /// Cell `i` of the enclosing row, bound as it is (SQLite children, nested inserts, re-reads of written rows).
    Parent(usize),
    /// Cell `i` of every enclosing row as one array (PostgreSQL children and re-reads); NULL cells stay in place.
    Keys(usize),
    /// Cell `cell` of the row returned by the `object`th nested object insert.
    Object {
        /// Which nested insert.
        object: usize,
        /// Which of its returned cells.
        cell: usize,
    },
}

/// A statement that yields rows, with what hangs below each.
#[derive(Clone, Debug)]
pub struct Rows {
    /// The statement.
    pub statement: Statement,
    /// How its rows belong to the enclosing rows.
    pub correlation: Correlation,
    /// A JSON list, or the first row or null.
    pub many: bool,
    /// How each row is written.
    pub row: Shape,
    /// Statements below each row.
    pub children: Vec<Rows>,
    /// More rows than this (per list) is the error `limit-exceeded`; the statement itself asks for one more at most.
    pub row_cap: Option<u64>,
}

/// How the rows of a statement belong to the enclosing rows.
#[derive(Clone, Debug, PartialEq)]
pub enum Correlation {
    /// There are none: the statement runs once.
    Root,
    /// The statement runs once for each enclosing row, by [`Slot::Parent`] (SQLite).
    PerParent,
    /// The statement runs once with [`Slot::Keys`]; column 0 is the enclosing row's 1-based position, int8 (PostgreSQL).
    Ordinal,
    /// The statement runs once with [`Slot::Keys`]; its first columns equal these cells of the enclosing row byte for
    /// byte (PostgreSQL). A NULL cell matches nothing.
    Keys(Vec<usize>),
}

/// How JSON is written over a row (or over nothing, at a root).
#[derive(Clone, Debug)]
pub enum Shape {
    /// Ready JSON.
    Constant(Box<str>),
    /// A cell of the row.
    Cell {
        /// Its column in the statement's result.
        column: usize,
        /// How it is written.
        output: Output,
    },
    /// A cell that SQL of the model gave and of which the model says `!`: NULL is an error.
    Promised {
        /// Its column in the statement's result.
        column: usize,
        /// How it is written.
        output: Output,
    },
    /// An object; `null` when the cell `present` is NULL.
    Object {
        /// The cell that tells whether it is there; `None`: always.
        present: Option<usize>,
        /// Its members in order.
        fields: Vec<(JsonKey, Shape)>,
    },
    /// The result of a child statement for this row: an index into the children at hand.
    Child(usize),
    /// Write responses only: the number of rows written, nested ones included.
    AffectedRows,
    /// Write responses only: the list of returned rows, or the first one or null.
    Returning {
        /// Which of [`WriteResponse::returning`] (`returning` may be asked for twice under different keys).
        index: usize,
        /// A list.
        many: bool,
    },
}

/// How a cell becomes JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Output {
    /// Its type and SQLite form. On PostgreSQL the cell is the binary form of that scalar (`Float`: float4 or float8;
    /// see the statement's own column types); enums and native types arrive as text.
    pub codec: Codec,
    /// `bigint`, `numeric`, `float8`: as a JSON string.
    pub stringify: bool,
}

/// How the rows of one table are inserted, one statement execution per row.
#[derive(Clone, Debug)]
pub struct InsertPlan {
    /// The table, for errors.
    pub table: TableId,
    /// One per run of the query: `BoundRow::template` points here.
    pub templates: Vec<InsertTemplate>,
}

/// How rows of one shape are inserted.
#[derive(Clone, Debug)]
pub struct InsertTemplate {
    /// Where the rows are in the request.
    pub source: RowSource,
    /// The row's own values in [`Slot::Row`] order.
    pub values: Vec<Parameter>,
    /// Rows inserted before it; exactly one row each.
    pub objects: Vec<InsertPlan>,
    /// SQLite upserts with differing checks: run before the insert with the same slots; a row means it will update.
    pub probe: Option<Statement>,
    /// `INSERT … RETURNING`: zero rows (conflict, nothing done) or one.
    pub statement: Statement,
    /// Cells of the returned row that hold its primary key: `0..key_width`.
    pub key_width: usize,
    /// What must hold for a row that was inserted.
    pub insert_check: RowCheck,
    /// What must hold for a row that was updated by `on_conflict`.
    pub update_check: RowCheck,
    /// Whether the row was updated rather than inserted.
    pub updated: Updated,
    /// Rows inserted after it, by [`Slot::Parent`] over the returned row.
    pub arrays: Vec<InsertPlan>,
}

/// A condition on a row just written; failing (false or NULL) is `permission-error`.
#[derive(Clone, Debug, PartialEq)]
pub enum RowCheck {
    /// None.
    Always,
    /// The returned cell, a boolean.
    Cell(usize),
    /// A statement by [`Slot::Parent`] over the returned row that yields one boolean (or no row: failed).
    Statement(Statement),
}

/// How to tell an upsert's update from its insert.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Updated {
    /// It cannot be an update, or it does not matter.
    Never,
    /// The returned cell is a boolean.
    Cell(usize),
    /// The template's probe gave a row.
    Probe,
}

/// An update or delete.
#[derive(Clone, Debug)]
pub struct WritePlan {
    /// The table, for errors.
    pub table: TableId,
    /// Deletes whose answer must be read before the rows go: selects (and on PostgreSQL locks) the keys first; `statement`
    /// then runs once, by [`Slot::Keys`] (PostgreSQL) or the same condition (SQLite). The keys are the rows written.
    pub select_keys: Option<Statement>,
    /// The statement; its rows are the rows written: key cells first.
    pub statement: Option<Statement>,
    /// Cells of each returned row that hold the primary key: `0..key_width`.
    pub key_width: usize,
    /// What must hold for each row afterwards.
    pub check: RowCheck,
    /// What is answered.
    pub response: WriteResponse,
}

/// Statements of the model: run in order; the last one's rows are answered.
#[derive(Clone, Debug)]
pub struct NativePlan {
    /// The statements, at least one.
    pub steps: Vec<NativeStep>,
    /// On SQLite: names of the last statement's columns that are, in this order, the cells of its rows; no name is the
    /// only column there is. On PostgreSQL the statement gives them in this order.
    pub columns: Vec<Box<str>>,
    /// What is answered.
    pub response: WriteResponse,
}

/// A statement of the model.
#[derive(Clone, Debug)]
pub struct NativeStep {
    /// The statement.
    pub statement: Statement,
    /// At least so many rows must be written (read, by a statement that only reads).
    pub min_rows: Option<u64>,
    /// At most so many.
    pub max_rows: Option<u64>,
    /// What the client is told when it was another number.
    pub refusal: Box<str>,
}

impl NativeStep {
    /// Whether it may have written so many rows.
    pub fn expects(&self, rows: u64) -> bool {
        self.min_rows.is_none_or(|least| rows >= least) && self.max_rows.is_none_or(|most| rows <= most)
    }
}

/// What a write answers.
#[derive(Clone, Debug)]
pub struct WriteResponse {
    /// The response value.
    pub value: Shape,
    /// How the returned rows are written: [`Shape::Returning`] points here; empty when nobody asked.
    pub returning: Vec<Returning>,
}

/// Where the returned rows' fields come from.
#[derive(Clone, Debug)]
pub enum Returning {
    /// The cells the write itself returned. `visible` is a boolean cell: the role may see the row (`None`: always).
    Direct {
        /// How each row is written.
        row: Shape,
        /// The cell that tells whether the role may see it.
        visible: Option<usize>,
    },
    /// A read by the written keys: [`Correlation::PerParent`] or [`Correlation::Ordinal`] over the written rows, each
    /// giving one row or none (not visible).
    Reread(Box<Rows>),
}

/// The values of one request, in the order the plan wants them.
#[derive(Clone, Debug, Default)]
pub struct Bindings {
    /// Values of [`Plan::parameters`].
    pub values: Vec<Value>,
    /// Rows of each insert root, in order of [`RootBody::Insert::index`].
    pub inserts: Vec<Vec<BoundRow>>,
}

/// A row to insert.
#[derive(Clone, Debug)]
pub struct BoundRow {
    /// Its template: an index into [`InsertPlan::templates`].
    pub template: usize,
    /// Its values in [`Slot::Row`] order.
    pub values: Vec<Value>,
    /// The rows of [`InsertTemplate::objects`], one each.
    pub objects: Vec<BoundRow>,
    /// The rows of [`InsertTemplate::arrays`].
    pub arrays: Vec<Vec<BoundRow>>,
}

/// A column of a table, where an error about a value needs to name it.
pub type ColumnReference = (TableId, ColumnIndex);

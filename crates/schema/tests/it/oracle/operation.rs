//! Operations as values: what the document and its variables are written from, and what the oracle answers.

use super::filter::Condition;
use super::value::{Kind, Value};

/// A root field.
#[derive(Clone, Debug)]
pub enum Root {
    List(usize, Arguments, Vec<Field>),
    ByKey(usize, Vec<Value>, Vec<Field>),
    Aggregate(usize, Arguments, Aggregate),
    Insert(Insert),
    Update(Update),
    /// One response for each.
    UpdateMany(Vec<Update>),
    Delete(Delete),
}

/// The arguments of a list.
#[derive(Clone, Debug, Default)]
pub struct Arguments {
    pub condition: Option<Condition>,
    pub order: Vec<Order>,
    pub distinct: Vec<usize>,
    pub limit: Option<usize>,
    pub offset: Option<usize>,
}

/// A sort key.
#[derive(Clone, Debug)]
pub struct Order {
    pub by: By,
    pub direction: Direction,
}

/// What rows are sorted by.
#[derive(Clone, Debug)]
pub enum By {
    Column(usize),
    /// Something of the one related row.
    Related(usize, Box<By>),
    /// The number of related rows.
    Count(usize),
    /// An aggregate over a column of the related rows.
    Function(usize, Function, usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Asc,
    AscNullsFirst,
    AscNullsLast,
    Desc,
    DescNullsFirst,
    DescNullsLast,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    Max,
    Min,
    Sum,
    Avg,
    Stddev,
    StddevPop,
    StddevSamp,
    VarPop,
    VarSamp,
    Variance,
}

/// A field of a row.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its key in the answer.
    pub key: String,
    pub what: What,
}

#[derive(Clone, Debug)]
pub enum What {
    TypeName,
    Column(usize),
    One(usize, Vec<Field>),
    Many(usize, Arguments, Vec<Field>),
    Aggregate(usize, Arguments, Aggregate),
}

/// What is asked of the rows of a list together.
#[derive(Clone, Debug)]
pub struct Aggregate {
    pub items: Vec<Item>,
    pub nodes: Option<Vec<Field>>,
}

#[derive(Clone, Debug)]
pub enum Item {
    /// Of rows, or of tuples of columns; whether distinct.
    Count(Vec<usize>, bool),
    Function(Function, Vec<usize>),
}

#[derive(Clone, Debug)]
pub struct Insert {
    pub table: usize,
    pub rows: Vec<NewRow>,
    pub on_conflict: Option<OnConflict>,
    /// `insert_T_one`.
    pub one: bool,
    pub answer: Written,
}

/// A row to be inserted, with rows of other tables.
#[derive(Clone, Debug, Default)]
pub struct NewRow {
    pub columns: Vec<(usize, Value)>,
    /// By relation, in the order written.
    pub nested: Vec<(usize, Vec<NewRow>, Option<OnConflict>)>,
}

#[derive(Clone, Debug)]
pub struct OnConflict {
    /// Which constraint: the key, then the unique constraints.
    pub constraint: usize,
    pub columns: Vec<usize>,
    pub condition: Option<Condition>,
}

#[derive(Clone, Debug)]
pub struct Update {
    pub table: usize,
    pub which: Which,
    pub set: Vec<(usize, Value)>,
    pub increments: Vec<(usize, Value)>,
    pub answer: Written,
}

#[derive(Clone, Debug)]
pub struct Delete {
    pub table: usize,
    pub which: Which,
    pub answer: Written,
}

/// Rows to be written.
#[derive(Clone, Debug)]
pub enum Which {
    Where(Condition),
    Key(Vec<Value>),
}

/// What is asked of written rows: `returning`, if at all. A single row is answered as itself.
#[derive(Clone, Debug)]
pub struct Written {
    pub returning: Option<Vec<Field>>,
}

impl Direction {
    pub const ALL: [Direction; 6] = [
        Direction::Asc,
        Direction::AscNullsFirst,
        Direction::AscNullsLast,
        Direction::Desc,
        Direction::DescNullsFirst,
        Direction::DescNullsLast,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Direction::Asc => "asc",
            Direction::AscNullsFirst => "asc_nulls_first",
            Direction::AscNullsLast => "asc_nulls_last",
            Direction::Desc => "desc",
            Direction::DescNullsFirst => "desc_nulls_first",
            Direction::DescNullsLast => "desc_nulls_last",
        }
    }
}

impl Function {
    pub const ALL: [Function; 10] = [
        Function::Max,
        Function::Min,
        Function::Sum,
        Function::Avg,
        Function::Stddev,
        Function::StddevPop,
        Function::StddevSamp,
        Function::VarPop,
        Function::VarSamp,
        Function::Variance,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Function::Max => "max",
            Function::Min => "min",
            Function::Sum => "sum",
            Function::Avg => "avg",
            Function::Stddev => "stddev",
            Function::StddevPop => "stddev_pop",
            Function::StddevSamp => "stddev_samp",
            Function::VarPop => "var_pop",
            Function::VarSamp => "var_samp",
            Function::Variance => "variance",
        }
    }

    pub fn applies_to(self, kind: Kind) -> bool {
        match self {
            Function::Max | Function::Min => kind.has_extremes(),
            _ => kind.is_number(),
        }
    }
}

impl Root {
    pub fn writes(&self) -> bool {
        !matches!(self, Root::List(..) | Root::ByKey(..) | Root::Aggregate(..))
    }
}

/// The kind of operation, as it is counted.
pub fn name_of(root: &Root) -> &'static str {
    match root {
        Root::List(..) => "list",
        Root::ByKey(..) => "by_pk",
        Root::Aggregate(..) => "aggregate",
        Root::Insert(Insert { one: true, .. }) => "insert_one",
        Root::Insert(_) => "insert",
        Root::Update(Update { which: Which::Key(_), .. }) => "update_by_pk",
        Root::Update(_) => "update",
        Root::UpdateMany(_) => "update_many",
        Root::Delete(Delete { which: Which::Key(_), .. }) => "delete_by_pk",
        Root::Delete(_) => "delete",
    }
}

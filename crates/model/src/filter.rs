//! Row filters: the one expression language of `where`, of permission rules and of checks.

use crate::catalog::{ColumnIndex, RelationIndex, TableId};
use crate::value::Value;

/// A condition on a row of a table (three-valued, as in SQL).
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    /// True if all are; the empty one is true.
    And(Vec<Filter>),
    /// True if any is; the empty one is false.
    Or(Vec<Filter>),
    /// Negation.
    Not(Box<Filter>),
    /// A column compared with something.
    Compare {
        /// The column of the row at hand.
        column: ColumnIndex,
        /// How.
        comparison: Comparison,
        /// With what.
        operand: Operand,
    },
    /// `_is_null`: whether the column is NULL equals the (boolean) operand.
    IsNull {
        /// The column of the row at hand.
        column: ColumnIndex,
        /// A boolean.
        operand: Operand,
    },
    /// `_search`: the row's texts have all the words of the operand (never NULL). Of clients only.
    Search(Operand),
    /// A related row exists for which the inner filter holds.
    Relation {
        /// The relation of the row's table.
        relation: RelationIndex,
        /// The condition on the related row.
        filter: Box<Filter>,
    },
    /// A row of an unrelated table exists for which the inner filter holds (rules only).
    Exists {
        /// That table.
        table: TableId,
        /// The condition on its row.
        filter: Box<Filter>,
    },
    /// A whole permission rule, made by permission merging only: inside, [`Operand::RootColumn`] means a column of the
    /// row at hand *here*, and relations over a join table see all of its rows.
    Rule(Box<Filter>),
}

impl Filter {
    /// The filter that holds for every row.
    pub const fn always() -> Filter {
        Filter::And(Vec::new())
    }

    /// The filter that holds for no row.
    pub const fn never() -> Filter {
        Filter::Or(Vec::new())
    }

    /// Whether this is the filter that holds for every row.
    pub fn is_always(&self) -> bool {
        matches!(self, Filter::And(parts) if parts.iter().all(Filter::is_always))
    }

    /// Whether this is the filter that holds for no row.
    pub fn is_never(&self) -> bool {
        matches!(self, Filter::Or(parts) if parts.is_empty())
    }

    /// Both filters at once, without needless nesting.
    pub fn and(self, other: Filter) -> Filter {
        match (self.is_always(), other.is_always()) {
            (true, _) => other,
            (_, true) => self,
            _ => Filter::And(vec![self, other]),
        }
    }
}

/// How a column is compared with its operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// `_eq`
    Equal,
    /// `_neq`
    NotEqual,
    /// `_gt`
    Greater,
    /// `_lt`
    Less,
    /// `_gte`
    GreaterOrEqual,
    /// `_lte`
    LessOrEqual,
    /// `_in`; the operand is a list
    In,
    /// `_nin`; the operand is a list
    NotIn,
    /// `_like`
    Like,
    /// `_nlike`
    NotLike,
    /// `_ilike`: like, without regard to Unicode case
    ILike,
    /// `_nilike`
    NotILike,
}

impl Comparison {
    /// Every comparison with its name in the API.
    pub const ALL: [(&'static str, Comparison); 12] = [
        ("_eq", Comparison::Equal),
        ("_neq", Comparison::NotEqual),
        ("_gt", Comparison::Greater),
        ("_lt", Comparison::Less),
        ("_gte", Comparison::GreaterOrEqual),
        ("_lte", Comparison::LessOrEqual),
        ("_in", Comparison::In),
        ("_nin", Comparison::NotIn),
        ("_like", Comparison::Like),
        ("_nlike", Comparison::NotLike),
        ("_ilike", Comparison::ILike),
        ("_nilike", Comparison::NotILike),
    ];

    /// Whether the operand is a list.
    pub const fn takes_list(self) -> bool {
        matches!(self, Comparison::In | Comparison::NotIn)
    }

    /// Whether the comparison is of text patterns.
    pub const fn is_pattern(self) -> bool {
        matches!(self, Comparison::Like | Comparison::NotLike | Comparison::ILike | Comparison::NotILike)
    }
}

/// What a column is compared with.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    /// A value written in a rule (already of the column's type; a `Value::List` for `_in`, `_nin`).
    Literal(Value),
    /// A session variable, lower case (`x-hasura-user-id`); a PostgreSQL array literal for `_in`, `_nin`.
    Session(Box<str>),
    /// Another column of the row at hand.
    Column(ColumnIndex),
    /// A column of the row the whole rule is about (`["$", "column"]`).
    RootColumn(ColumnIndex),
    /// A parameter of the request: an index into `Query::parameters`. Rules never hold one.
    Parameter(usize),
}

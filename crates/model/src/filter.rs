//! Row filters: the one expression language of `where`, of permission rules and of checks.

use crate::catalog::{ColumnIndex, RelationIndex, TableId};
use crate::scalar::{ColumnType, Scalar};
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
    /// `_cast: {String: {…}}`: a `jsonb` column, as its text, compared with a text.
    CastText {
        /// The column of the row at hand.
        column: ColumnIndex,
        /// How texts are compared.
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
    /// `_similar`: SQL's `SIMILAR TO`
    Similar,
    /// `_nsimilar`
    NotSimilar,
    /// `_regex`: a part matches PostgreSQL's regular expression
    Regex,
    /// `_nregex`
    NotRegex,
    /// `_iregex`: the same without regard to Unicode case
    IRegex,
    /// `_niregex`
    NotIRegex,
    /// `_contains`: the document or list holds all of the operand (`@>`)
    Contains,
    /// `_contained_in`: the operand holds all of the document or list (`<@`)
    ContainedIn,
    /// `_has_key`: a document's key, or text member of its array (`?`); the operand is a text
    HasKey,
    /// `_has_keys_any`: at least one of them (`?|`); the operand is a list of texts
    HasKeysAny,
    /// `_has_keys_all`: all of them (`?&`); the operand is a list of texts
    HasKeysAll,
}

/// What stands after an operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Compared {
    /// A value of the column's type.
    Value,
    /// A list of values of the column's type.
    Values,
    /// A text, whatever the column's type.
    Text,
    /// A list of texts, whatever the column's type.
    Texts,
}

impl Comparison {
    /// Every comparison with its name in the API.
    pub const ALL: [(&'static str, Comparison); 23] = [
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
        ("_similar", Comparison::Similar),
        ("_nsimilar", Comparison::NotSimilar),
        ("_regex", Comparison::Regex),
        ("_nregex", Comparison::NotRegex),
        ("_iregex", Comparison::IRegex),
        ("_niregex", Comparison::NotIRegex),
        ("_contains", Comparison::Contains),
        ("_contained_in", Comparison::ContainedIn),
        ("_has_key", Comparison::HasKey),
        ("_has_keys_any", Comparison::HasKeysAny),
        ("_has_keys_all", Comparison::HasKeysAll),
    ];

    /// What stands after the operator.
    pub const fn compared(self) -> Compared {
        match self {
            Comparison::In | Comparison::NotIn => Compared::Values,
            Comparison::HasKey => Compared::Text,
            Comparison::HasKeysAny | Comparison::HasKeysAll => Compared::Texts,
            _ => Compared::Value,
        }
    }

    /// Whether the operand is a list of values of the column's type.
    pub const fn takes_list(self) -> bool {
        matches!(self.compared(), Compared::Values)
    }

    /// Whether the comparison is of text patterns.
    pub const fn is_pattern(self) -> bool {
        matches!(self, Comparison::Like | Comparison::NotLike | Comparison::ILike | Comparison::NotILike)
            || self.is_regular()
    }

    /// Whether the pattern is a regular expression, or becomes one (`SIMILAR TO`).
    pub const fn is_regular(self) -> bool {
        matches!(
            self,
            Comparison::Similar
                | Comparison::NotSimilar
                | Comparison::Regex
                | Comparison::NotRegex
                | Comparison::IRegex
                | Comparison::NotIRegex
        )
    }

    /// Whether upper and lower case of Unicode count as the same.
    pub const fn ignores_case(self) -> bool {
        matches!(self, Comparison::ILike | Comparison::NotILike | Comparison::IRegex | Comparison::NotIRegex)
    }

    /// Whether the comparison is another one, denied: true where that one is false.
    pub const fn is_negative(self) -> bool {
        matches!(
            self,
            Comparison::NotEqual
                | Comparison::NotIn
                | Comparison::NotLike
                | Comparison::NotILike
                | Comparison::NotSimilar
                | Comparison::NotRegex
                | Comparison::NotIRegex
        )
    }

    /// Whether the comparison means something for a type.
    pub fn applies_to(self, column_type: &ColumnType) -> bool {
        let is_list = column_type.is_list();
        let is_document = *column_type == ColumnType::Scalar(Scalar::Jsonb);
        match self {
            Comparison::Equal | Comparison::NotEqual => true,
            Comparison::Greater | Comparison::Less | Comparison::GreaterOrEqual | Comparison::LessOrEqual => {
                !matches!(column_type, ColumnType::Enum(_))
            }
            Comparison::In | Comparison::NotIn => !is_list,
            Comparison::Contains | Comparison::ContainedIn => is_list || is_document,
            Comparison::HasKey | Comparison::HasKeysAny | Comparison::HasKeysAll => is_document,
            _ => match column_type {
                ColumnType::Scalar(scalar) => *scalar == Scalar::String,
                ColumnType::Native(name) => matches!(&**name, "citext" | "bpchar" | "name"),
                ColumnType::Enum(_) | ColumnType::List(_) => false,
            },
        }
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

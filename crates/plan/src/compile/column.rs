//! Columns as expressions: how a dialect names a table, reads a cell, compares a column, and types a parameter.

use purlin_model::catalog::{Catalog, Column, ColumnIndex, Table, TableId};
use purlin_model::scalar::{Codec, ColumnType, Scalar, Stored};
use sea_query::{Alias, BinOper, Expr, ExprTrait, Func, IntoIden, IntoTableRef, Keyword, SelectStatement, TableRef};

use super::Compiler;
use super::statement::{Draft, RowName};
use crate::plan::{BoundSlot, Dialect, Output, Slot};
use crate::sqlite_functions::{DECIMAL_COLLATION, JSONB_COLLATION, LIST_COLLATION};

/// The PostgreSQL schema of tables that name none.
const PUBLIC: &str = "public";

/// The written table's own name: the qualifier of its columns in the same statement.
pub(super) fn written_name(table: &Table, dialect: Dialect) -> String {
    match dialect {
        Dialect::Postgres => table.db_name.to_string(),
        Dialect::Sqlite => table.sqlite_name(),
    }
}

/// The table as `INSERT`, `UPDATE` and `DELETE` name it.
pub(super) fn written_table(table: &Table, dialect: Dialect) -> TableRef {
    match dialect {
        Dialect::Postgres => {
            let schema = table.db_schema.as_deref().unwrap_or(PUBLIC);
            (Alias::new(schema), Alias::new(&*table.db_name)).into_table_ref()
        }
        Dialect::Sqlite => Alias::new(table.sqlite_name()).into_table_ref(),
    }
}

/// The PostgreSQL type of a column whose values travel as text: native types, and enums the database has itself.
pub(super) fn native_type(column: &Column) -> Option<&str> {
    match (&column.column_type, column.postgres_type.as_deref()) {
        (ColumnType::Native(name), declared) => Some(declared.unwrap_or(name)),
        (ColumnType::Enum(_), Some(declared)) if !is_text(declared) => Some(declared),
        _ => None,
    }
}

fn is_text(declared: &str) -> bool {
    let base = declared.split('(').next().unwrap_or(declared).trim();
    ["text", "varchar", "character varying"].iter().any(|name| base.eq_ignore_ascii_case(name))
}

fn is_real(column: &Column) -> bool {
    column.column_type.scalar() == Scalar::Float
        && column
            .postgres_type
            .as_deref()
            .is_some_and(|declared| ["real", "float4"].iter().any(|name| declared.trim().eq_ignore_ascii_case(name)))
}

/// `pg_type` name of a parameter for a column, where it is not the scalar's own.
fn parameter_type(column: &Column) -> Option<Box<str>> {
    is_real(column).then(|| "float4".into())
}

/// A bound value meant for a column.
pub(super) fn slot_for(slot: Slot, column: &Column, many: bool) -> BoundSlot {
    BoundSlot { slot, codec: column.codec(), many, postgres_type: parameter_type(column) }
}

/// Whether PostgreSQL sends equal values of the two columns as equal bytes.
pub(super) fn equal_as_bytes(left: &Column, right: &Column) -> bool {
    let (one, other) = (left.codec(), right.codec());
    let scalar = matches!(
        one.scalar,
        Scalar::SmallInt
            | Scalar::Int
            | Scalar::BigInt
            | Scalar::Uuid
            | Scalar::String
            | Scalar::Date
            | Scalar::Boolean
    );
    scalar
        && one.scalar == other.scalar
        && !one.list
        && !other.list
        && native_type(left).is_none()
        && native_type(right).is_none()
}

/// Joins two operands by an operator of the dialect; sea-query adds the parentheses.
pub(super) fn operator(left: Expr, name: &'static str, right: Expr) -> Expr {
    left.binary(BinOper::Custom(name), right)
}

/// `expression COLLATE name`.
pub(super) fn collate(expression: Expr, name: &'static str) -> Expr {
    operator(expression, "COLLATE", Expr::Keyword(Keyword::Custom(name.into_iden())))
}

/// `CAST(expression AS type)`.
pub(super) fn cast(expression: Expr, name: &str) -> Expr {
    Func::cast_as(expression, Alias::new(name)).into()
}

/// A call of a function by name.
pub(super) fn call(name: &'static str, arguments: impl IntoIterator<Item = Expr>) -> Expr {
    Func::cust(name).args(arguments).into()
}

/// An integer written into the text: only for numbers of the model or of this crate, never for a client's.
pub(super) fn number(value: i64) -> Expr {
    Expr::Constant(sea_query::Value::BigInt(Some(value)))
}

/// `10^digits`, for at most the 18 digits a scaled integer may have.
pub(super) fn power_of_ten(digits: u8) -> Expr {
    number((0..Ord::min(digits, 18)).fold(1, |power, _| power * 10))
}

/// `TRUE` or `FALSE`.
pub(super) fn boolean(value: bool) -> Expr {
    Expr::Constant(sea_query::Value::Bool(Some(value)))
}

/// All of them; none is `TRUE`.
pub(super) fn all(conditions: impl IntoIterator<Item = Expr>) -> Expr {
    joined(conditions.into_iter().collect(), |left, right| left.and(right)).unwrap_or_else(|| boolean(true))
}

/// At least one of them; none is `FALSE`.
pub(super) fn any(conditions: impl IntoIterator<Item = Expr>) -> Expr {
    joined(conditions.into_iter().collect(), |left, right| left.or(right)).unwrap_or_else(|| boolean(false))
}

/// Members of a condition that are written one after the other; of more, halves are put in brackets, because SQLite
/// takes expressions of at most 1000 levels.
const CHAIN: usize = 16;

fn joined(mut conditions: Vec<Expr>, join: fn(Expr, Expr) -> Expr) -> Option<Expr> {
    if conditions.len() <= CHAIN {
        return conditions.into_iter().reduce(join);
    }
    let second = conditions.split_off(conditions.len() / 2);
    match (joined(conditions, join), joined(second, join)) {
        (Some(first), Some(second)) => Some(join(first, second)),
        (one, other) => one.or(other),
    }
}

impl<'a> Compiler<'a> {
    pub(super) fn table(&self, id: TableId) -> &'a Table {
        Catalog::table(self.catalog, id)
    }

    /// `EXISTS (query)`. SQLite 3.51 may turn a bare one into a join, and then counts a row that `OFFSET` skips once for
    /// each match; behind `IS TRUE` it does not.
    pub(super) fn exists(&self, query: SelectStatement) -> Expr {
        match self.dialect {
            Dialect::Postgres => Expr::exists(query),
            Dialect::Sqlite => Expr::exists(query).is(boolean(true)),
        }
    }

    pub(super) fn column(&self, table: TableId, column: ColumnIndex) -> &'a Column {
        self.table(table).column(column)
    }

    /// A column of a row as it is stored.
    pub(super) fn stored(&self, row: &RowName, column: ColumnIndex) -> Expr {
        if self.column(row.table, column).computed.is_some() {
            self.asked.borrow_mut().insert((row.table, column));
            if let Some((_, expression)) = row.computed.iter().find(|(known, _)| *known == column) {
                return expression.clone();
            }
        }
        Expr::col((row.name.clone(), Alias::new(&*self.column(row.table, column).db_name).into_iden()))
    }

    /// A column of a row to compare or sort by: what SQLite holds as text of another kind carries its collation.
    pub(super) fn comparable(&self, row: &RowName, column: ColumnIndex) -> Expr {
        self.collated(self.stored(row, column), self.column(row.table, column).codec())
    }

    /// An expression of the given form, to compare or sort by.
    pub(super) fn collated(&self, expression: Expr, codec: Codec) -> Expr {
        if self.dialect == Dialect::Postgres {
            return expression;
        }
        match (codec.list, codec.scalar, codec.stored) {
            (true, _, _) => collate(expression, LIST_COLLATION),
            (false, Scalar::Jsonb, _) => collate(expression, JSONB_COLLATION),
            (false, _, Stored::Decimal { .. }) => collate(expression, DECIMAL_COLLATION),
            _ => expression,
        }
    }

    /// A column of a row in the form its [`Output`] promises.
    pub(super) fn cell(&self, row: &RowName, column: ColumnIndex) -> Expr {
        self.readable(self.stored(row, column), self.column(row.table, column))
    }

    /// A value of a column's type in the form an [`Output`] promises.
    pub(super) fn readable(&self, expression: Expr, column: &Column) -> Expr {
        if self.dialect == Dialect::Sqlite {
            return expression;
        }
        if native_type(column).is_some() {
            return cast(expression, "text");
        }
        let json = column.postgres_type.as_deref().is_some_and(|declared| declared.eq_ignore_ascii_case("json"));
        if column.column_type == ColumnType::Scalar(Scalar::Jsonb) && json {
            return cast(expression, "jsonb");
        }
        expression
    }

    /// How a cell of a column is written.
    pub(super) fn output(&self, column: &Column) -> Output {
        self.output_of(column.codec())
    }

    /// How a cell of a codec is written.
    pub(super) fn output_of(&self, codec: Codec) -> Output {
        let wide = matches!(codec.scalar, Scalar::BigInt | Scalar::Float8 | Scalar::Numeric);
        Output { codec, stringify: wide && self.catalog.api.stringify_numeric }
    }

    /// A bound value for a column, cast to the column's own type where that is not the parameter's.
    pub(super) fn value_for(&self, draft: &mut Draft, slot: Slot, column: &Column, many: bool) -> Expr {
        let bound = draft.bind(slot_for(slot, column, many));
        self.typed(bound, column, many)
    }

    /// A bound value cast to a native column's own type (PostgreSQL).
    pub(super) fn typed(&self, bound: Expr, column: &Column, many: bool) -> Expr {
        match native_type(column) {
            Some(name) if self.dialect == Dialect::Postgres && many => cast(bound, &format!("{name}[]")),
            Some(name) if self.dialect == Dialect::Postgres => cast(bound, name),
            _ => bound,
        }
    }
}

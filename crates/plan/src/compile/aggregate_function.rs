//! Aggregate functions with equal answers on both databases: sums are exact, means and deviations are doubles.

use purlin_model::catalog::{Column, ColumnIndex};
use purlin_model::scalar::{Codec, Scalar, Stored};
use sea_query::{Expr, ExprTrait, Func};

use super::Compiler;
use super::column::{call, cast, collate, native_type, number, power_of_ten};
use super::statement::{Draft, RowName};
use crate::plan::{Dialect, Output};
use crate::query::AggregateFunction;

/// A value over many rows.
pub(super) struct AggregateValue {
    /// What computes it.
    pub expression: Expr,
    /// How its cell is written.
    pub output: Output,
}

/// An exact decimal as SQLite's registered functions give it.
const DECIMAL: Codec = Codec { scalar: Scalar::Numeric, list: false, stored: Stored::Decimal { scale: None } };

impl Compiler<'_> {
    /// A function over a column of the rows.
    pub(super) fn aggregate_value(
        &mut self,
        draft: &mut Draft,
        function: AggregateFunction,
        row: &RowName,
        column: ColumnIndex,
    ) -> AggregateValue {
        let definition = self.column(row.table, column);
        let value = self.seen(draft, row, column);
        match function {
            AggregateFunction::Max => self.extreme("MAX", self.collated(value, definition.codec()), definition),
            AggregateFunction::Min => self.extreme("MIN", self.collated(value, definition.codec()), definition),
            AggregateFunction::Sum => self.sum(value, definition),
            AggregateFunction::Avg => double(self.mean(value, definition)),
            AggregateFunction::Stddev | AggregateFunction::StddevSamp => self.spread("stddev_samp", value, definition),
            AggregateFunction::StddevPop => self.spread("stddev_pop", value, definition),
            AggregateFunction::VarPop => self.spread("var_pop", value, definition),
            AggregateFunction::VarSamp | AggregateFunction::Variance => self.spread("var_samp", value, definition),
        }
    }

    fn extreme(&self, function: &'static str, value: Expr, column: &Column) -> AggregateValue {
        let output = self.output(column);
        if self.dialect == Dialect::Sqlite {
            return AggregateValue { expression: call(function, [value]), output };
        }
        // PostgreSQL has neither `min(uuid)` nor `min(bytea)` before version 18; both sort as their digits do.
        let expression = match column.plain_scalar() {
            Some(Scalar::Uuid) => cast(call(function, [by_code_point(cast(value, "text"))]), "uuid"),
            Some(Scalar::Bytea) => {
                let digits = call("encode", [value, Expr::cust("'hex'")]);
                call("decode", [call(function, [by_code_point(digits)]), Expr::cust("'hex'")])
            }
            _ => self.readable(call(function, [value]), column),
        };
        AggregateValue { expression, output }
    }

    fn sum(&self, value: Expr, column: &Column) -> AggregateValue {
        let codec = column.codec();
        let plain = Func::sum(value.clone()).into();
        let integer = Output { codec: Codec::of(Scalar::BigInt), stringify: false };
        match (self.dialect, codec.scalar, codec.stored) {
            (_, Scalar::SmallInt | Scalar::Int, _) => AggregateValue { expression: plain, output: integer },
            (Dialect::Postgres, Scalar::BigInt | Scalar::Numeric, _) => {
                AggregateValue { expression: plain, output: self.output_of(DECIMAL) }
            }
            (Dialect::Postgres, _, _) => {
                AggregateValue { expression: self.readable(plain, column), output: self.output(column) }
            }
            (Dialect::Sqlite, Scalar::BigInt, _) => {
                let expression = call("purlin_sum_scaled", [value, number(0)]);
                AggregateValue { expression, output: self.output_of(DECIMAL) }
            }
            (Dialect::Sqlite, Scalar::Numeric, Stored::Scaled { scale }) => {
                let expression = call("purlin_sum_scaled", [value, number(i64::from(scale))]);
                AggregateValue { expression, output: self.output_of(DECIMAL) }
            }
            (Dialect::Sqlite, Scalar::Numeric, Stored::Decimal { .. }) => {
                AggregateValue { expression: call("purlin_sum_decimal", [value]), output: self.output_of(DECIMAL) }
            }
            (Dialect::Sqlite, _, _) => {
                AggregateValue { expression: call("purlin_sum_float", [value]), output: self.output(column) }
            }
        }
    }

    /// The sum as a double, divided by the number of values: the same two roundings on both databases.
    fn mean(&self, value: Expr, column: &Column) -> Expr {
        let codec = column.codec();
        let count: Expr = Func::count(value.clone()).into();
        if self.dialect == Dialect::Postgres {
            if native_type(column).is_some() {
                return cast(Func::avg(value).into(), "float8");
            }
            return match codec.scalar {
                // `avg` itself also keeps squares, and fails where they are out of range.
                Scalar::Float | Scalar::Float8 => {
                    Expr::from(Func::sum(cast(value, "float8"))).div(call("NULLIF", [count, number(0)]))
                }
                _ => cast(Func::sum(value).into(), "float8").div(call("NULLIF", [count, number(0)])),
            };
        }
        match (codec.scalar, codec.stored) {
            (Scalar::Numeric, Stored::Scaled { scale }) => call("TOTAL", [value]).div(power_of_ten(scale)).div(count),
            (Scalar::Numeric, Stored::Decimal { .. }) => cast(call("purlin_sum_decimal", [value]), "REAL").div(count),
            (Scalar::SmallInt | Scalar::Int | Scalar::BigInt, _) => call("TOTAL", [value]).div(count),
            _ => call("purlin_sum_float", [value]).div(count),
        }
    }

    /// A deviation or variance over doubles.
    fn spread(&self, function: &'static str, value: Expr, column: &Column) -> AggregateValue {
        let argument = match (self.dialect, column.stored) {
            (Dialect::Postgres, _) => cast(value, "float8"),
            (Dialect::Sqlite, Stored::Scaled { scale }) => cast(value, "REAL").div(power_of_ten(scale)),
            (Dialect::Sqlite, _) => cast(value, "REAL"),
        };
        double(call(function, [argument]))
    }
}

fn double(expression: Expr) -> AggregateValue {
    AggregateValue { expression, output: Output { codec: Codec::of(Scalar::Float), stringify: false } }
}

fn by_code_point(text: Expr) -> Expr {
    collate(text, "\"C\"")
}

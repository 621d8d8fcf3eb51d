//! Exact additions that leave no range silently.

use bigdecimal::{BigDecimal, RoundingMode, ToPrimitive};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Result};

use super::{FLAGS, data_error};
use crate::json;

/// Registers them.
///
/// # Errors
/// Those of SQLite.
pub fn register(connection: &Connection) -> Result<()> {
    connection.create_scalar_function("purlin_add_integer", 4, FLAGS, |context| {
        let (Some(left), Some(right)) = (context.get::<Option<i64>>(0)?, context.get::<Option<i64>>(1)?) else {
            return Ok(None);
        };
        let (least, greatest) = (context.get::<i64>(2)?, context.get::<i64>(3)?);
        let sum = left.checked_add(right).filter(|sum| (least..=greatest).contains(sum));
        sum.map(Some).ok_or_else(|| data_error(out_of_range(greatest)))
    })?;
    connection.create_scalar_function("purlin_scaled", 1, FLAGS, |context| {
        if let ValueRef::Integer(integer) = context.get_raw(0) {
            return Ok(Some(integer));
        }
        let Some(number) = decimal(context.get_raw(0))? else { return Ok(None) };
        let rounded = number.with_scale_round(0, RoundingMode::HalfUp).to_i64();
        rounded.map(Some).ok_or_else(|| data_error("numeric field overflow"))
    })?;
    connection.create_scalar_function("purlin_add_decimal", 2, FLAGS, |context| {
        match (decimal(context.get_raw(0))?, decimal(context.get_raw(1))?) {
            (Some(left), Some(right)) => Ok(Some((left + right).to_plain_string())),
            _ => Ok(None),
        }
    })
}

/// PostgreSQL's words for an integer type by its greatest value.
fn out_of_range(greatest: i64) -> &'static str {
    match greatest {
        greatest if greatest == i64::from(i16::MAX) => "smallint out of range",
        greatest if greatest == i64::from(i32::MAX) => "integer out of range",
        i64::MAX => "bigint out of range",
        _ => "numeric field overflow",
    }
}

/// A decimal of any stored form; `None` if it is NULL.
///
/// # Errors
/// A data error when it is no number.
pub fn decimal(value: ValueRef<'_>) -> Result<Option<BigDecimal>> {
    let malformed = || data_error("invalid input syntax for type numeric");
    match value {
        ValueRef::Null => Ok(None),
        ValueRef::Integer(integer) => Ok(Some(BigDecimal::from(integer))),
        ValueRef::Real(real) if real.is_finite() => {
            json::shortest_decimal(real).parse().map(Some).map_err(|_| malformed())
        }
        // A power of ten in the text could ask for any amount of memory.
        ValueRef::Text(text) => match std::str::from_utf8(text) {
            Ok(text) if crate::sqlite::decimal::is_decimal(text) => text.parse().map(Some).map_err(|_| malformed()),
            _ => Err(malformed()),
        },
        ValueRef::Real(_) | ValueRef::Blob(_) => Err(malformed()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;

    #[test]
    fn sums_are_exact_or_errors() {
        check(&[
            ("purlin_add_integer(1, 2, -32768, 32767)", Ok(Some("3"))),
            ("purlin_add_integer(32767, 1, -32768, 32767)", Err("smallint out of range")),
            ("purlin_add_integer(-2147483648, -1, -2147483648, 2147483647)", Err("integer out of range")),
            (
                "purlin_add_integer(9223372036854775807, 1, -9223372036854775808, 9223372036854775807)",
                Err("bigint out of range"),
            ),
            ("purlin_add_integer(null, 1, 0, 1)", Ok(None)),
            ("purlin_add_decimal('0.10', '1')", Ok(Some("1.10"))),
            ("purlin_add_decimal('99999999999999999999.5', '0.50')", Ok(Some("100000000000000000000.00"))),
            ("purlin_add_decimal('-0.5', '0.5')", Ok(Some("0.0"))),
            ("purlin_add_decimal('1e9', '1')", Err("invalid input syntax for type numeric")),
            ("purlin_add_decimal('1', null)", Ok(None)),
            ("purlin_scaled(9007199254740993)", Ok(Some("9007199254740993"))),
            ("purlin_scaled(2.5)", Ok(Some("3"))),
            ("purlin_scaled(-2.5)", Ok(Some("-3"))),
            ("purlin_scaled('1249.4')", Ok(Some("1249"))),
            ("purlin_scaled(1e19)", Err("numeric field overflow")),
            ("purlin_scaled('a')", Err("invalid input syntax for type numeric")),
            ("purlin_scaled(null)", Ok(None)),
        ]);
    }
}

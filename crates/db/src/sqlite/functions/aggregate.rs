//! Aggregates with the answers PostgreSQL gives: exact sums, deviations by the recurrence it uses.

use bigdecimal::BigDecimal;
use rusqlite::functions::{Aggregate, Context};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Result};

use super::number::decimal;
use super::{FLAGS, data_error};

/// Registers them.
///
/// # Errors
/// Those of SQLite.
pub fn register(connection: &Connection) -> Result<()> {
    connection.create_aggregate_function("purlin_sum_scaled", 2, FLAGS, SumScaled)?;
    connection.create_aggregate_function("purlin_sum_decimal", 1, FLAGS, SumDecimal)?;
    connection.create_aggregate_function("purlin_sum_float", 1, FLAGS, SumFloat)?;
    for (name, population, root) in
        [("var_pop", true, false), ("var_samp", false, false), ("stddev_pop", true, true), ("stddev_samp", false, true)]
    {
        connection.create_aggregate_function(name, 1, FLAGS, Spread { population, root })?;
    }
    Ok(())
}

/// The sum of scaled integers, with its point in place.
struct SumScaled;

impl Aggregate<Option<(i128, i64)>, Option<String>> for SumScaled {
    fn init(&self, _: &mut Context<'_>) -> Result<Option<(i128, i64)>> {
        Ok(None)
    }

    fn step(&self, context: &mut Context<'_>, sum: &mut Option<(i128, i64)>) -> Result<()> {
        if let Some(value) = context.get::<Option<i64>>(0)? {
            // 2^64 values of 64 bits fit into 128 bits.
            let total = sum.map_or(0, |(total, _)| total) + i128::from(value);
            *sum = Some((total, context.get(1)?));
        }
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, sum: Option<Option<(i128, i64)>>) -> Result<Option<String>> {
        Ok(sum.flatten().map(|(total, scale)| BigDecimal::new(total.into(), scale).to_plain_string()))
    }
}

/// The sum of decimals.
struct SumDecimal;

impl Aggregate<Option<Box<BigDecimal>>, Option<String>> for SumDecimal {
    fn init(&self, _: &mut Context<'_>) -> Result<Option<Box<BigDecimal>>> {
        Ok(None)
    }

    fn step(&self, context: &mut Context<'_>, sum: &mut Option<Box<BigDecimal>>) -> Result<()> {
        if let Some(value) = decimal(context.get_raw(0))? {
            *sum = Some(Box::new(match sum.take() {
                Some(sum) => *sum + value,
                None => value,
            }));
        }
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, sum: Option<Option<Box<BigDecimal>>>) -> Result<Option<String>> {
        Ok(sum.flatten().map(|sum| sum.to_plain_string()))
    }
}

/// An argument as a double; `None` if it is NULL (or nothing a number can be read from).
fn double(context: &Context<'_>) -> Option<f64> {
    match context.get_raw(0) {
        ValueRef::Real(real) => Some(real),
        ValueRef::Integer(integer) => Some(integer as f64),
        _ => None,
    }
}

fn finite(value: f64) -> Result<f64> {
    match value.is_finite() {
        true => Ok(value),
        false => Err(data_error("value out of range: overflow")),
    }
}

/// The sum of doubles, added from left to right.
struct SumFloat;

impl Aggregate<Option<f64>, Option<f64>> for SumFloat {
    fn init(&self, _: &mut Context<'_>) -> Result<Option<f64>> {
        Ok(None)
    }

    fn step(&self, context: &mut Context<'_>, sum: &mut Option<f64>) -> Result<()> {
        if let Some(value) = double(context) {
            *sum = Some(sum.map_or(value, |sum| sum + value));
        }
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, sum: Option<Option<f64>>) -> Result<Option<f64>> {
        sum.flatten().map(finite).transpose()
    }
}

/// Variance or standard deviation by the recurrence of Youngs and Cramer.
struct Spread {
    population: bool,
    root: bool,
}

/// What the recurrence keeps.
#[derive(Default)]
struct Moments {
    count: f64,
    sum: f64,
    /// Sum of the squared distances from the mean.
    squares: f64,
}

impl Aggregate<Moments, Option<f64>> for Spread {
    fn init(&self, _: &mut Context<'_>) -> Result<Moments> {
        Ok(Moments::default())
    }

    fn step(&self, context: &mut Context<'_>, moments: &mut Moments) -> Result<()> {
        let Some(value) = double(context) else { return Ok(()) };
        let before = moments.count;
        moments.count += 1.0;
        moments.sum += value;
        if before > 0.0 {
            let distance = value * moments.count - moments.sum;
            moments.squares += distance * distance / (moments.count * before);
        }
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, moments: Option<Moments>) -> Result<Option<f64>> {
        let Some(Moments { count, squares, .. }) = moments else { return Ok(None) };
        let divisor = if self.population { count } else { count - 1.0 };
        if count < 1.0 || divisor < 1.0 {
            return Ok(None);
        }
        let variance = finite(squares / divisor)?;
        Ok(Some(if self.root { variance.sqrt() } else { variance }))
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;

    #[test]
    fn aggregates_are_those_of_postgresql() {
        let over =
            |function: &str, values: &str| format!("select {function} from (select column1 x from (values {values}))");
        let big = "(9223372036854775807), (9223372036854775807), (null)";
        let cases = [
            (over("purlin_sum_scaled(x, 2)", "(150), (-1)"), Ok(Some("1.49"))),
            (over("purlin_sum_scaled(x, 0)", big), Ok(Some("18446744073709551614"))),
            (over("purlin_sum_scaled(x, 2)", "(null)"), Ok(None)),
            (over("purlin_sum_scaled(x, 2)", "(0)"), Ok(Some("0.00"))),
            (over("purlin_sum_decimal(x)", "('1.5'), ('2.50'), (null), (3)"), Ok(Some("7.00"))),
            (over("purlin_sum_decimal(x)", "(null)"), Ok(None)),
            (over("purlin_sum_decimal(x)", "('x')"), Err("invalid input syntax for type numeric")),
            (over("purlin_sum_float(x) = 0.1 + 0.2 + 0.3", "(0.1), (0.2), (0.3)"), Ok(Some("1"))),
            (over("purlin_sum_float(x) = 0.6", "(0.1), (0.2), (0.3)"), Ok(Some("0"))),
            (over("purlin_sum_float(x)", "(9e307), (9e307), (9e307)"), Err("value out of range: overflow")),
            (over("purlin_sum_float(x)", "(null)"), Ok(None)),
            (over("var_pop(x)", "(2), (4), (4), (4), (5), (5), (7), (9)"), Ok(Some("4.0"))),
            (over("stddev_pop(x)", "(2), (4), (4), (4), (5), (5), (7), (9)"), Ok(Some("2.0"))),
            (over("var_samp(x)", "(1), (2), (null)"), Ok(Some("0.5"))),
            (over("stddev_samp(x)", "(1), (1)"), Ok(Some("0.0"))),
            (over("var_samp(x)", "(1)"), Ok(None)),
            (over("var_pop(x)", "(1)"), Ok(Some("0.0"))),
            (over("stddev_pop(x)", "(null)"), Ok(None)),
        ];
        check(&cases.iter().map(|(sql, expected)| (&**sql, *expected)).collect::<Vec<_>>());
    }
}

//! Integers, doubles and exact decimals from their digits.

use bigdecimal::BigDecimal;
use bigdecimal::num_bigint::Sign;
use std::str::FromStr;

use super::{CoerceError, Value};
use crate::scalar::Scalar;

/// Most digits of a `numeric`, before and after the point together.
pub const NUMERIC_DIGITS: usize = 1000;

fn fits(scalar: Scalar, value: i64) -> bool {
    match scalar {
        Scalar::SmallInt => i16::try_from(value).is_ok(),
        Scalar::Int => i32::try_from(value).is_ok(),
        _ => true,
    }
}

/// A JSON number for an integer column: whole, and in range (`1.0` and `1e3` are whole).
pub fn integer_from_number(scalar: Scalar, digits: &str) -> Result<Value, CoerceError> {
    let whole = digits.parse::<i64>().ok().or_else(|| {
        let canonical = canonical_decimal(digits)?;
        let (whole, fraction) = canonical.split_once('.').unwrap_or((&canonical, ""));
        if fraction.bytes().all(|digit| digit == b'0') { whole.parse().ok() } else { None }
    });
    match whole {
        Some(value) if fits(scalar, value) => Ok(Value::Integer(value)),
        _ => Err(CoerceError::number_out_of_range(digits)),
    }
}

/// Text for an integer column, as PostgreSQL reads it.
pub fn integer_from_text(scalar: Scalar, text: &str) -> Result<Value, CoerceError> {
    let trimmed = text.trim_matches(|letter: char| letter.is_ascii_whitespace());
    let digits = trimmed.strip_prefix(['+', '-']).unwrap_or(trimmed);
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(CoerceError::malformed(scalar, text));
    }
    match trimmed.parse::<i64>() {
        Ok(value) if fits(scalar, value) => Ok(Value::Integer(value)),
        _ => Err(CoerceError::text_out_of_range(scalar, text)),
    }
}

/// A JSON number for a double.
pub fn float_from_number(digits: &str) -> Result<Value, CoerceError> {
    match digits.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(Value::Float(unsigned_zero(value))),
        _ => Err(CoerceError::number_out_of_range(digits)),
    }
}

/// SQLite holds no negative zero, so nobody gets one.
fn unsigned_zero(value: f64) -> f64 {
    if value == 0.0 { 0.0 } else { value }
}

/// Text for a double; `NaN` and infinities are refused, since JSON cannot show them.
pub fn float_from_text(scalar: Scalar, text: &str) -> Result<Value, CoerceError> {
    let trimmed = text.trim_matches(|letter: char| letter.is_ascii_whitespace());
    let looks_numeric = trimmed.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'));
    match trimmed.parse::<f64>() {
        Ok(value) if looks_numeric && value.is_finite() => Ok(Value::Float(unsigned_zero(value))),
        Ok(_) if looks_numeric => Err(CoerceError::text_out_of_range(scalar, text)),
        _ => Err(CoerceError::malformed(scalar, text)),
    }
}

/// Digits for a `numeric`: its canonical text, trailing zeros kept. `NaN` and infinities are refused.
pub fn numeric(text: &str) -> Result<Value, CoerceError> {
    let trimmed = text.trim_matches(|letter: char| letter.is_ascii_whitespace());
    canonical_decimal(trimmed)
        .map(|digits| Value::Text(digits.into()))
        .ok_or_else(|| CoerceError::malformed(Scalar::Numeric, text))
}

/// The canonical text of a decimal, without exponent; `None` if it is none or has more than [`NUMERIC_DIGITS`] digits.
pub fn canonical_decimal(text: &str) -> Option<String> {
    let mantissa = text.split(['e', 'E']).next()?;
    let mantissa_is_plain = mantissa.bytes().any(|byte| byte.is_ascii_digit())
        && mantissa
            .strip_prefix(['+', '-'])
            .unwrap_or(mantissa)
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.');
    if !mantissa_is_plain || text.len() > NUMERIC_DIGITS + 8 {
        return None;
    }
    let decimal = BigDecimal::from_str(text).ok()?;
    let (digits, scale) = decimal.as_bigint_and_scale();
    let scale = scale as i128;
    let mut whole = digits.magnitude().to_string();
    if scale.unsigned_abs() > NUMERIC_DIGITS as u128 || whole.len() > NUMERIC_DIGITS {
        return None;
    }
    if scale <= 0 {
        if digits.sign() != Sign::NoSign {
            whole.extend(std::iter::repeat_n('0', scale.unsigned_abs() as usize));
        }
    } else {
        let scale = scale as usize;
        if whole.len() <= scale {
            whole.insert_str(0, &"0".repeat(scale + 1 - whole.len()));
        }
        whole.insert(whole.len() - scale, '.');
    }
    if digits.sign() == Sign::Minus {
        whole.insert(0, '-');
    }
    Some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_keep_their_digits() {
        for (given, expected) in [
            ("1.50", "1.50"),
            ("+007.5", "7.5"),
            ("-0", "0"),
            ("-0.00", "0.00"),
            (".5", "0.5"),
            ("5.", "5"),
            ("1e3", "1000"),
            ("1.5e-3", "0.0015"),
            ("-12.5E+1", "-125"),
            ("0e5", "0"),
            ("123456789012345678901234567890.123456789", "123456789012345678901234567890.123456789"),
        ] {
            assert_eq!(canonical_decimal(given).as_deref(), Some(expected), "{given}");
        }
        for refused in ["", ".", "e5", "1e", "NaN", "Infinity", "1_000", "0x10", "1e100000", "--1", "1.2.3"] {
            assert_eq!(canonical_decimal(refused), None, "{refused}");
        }
    }

    #[test]
    fn integers_know_their_range() {
        assert_eq!(integer_from_number(Scalar::Int, "1.0"), Ok(Value::Integer(1)));
        assert_eq!(integer_from_number(Scalar::BigInt, "9223372036854775807"), Ok(Value::Integer(i64::MAX)));
        assert!(integer_from_number(Scalar::BigInt, "9223372036854775808").is_err());
        assert!(integer_from_number(Scalar::Int, "2147483648").is_err());
        assert!(integer_from_number(Scalar::SmallInt, "1.5").is_err());
        assert_eq!(integer_from_text(Scalar::Int, " +7 "), Ok(Value::Integer(7)));
        assert_eq!(
            integer_from_text(Scalar::Int, "2147483648").map_err(|error| error.message),
            Err("value \"2147483648\" is out of range for type integer".to_owned())
        );
    }

    #[test]
    fn doubles_are_finite() {
        assert_eq!(float_from_text(Scalar::Float8, "1e3"), Ok(Value::Float(1000.0)));
        for refused in ["NaN", "inf", "Infinity", "1e999", "", "0x1"] {
            assert!(float_from_text(Scalar::Float8, refused).is_err(), "{refused}");
        }
    }
}

//! Exact decimals as text: rounding as PostgreSQL's `numeric` does, scaling to integers, and the order of the collation
//! `decimal`. Refuses to know columns and SQL.

use std::borrow::Cow;
use std::cmp::Ordering;

/// A decimal's parts: digits without leading zeros before the point and without trailing zeros after it.
#[derive(Clone, Copy)]
struct Parts<'a> {
    negative: bool,
    whole: &'a str,
    fraction: &'a str,
}

/// Takes a decimal apart; `None` if the text is not one (no exponent is known here).
fn parts(text: &str) -> Option<Parts<'_>> {
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if (whole.is_empty() && fraction.is_empty()) || !all_digits(whole) || !all_digits(fraction) {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    let fraction = fraction.trim_end_matches('0');
    Some(Parts { negative: negative && !(whole.is_empty() && fraction.is_empty()), whole, fraction })
}

/// Whether the text is a decimal without exponent.
pub fn is_decimal(text: &str) -> bool {
    parts(text).is_some()
}

/// The decimal as PostgreSQL prints it: no `+`, no needless leading zeros, at least one digit before the point, the
/// digits after it as they are; `None` if the text is not one.
pub fn canonical(text: &str) -> Option<Cow<'_, str>> {
    let Parts { negative, whole, .. } = parts(text)?;
    let fraction = text.split_once('.').map_or("", |(_, fraction)| fraction);
    let whole = if whole.is_empty() { "0" } else { whole };
    let (sign, point) = (if negative { "-" } else { "" }, if fraction.is_empty() { "" } else { "." });
    let same = text.len() == sign.len() + whole.len() + point.len() + fraction.len() && !text.starts_with('+');
    Some(match same {
        true => Cow::Borrowed(text),
        false => Cow::Owned(format!("{sign}{whole}{point}{fraction}")),
    })
}

/// The decimal with exactly `scale` digits after the point, rounded half away from zero; `None` if the text is not one.
pub fn rounded(text: &str, scale: u8) -> Option<String> {
    let Parts { negative, whole, fraction } = parts(text)?;
    let scale = usize::from(scale);
    let kept = &fraction[..fraction.len().min(scale)];
    let mut digits: Vec<u8> = Vec::with_capacity(whole.len() + scale + 2);
    digits.push(b'0');
    digits.extend_from_slice(whole.as_bytes());
    digits.extend_from_slice(kept.as_bytes());
    digits.resize(1 + whole.len() + scale, b'0');
    if fraction.as_bytes().get(scale).is_some_and(|digit| *digit >= b'5') {
        increment(&mut digits);
    }
    let point = digits.len() - scale;
    let whole = &digits[..point];
    let first = whole.iter().position(|digit| *digit != b'0').unwrap_or(whole.len() - 1);
    let mut result = String::with_capacity(digits.len() + 2);
    if negative && digits.iter().any(|digit| *digit != b'0') {
        result.push('-');
    }
    result.extend(whole[first..].iter().map(|digit| char::from(*digit)));
    if scale > 0 {
        result.push('.');
        result.extend(digits[point..].iter().map(|digit| char::from(*digit)));
    }
    Some(result)
}

/// Adds one to a row of ASCII digits whose first is `0`.
fn increment(digits: &mut [u8]) {
    for digit in digits.iter_mut().rev() {
        if *digit == b'9' {
            *digit = b'0';
        } else {
            *digit += 1;
            return;
        }
    }
}

/// What became of scaling a decimal to an integer.
#[derive(Debug, PartialEq, Eq)]
pub enum Scaled {
    /// The integer.
    Fits(i64),
    /// It is beyond 64 bits.
    Overflow,
    /// The text is no decimal.
    Malformed,
}

/// The decimal times 10^`scale` as an integer, rounded half away from zero.
pub fn scaled(text: &str, scale: u8) -> Scaled {
    let Some(rounded) = rounded(text, scale) else { return Scaled::Malformed };
    let digits: String = rounded.chars().filter(|character| *character != '.').collect();
    digits.parse().map_or(Scaled::Overflow, Scaled::Fits)
}

/// A number compared with integers that are decimals times 10^`scale`.
#[derive(Debug, PartialEq)]
pub enum ScaledOperand {
    /// The decimal is such an integer.
    Whole(i64),
    /// It lies between two integers, or beyond all of 64 bits: a double that does so too. (Where doubles are farther
    /// apart than integers, from 2^52 on, it is the one next to it.)
    Between(f64),
}

/// The decimal times 10^`scale`, not rounded; `None` if the text is no decimal.
pub fn scaled_operand(text: &str, scale: u8) -> Option<ScaledOperand> {
    if let Scaled::Fits(integer) = scaled(text, scale)
        && compare(&rounded(text, scale)?, text) == Ordering::Equal
    {
        return Some(ScaledOperand::Whole(integer));
    }
    let double: f64 = format!("{text}e{scale}").parse().ok()?;
    if !is_decimal(text) || double.fract() != 0.0 || double.abs() >= 9.0e15 {
        return is_decimal(text).then_some(ScaledOperand::Between(double));
    }
    // Rounding to a double has lost the fraction: step back to the side the decimal is on.
    let whole = format!("{double:.0}");
    let exact = rounded(&whole, 0)?;
    let above = compare(text, &unscaled(&exact, scale)) == Ordering::Greater;
    Some(ScaledOperand::Between(if above { double.next_up() } else { double.next_down() }))
}

/// The integer text divided by 10^`scale`, as decimal text.
fn unscaled(integer: &str, scale: u8) -> String {
    let (sign, digits) = match integer.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", integer),
    };
    let padded = format!("{digits:0>width$}", width = usize::from(scale) + 1);
    let (whole, fraction) = padded.split_at(padded.len() - usize::from(scale));
    format!("{sign}{whole}.{fraction}0")
}

/// The order of the collation `decimal`: by value; texts that are no decimals come last, by their bytes.
pub fn compare(left: &str, right: &str) -> Ordering {
    match (parts(left), parts(right)) {
        (Some(left), Some(right)) => compare_parts(left, right),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => left.cmp(right),
    }
}

fn compare_parts(left: Parts<'_>, right: Parts<'_>) -> Ordering {
    let magnitude = || {
        let whole = left.whole.len().cmp(&right.whole.len()).then_with(|| left.whole.cmp(right.whole));
        whole.then_with(|| left.fraction.cmp(right.fraction))
    };
    match (left.negative, right.negative) {
        (false, true) => Ordering::Greater,
        (true, false) => Ordering::Less,
        (false, false) => magnitude(),
        (true, true) => magnitude().reverse(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operands_keep_digits_beyond_the_scale() {
        assert_eq!(scaled_operand("2.000", 2), Some(ScaledOperand::Whole(200)));
        assert_eq!(scaled_operand("-2.5", 2), Some(ScaledOperand::Whole(-250)));
        assert_eq!(scaled_operand("2.004", 2), Some(ScaledOperand::Between(200.4)));
        assert_eq!(scaled_operand("x", 2), None);
        let between = |text: &str, below: i64, above: i64| match scaled_operand(text, 2) {
            Some(ScaledOperand::Between(double)) => {
                assert!((below as f64) < double && double < above as f64, "{text} became {double}");
            }
            other => panic!("{text} became {other:?}"),
        };
        between("2.0000000000000000000001", 200, 201);
        between("1.9999999999999999999999", 199, 200);
        between("-2.0000000000000000000001", -201, -200);
        assert_eq!(scaled_operand("99999999999999999999", 2), Some(ScaledOperand::Between(1e22)));
    }

    #[test]
    fn rounds_half_away_from_zero() {
        for (text, scale, expected) in [
            ("1.005", 2, "1.01"),
            ("-1.005", 2, "-1.01"),
            ("1.0049", 2, "1.00"),
            ("9.995", 2, "10.00"),
            ("99.5", 0, "100"),
            ("0.4", 0, "0"),
            ("-0.4", 0, "0"),
            ("-0.004", 2, "0.00"),
            ("007.10", 1, "7.1"),
            ("12", 3, "12.000"),
            (".5", 0, "1"),
        ] {
            assert_eq!(rounded(text, scale).as_deref(), Some(expected), "{text} to {scale}");
        }
        for text in ["", "-", ".", "1e5", "1.2.3", "NaN", " 1"] {
            assert_eq!(rounded(text, 2), None, "{text}");
        }
    }

    #[test]
    fn scales_to_integers() {
        assert_eq!(scaled("123.455", 2), Scaled::Fits(12346));
        assert_eq!(scaled("-0.01", 2), Scaled::Fits(-1));
        assert_eq!(scaled("92233720368547758.08", 2), Scaled::Overflow);
        assert_eq!(scaled("-92233720368547758.08", 2), Scaled::Fits(i64::MIN));
        assert_eq!(scaled("x", 2), Scaled::Malformed);
    }

    #[test]
    fn orders_by_value() {
        let ordered = ["-100", "-99.5", "-0.1", "0", "0.05", "0.5", "1", "1.5", "9", "10", "10.01", "x", "y"];
        for (i, left) in ordered.iter().enumerate() {
            for (j, right) in ordered.iter().enumerate() {
                assert_eq!(compare(left, right), i.cmp(&j), "{left} {right}");
            }
        }
        for (left, right) in [("1.0", "1.00"), ("-0", "0"), ("01.5", "1.50"), ("0.0", "-0.00")] {
            assert_eq!(compare(left, right), Ordering::Equal);
        }
    }
}

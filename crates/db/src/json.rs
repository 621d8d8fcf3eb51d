//! Writes cells as JSON, byte for byte as PostgreSQL's `to_json` prints them. Refuses to know where a cell comes from.

/// Writes `text` as a JSON string, escaped.
pub fn string(buffer: &mut Vec<u8>, text: &str) {
    buffer.push(b'"');
    escaped(buffer, text);
    buffer.push(b'"');
}

/// Writes `text` escaped for the inside of a JSON string.
pub fn escaped(buffer: &mut Vec<u8>, text: &str) {
    let bytes = text.as_bytes();
    let mut plain_from = 0;
    let mut index = 0;
    while index < bytes.len() {
        if let Some(chunk) = bytes[index..].first_chunk::<8>()
            && !any_special(u64::from_ne_bytes(*chunk))
        {
            index += 8;
            continue;
        }
        let byte = bytes[index];
        if byte < 0x20 || byte == b'"' || byte == b'\\' {
            buffer.extend_from_slice(&bytes[plain_from..index]);
            escape_byte(buffer, byte);
            plain_from = index + 1;
        }
        index += 1;
    }
    buffer.extend_from_slice(&bytes[plain_from..]);
}

/// Whether any of eight bytes is a control character, a quote or a backslash.
fn any_special(word: u64) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    // The classic test "some byte is less than n" (n ≤ 128): subtract n from every byte and look for a borrow.
    let some_below = |value: u64, bound: u64| value.wrapping_sub(ONES * bound) & !value & HIGH != 0;
    some_below(word, 0x20)
        || some_below(word ^ (ONES * u64::from(b'"')), 1)
        || some_below(word ^ (ONES * u64::from(b'\\')), 1)
}

fn escape_byte(buffer: &mut Vec<u8>, byte: u8) {
    let short = match byte {
        b'"' => b'"',
        b'\\' => b'\\',
        0x08 => b'b',
        0x0c => b'f',
        b'\n' => b'n',
        b'\r' => b'r',
        b'\t' => b't',
        _ => {
            buffer.extend_from_slice(b"\\u00");
            buffer.extend_from_slice(&hex_pair(byte));
            return;
        }
    };
    buffer.extend_from_slice(&[b'\\', short]);
}

fn hex_pair(byte: u8) -> [u8; 2] {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]
}

/// Writes an integer.
pub fn integer(buffer: &mut Vec<u8>, value: i64) {
    buffer.extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
}

/// Writes a boolean.
pub fn boolean(buffer: &mut Vec<u8>, value: bool) {
    buffer.extend_from_slice(if value { b"true" } else { b"false" });
}

/// Writes `null`.
pub fn null(buffer: &mut Vec<u8>) {
    buffer.extend_from_slice(b"null");
}

/// Writes bytes as `to_json(bytea)` does: `"\\x0a"`.
pub fn bytes(buffer: &mut Vec<u8>, value: &[u8]) {
    buffer.reserve(value.len() * 2 + 5);
    buffer.extend_from_slice(b"\"\\\\x");
    for byte in value {
        buffer.extend_from_slice(&hex_pair(*byte));
    }
    buffer.push(b'"');
}

/// Writes a double as `float8out` does: shortest digits, an exponent of at least two digits below 1e-4 and from 1e15;
/// those that are not finite as strings.
pub fn double(buffer: &mut Vec<u8>, value: f64) {
    /// Whole doubles below this are printed as integers.
    const WHOLE: f64 = 1e15;
    if !value.is_finite() {
        return not_finite(buffer, value);
    }
    if value.abs() < WHOLE && value.trunc() == value && (value != 0.0 || value.is_sign_positive()) {
        return integer(buffer, value as i64);
    }
    let mut shortest = ryu::Buffer::new();
    let mut found = digits_of(shortest.format_finite(value));
    if found.is_midway(f64::MANTISSA_DIGITS) {
        found = longer_digits(found, f64::MANTISSA_DIGITS, |count| format!("{value:.count$e}"));
    }
    shortest_float(buffer, &found, 15);
}

/// Writes a single-precision float as `float4out` does: an exponent already from 1e6.
pub fn single(buffer: &mut Vec<u8>, value: f32) {
    if !value.is_finite() {
        return not_finite(buffer, f64::from(value));
    }
    let mut shortest = ryu::Buffer::new();
    let mut found = digits_of(shortest.format_finite(value));
    if found.is_midway(f32::MANTISSA_DIGITS) {
        found = longer_digits(found, f32::MANTISSA_DIGITS, |count| format!("{value:.count$e}"));
    }
    shortest_float(buffer, &found, 6);
}

fn not_finite(buffer: &mut Vec<u8>, value: f64) {
    let text: &[u8] = match value {
        value if value.is_nan() => b"\"NaN\"",
        value if value > 0.0 => b"\"Infinity\"",
        _ => b"\"-Infinity\"",
    };
    buffer.extend_from_slice(text);
}

/// The digits of a number and where its point stands: `0.d₁d₂… × 10^point`.
struct Digits {
    negative: bool,
    digits: [u8; 24],
    length: usize,
    point: i32,
}

/// Takes apart what `ryu` prints (`-1.5e-7`, `12.0`, `0.001`).
fn digits_of(text: &str) -> Digits {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let mut found = Digits { negative, digits: [0; 24], length: 0, point: exponent.parse().unwrap_or(0) };
    let mut before_point = true;
    for byte in mantissa.bytes() {
        match byte {
            b'.' => before_point = false,
            b'0' if found.length == 0 => found.point -= i32::from(!before_point),
            digit => {
                found.digits[found.length] = digit;
                found.length += 1;
                found.point += i32::from(before_point);
            }
        }
    }
    while found.length > 0 && found.digits[found.length - 1] == b'0' {
        found.length -= 1;
    }
    found
}

impl Digits {
    /// Whether the decimal lies exactly midway between two neighbouring floats of so many mantissa bits: then one bit
    /// more holds it. Only decimals with a small power of ten can.
    fn is_midway(&self, mantissa: u32) -> bool {
        let number =
            self.digits[..self.length].iter().fold(0u128, |number, digit| number * 10 + u128::from(digit - b'0'));
        let power = self.point - self.length as i32;
        // Powers of two do not matter: 10^n is as good as 5^n.
        let fives = 5u128.checked_pow(power.unsigned_abs());
        let whole = match fives {
            Some(fives) if power >= 0 => number.checked_mul(fives),
            Some(fives) if number % fives == 0 => Some(number / fives),
            _ => None,
        };
        whole.is_some_and(|whole| whole != 0 && (whole >> whole.trailing_zeros()).ilog2() == mantissa)
    }
}

/// PostgreSQL does not trust readers to round a decimal midway between two floats the right way: it prints as many
/// digits more as it takes to be nearer. `printed` gives the float with so many digits after the first.
fn longer_digits(midway: Digits, mantissa: u32, printed: impl Fn(usize) -> String) -> Digits {
    /// Every double is told apart by so many digits.
    const LONGEST: usize = 17;
    let candidates = (midway.length..LONGEST).map(|count| digits_of(&printed(count)));
    candidates.into_iter().find(|digits| !digits.is_midway(mantissa)).unwrap_or(midway)
}

fn shortest_float(buffer: &mut Vec<u8>, found: &Digits, exponent_from: i32) {
    let Digits { negative, digits, length, point } = *found;
    let digits = &digits[..length];
    if negative {
        buffer.push(b'-');
    }
    if digits.is_empty() {
        return buffer.push(b'0');
    }
    let exponent = point - 1;
    if (-4..exponent_from).contains(&exponent) {
        return plain_digits(buffer, digits, point);
    }
    buffer.push(digits[0]);
    if digits.len() > 1 {
        buffer.push(b'.');
        buffer.extend_from_slice(&digits[1..]);
    }
    buffer.extend_from_slice(if exponent < 0 { b"e-" } else { b"e+" });
    if exponent.abs() < 10 {
        buffer.push(b'0');
    }
    integer(buffer, i64::from(exponent.abs()));
}

/// Writes digits without an exponent.
fn plain_digits(buffer: &mut Vec<u8>, digits: &[u8], point: i32) {
    let zeros = |buffer: &mut Vec<u8>, count: i32| buffer.extend((0..count).map(|_| b'0'));
    let length = digits.len() as i32;
    if point <= 0 {
        buffer.extend_from_slice(b"0.");
        zeros(buffer, -point);
        buffer.extend_from_slice(digits);
    } else if point >= length {
        buffer.extend_from_slice(digits);
        zeros(buffer, point - length);
    } else {
        buffer.extend_from_slice(&digits[..point as usize]);
        buffer.push(b'.');
        buffer.extend_from_slice(&digits[point as usize..]);
    }
}

/// The shortest decimal of a finite double, without an exponent: what a `numeric` held as REAL is.
pub fn shortest_decimal(value: f64) -> String {
    let mut shortest = ryu::Buffer::new();
    let Digits { negative, digits, length, point } = digits_of(shortest.format_finite(value));
    if length == 0 {
        return "0".to_owned();
    }
    let mut text = Vec::with_capacity(length + 8);
    if negative {
        text.push(b'-');
    }
    plain_digits(&mut text, &digits[..length], point);
    text.into_iter().map(char::from).collect()
}

/// Writes an integer scaled by 10^`scale` as a decimal with that many digits after the point.
pub fn scaled_integer(buffer: &mut Vec<u8>, value: i64, scale: u8) {
    let scale = usize::from(scale);
    if value < 0 {
        buffer.push(b'-');
    }
    let mut formatted = itoa::Buffer::new();
    let digits = formatted.format(value.unsigned_abs()).as_bytes();
    if scale == 0 {
        return buffer.extend_from_slice(digits);
    }
    if digits.len() > scale {
        buffer.extend_from_slice(&digits[..digits.len() - scale]);
        buffer.push(b'.');
        return buffer.extend_from_slice(&digits[digits.len() - scale..]);
    }
    buffer.extend_from_slice(b"0.");
    buffer.extend((digits.len()..scale).map(|_| b'0'));
    buffer.extend_from_slice(digits);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl Fn(&mut Vec<u8>)) -> String {
        let mut buffer = Vec::new();
        write(&mut buffer);
        String::from_utf8(buffer).unwrap()
    }

    #[test]
    fn strings_are_escaped_as_postgresql_does() {
        for (text, expected) in [
            ("", r#""""#),
            ("plain text of some length", r#""plain text of some length""#),
            ("a\"b\\c", r#""a\"b\\c""#),
            ("\u{8}\u{c}\n\r\t\u{1}\u{1f}\u{7f}", "\"\\b\\f\\n\\r\\t\\u0001\\u001f\u{7f}\""),
            ("ünïcödé 🦀 and then \"more\"", "\"ünïcödé 🦀 and then \\\"more\\\"\""),
            ("1234567\"", "\"1234567\\\"\""),
            ("/</script>", "\"/</script>\""),
        ] {
            assert_eq!(written(|buffer| string(buffer, text)), expected);
        }
    }

    #[test]
    fn every_string_reads_back() {
        proptest::proptest!(|(text in "(?s).{0,40}")| {
            let json = written(|buffer| string(buffer, &text));
            assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
        });
    }

    #[test]
    fn doubles_are_those_of_float8out() {
        for (value, expected) in [
            (0.0, "0"),
            (-0.0, "-0"),
            (1.0, "1"),
            (-1.5, "-1.5"),
            (0.1, "0.1"),
            (0.0001, "0.0001"),
            (0.00001, "1e-05"),
            (0.000012345, "1.2345e-05"),
            (1.187134501e19, "1.1871345009999999e+19"),
            (123456789012345.0, "123456789012345"),
            (999999999999999.0, "999999999999999"),
            (1e15, "1e+15"),
            (1234567890123456.0, "1.234567890123456e+15"),
            (123456789.12345678, "123456789.12345678"),
            (1e20, "1e+20"),
            (1e100, "1e+100"),
            (f64::MAX, "1.7976931348623157e+308"),
            (5e-324, "5e-324"),
            (f64::INFINITY, "\"Infinity\""),
            (f64::NEG_INFINITY, "\"-Infinity\""),
            (f64::NAN, "\"NaN\""),
        ] {
            assert_eq!(written(|buffer| double(buffer, value)), expected);
        }
    }

    #[test]
    fn singles_are_those_of_float4out() {
        for (value, expected) in [
            (0.1f32, "0.1"),
            (100000.0, "100000"),
            (1e6, "1e+06"),
            (1234567.0, "1.234567e+06"),
            (612_100_000.0, "6.1209997e+08"),
            (0.0001, "0.0001"),
            (0.00001, "1e-05"),
            (-0.0, "-0"),
        ] {
            assert_eq!(written(|buffer| single(buffer, value)), expected);
        }
    }

    #[test]
    fn every_double_reads_back() {
        proptest::proptest!(|(value in proptest::num::f64::NORMAL | proptest::num::f64::SUBNORMAL)| {
            assert_eq!(written(|buffer| double(buffer, value)).parse::<f64>().unwrap(), value);
            assert_eq!(shortest_decimal(value).parse::<f64>().unwrap(), value);
        });
    }

    #[test]
    fn scaled_integers_keep_their_zeros() {
        for (value, scale, expected) in [
            (0, 2, "0.00"),
            (5, 2, "0.05"),
            (-5, 2, "-0.05"),
            (12345, 2, "123.45"),
            (-100, 2, "-1.00"),
            (7, 0, "7"),
            (i64::MIN, 18, "-9.223372036854775808"),
        ] {
            assert_eq!(written(|buffer| scaled_integer(buffer, value, scale)), expected);
        }
    }

    #[test]
    fn bytes_are_hexadecimal() {
        assert_eq!(written(|buffer| bytes(buffer, b"\x0a\xff")), r#""\\x0aff""#);
        assert_eq!(written(|buffer| bytes(buffer, b"")), r#""\\x""#);
    }
}

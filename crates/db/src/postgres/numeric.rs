//! The binary form of `numeric`, written as PostgreSQL's own text. Refuses to know: arithmetic.

/// Sign field of a negative number.
const NEGATIVE: u16 = 0x4000;
/// Sign fields that are no sign.
const NAN: u16 = 0xC000;
const INFINITY: u16 = 0xD000;
const NEGATIVE_INFINITY: u16 = 0xF000;

/// Writes a decimal as a JSON number; what is not a number as a string. `None` when the bytes are not a `numeric`.
///
/// The form: number of base-10000 digits, weight of the first one (its power of 10000), sign, digits to print after
/// the point, then the digits; each two bytes.
pub(super) fn write(buffer: &mut Vec<u8>, bytes: &[u8]) -> Option<()> {
    let field = |index: usize| Some(u16::from_be_bytes([*bytes.get(index * 2)?, *bytes.get(index * 2 + 1)?]));
    let (count, weight, sign, scale) = (usize::from(field(0)?), field(1)?.cast_signed(), field(2)?, field(3)?);
    match sign {
        NAN => buffer.extend_from_slice(b"\"NaN\""),
        INFINITY => buffer.extend_from_slice(b"\"Infinity\""),
        NEGATIVE_INFINITY => buffer.extend_from_slice(b"\"-Infinity\""),
        0 | NEGATIVE => {
            let digits = bytes.get(8..8 + count * 2)?;
            if sign == NEGATIVE {
                buffer.push(b'-');
            }
            write_digits(buffer, digits, i32::from(weight), usize::from(scale));
        }
        _ => return None,
    }
    Some(())
}

fn write_digits(buffer: &mut Vec<u8>, digits: &[u8], weight: i32, scale: usize) {
    // The base-10000 digit of a power; those not sent are zero.
    let digit = |power: i32| {
        let index = usize::try_from(weight - power).unwrap_or(usize::MAX);
        let pair = index.checked_mul(2).and_then(|at| digits.get(at..)).and_then(|rest| rest.first_chunk::<2>());
        pair.map_or(0, |pair| u16::from_be_bytes(*pair))
    };
    if weight < 0 {
        buffer.push(b'0');
    } else {
        buffer.extend_from_slice(itoa::Buffer::new().format(digit(weight)).as_bytes());
        for power in (0..weight).rev() {
            buffer.extend_from_slice(&four(digit(power)));
        }
    }
    if scale == 0 {
        return;
    }
    buffer.push(b'.');
    let mut left = scale;
    let mut power = -1;
    while left > 0 {
        let take = left.min(4);
        buffer.extend_from_slice(&four(digit(power))[..take]);
        left -= take;
        power -= 1;
    }
}

/// A base-10000 digit as four decimal ones.
fn four(digit: u16) -> [u8; 4] {
    let decimal = |divisor: u16| b'0' + (digit / divisor % 10) as u8;
    [decimal(1000), decimal(100), decimal(10), decimal(1)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(fields: &[u16]) -> Option<String> {
        let bytes: Vec<u8> = fields.iter().flat_map(|field| field.to_be_bytes()).collect();
        let mut buffer = Vec::new();
        write(&mut buffer, &bytes)?;
        Some(String::from_utf8(buffer).unwrap())
    }

    #[test]
    fn decimals_are_those_of_numeric_out() {
        let minus = |weight: i16| weight.cast_unsigned();
        for (fields, expected) in [
            (&[0, 0, 0, 0][..], "0"),
            (&[0, 0, 0, 3], "0.000"),
            (&[1, 0, 0, 0, 7], "7"),
            (&[1, 1, 0, 0, 1], "10000"),
            (&[2, 1, NEGATIVE, 2, 12, 3456], "-123456.00"),
            (&[1, minus(-1), 0, 2, 500], "0.05"),
            (&[1, minus(-2), 0, 8, 12], "0.00000012"),
            (&[3, 0, 0, 5, 1, 2345, 6000], "1.23456"),
            (&[0, 0, NAN, 0], "\"NaN\""),
            (&[0, 0, INFINITY, 0], "\"Infinity\""),
            (&[0, 0, NEGATIVE_INFINITY, 0], "\"-Infinity\""),
        ] {
            assert_eq!(written(fields).as_deref(), Some(expected));
        }
    }

    #[test]
    fn other_bytes_are_refused() {
        assert_eq!(written(&[1, 0, 0, 0]), None);
        assert_eq!(written(&[0, 0, 0]), None);
        assert_eq!(written(&[0, 0, 1, 0]), None);
    }
}

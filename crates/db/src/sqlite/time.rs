//! Instants, civil times, dates and times of day in the forms an SQLite file may hold them. Refuses to know columns.

use purlin_model::scalar::{Codec, Scalar, Stored};
use rusqlite::types::{ToSqlOutput, Value as Owned, ValueRef};

use crate::DatabaseError;

const MICROSECONDS_PER_SECOND: i64 = 1_000_000;
const MICROSECONDS_PER_MILLISECOND: i64 = 1_000;
/// `YYYY-MM-DD`
const DATE_LENGTH: usize = 10;
/// Digits of a fraction of a second that count.
const FRACTION_DIGITS: usize = 6;

/// What is bound for a canonical text of the model (see [`purlin_model::value::Value`]).
///
/// # Errors
/// [`DatabaseError::Data`] when the time has no such form.
pub fn stored(scalar: Scalar, form: Stored, text: &str) -> Result<ToSqlOutput<'_>, DatabaseError> {
    let separator = match form {
        Stored::Space => ' ',
        Stored::Iso => 'T',
        Stored::Unix => return unix(scalar, text, MICROSECONDS_PER_SECOND),
        Stored::UnixMilliseconds => return unix(scalar, text, MICROSECONDS_PER_MILLISECOND),
        _ => return Ok(ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes()))),
    };
    let moment = Moment::parse(text).ok_or_else(|| malformed(text))?;
    let fraction = moment.fraction();
    let time = if moment.time.is_empty() { "00:00:00" } else { moment.time };
    let point = if fraction.is_empty() { "" } else { "." };
    let zone = if form == Stored::Iso && scalar == Scalar::Timestamptz { "Z" } else { "" };
    Ok(ToSqlOutput::Owned(Owned::Text(match scalar {
        Scalar::Time => format!("{time}{point}{fraction}"),
        _ => format!("{}{separator}{time}{point}{fraction}{zone}", moment.date),
    })))
}

fn malformed(text: &str) -> DatabaseError {
    DatabaseError::Data(format!("`{text}` is not a date or time"))
}

fn unix(scalar: Scalar, text: &str, unit: i64) -> Result<ToSqlOutput<'static>, DatabaseError> {
    let moment = Moment::parse(text).ok_or_else(|| malformed(text))?;
    let microseconds = moment.microseconds(scalar).ok_or_else(|| malformed(text))?;
    Ok(ToSqlOutput::Owned(match microseconds % unit {
        0 => Owned::Integer(microseconds / unit),
        _ => Owned::Real(microseconds as f64 / unit as f64),
    }))
}

/// Writes a cell as PostgreSQL's `to_json` does; `None` when it holds no such time.
pub fn write(buffer: &mut Vec<u8>, cell: ValueRef<'_>, codec: Codec) -> Option<()> {
    match (cell, codec.stored) {
        (ValueRef::Text(text), _) => write_text(buffer, std::str::from_utf8(text).ok()?, codec.scalar),
        (ValueRef::Integer(number), Stored::UnixMilliseconds) => {
            write_microseconds(buffer, number.checked_mul(MICROSECONDS_PER_MILLISECOND)?, codec.scalar)
        }
        (ValueRef::Integer(number), Stored::Unix) => {
            write_microseconds(buffer, number.checked_mul(MICROSECONDS_PER_SECOND)?, codec.scalar)
        }
        (ValueRef::Real(number), Stored::UnixMilliseconds) => {
            write_real(buffer, number, MICROSECONDS_PER_MILLISECOND, codec.scalar)
        }
        (ValueRef::Real(number), Stored::Unix) => write_real(buffer, number, MICROSECONDS_PER_SECOND, codec.scalar),
        _ => None,
    }
}

fn write_real(buffer: &mut Vec<u8>, number: f64, unit: i64, scalar: Scalar) -> Option<()> {
    let microseconds = (number * unit as f64).round();
    if microseconds.abs() >= i64::MAX as f64 {
        return None;
    }
    write_microseconds(buffer, microseconds as i64, scalar)
}

fn write_microseconds(buffer: &mut Vec<u8>, microseconds: i64, scalar: Scalar) -> Option<()> {
    let instant = jiff::Timestamp::from_microsecond(microseconds).ok()?;
    let civil = jiff::tz::Offset::UTC.to_datetime(instant);
    write_text(buffer, &format!("{civil:.6}"), scalar)
}

fn write_text(buffer: &mut Vec<u8>, text: &str, scalar: Scalar) -> Option<()> {
    let moment = Moment::parse(text)?;
    if !moment.is_utc() {
        return write_microseconds(buffer, moment.microseconds(scalar)?, scalar);
    }
    buffer.push(b'"');
    if scalar != Scalar::Time {
        if moment.date.is_empty() {
            return None;
        }
        buffer.extend_from_slice(moment.date.as_bytes());
    }
    if matches!(scalar, Scalar::Timestamptz | Scalar::Timestamp) {
        buffer.push(b'T');
    }
    if scalar != Scalar::Date {
        let time = if moment.time.is_empty() { "00:00:00" } else { moment.time };
        buffer.extend_from_slice(time.as_bytes());
        if time.len() == "HH:MM".len() {
            buffer.extend_from_slice(b":00");
        }
        let fraction = moment.fraction();
        if !fraction.is_empty() {
            buffer.push(b'.');
            buffer.extend_from_slice(fraction.as_bytes());
        }
    }
    if scalar == Scalar::Timestamptz {
        buffer.extend_from_slice(b"+00:00");
    }
    buffer.push(b'"');
    Some(())
}

/// A time's text in pieces; a piece that is missing is empty.
struct Moment<'text> {
    /// `YYYY-MM-DD`
    date: &'text str,
    /// `HH:MM` or `HH:MM:SS`
    time: &'text str,
    /// All digits of the fraction.
    digits: &'text str,
    /// `Z`, `+02:00`, …
    zone: &'text str,
}

impl<'text> Moment<'text> {
    fn parse(text: &'text str) -> Option<Moment<'text>> {
        // Byte offsets below are then offsets of characters.
        if !text.is_ascii() {
            return None;
        }
        let (date, rest) = match text.len() >= DATE_LENGTH && has_shape(&text[..DATE_LENGTH], "dddd-dd-dd") {
            true => text.split_at(DATE_LENGTH),
            false => ("", text),
        };
        if rest.is_empty() {
            return Some(Moment { date, time: "", digits: "", zone: "" });
        }
        let rest = match date.is_empty() {
            true => rest,
            false => rest.strip_prefix(['T', ' '])?,
        };
        let time_length = rest.find(|character: char| !character.is_ascii_digit() && character != ':');
        let (time, rest) = rest.split_at(time_length.unwrap_or(rest.len()));
        if !has_shape(time, "dd:dd:dd") && !has_shape(time, "dd:dd") {
            return None;
        }
        let (digits, zone) = match rest.strip_prefix('.') {
            Some(fraction) => {
                let length = fraction.find(|character: char| !character.is_ascii_digit()).unwrap_or(fraction.len());
                fraction.split_at(length)
            }
            None => ("", rest),
        };
        let known_zone = matches!(zone, "" | "Z" | "z") || zone.starts_with(['+', '-']);
        known_zone.then_some(Moment { date, time, digits, zone })
    }

    /// The digits of the fraction that count, without trailing zeros.
    fn fraction(&self) -> &'text str {
        self.digits[..self.digits.len().min(FRACTION_DIGITS)].trim_end_matches('0')
    }

    fn is_utc(&self) -> bool {
        matches!(self.zone, "" | "Z" | "z" | "+00:00" | "+00" | "-00:00" | "+0000")
    }

    /// Microseconds since 1970-01-01T00:00:00Z; times of day count from midnight.
    fn microseconds(&self, scalar: Scalar) -> Option<i64> {
        let date = if scalar == Scalar::Time { "1970-01-01" } else { self.date };
        let time = if self.time.is_empty() { "00:00:00" } else { self.time };
        let point = if self.fraction().is_empty() { "" } else { "." };
        let zone = if self.zone.is_empty() { "Z" } else { self.zone };
        let instant: jiff::Timestamp = format!("{date}T{time}{point}{}{zone}", self.fraction()).parse().ok()?;
        Some(instant.as_microsecond())
    }
}

/// Whether `text` has digits where `shape` has `d` and the same characters elsewhere.
fn has_shape(text: &str, shape: &str) -> bool {
    text.len() == shape.len()
        && text.bytes().zip(shape.bytes()).all(|(byte, expected)| match expected {
            b'd' => byte.is_ascii_digit(),
            _ => byte == expected,
        })
}

//! Cells in PostgreSQL's binary form, written as JSON exactly as `to_json` prints them.
//! Refuses to know: statements, rows, where the JSON goes.

use tokio_postgres::types::{Kind, Type};

use super::{numeric, time};
use crate::{DatabaseError, json};

/// The binary form of a column's cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// One byte.
    Boolean,
    /// 16-bit integer.
    Int2,
    /// 32-bit integer.
    Int4,
    /// 64-bit integer.
    Int8,
    /// Unsigned 32-bit integer, a string in JSON.
    Oid,
    /// Single precision.
    Float4,
    /// Double precision.
    Float8,
    /// Decimal in base 10000.
    Numeric,
    /// Text, labels of enums.
    Text,
    /// Sixteen bytes.
    Uuid,
    /// Microseconds since 2000-01-01T00:00:00Z.
    Timestamptz,
    /// Microseconds since 2000-01-01T00:00:00.
    Timestamp,
    /// Days since 2000-01-01.
    Date,
    /// Microseconds since midnight.
    Time,
    /// JSON text.
    Json,
    /// A version byte and JSON text.
    Jsonb,
    /// Bytes.
    Bytea,
    /// Any number of dimensions of another form.
    Array(Box<Form>),
    /// A form the plan should have cast to text.
    Unknown(String),
}

impl Form {
    /// The binary form of a type.
    pub(super) fn of(column: &Type) -> Form {
        match *column {
            Type::BOOL => Form::Boolean,
            Type::INT2 => Form::Int2,
            Type::INT4 => Form::Int4,
            Type::INT8 => Form::Int8,
            Type::OID => Form::Oid,
            Type::FLOAT4 => Form::Float4,
            Type::FLOAT8 => Form::Float8,
            Type::NUMERIC => Form::Numeric,
            Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME | Type::UNKNOWN | Type::XML => Form::Text,
            Type::UUID => Form::Uuid,
            Type::TIMESTAMPTZ => Form::Timestamptz,
            Type::TIMESTAMP => Form::Timestamp,
            Type::DATE => Form::Date,
            Type::TIME => Form::Time,
            Type::JSON => Form::Json,
            Type::JSONB => Form::Jsonb,
            Type::BYTEA => Form::Bytea,
            _ => match column.kind() {
                Kind::Enum(_) => Form::Text,
                Kind::Simple if column.name() == "citext" => Form::Text,
                Kind::Domain(base) => Form::of(base),
                Kind::Array(member) => Form::Array(Box::new(Form::of(member))),
                _ => Form::Unknown(column.name().to_owned()),
            },
        }
    }
}

/// Writes a cell as JSON; `stringify` writes 64-bit integers, doubles and decimals as JSON strings.
///
/// # Errors
/// [`DatabaseError::Internal`] when the bytes are not of that form.
pub(super) fn write(
    buffer: &mut Vec<u8>,
    form: &Form,
    bytes: Option<&[u8]>,
    stringify: bool,
) -> Result<(), DatabaseError> {
    let Some(bytes) = bytes else {
        json::null(buffer);
        return Ok(());
    };
    let written = match form {
        Form::Array(member) => return write_array(buffer, member, bytes, stringify),
        Form::Int8 | Form::Float8 | Form::Numeric if stringify => write_quoted(buffer, form, bytes),
        _ => write_scalar(buffer, form, bytes),
    };
    written.ok_or_else(|| match form {
        Form::Unknown(name) => DatabaseError::Internal(format!("a cell of type `{name}` was not cast to text")),
        form => malformed(form),
    })
}

fn malformed(form: &Form) -> DatabaseError {
    DatabaseError::Internal(format!("a cell is not of the form {form:?}"))
}

fn write_scalar(buffer: &mut Vec<u8>, form: &Form, bytes: &[u8]) -> Option<()> {
    match form {
        Form::Boolean => json::boolean(buffer, boolean(bytes)?),
        Form::Int2 | Form::Int4 | Form::Int8 => json::integer(buffer, integer(bytes)?),
        Form::Oid => json::string(buffer, &u32::from_be_bytes(bytes.try_into().ok()?).to_string()),
        Form::Float4 => json::single(buffer, f32::from_be_bytes(bytes.try_into().ok()?)),
        Form::Float8 => json::double(buffer, f64::from_be_bytes(bytes.try_into().ok()?)),
        Form::Numeric => numeric::write(buffer, bytes)?,
        Form::Text => json::string(buffer, std::str::from_utf8(bytes).ok()?),
        Form::Uuid => write_uuid(buffer, bytes.try_into().ok()?),
        Form::Timestamptz => time::write_timestamp(buffer, integer(bytes)?, true),
        Form::Timestamp => time::write_timestamp(buffer, integer(bytes)?, false),
        Form::Date => time::write_date(buffer, i32::from_be_bytes(bytes.try_into().ok()?)),
        Form::Time => time::write_time(buffer, integer(bytes)?),
        Form::Json => buffer.extend_from_slice(std::str::from_utf8(bytes).ok()?.as_bytes()),
        Form::Jsonb => match bytes {
            [1, text @ ..] => buffer.extend_from_slice(std::str::from_utf8(text).ok()?.as_bytes()),
            _ => return None,
        },
        Form::Bytea => json::bytes(buffer, bytes),
        Form::Array(_) | Form::Unknown(_) => return None,
    }
    Some(())
}

/// What is not a finite number is a string already.
fn write_quoted(buffer: &mut Vec<u8>, form: &Form, bytes: &[u8]) -> Option<()> {
    let start = buffer.len();
    buffer.push(b'"');
    write_scalar(buffer, form, bytes)?;
    if buffer[start + 1] == b'"' {
        buffer.remove(start);
    } else {
        buffer.push(b'"');
    }
    Some(())
}

/// A boolean cell.
pub(super) fn boolean(bytes: &[u8]) -> Option<bool> {
    match bytes {
        [byte] => Some(*byte != 0),
        _ => None,
    }
}

/// An integer cell of any width.
pub(super) fn integer(bytes: &[u8]) -> Option<i64> {
    Some(match bytes.len() {
        2 => i64::from(i16::from_be_bytes(bytes.try_into().ok()?)),
        4 => i64::from(i32::from_be_bytes(bytes.try_into().ok()?)),
        8 => i64::from_be_bytes(bytes.try_into().ok()?),
        _ => return None,
    })
}

fn write_uuid(buffer: &mut Vec<u8>, bytes: &[u8; 16]) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    buffer.push(b'"');
    for (index, byte) in bytes.iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            buffer.push(b'-');
        }
        buffer.extend_from_slice(&[DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
    }
    buffer.push(b'"');
}

/// Writes an array, one JSON array per dimension: the header (number of dimensions, whether members may be NULL, type
/// of the members), the length and first index of each dimension, then the members with their lengths.
fn write_array(buffer: &mut Vec<u8>, member: &Form, bytes: &[u8], stringify: bool) -> Result<(), DatabaseError> {
    /// PostgreSQL's own bound.
    const DIMENSIONS: usize = 6;
    let mut rest = bytes;
    let dimensions = read_i32(&mut rest).and_then(|count| usize::try_from(count).ok());
    let dimensions = dimensions.filter(|count| *count <= DIMENSIONS).ok_or_else(|| malformed(member))?;
    let (Some(_nulls), Some(_type)) = (read_i32(&mut rest), read_i32(&mut rest)) else {
        return Err(malformed(member));
    };
    let mut lengths = [0usize; DIMENSIONS];
    for length in &mut lengths[..dimensions] {
        let (Some(read), Some(_first)) = (read_i32(&mut rest), read_i32(&mut rest)) else {
            return Err(malformed(member));
        };
        *length = usize::try_from(read).map_err(|_| malformed(member))?;
    }
    if dimensions == 0 {
        buffer.extend_from_slice(b"[]");
        return Ok(());
    }
    write_dimension(buffer, member, &lengths[..dimensions], &mut rest, stringify)
}

fn write_dimension(
    buffer: &mut Vec<u8>,
    member: &Form,
    lengths: &[usize],
    rest: &mut &[u8],
    stringify: bool,
) -> Result<(), DatabaseError> {
    buffer.push(b'[');
    for index in 0..lengths[0] {
        if index > 0 {
            buffer.push(b',');
        }
        match lengths.len() {
            1 => {
                let bytes = read_member(rest).ok_or_else(|| malformed(member))?;
                write(buffer, member, bytes, stringify)?;
            }
            _ => write_dimension(buffer, member, &lengths[1..], rest, stringify)?,
        }
    }
    buffer.push(b']');
    Ok(())
}

/// The members of an array of at most one dimension; `None` inside: it has more. A member that is `None` is NULL.
pub(super) fn members(bytes: &[u8]) -> Option<Option<Vec<Option<&[u8]>>>> {
    let mut rest = bytes;
    let dimensions = read_i32(&mut rest)?;
    let (_nulls, _type) = (read_i32(&mut rest)?, read_i32(&mut rest)?);
    match dimensions {
        0 => Some(Some(Vec::new())),
        1 => {
            let (length, _first) = (usize::try_from(read_i32(&mut rest)?).ok()?, read_i32(&mut rest)?);
            (0..length).map(|_| read_member(&mut rest)).collect::<Option<Vec<_>>>().map(Some)
        }
        _ => Some(None),
    }
}

fn read_i32(rest: &mut &[u8]) -> Option<i32> {
    let (head, tail) = rest.split_first_chunk::<4>()?;
    *rest = tail;
    Some(i32::from_be_bytes(*head))
}

/// `None` inside: NULL.
fn read_member<'a>(rest: &mut &'a [u8]) -> Option<Option<&'a [u8]>> {
    let Ok(length) = usize::try_from(read_i32(rest)?) else {
        return Some(None);
    };
    let (member, tail) = rest.split_at_checked(length)?;
    *rest = tail;
    Some(Some(member))
}

//! What is bound to a statement's slots, and how it is sent. Refuses to know: connections, JSON.

use std::fmt;
use std::fmt::Write;

use bytes::{BufMut, BytesMut};
use purlin_model::value::Value;
use purlin_plan::plan::{Slot, Statement};
use tokio_postgres::Row;
use tokio_postgres::types::{Format, FromSql, IsNull, Kind, ToSql, Type, to_sql_checked};

use super::cell;
use super::fault::Cause;
use crate::DatabaseError;

type EncodeError = Box<dyn std::error::Error + Sync + Send>;

/// A cell's bytes as they came.
pub(super) struct Raw<'a>(pub(super) &'a [u8]);

impl<'a> FromSql<'a> for Raw<'a> {
    fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Self, EncodeError> {
        Ok(Raw(raw))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

/// The bytes of a row's cell; `None`: NULL.
///
/// # Errors
/// When the row has no such column: the plan does not fit its statement.
pub(super) fn raw(row: &Row, column: usize) -> Result<Option<&[u8]>, DatabaseError> {
    let cell: Option<Raw<'_>> =
        row.try_get(column).map_err(|_| DatabaseError::Internal(format!("a row has no column {column}")))?;
    Ok(cell.map(|Raw(bytes)| bytes))
}

/// Something to bind.
#[derive(Clone, Copy)]
pub(super) enum Parameter<'a> {
    /// A value of the request.
    Value(&'a Value),
    /// A cell of a row, as it came.
    Cell(&'a Row, usize),
    /// The same cell of every row, as one array.
    Keys(&'a [Row], usize),
}

/// Where the values of a statement's slots are.
#[derive(Clone, Copy, Default)]
pub(super) struct Sources<'a> {
    /// The request's values.
    pub(super) values: &'a [Value],
    /// The values of the row being inserted.
    pub(super) row: &'a [Value],
    /// The enclosing row.
    pub(super) parent: Option<&'a Row>,
    /// All enclosing rows.
    pub(super) parents: &'a [Row],
    /// The rows of nested object inserts.
    pub(super) objects: &'a [Row],
}

/// What is bound to a statement.
///
/// # Errors
/// When a slot points at nothing: the bindings do not belong to the plan.
pub(super) fn bind<'a>(statement: &Statement, sources: Sources<'a>) -> Result<Vec<Parameter<'a>>, Cause> {
    let missing = |slot: Slot| Cause::Database(DatabaseError::Internal(format!("nothing is bound to {slot:?}")));
    statement
        .slots
        .iter()
        .map(|bound| {
            let parameter = match bound.slot {
                Slot::Binding(index) => sources.values.get(index).map(Parameter::Value),
                Slot::Row(index) => sources.row.get(index).map(Parameter::Value),
                Slot::Parent(cell) => sources.parent.map(|row| Parameter::Cell(row, cell)),
                Slot::Keys(cell) => Some(Parameter::Keys(sources.parents, cell)),
                Slot::Object { object, cell } => sources.objects.get(object).map(|row| Parameter::Cell(row, cell)),
            };
            parameter.ok_or_else(|| missing(bound.slot))
        })
        .collect()
}

/// Says nothing of the value: the driver logs parameters.
impl fmt::Debug for Parameter<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("…")
    }
}

impl ToSql for Parameter<'_> {
    fn to_sql(&self, target: &Type, out: &mut BytesMut) -> Result<IsNull, EncodeError> {
        match *self {
            Parameter::Value(value) => match self.encode_format(target) {
                Format::Binary => write_binary(value, target, out),
                Format::Text => write_text(value, out),
            },
            Parameter::Cell(row, column) => write_cell(row, column, target, out),
            Parameter::Keys(rows, column) => write_keys(rows, column, target, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    fn encode_format(&self, target: &Type) -> Format {
        match *self {
            Parameter::Value(value) if !is_binary(value, target) => Format::Text,
            _ => Format::Binary,
        }
    }

    to_sql_checked!();
}

/// Whether the value is sent in the type's binary form; everything else goes as the text PostgreSQL reads.
fn is_binary(value: &Value, target: &Type) -> bool {
    match value {
        Value::Null => true,
        Value::Boolean(_) => *target == Type::BOOL,
        Value::Integer(_) => matches!(*target, Type::INT2 | Type::INT4 | Type::INT8),
        Value::Float(_) => matches!(*target, Type::FLOAT4 | Type::FLOAT8),
        Value::Text(_) => is_text(target),
        Value::Bytes(_) => *target == Type::BYTEA,
        Value::List(members) => match target.kind() {
            Kind::Array(member) => members.iter().all(|value| is_binary(value, member)),
            _ => false,
        },
    }
}

fn is_text(target: &Type) -> bool {
    matches!(*target, Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME)
}

fn write_binary(value: &Value, target: &Type, out: &mut BytesMut) -> Result<IsNull, EncodeError> {
    match value {
        Value::Null => return Ok(IsNull::Yes),
        Value::Boolean(value) => out.put_u8(u8::from(*value)),
        Value::Integer(value) => write_integer(*value, target, out)?,
        Value::Float(value) if *target == Type::FLOAT4 => out.put_f32(*value as f32),
        Value::Float(value) => out.put_f64(*value),
        Value::Text(text) => out.put_slice(text.as_bytes()),
        Value::Bytes(bytes) => out.put_slice(bytes),
        Value::List(members) => {
            let member = member_type(target)?;
            let nulls = members.contains(&Value::Null);
            write_array(out, member, members.len(), nulls, |index, out| write_binary(&members[index], member, out))?;
        }
    }
    Ok(IsNull::No)
}

fn write_integer(value: i64, target: &Type, out: &mut BytesMut) -> Result<(), EncodeError> {
    match *target {
        Type::INT2 => out.put_i16(i16::try_from(value)?),
        Type::INT4 => out.put_i32(i32::try_from(value)?),
        Type::INT8 => out.put_i64(value),
        _ => return Err(format!("an integer cannot be bound as {}", target.name()).into()),
    }
    Ok(())
}

fn member_type(target: &Type) -> Result<&Type, EncodeError> {
    match target.kind() {
        Kind::Array(member) => Ok(member),
        _ => Err(format!("a list cannot be bound as {}", target.name()).into()),
    }
}

/// Writes an array of one dimension: header, length, first index, members with their lengths (-1: NULL).
fn write_array(
    out: &mut BytesMut,
    member: &Type,
    length: usize,
    nulls: bool,
    mut write: impl FnMut(usize, &mut BytesMut) -> Result<IsNull, EncodeError>,
) -> Result<(), EncodeError> {
    out.put_i32(i32::from(length > 0));
    out.put_i32(i32::from(nulls));
    out.put_u32(member.oid());
    if length == 0 {
        return Ok(());
    }
    out.put_i32(i32::try_from(length)?);
    out.put_i32(1);
    for index in 0..length {
        let at = out.len();
        out.put_i32(-1);
        if let IsNull::No = write(index, out)? {
            let size = i32::try_from(out.len() - at - 4)?;
            out[at..at + 4].copy_from_slice(&size.to_be_bytes());
        }
    }
    Ok(())
}

fn write_cell(row: &Row, column: usize, target: &Type, out: &mut BytesMut) -> Result<IsNull, EncodeError> {
    let Some(bytes) = raw(row, column)? else {
        return Ok(IsNull::Yes);
    };
    let (source, target) = (base(row.columns()[column].type_()), base(target));
    let is_integer = |kind: &Type| matches!(*kind, Type::INT2 | Type::INT4 | Type::INT8);
    if source.oid() == target.oid() || (is_textual(source) && is_textual(target)) {
        out.put_slice(bytes);
    } else if is_integer(source) && is_integer(target) {
        write_integer(cell::integer(bytes).ok_or("an integer cell has another width")?, target, out)?;
    } else {
        return Err(format!("a cell of type {} cannot be bound as {}", source.name(), target.name()).into());
    }
    Ok(IsNull::No)
}

/// The type a domain is made of.
fn base(kind: &Type) -> &Type {
    match kind.kind() {
        Kind::Domain(of) => base(of),
        _ => kind,
    }
}

/// Types whose binary form is their text.
fn is_textual(kind: &Type) -> bool {
    is_text(kind) || matches!(kind.kind(), Kind::Enum(_)) || kind.name() == "citext"
}

fn write_keys(rows: &[Row], column: usize, target: &Type, out: &mut BytesMut) -> Result<IsNull, EncodeError> {
    let member = member_type(target)?;
    let mut nulls = false;
    for row in rows {
        nulls |= raw(row, column)?.is_none();
    }
    write_array(out, member, rows.len(), nulls, |index, out| write_cell(&rows[index], column, member, out))?;
    Ok(IsNull::No)
}

/// The text form PostgreSQL reads for the type.
fn write_text(value: &Value, out: &mut BytesMut) -> Result<IsNull, EncodeError> {
    match value {
        Value::Null => return Ok(IsNull::Yes),
        Value::Text(text) => out.put_slice(text.as_bytes()),
        Value::List(members) => {
            out.put_u8(b'{');
            for (index, member) in members.iter().enumerate() {
                if index > 0 {
                    out.put_u8(b',');
                }
                write_literal_member(member, out)?;
            }
            out.put_u8(b'}');
        }
        Value::Boolean(_) | Value::Integer(_) | Value::Float(_) | Value::Bytes(_) => {
            out.put_slice(plain_text(value)?.as_bytes());
        }
    }
    Ok(IsNull::No)
}

/// A member of an array literal: quoted, so that nothing in it means anything.
fn write_literal_member(value: &Value, out: &mut BytesMut) -> Result<(), EncodeError> {
    if let Value::Null = value {
        out.put_slice(b"NULL");
        return Ok(());
    }
    let owned;
    let text: &str = match value {
        Value::Text(text) => text,
        _ => {
            owned = plain_text(value)?;
            &owned
        }
    };
    out.put_u8(b'"');
    for byte in text.bytes() {
        if matches!(byte, b'"' | b'\\') {
            out.put_u8(b'\\');
        }
        out.put_u8(byte);
    }
    out.put_u8(b'"');
    Ok(())
}

fn plain_text(value: &Value) -> Result<String, EncodeError> {
    Ok(match value {
        Value::Boolean(value) => value.to_string(),
        Value::Integer(value) => value.to_string(),
        Value::Float(value) => value.to_string(),
        Value::Bytes(bytes) => bytes.iter().try_fold("\\x".to_owned(), |mut text, byte| {
            write!(text, "{byte:02x}")?;
            Ok::<String, fmt::Error>(text)
        })?,
        Value::Text(_) | Value::Null | Value::List(_) => return Err("a list cannot hold a list".into()),
    })
}

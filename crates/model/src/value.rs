//! Values as they travel between a request, the model and the databases.

pub mod array;
mod coerce;
mod document;
mod number;
mod time;

pub use coerce::{
    CoerceError, CoerceErrorKind, SCALAR_TEXT_BYTES, coerce, coerce_many, coerce_many_text, coerce_text, kind_of,
};
pub use document::canonical as canonical_json;
pub use number::{NUMERIC_DIGITS, canonical_decimal};
pub use time::format_instant;

/// A value that already fits its type. Text forms are canonical, so equal values are equal text:
///
/// | scalar | variant |
/// |---|---|
/// | `Int` `smallint` `bigint` | `Integer` |
/// | `Float` `float8` | `Float` (never NaN or infinite) |
/// | `numeric` | `Text`: digits, optional leading `-`, optional fraction; no exponent; trailing zeros are kept |
/// | `uuid` | `Text`: lower case with hyphens |
/// | `timestamptz` | `Text`: `YYYY-MM-DDTHH:MM:SS.ffffffZ` (27 characters) |
/// | `timestamp` | `Text`: the same without `Z` |
/// | `date` / `time` | `Text`: `YYYY-MM-DD` / `HH:MM:SS.ffffff` |
/// | `jsonb` | `Text`: PostgreSQL's canonical form (keys by length, then bytes; last duplicate wins; `": "` and `", "` as PostgreSQL prints) |
/// | `bytea` | `Bytes` |
/// | `String`, enums, native types | `Text` without U+0000 |
/// | `[T!]` | `List` |
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// SQL NULL.
    Null,
    /// A boolean.
    Boolean(bool),
    /// Any integer scalar.
    Integer(i64),
    /// A finite double.
    Float(f64),
    /// Canonical text of its scalar.
    Text(Box<str>),
    /// Raw bytes.
    Bytes(Box<[u8]>),
    /// A list; its members are not lists.
    List(Vec<Value>),
}

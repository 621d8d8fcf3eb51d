//! Reads the model language (`schema/*.graphql`) into a [`Catalog`] or into *all* of its mistakes,
//! and owns the vocabulary everything else speaks: names, scalars, values, filters, rules, roles.
//!
//! Refuses to know: async, input and output, SQL, HTTP.

pub mod access;
mod advice;
pub mod catalog;
pub mod code;
mod compile;
pub mod diagnostic;
pub mod directive;
pub mod filter;
pub mod inheritance;
mod mistakes;
pub mod pairing;
pub mod permission;
mod prelude;
mod print;
pub mod scalar;
pub mod session;
pub mod source;
pub mod sql;
pub mod system;
pub mod value;

pub use advice::Ignored;
pub use catalog::{Catalog, Column, ColumnIndex, Relation, RelationIndex, Table, TableId};
pub use compile::{Compiled, DatabaseKind, Settings, SqlOwner, check, compile, is_reserved_type_name};
pub use diagnostic::{Diagnostic, Diagnostics, Severity};
pub use filter::{Comparison, Filter, Operand};
pub use prelude::prelude;
pub use print::{PrintOptions, print, print_value, rules_of};
pub use scalar::{Codec, ColumnType, Scalar};
pub use session::{Role, Session};
pub use source::Source;
pub use sql::SqlText;
pub use value::Value;

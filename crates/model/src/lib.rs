//! Reads the model language (`schema/*.graphql`) into a [`Catalog`] or into *all* of its mistakes,
//! and owns the vocabulary everything else speaks: names, scalars, values, filters, rules, roles.
//!
//! Refuses to know: async, input and output, SQL, HTTP.

pub mod catalog;
pub mod filter;
pub mod permission;
pub mod scalar;
pub mod session;
pub mod value;

pub use catalog::{Catalog, Column, ColumnIndex, Relation, RelationIndex, Table, TableId};
pub use filter::{Comparison, Filter, Operand};
pub use scalar::{Codec, ColumnType, Scalar};
pub use session::{Role, Session};
pub use value::Value;

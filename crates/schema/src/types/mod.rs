//! What a role's GraphQL schema looks like from outside: built from its [`RoleView`](crate::view::RoleView) when it is
//! first asked for, printed as SDL, read by `introspection`.
//!
//! ```text
//! RoleView → build → Registry → print | introspection
//! ```
//! Refuses to know: documents, rows, databases. Requests are lowered without it.

mod assembly;
mod build;
mod cache;
pub mod meta;
mod print;
mod registry;

pub use build::build;
pub use cache::Registries;
pub use print::print;
pub use registry::{
    Directive, EnumValue, Field, Input, Kind, Layer, Members, Registry, Text, Type, TypeId, TypeRef, Wrapping,
};

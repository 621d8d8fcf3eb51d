//! Answers `__schema` and `__type`: the selection is compiled once, then written as JSON over a registry.
//!
//! ```text
//! field of the document → compile → Introspection → write (Registry, variables) → bytes
//! ```
//! Refuses to know: the Catalog, rules, rows. A role's registry holds only what exists for it.

mod compile;
mod write;

use std::collections::HashMap;

use async_graphql_parser::Positioned;
use async_graphql_parser::types::FragmentDefinition;
use async_graphql_value::Name;

pub use compile::{Introspection, compile};
pub use write::{TooLarge, write};

/// What a selection needs of the document and the request it is part of.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    /// The document's fragments.
    pub fragments: &'a HashMap<Name, Positioned<FragmentDefinition>>,
    /// The value of a variable, its default included; `None` when there is none.
    pub variable: &'a dyn Fn(&str) -> Option<serde_json::Value>,
}

/// What is wrong with a selection: `validation-failed`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// One sentence for the client.
    pub message: String,
    /// Where, in the dialect's path grammar.
    pub path: String,
}

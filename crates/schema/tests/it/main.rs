//! Tests of the crate as its users see it.

mod introspection;
mod random_catalog;
mod registry;

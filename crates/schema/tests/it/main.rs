//! Tests of the crate as its users see it.

mod access;
mod cases;
mod graphql_js;
mod introspection;
mod outcomes;
mod parity;
mod projects;
mod random_catalog;
mod registry;
mod tables;

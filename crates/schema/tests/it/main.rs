//! Tests of the crate as its users see it.

mod access;
mod graphql_js;
mod introspection;
mod projects;
mod random_catalog;
mod registry;

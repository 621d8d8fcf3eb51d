//! Tests of the crate as its users see it.

mod access;
mod api_diff;
mod at_the_limits;
mod cases;
mod chinook;
mod equivalence;
mod explained;
mod graphql_js;
mod inheritance;
mod introspection;
mod native;
mod oracle;
mod outcomes;
mod parity;
mod prepared;
mod projects;
mod random_catalog;
mod registry;
mod swap;
mod tables;
mod write_parity;

use purlin_testkit::proof;

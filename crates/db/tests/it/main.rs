//! Tests of the crate as its users see it; one binary.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

mod data;
mod import;
mod introspect;
mod migrate;
mod postgres;
mod sqlite;
mod trial;

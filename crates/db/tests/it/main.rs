//! Tests of the crate as its users see it; one binary.

#![allow(clippy::unwrap_used, missing_docs)]

mod import;
mod introspect;
mod migrate;
mod postgres;
mod sqlite;

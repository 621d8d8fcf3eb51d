//! The test harness: cases that are files, databases and servers that live as long as one test.
//!
//! Refuses to know: any other crate of the workspace. Adding a test adds files, not Rust.

mod database;
mod files;
mod pgbouncer;
pub mod proof;
mod server;
mod until;
mod width;

pub use database::{PostgresDatabase, TemporaryFolder};
pub use files::{Expectations, cases, check_text};
pub use pgbouncer::PgBouncer;
pub use server::{PostgresServer, Shutdown};
pub use until::until;
pub use width::{wide_model, wide_role, wide_table};

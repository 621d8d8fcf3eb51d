//! SeaORM entities of the system tables, one module each; a test compares them column by column with the system model.
//!
//! Refuses to know: the Catalog at run time, GraphQL, how a statement is run. Entities name PostgreSQL's schema
//! (`"purlin"."seeds"`); on SQLite `db` turns that into the prefix (`"purlin_seeds"`).

pub mod import;
pub mod migration;
pub mod seed;

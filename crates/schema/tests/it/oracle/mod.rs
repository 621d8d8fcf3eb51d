//! Random models, random operations, and three answers: of Purlin on SQLite, of Purlin on PostgreSQL, and of an oracle
//! in plain Rust that says what the documentation says. They are the same, for `admin` and for two roles with rules.
//!
//! The oracle knows nothing of `purlin_plan` and `purlin_db`, and of `purlin_model` only that it reads the same text. A
//! model and an operation are values of its own, from which that text, documents and answers are made.

mod aggregate;
mod answer;
mod author;
mod author_writes;
mod document;
mod filter;
mod invent;
mod model;
mod operation;
mod permission;
mod proof;
mod read;
mod value;
mod world;
mod write;

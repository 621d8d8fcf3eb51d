//! Turns documents into answers: role views, lowering to `purlin_plan::Query`, prepared operations, execution.
//!
//! Refuses to know: HTTP, and how a session was made.

pub mod introspection;
pub mod names;
pub mod types;
pub mod view;

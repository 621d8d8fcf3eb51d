//! Turns documents into answers: role views, lowering to `purlin_plan::Query`, prepared operations, execution.
//!
//! ```text
//! text → document::prepare → lower → purlin_plan::compile → Prepared (kept by `cache`)
//! Prepared + variables + session → bind → purlin_db::Database::run → bytes
//! ```
//! Refuses to know: HTTP, and how a session was made.

mod bind;
mod cache;
pub mod diff;
mod document;
mod error;
mod explain;
mod input;
pub mod introspection;
mod limits;
mod lower;
pub mod names;
mod path;
pub mod saved;
mod search;
mod service;
mod shape;
pub mod types;
pub mod view;

pub use error::{Code, Limit, Refusal};
pub use explain::{Explanation, explain};
pub use limits::{Limits, RoleLimits};
pub use service::{Kept, OperationKind, Pause, Request, Response, Run, Service, Spent, Statistics};

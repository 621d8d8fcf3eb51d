//! Compiles a front-end-neutral [`Query`] for a role and a dialect into a [`Plan`].
//!
//! ```text
//! Query → permission::merge → compile → Plan
//! ```
//! Refuses to know: connections, the values of sessions and variables, GraphQL documents.

mod compile;
pub mod outline;
pub mod permission;
pub mod plan;
pub mod query;
pub mod sqlite_functions;
mod touched;

pub use compile::compile;
pub use plan::Plan;
pub use query::Query;

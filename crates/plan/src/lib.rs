//! Compiles a front-end-neutral [`Query`] for a role and a dialect into a [`Plan`].
//!
//! ```text
//! Query → permission::merge → compile → Plan
//! ```
//! Refuses to know: connections, the values of sessions and variables, GraphQL documents.

pub mod plan;
pub mod query;

pub use plan::Plan;
pub use query::Query;

//! What gateways share: how often clients may ask.
//!
//! Refuses to know: HTTP, GraphQL, SQL.

pub mod rate;
mod recent;

pub use rate::{Client, Key, Limiter, Rate, Taken, TooMany};

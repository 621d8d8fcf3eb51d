//! Models → migrations → tables: `Catalog` → [`PhysicalSchema`](crate::physical::PhysicalSchema) → [`diff`] → steps →
//! SQL, each pure; and applying them. Refuses to know GraphQL and the command line.

pub mod conversion;
pub mod correspondence;
pub mod diff;
pub mod print;
pub mod step;

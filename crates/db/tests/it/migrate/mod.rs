//! Migrations on live databases of both kinds.

mod apply;
mod cases;
mod drift;
pub mod project;
mod random;
mod rebuild;

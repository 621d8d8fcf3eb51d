//! Migrations on live databases of both kinds.

mod apply;
mod project;
mod seeds;

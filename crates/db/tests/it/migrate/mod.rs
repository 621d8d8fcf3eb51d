//! Migrations on live databases of both kinds.

mod apply;
mod cases;
mod drift;
mod project;
mod random;
mod rebuild;
mod seeds;

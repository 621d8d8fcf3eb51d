//! Plans as text: every case is a query built here and two files of expected statements, which both databases prepare.

mod build;
mod catalog;
mod computed;
mod native;
mod positions;
mod prepare;
mod read;
mod render;
mod truth;
mod write;

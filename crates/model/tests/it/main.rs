//! The model language by example: files with mistakes and what is said about them, files without and what they mean.

mod access;
mod files;
mod filters;
mod functions;
mod inheritance;
mod invalid;
mod prelude;
mod projects;
mod reference;
mod seeds;
mod valid;

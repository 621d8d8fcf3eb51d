//! The model language by example: files with mistakes and what is said about them, files without and what they mean.

mod files;
mod invalid;
mod projects;
mod valid;

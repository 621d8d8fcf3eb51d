//! Guards from outside: headers and configuration in files, the session or error they give beside them.

#![allow(clippy::unwrap_used, missing_docs)]

mod cases;
mod jwks;
mod signing;

//! Guards from outside: headers and configuration in files, the session or error they give beside them.

mod cases;
mod jwks;
mod signing;

//! The gateway from outside: the binary, the routes, and what documentation says of both.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

mod architecture;
mod command;
mod connections;
mod console;
mod crash;
mod data;
mod deployment;
mod dev;
mod http;
mod licences;
mod operations;
mod pooler;
mod process;
mod projects;
mod protection;
mod replica;
mod restart;
mod server;
mod settings;
mod tls;

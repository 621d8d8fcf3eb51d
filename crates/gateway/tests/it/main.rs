//! The gateway from outside: the binary, the routes, and what documentation says of both.

mod architecture;
mod connections;
mod http;
mod server;
mod settings;

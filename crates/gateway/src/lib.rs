//! The one binary, `purlin`: command line, settings, routes and the wiring of everything below. A library first.
//!
//! ```text
//! arguments → command::parse → Settings → a command
//! serve: Settings → Guard, Catalog, Database → transport::State → transport::router → serve::serve
//! ```

mod command;
pub mod log;
pub mod metrics;
mod operations;
pub mod problem;
mod progress;
pub mod project;
pub mod serve;
pub mod settings;
pub mod slow;
mod stall;
pub mod tls;
pub mod traces;
pub mod transport;

use std::io::Write;
use std::process::ExitCode;

use problem::Exit;

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    log::panics();
    let environment = |name: &str| std::env::var(name).ok();
    let run = std::panic::catch_unwind(|| command::run(std::env::args_os(), &environment));
    match run {
        Ok(status) => ExitCode::from(status),
        Err(_) => {
            let _ = writeln!(std::io::stderr(), "error[bug]: this is a mistake in purlin, not yours; please report it");
            ExitCode::from(Exit::Bug as u8)
        }
    }
}

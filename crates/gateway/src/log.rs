//! The log: structured, on standard error. What is logged holds no secrets, variables or rows.

use std::io::Write;

use tracing_subscriber::EnvFilter;

use crate::problem::Problem;
use crate::settings::{Format, Settings};

/// Starts the log of a server.
///
/// # Errors
/// Directives that cannot be read.
pub fn start(settings: &Settings) -> Result<(), Problem> {
    let filter = EnvFilter::try_new(&settings.log).map_err(|error| {
        Problem::new("setting-value", format!("`log` cannot be `{}`", settings.log)).because(error.to_string())
    })?;
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false);
    // A second server in one process keeps the first one's log.
    let _ = match settings.format {
        Format::Human => log.with_ansi(color()).try_init(),
        Format::Json => log.json().try_init(),
    };
    Ok(())
}

/// Logs the place of panics. Their text may quote values, so it is logged only where the code wrote it itself.
pub fn panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(|| "unknown".to_owned(), ToString::to_string);
        let text = panic.payload().downcast_ref::<&'static str>().copied().unwrap_or("(not shown)");
        if tracing::dispatcher::has_been_set() {
            tracing::error!(place, text, "panic");
        } else {
            // A command without a log.
            let _ = writeln!(std::io::stderr(), "panic at {place}: {text}");
        }
    }));
}

/// Whether standard error shows colours.
pub fn color() -> bool {
    use std::io::IsTerminal;
    std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

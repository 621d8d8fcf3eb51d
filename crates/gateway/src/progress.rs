//! Says how far long work has come: a bar on a terminal, else a line every few seconds, both on the standard error.

use std::cell::RefCell;
use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use purlin_db::data::Progress;

/// Time between two lines where there is no terminal.
const LINE_INTERVAL: Duration = Duration::from_secs(5);

/// Shows progress until it is dropped.
pub struct Display {
    bar: Option<ProgressBar>,
    last: RefCell<Instant>,
}

impl Display {
    /// On the standard error.
    pub fn start() -> Display {
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::new(0);
            // The template is a constant; a bar without one would still show.
            if let Ok(style) = ProgressStyle::with_template("{spinner} {wide_msg} {elapsed_precise}") {
                bar.set_style(style);
            }
            bar
        });
        Display { bar, last: RefCell::new(Instant::now()) }
    }

    /// Takes news.
    pub fn show(&self, progress: &Progress) {
        match &self.bar {
            Some(bar) => {
                bar.set_message(progress.to_string());
                bar.tick();
            }
            None => {
                let mut last = self.last.borrow_mut();
                if last.elapsed() >= LINE_INTERVAL {
                    *last = Instant::now();
                    // A closed pipe is not worth a complaint.
                    let _ = writeln!(std::io::stderr(), "{progress}");
                }
            }
        }
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

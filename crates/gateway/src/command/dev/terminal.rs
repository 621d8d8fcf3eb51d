//! Whoever sits at the terminal, if anybody does: lines that are typed.
//!
//! Refuses to know: what was asked.

use std::io::{BufRead, IsTerminal};

use tokio::sync::mpsc;

use crate::settings::Format;

/// Lines that wait to be read.
const QUEUE: usize = 16;

/// Lines from a terminal.
pub struct Terminal {
    lines: Option<mpsc::Receiver<String>>,
}

impl Terminal {
    /// Opens it where standard input and output are a terminal and somebody reads what is printed.
    pub fn open(format: Format) -> Terminal {
        let is_one = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
        if !is_one || format != Format::Human {
            return Terminal { lines: None };
        }
        let (sender, lines) = mpsc::channel(QUEUE);
        // Reading cannot be interrupted: the thread ends with the process.
        std::thread::spawn(move || {
            for line in std::io::stdin().lock().lines().map_while(Result::ok) {
                if sender.blocking_send(line).is_err() {
                    break;
                }
            }
        });
        Terminal { lines: Some(lines) }
    }

    /// Whether somebody can be asked.
    pub fn is_open(&self) -> bool {
        self.lines.is_some()
    }

    /// The next line; never where there is none.
    pub async fn line(&mut self) -> String {
        if let Some(lines) = &mut self.lines {
            if let Some(line) = lines.recv().await {
                return line;
            }
            self.lines = None;
        }
        std::future::pending().await
    }
}

/// Whether an answer agrees.
pub fn is_yes(line: &str) -> bool {
    matches!(line.trim().to_ascii_lowercase().as_str(), "y" | "yes")
}

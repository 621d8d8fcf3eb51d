//! The log: structured, on standard error. What is logged holds no secrets, variables or rows.
//!
//! ```text
//! event → one line → bounded queue → writer thread → standard error
//! ```
//! Nobody waits for the log: a line that finds the queue full is counted and dropped.

use std::io::{self, Write};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

use crate::problem::Problem;
use crate::settings::{Format, Settings};

/// Lines that wait for the writer.
const QUEUE: usize = 8192;
/// Bytes written at once, roughly.
const CHUNK: usize = 64 * 1024;
/// Longest wait for the last lines when the process ends: whoever reads them may have stopped.
const FLUSH: Duration = Duration::from_secs(1);

static DROPPED: AtomicU64 = AtomicU64::new(0);

/// Log lines that were dropped since the process began.
pub fn dropped() -> u64 {
    DROPPED.load(Ordering::Relaxed)
}

/// Starts the log of a server. It is written to its end when the guard is dropped.
///
/// # Errors
/// Directives that cannot be read.
pub fn start(settings: &Settings) -> Result<Flush, Problem> {
    let filter = EnvFilter::try_new(&settings.log).map_err(|error| {
        Problem::new("setting-value", format!("`log` cannot be `{}`", settings.log)).because(error.to_string())
    })?;
    let (lines, flush) = Lines::start(io::stderr()).map_err(|error| {
        Problem::new("runtime", "cannot start the thread that writes the log").because(error.to_string())
    })?;
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(lines).with_target(false);
    // A second server in one process keeps the first one's log.
    let _ = match settings.format {
        Format::Human => log.with_ansi(color()).try_init(),
        Format::Json => log.json().flatten_event(true).with_span_list(false).try_init(),
    };
    Ok(flush)
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
    static COLOR: OnceLock<bool> = OnceLock::new();
    *COLOR
        .get_or_init(|| io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()))
}

enum Message {
    Line(Vec<u8>),
    /// Everything before it is to be written; then tell.
    Flush(Sender<()>),
}

/// Takes lines and queues them.
#[derive(Clone)]
pub struct Lines {
    queue: Sender<Message>,
}

/// Waits for the last lines when dropped.
#[must_use]
pub struct Flush {
    queue: Sender<Message>,
}

impl Lines {
    /// Starts a thread that writes to `out`.
    fn start(out: impl Write + Send + 'static) -> io::Result<(Lines, Flush)> {
        let (queue, messages) = crossbeam_channel::bounded(QUEUE);
        std::thread::Builder::new().name("log".to_owned()).spawn(move || write(out, &messages))?;
        Ok((Lines { queue: queue.clone() }, Flush { queue }))
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = &'a Lines;

    fn make_writer(&'a self) -> &'a Lines {
        self
    }
}

impl Write for &Lines {
    /// Takes one event, as the formatter gives it: whole, with a line feed at its end.
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        if self.queue.try_send(Message::Line(one_line(event))).is_err() {
            DROPPED.fetch_add(1, Ordering::Relaxed);
        }
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// An event is one line whatever it quotes, so that nobody can forge another one.
fn one_line(event: &[u8]) -> Vec<u8> {
    let body = event.strip_suffix(b"\n").unwrap_or(event);
    if !body.iter().any(|byte| matches!(byte, b'\n' | b'\r')) {
        return event.to_vec();
    }
    let mut line = Vec::with_capacity(event.len() + 16);
    for byte in body {
        match byte {
            b'\n' => line.extend_from_slice(b"\\n"),
            b'\r' => line.extend_from_slice(b"\\r"),
            other => line.push(*other),
        }
    }
    line.push(b'\n');
    line
}

/// Writes what has come, several lines at once when there are several.
fn write(mut out: impl Write, messages: &Receiver<Message>) {
    let mut chunk = Vec::new();
    let mut told = 0;
    while let Ok(first) = messages.recv() {
        let mut asked = None;
        for message in std::iter::once(first).chain(messages.try_iter()) {
            match message {
                Message::Line(line) => chunk.extend_from_slice(&line),
                Message::Flush(done) => asked = Some(done),
            }
            if chunk.len() >= CHUNK || asked.is_some() {
                break;
            }
        }
        // A log that cannot be written is no reason to stop serving.
        let _ = out.write_all(&chunk).and_then(|()| out.flush());
        chunk.clear();
        if let Some(done) = asked {
            let _ = done.send(());
        }
        let dropped = dropped();
        if dropped > told {
            tracing::warn!(
                lines = dropped - told,
                "log lines were dropped: they came faster than they could be written"
            );
            told = dropped;
        }
    }
}

impl Drop for Flush {
    fn drop(&mut self) {
        let (done, written) = crossbeam_channel::bounded(1);
        if self.queue.send_timeout(Message::Flush(done), FLUSH).is_ok() {
            let _ = written.recv_timeout(FLUSH);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    use super::{CHUNK, Lines, QUEUE, dropped, one_line};

    /// Keeps what is written, and can be made to wait.
    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn an_event_is_one_line_whatever_it_quotes() {
        assert_eq!(one_line(b"a\n"), b"a\n");
        assert_eq!(one_line(b"a\nINFO forged\r\n\n"), b"a\\nINFO forged\\r\\n\n");
    }

    #[test]
    fn lines_are_written_in_order_and_a_full_queue_drops_and_counts() {
        let kept = Kept::default();
        let stuck = kept.0.lock().unwrap();
        let (lines, flush) = Lines::start(kept.clone()).unwrap();
        // The writer takes a whole chunk at most, and cannot write it; the queue holds the rest but the last.
        (&lines).write_all(&vec![b'x'; CHUNK]).unwrap();
        for index in 0..=QUEUE {
            (&lines).write_all(format!("{index}\n").as_bytes()).unwrap();
        }
        assert!((1..=2).contains(&dropped()), "{}", dropped());
        drop(stuck);
        drop(flush);
        let written = kept.0.lock().unwrap();
        assert!(written[CHUNK..].starts_with(b"0\n1\n2\n"), "the first lines are there");
    }
}

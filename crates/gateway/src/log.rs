//! The log: structured, on standard error. What is logged holds no secrets, variables or rows.
//!
//! ```text
//! event → one line → bounded buffer → writer thread → standard error
//! ```
//! Nobody waits for the log: a line that finds the buffer full is counted and dropped. The writer takes everything that
//! has come at once and rests a little in between, so that a line costs its bytes and no system call.

use std::borrow::Cow;
use std::io::{self, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

use crate::problem::Problem;
use crate::settings::{Format, Settings};

/// Bytes of lines that wait for the writer.
const WAITING_BYTES: usize = 4 << 20;
/// Bytes of the buffer that are kept once it is written.
const KEPT_BYTES: usize = 256 << 10;
/// How long the writer lets lines gather, in a server that writes many.
const GATHERING: Duration = Duration::from_millis(10);
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

/// Takes lines for the writer.
#[derive(Clone)]
pub struct Lines {
    desk: Arc<Desk>,
}

/// Waits for the last lines when dropped.
#[must_use]
pub struct Flush {
    desk: Arc<Desk>,
}

/// What those who log and the writer have in common.
#[derive(Default)]
struct Desk {
    waiting: Mutex<Waiting>,
    /// There is something to write, or somebody waits for it.
    come: Condvar,
    /// Everything has been written.
    written: Condvar,
}

#[derive(Default)]
struct Waiting {
    lines: Vec<u8>,
    /// The writer has nothing to do and must be woken.
    resting: bool,
    /// The writer has lines in hand.
    writing: bool,
    /// Somebody waits for the last lines.
    urgent: bool,
}

impl Lines {
    /// Starts a thread that writes to `out`.
    fn start(out: impl Write + Send + 'static) -> io::Result<(Lines, Flush)> {
        let desk = Arc::new(Desk::default());
        let writer = Arc::clone(&desk);
        std::thread::Builder::new().name("log".to_owned()).spawn(move || write(out, &writer))?;
        Ok((Lines { desk: Arc::clone(&desk) }, Flush { desk }))
    }
}

impl Desk {
    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
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
        let line = one_line(event);
        let mut waiting = self.desk.waiting();
        if waiting.lines.len() + line.len() > WAITING_BYTES {
            DROPPED.fetch_add(1, Ordering::Relaxed);
            return Ok(event.len());
        }
        waiting.lines.extend_from_slice(&line);
        if std::mem::take(&mut waiting.resting) {
            self.desk.come.notify_one();
        }
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// An event is one line whatever it quotes, so that nobody can forge another one.
fn one_line(event: &[u8]) -> Cow<'_, [u8]> {
    let body = event.strip_suffix(b"\n").unwrap_or(event);
    if !body.iter().any(|byte| matches!(byte, b'\n' | b'\r')) {
        return Cow::Borrowed(event);
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
    Cow::Owned(line)
}

/// Writes what has come, all lines at once.
fn write(mut out: impl Write, desk: &Desk) {
    let mut lines = Vec::new();
    let mut told = 0;
    loop {
        let mut waiting = desk.waiting();
        while waiting.lines.is_empty() {
            waiting.urgent = false;
            waiting.resting = true;
            desk.written.notify_all();
            waiting = desk.come.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
        std::mem::swap(&mut waiting.lines, &mut lines);
        waiting.writing = true;
        drop(waiting);
        // A log that cannot be written is no reason to stop serving.
        let _ = out.write_all(&lines).and_then(|()| out.flush());
        lines.clear();
        lines.shrink_to(KEPT_BYTES);
        let dropped = dropped();
        if dropped > told {
            tracing::warn!(
                lines = dropped - told,
                "log lines were dropped: they came faster than they could be written"
            );
            told = dropped;
        }
        let mut waiting = desk.waiting();
        waiting.writing = false;
        let gathered = desk.come.wait_timeout_while(waiting, GATHERING, |waiting| !waiting.urgent);
        drop(gathered.unwrap_or_else(PoisonError::into_inner));
    }
}

impl Drop for Flush {
    fn drop(&mut self) {
        let mut waiting = self.desk.waiting();
        waiting.urgent = true;
        self.desk.come.notify_one();
        let is_unwritten = |waiting: &mut Waiting| waiting.writing || !waiting.lines.is_empty();
        drop(self.desk.written.wait_timeout_while(waiting, FLUSH, is_unwritten));
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    use super::{Lines, WAITING_BYTES, dropped, one_line};

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
        assert_eq!(&*one_line(b"a\n"), b"a\n");
        assert_eq!(&*one_line(b"a\nINFO forged\r\n\n"), b"a\\nINFO forged\\r\\n\n");
    }

    #[test]
    fn lines_are_written_in_order_and_what_is_too_much_is_dropped_and_counted() {
        let kept = Kept::default();
        let stuck = kept.0.lock().unwrap();
        let (lines, flush) = Lines::start(kept.clone()).unwrap();
        // The writer takes what it finds first and cannot write it; the buffer holds no more than its bytes.
        let line = |index: usize| format!("{index:0>1023}\n");
        let most = 2 * WAITING_BYTES / 1024;
        for index in 0..=most {
            (&lines).write_all(line(index).as_bytes()).unwrap();
        }
        assert!(dropped() >= 1, "all {most} lines were taken");
        drop(stuck);
        drop(flush);
        let written = kept.0.lock().unwrap();
        assert!(written.len() >= WAITING_BYTES && written.starts_with((line(0) + &line(1)).as_bytes()));
    }
}

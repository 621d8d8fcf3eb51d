//! Waits until something in a project was saved and its folder is quiet again.
//!
//! Refuses to know: what was saved.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use notify::{Config, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::Notify;

use super::files::{self, FOLDERS};
use crate::problem::Problem;

/// How long nothing must be saved until what was is looked at: editors write in several steps, tools many files.
const QUIET: Duration = Duration::from_millis(25);
/// Longest wait for that.
const RESTLESS: Duration = Duration::from_millis(500);

/// A project under watch.
pub struct Watch {
    project: PathBuf,
    watcher: RecommendedWatcher,
    signal: Arc<Signal>,
}

/// What the watcher's thread tells.
#[derive(Default)]
struct Signal {
    saved: Notify,
    /// Whether one of the folders themselves came or went: it must be watched anew.
    folders: AtomicBool,
}

impl Watch {
    /// Begins to watch `purlin.toml`, the model and the migrations.
    ///
    /// # Errors
    /// A system that cannot watch, or no more files.
    pub fn start(project: &Path) -> Result<Watch, Problem> {
        let project = std::fs::canonicalize(project).map_err(|error| Problem::file(project, &error))?;
        let signal = Arc::new(Signal::default());
        let (told, root) = (Arc::clone(&signal), project.clone());
        let tell = move |event: notify::Result<Event>| told.take(&root, event);
        let watcher = RecommendedWatcher::new(tell, Config::default()).map_err(|error| cannot_watch(&error))?;
        let mut watch = Watch { project, watcher, signal };
        watch.watcher.watch(&watch.project, RecursiveMode::NonRecursive).map_err(|error| cannot_watch(&error))?;
        watch.watch_folders()?;
        Ok(watch)
    }

    /// Waits until something may have been saved and nothing is for a moment; gives the time of the first sign.
    ///
    /// # Errors
    /// A folder that came and cannot be watched.
    pub async fn saved(&mut self) -> Result<Instant, Problem> {
        self.signal.saved.notified().await;
        let first = Instant::now();
        while first.elapsed() < RESTLESS && tokio::time::timeout(QUIET, self.signal.saved.notified()).await.is_ok() {}
        if self.signal.folders.swap(false, Ordering::Relaxed) {
            self.watch_folders()?;
        }
        Ok(first)
    }

    fn watch_folders(&mut self) -> Result<(), Problem> {
        for folder in FOLDERS.map(|folder| self.project.join(folder)) {
            // A folder of this name that is gone may still be watched.
            let _ = self.watcher.unwatch(&folder);
            if folder.is_dir() {
                let watched = self.watcher.watch(&folder, RecursiveMode::Recursive);
                watched.map_err(|error| cannot_watch(&error))?;
            }
        }
        Ok(())
    }
}

impl Signal {
    fn take(&self, project: &Path, event: notify::Result<Event>) {
        let Ok(event) = event else {
            // Events were lost: look at everything.
            self.folders.store(true, Ordering::Relaxed);
            self.saved.notify_one();
            return;
        };
        if matches!(event.kind, EventKind::Access(_)) {
            return;
        }
        let mut concerned = event.need_rescan();
        for name in event.paths.iter().filter_map(|path| files::relevant(project, path)) {
            concerned = true;
            if FOLDERS.iter().any(|folder| name == Path::new(folder)) {
                self.folders.store(true, Ordering::Relaxed);
            }
        }
        if concerned {
            self.saved.notify_one();
        }
    }
}

fn cannot_watch(error: &notify::Error) -> Problem {
    let problem = Problem::new("watch", "cannot watch the project's folder").because(error.to_string());
    match error.kind {
        notify::ErrorKind::MaxFilesWatch => {
            problem.hint("raise the system's limit, on Linux `sysctl fs.inotify.max_user_watches=524288`")
        }
        _ => problem.hint("`purlin serve` serves without watching"),
    }
}

//! Cases in folders and expected texts beside them; `UPDATE=1` rewrites what is expected.

use std::fs;
use std::path::{Path, PathBuf};

/// Files or folders directly under `folder` whose name passes `keep`, sorted by name.
///
/// # Panics
/// When the folder cannot be read or holds no such entry: a suite without cases proves nothing.
pub fn cases(folder: &Path, keep: impl Fn(&Path) -> bool) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("cannot read {}: {error}", folder.display()));
    let mut found: Vec<PathBuf> =
        entries.map(|entry| entry.expect("a readable folder").path()).filter(|path| keep(path)).collect();
    found.sort();
    assert!(!found.is_empty(), "no cases in {}", folder.display());
    found
}

/// Compares many texts with files and reports all differences at once.
#[derive(Default)]
pub struct Expectations {
    differences: Vec<String>,
}

impl Expectations {
    /// Starts without any.
    pub fn new() -> Expectations {
        Expectations::default()
    }

    /// Compares `actual` with the file at `path`, or writes the file when `UPDATE=1`.
    pub fn check(&mut self, path: &Path, actual: &str) {
        if std::env::var_os("UPDATE").is_some_and(|value| value == "1") {
            fs::write(path, actual).unwrap_or_else(|error| panic!("cannot write {}: {error}", path.display()));
            return;
        }
        let expected = fs::read_to_string(path).unwrap_or_else(|error| format!("<cannot read: {error}>"));
        if expected != actual {
            self.differences
                .push(format!("{} differs\n--- expected\n{expected}\n--- actual\n{actual}\n", path.display()));
        }
    }

    /// Notes a failure that is not a difference of texts.
    pub fn fail(&mut self, message: String) {
        self.differences.push(message);
    }

    /// Fails the test if anything differed.
    ///
    /// # Panics
    /// With every difference found, and how to accept them.
    pub fn finish(self) {
        let count = self.differences.len();
        assert!(
            count == 0,
            "{}\n{count} differ; UPDATE=1 accepts what is printed as actual",
            self.differences.join("\n")
        );
    }
}

/// Compares one text with one file.
///
/// # Panics
/// When they differ.
pub fn check_text(path: &Path, actual: &str) {
    let mut expectations = Expectations::new();
    expectations.check(path, actual);
    expectations.finish();
}

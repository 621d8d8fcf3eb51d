//! For tests only: what must hold for any input, each as a function of bytes.
//!
//! Refuses to know: who makes the inputs. A test runs the corpus and random changes of it; `scripts/fuzz` looks for new
//! inputs with libFuzzer.

#![allow(clippy::unwrap_used)]

mod filter;
mod graphql;
mod http;
mod json;
mod model;
pub mod mutation;
mod project;

use std::path::{Path, PathBuf};

/// One target.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Its name: that of its folder of inputs in `corpus`, and of its dictionary.
    pub name: &'static str,
    /// Expects what must hold for these bytes, whatever they are.
    ///
    /// # Panics
    /// When it does not hold.
    pub run: fn(&[u8]),
    /// A folder of the workspace whose files are inputs too, written for other tests.
    pub examples: Option<&'static str>,
}

/// All of them.
pub const TARGETS: [Target; 5] = [
    Target { name: "model", run: model::run, examples: Some("crates/model/tests") },
    Target { name: "graphql", run: graphql::run, examples: Some("crates/schema/tests/cases/shelf") },
    Target { name: "http", run: http::run, examples: None },
    Target { name: "filter", run: filter::run, examples: None },
    Target { name: "json", run: json::run, examples: None },
];

impl Target {
    /// The target of this name.
    pub fn named(name: &str) -> Option<Target> {
        TARGETS.into_iter().find(|target| target.name == name)
    }

    /// Its inputs, those of other tests included, sorted by path.
    ///
    /// # Panics
    /// When they cannot be read.
    pub fn inputs(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut paths = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(self.name));
        if let Some(examples) = self.examples {
            let examples = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(examples));
            paths.extend(examples.into_iter().filter(|path| path.extension().is_some_and(|end| end == "graphql")));
        }
        paths.into_iter().map(|path| (path.clone(), std::fs::read(path).expect("an input"))).collect()
    }

    /// The words of its language, for who changes inputs.
    ///
    /// # Panics
    /// When they cannot be read.
    pub fn words(&self) -> Vec<Vec<u8>> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("dictionaries").join(self.name).with_extension("dict");
        let text = std::fs::read_to_string(path).expect("a dictionary");
        text.lines().filter_map(|line| line.strip_prefix('"')?.strip_suffix('"')).map(mutation::word).collect()
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

//! The embedded web console: files and nothing else. Refuses to know: HTTP, the project, who asks.
//!
//! ```text
//! web/ → scripts/console (Vite, gzip) → dist/ → build.rs → FILES
//! ```

use std::io::Read;

/// The page's path in [`FILES`].
pub const INDEX: &str = "index.html";
/// Shown instead of the page by a binary that was built without it.
pub const MISSING: &str = include_str!("missing.html");

/// A file of the console.
#[derive(Clone, Copy, Debug)]
pub struct File {
    /// Where it is below the console: `assets/index-B8H5bjvb.js`.
    pub path: &'static str,
    /// Its media type.
    pub media_type: &'static str,
    /// Its content, compressed by gzip (RFC 1952).
    pub gzip: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// Every file by path; none if the binary was built without the console.
pub const fn files() -> &'static [File] {
    FILES
}

/// The file at a path.
pub fn file(path: &str) -> Option<&'static File> {
    let at = FILES.binary_search_by(|file| file.path.cmp(path)).ok()?;
    FILES.get(at)
}

impl File {
    /// Its content as it is, for clients that do not read gzip.
    pub fn content(&self) -> Vec<u8> {
        let mut content = Vec::new();
        // What the build compressed decompresses; a test reads every file.
        let _ = flate2::read::GzDecoder::new(self.gzip).read_to_end(&mut content);
        content
    }

    /// Whether its name changes with its content, so that it may be kept for ever.
    pub fn is_immutable(&self) -> bool {
        self.path.starts_with("assets/")
    }
}

//! Data in and out: rows of files, of the other database and of archives, by one codec. Refuses to know GraphQL, and
//! permissions: whoever may open the database may do this.
//!
//! ```text
//! file → Rows (checked by the model, each with its place) → Session::insert (one statement, COPY)
//! Session::read (one snapshot) → chunks of rows → lines of CSV or NDJSON, another Session, an archive
//! ```

pub mod backup;
mod check;
pub mod csv;
mod digest;
mod error;
pub mod export;
pub mod import;
mod ndjson;
mod rows;
pub mod seed;
mod session;
mod shape;
mod source;
pub mod target;
pub mod transfer;

use std::fmt;

pub use digest::Digest;
pub use error::{DataError, MISTAKES, Mistake, Mistakes};
pub use rows::Format;
pub use session::{Conflict, Refused, Session};
pub use shape::{CHUNK_BYTES, CHUNK_ROWS, Chunk, Row, Shape};

pub(crate) use shape::Gathering;

/// How far long work has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is under way: `import tasks`.
    pub label: String,
    /// Rows so far.
    pub rows: u64,
    /// Bytes read of the file and its size, where there is one.
    pub bytes: Option<(u64, u64)>,
}

/// Told how far long work has come, at every chunk of rows.
pub type Told<'a> = &'a dyn Fn(&Progress);

impl fmt::Display for Progress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {} rows", self.label, self.rows)?;
        match self.bytes {
            Some((read, size)) if size > 0 => write!(formatter, " ({}%)", read.min(size) * 100 / size),
            _ => Ok(()),
        }
    }
}

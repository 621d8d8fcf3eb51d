//! Opens connections to an SQLite file: settings, registered functions, limits. Refuses to know what runs on them.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags};

use super::functions;
use crate::DatabaseError;

/// How long a statement waits for another process that holds the file's lock.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// Bytes of the file mapped into memory, at most.
const MEMORY_MAP_BYTES: i64 = 1 << 30;
/// Page cache of each connection in KiB (negative: SQLite's way to say KiB).
const CACHE_KIBIBYTES: i64 = -8 * 1024;
/// Prepared statements each connection keeps.
const STATEMENT_CACHE: usize = 256;
/// The write-ahead log is cut back to this many bytes after a checkpoint.
const JOURNAL_SIZE_BYTES: i64 = 64 * 1024 * 1024;
/// Longest text, blob or row in bytes.
const VALUE_BYTES: i32 = 256 * 1024 * 1024;
/// What every SQLite file begins with.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// What a connection is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Reads only.
    Read,
    /// The one that writes.
    Write,
}

/// Makes the folder of the file, and refuses a file that is something else. Gives its absolute path, which SQLite takes
/// for nothing but a path (`:memory:` and `file:…` would be something else).
///
/// # Errors
/// [`DatabaseError::Unavailable`] with the reason.
pub fn prepare_file(path: &Path) -> Result<PathBuf, DatabaseError> {
    let unavailable = |reason: String| DatabaseError::Unavailable(format!("`{}`: {reason}", path.display()));
    if path.as_os_str().is_empty() {
        return Err(DatabaseError::Unavailable("the URL names no file; expected `sqlite:PATH`".to_owned()));
    }
    let absolute = std::path::absolute(path).map_err(|error| unavailable(error.to_string()))?;
    if path.is_dir() {
        return Err(unavailable("it is a folder, not an SQLite file".to_owned()));
    }
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|error| unavailable(error.to_string()))?;
    }
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(absolute),
        Err(error) => return Err(unavailable(error.to_string())),
    };
    let mut head = Vec::with_capacity(MAGIC.len());
    file.by_ref().take(MAGIC.len() as u64).read_to_end(&mut head).map_err(|error| unavailable(error.to_string()))?;
    match head.is_empty() || head == MAGIC {
        true => Ok(absolute),
        false => Err(unavailable("it is not an SQLite file".to_owned())),
    }
}

/// Opens a connection.
///
/// # Errors
/// [`DatabaseError::Unavailable`] with the reason.
pub fn open(path: &PathBuf, purpose: Purpose) -> Result<Connection, DatabaseError> {
    connect(path, purpose).map_err(|error| DatabaseError::Unavailable(format!("`{}`: {error}", path.display())))
}

fn connect(path: &PathBuf, purpose: Purpose) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    if purpose == Purpose::Write {
        let mode: String = connection.query_row("pragma journal_mode = wal", [], |row| row.get(0))?;
        if mode != "wal" {
            // A file system without shared memory, or a file that is locked in another mode.
            tracing::warn!(mode, "the database file cannot use a write-ahead log: readers and the writer take turns");
        }
        // Checkpoints are the writer's own business (see `writer`).
        connection.pragma_update(None, "wal_autocheckpoint", 0)?;
        connection.pragma_update(None, "journal_size_limit", JOURNAL_SIZE_BYTES)?;
    }
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "recursive_triggers", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "mmap_size", MEMORY_MAP_BYTES)?;
    connection.pragma_update(None, "cache_size", CACHE_KIBIBYTES)?;
    connection.pragma_update(None, "temp_store", "memory")?;
    // Otherwise statements are planned anew when other values are bound.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, VALUE_BYTES)?;
    connection.set_prepared_statement_cache_capacity(STATEMENT_CACHE);
    functions::register(&connection)?;
    if purpose == Purpose::Read {
        connection.pragma_update(None, "query_only", true)?;
    }
    // The header and the schema are only read now.
    connection.query_row("select count(*) from sqlite_schema", [], |row| row.get::<_, i64>(0))?;
    Ok(connection)
}

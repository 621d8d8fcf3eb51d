//! A file of rows, read once from its beginning: plain or gzip, with or without a byte order mark; what was read is
//! hashed, so that an import can go on where it ended in a file that is still the same. Refuses to know what a row is.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::MultiGzDecoder;
use sha2::{Digest, Sha256};

/// Bytes read at once.
const BUFFER_BYTES: usize = 256 << 10;
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// An open file.
pub struct Input {
    reader: Box<dyn BufRead + Send>,
    hash: Sha256,
    bytes: u64,
    raw: Arc<AtomicU64>,
    /// Bytes of the file on disk.
    pub size: u64,
}

impl std::fmt::Debug for Input {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Input").field("bytes", &self.bytes).finish_non_exhaustive()
    }
}

impl Input {
    /// Opens a file; one whose name ends with `.gz` is unpacked while it is read.
    ///
    /// # Errors
    /// Those of the file.
    pub fn open(path: &Path) -> io::Result<Input> {
        let file = File::open(path)?;
        let size = file.metadata()?.len();
        let raw = Arc::new(AtomicU64::new(0));
        let counted = BufReader::with_capacity(BUFFER_BYTES, Counted { file, raw: raw.clone() });
        let reader: Box<dyn BufRead + Send> = match is_packed(path) {
            true => Box::new(BufReader::with_capacity(BUFFER_BYTES, MultiGzDecoder::new(counted))),
            false => Box::new(counted),
        };
        let mut input = Input { reader, hash: Sha256::new(), bytes: 0, raw, size };
        if input.peek()?.starts_with(BYTE_ORDER_MARK) {
            input.consume(BYTE_ORDER_MARK.len())?;
        }
        Ok(input)
    }

    /// What comes next, at least a byte; empty at the end.
    ///
    /// # Errors
    /// Those of the file.
    pub fn peek(&mut self) -> io::Result<&[u8]> {
        self.reader.fill_buf()
    }

    /// Takes so many of the bytes that were looked at.
    ///
    /// # Errors
    /// Those of the file.
    pub fn consume(&mut self, count: usize) -> io::Result<()> {
        self.hash.update(&self.reader.fill_buf()?[..count]);
        self.reader.consume(count);
        self.bytes += count as u64;
        Ok(())
    }

    /// The next line with its end, appended; gives whether there was one.
    ///
    /// # Errors
    /// Those of the file; [`io::ErrorKind::InvalidData`] when it is longer than `most`.
    pub fn line(&mut self, line: &mut Vec<u8>, most: usize) -> io::Result<bool> {
        loop {
            let buffer = self.reader.fill_buf()?;
            let end = buffer.iter().position(|byte| *byte == b'\n').map(|at| at + 1);
            let count = end.unwrap_or(buffer.len());
            if count == 0 {
                return Ok(!line.is_empty());
            }
            line.extend_from_slice(&buffer[..count]);
            self.consume(count)?;
            if line.len() > most {
                return Err(io::Error::new(io::ErrorKind::InvalidData, format!("a line has more than {most} bytes")));
            }
            if end.is_some() {
                return Ok(true);
            }
        }
    }

    /// Bytes taken so far, unpacked.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// SHA-256 of the bytes taken so far.
    pub fn checksum(&self) -> String {
        self.hash.clone().finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Bytes of the file on disk read so far.
    pub fn read_bytes(&self) -> u64 {
        self.raw.load(Ordering::Relaxed)
    }
}

/// Whether a file's name says that it is packed.
pub fn is_packed(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("gz"))
}

struct Counted {
    file: File,
    raw: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.raw.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

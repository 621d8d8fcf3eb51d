//! A row as a record of CSV (RFC 4180), and back. Refuses to know databases.
//!
//! As PostgreSQL has it: an empty cell is NULL, an empty cell in quotes is the empty text. Cells are PostgreSQL's text
//! forms: `{"a","b"}` for a list, `\x0a` for bytes, JSON for documents.

use std::io;

use csv_core::{ReadFieldResult, Reader};
use purlin_model::value::Value;

use super::shape::{Row, Shape};
use super::source::Input;
use crate::physical::postgres_text;

/// Longest cell in bytes.
pub const CELL_BYTES: usize = 256 << 20;
const FIRST_CELL_BYTES: usize = 256;

/// Writes the line of column names.
pub fn write_header(buffer: &mut Vec<u8>, shape: &Shape) {
    for (index, field) in shape.fields.iter().enumerate() {
        if index > 0 {
            buffer.push(b',');
        }
        write_text(buffer, &field.name);
    }
    buffer.push(b'\n');
}

/// Writes a row that has all columns, with its line end.
pub fn write(buffer: &mut Vec<u8>, row: &Row) {
    for (index, value) in row.iter().enumerate() {
        if index > 0 {
            buffer.push(b',');
        }
        match value {
            Value::Null => {}
            Value::Text(text) => write_text(buffer, text),
            value => write_text(buffer, &postgres_text(value)),
        }
    }
    buffer.push(b'\n');
}

fn write_text(buffer: &mut Vec<u8>, text: &str) {
    let plain = |byte: u8| !matches!(byte, b'"' | b',' | b'\n' | b'\r');
    if !text.is_empty() && text.bytes().all(plain) && text.trim() == text {
        buffer.extend_from_slice(text.as_bytes());
        return;
    }
    buffer.push(b'"');
    let (mut rest, mut chunk) = (text.as_bytes(), [0; 1024]);
    loop {
        let (result, read, written) = csv_core::quote(rest, &mut chunk, b'"', b'"', true);
        buffer.extend_from_slice(&chunk[..written]);
        rest = &rest[read..];
        if result == csv_core::WriteResult::InputEmpty {
            break;
        }
    }
    buffer.push(b'"');
}

/// A place in a text, both counted from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Line.
    pub line: u64,
    /// Character of the line.
    pub column: u64,
}

impl Place {
    /// Where a text begins.
    pub const START: Place = Place { line: 1, column: 1 };

    /// Where `bytes` lead.
    pub fn after(mut self, bytes: &[u8]) -> Place {
        for byte in bytes {
            match byte {
                b'\n' => self = Place { line: self.line + 1, column: 1 },
                0x80..0xc0 => {}
                _ => self.column += 1,
            }
        }
        self
    }
}

/// A cell as it is in the file.
#[derive(Debug)]
pub struct Cell {
    /// Its bytes without quotes.
    pub bytes: Vec<u8>,
    /// Whether it was in quotes.
    pub quoted: bool,
    /// Whether the quotes were closed.
    pub closed: bool,
    /// Where it begins.
    pub place: Place,
}

/// Reads the records of a file.
#[derive(Debug)]
pub struct Records {
    core: Reader,
    place: Place,
}

impl Default for Records {
    fn default() -> Records {
        Records { core: Reader::new(), place: Place::START }
    }
}

impl Records {
    /// The next record; `None` at the end. Empty lines are none.
    ///
    /// # Errors
    /// Those of the file; [`io::ErrorKind::InvalidData`] when a cell is longer than [`CELL_BYTES`].
    pub fn next(&mut self, input: &mut Input) -> io::Result<Option<Vec<Cell>>> {
        self.skip_line_ends(input)?;
        let mut cells = Vec::new();
        while let Some((cell, last)) = self.cell(input)? {
            cells.push(cell);
            if last {
                return Ok(Some(cells));
            }
        }
        Ok(Some(cells).filter(|cells| !cells.is_empty()))
    }

    /// Where the next record begins, or the present one goes on.
    pub fn place(&self) -> Place {
        self.place
    }

    fn consume(&mut self, input: &mut Input, count: usize) -> io::Result<()> {
        self.place = self.place.after(&input.peek()?[..count]);
        input.consume(count)
    }

    /// The reader would skip them too, but then nobody could see whether the cell behind them begins with a quote.
    fn skip_line_ends(&mut self, input: &mut Input) -> io::Result<()> {
        loop {
            let count = input.peek()?.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            if count == 0 {
                return Ok(());
            }
            self.consume(input, count)?;
        }
    }

    /// The next cell and whether it is its record's last.
    fn cell(&mut self, input: &mut Input) -> io::Result<Option<(Cell, bool)>> {
        let place = self.place;
        let quoted = input.peek()?.first() == Some(&b'"');
        let (mut bytes, mut filled, mut quotes) = (vec![0; FIRST_CELL_BYTES], 0, 0);
        loop {
            let raw = input.peek()?;
            let (result, read, written) = self.core.read_field(raw, &mut bytes[filled..]);
            quotes += raw[..read].iter().filter(|byte| **byte == b'"').count();
            filled += written;
            self.consume(input, read)?;
            match result {
                ReadFieldResult::InputEmpty => {}
                ReadFieldResult::OutputFull if bytes.len() >= CELL_BYTES => {
                    return Err(io::Error::new(
                        io::ErrorKind::InvalidData,
                        format!("a cell has more than {CELL_BYTES} bytes"),
                    ));
                }
                ReadFieldResult::OutputFull => bytes.resize(bytes.len() * 2, 0),
                ReadFieldResult::Field { record_end } => {
                    bytes.truncate(filled);
                    let closed = !quoted || quotes % 2 == 0;
                    return Ok(Some((Cell { bytes, quoted, closed, place }, record_end)));
                }
                ReadFieldResult::End => return Ok(None),
            }
        }
    }
}

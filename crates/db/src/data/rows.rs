//! A file of rows → rows that fit their table, each with its place; every mistake with file, line and column. Refuses to
//! know databases.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use purlin_model::value::{Value, coerce_text};
use serde_json::value::RawValue;

use super::check::Checks;
use super::csv::{self, Cell, Place};
use super::error::{DataError, Mistake, Mistakes};
use super::ndjson;
use super::shape::{Field, Row, Shape};
use super::source::{Input, is_packed};

/// Longest line of NDJSON in bytes.
const LINE_BYTES: usize = 256 << 20;

/// How rows are written in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A line of column names, then a record each.
    Csv,
    /// A JSON object on each line.
    Ndjson,
}

impl Format {
    /// The format a file's name stands for.
    pub fn of(path: &Path) -> Option<Format> {
        let stem = stem(path);
        match Path::new(&stem.1).extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "csv" => Some(Format::Csv),
            "ndjson" | "jsonl" => Some(Format::Ndjson),
            _ => None,
        }
    }

    /// The ending of its files.
    pub const fn extension(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Ndjson => "ndjson",
        }
    }
}

/// The name of a file without endings, and with its ending but without `.gz`.
fn stem(path: &Path) -> (String, String) {
    let unpacked = if is_packed(path) { path.with_extension("") } else { path.to_owned() };
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    (name(&unpacked.with_extension("")), name(&unpacked))
}

/// The table a file's name stands for.
pub fn table_of(path: &Path) -> String {
    stem(path).0
}

/// A row of a file.
#[derive(Debug)]
pub struct Record {
    /// Where it begins.
    pub place: Place,
    /// The columns it has values for: positions in the shape.
    pub positions: Arc<[usize]>,
    /// The values.
    pub row: Row,
}

/// The rows of a file, one after the other.
pub struct Rows<'a> {
    /// Its name, for mistakes.
    pub file: String,
    path: PathBuf,
    shape: &'a Shape,
    checks: &'a Checks,
    /// The file.
    pub input: Input,
    reader: Reader,
}

enum Reader {
    Csv { records: Box<csv::Records>, header: Option<Arc<[usize]>> },
    Ndjson { line: u64, text: Vec<u8>, positions: Arc<[usize]> },
}

impl<'a> Rows<'a> {
    /// Opens a file.
    ///
    /// # Errors
    /// [`DataError::File`].
    pub fn open(path: &Path, format: Format, shape: &'a Shape, checks: &'a Checks) -> Result<Rows<'a>, DataError> {
        let reader = match format {
            Format::Csv => Reader::Csv { records: Box::default(), header: None },
            Format::Ndjson => Reader::Ndjson { line: 0, text: Vec::new(), positions: Arc::new([]) },
        };
        let input = Input::open(path).map_err(|error| DataError::file(path, error))?;
        Ok(Rows { file: path.display().to_string(), path: path.to_owned(), shape, checks, input, reader })
    }

    /// The next row that fits; those that do not are noted and passed over. `None` at the end.
    ///
    /// # Errors
    /// [`DataError::File`].
    pub fn next(&mut self, mistakes: &mut Mistakes) -> Result<Option<Record>, DataError> {
        loop {
            let before = mistakes.count();
            let found = match &self.reader {
                Reader::Csv { .. } => self.next_csv(mistakes)?,
                Reader::Ndjson { .. } => self.next_ndjson(mistakes)?,
            };
            match found {
                Some(record) if mistakes.count() == before => return Ok(Some(record)),
                Some(_) => {}
                None => return Ok(None),
            }
        }
    }

    fn note(&self, mistakes: &mut Mistakes, place: Place, reason: String) {
        mistakes.push(Mistake { file: self.file.clone(), place, reason });
    }

    fn next_csv(&mut self, mistakes: &mut Mistakes) -> Result<Option<Record>, DataError> {
        let Reader::Csv { records, header } = &mut self.reader else { return Ok(None) };
        let failed = |error| DataError::file(&self.path, error);
        let positions = match header {
            Some(positions) => positions.clone(),
            None => {
                let names = records.next(&mut self.input).map_err(failed)?.unwrap_or_default();
                let positions = self.header(&names, mistakes);
                let Reader::Csv { header, .. } = &mut self.reader else { return Ok(None) };
                let Some(positions) = positions else { return Ok(None) };
                header.insert(positions).clone()
            }
        };
        let Reader::Csv { records, .. } = &mut self.reader else { return Ok(None) };
        let Some(cells) = records.next(&mut self.input).map_err(|error| DataError::file(&self.path, error))? else {
            return Ok(None);
        };
        let place = cells.first().map_or(Place::START, |cell| cell.place);
        if cells.len() != positions.len() {
            let reason = format!("expected {} cells, as in the first line, but found {}", positions.len(), cells.len());
            self.note(mistakes, place, reason);
            return Ok(Some(Record { place, positions, row: Row::new() }));
        }
        let mut row = Row::with_capacity(cells.len());
        for (position, cell) in positions.iter().zip(&cells) {
            let value = self.cell(*position, cell);
            row.push(value.unwrap_or_else(|reason| {
                self.note(mistakes, cell.place, in_column(&self.shape.fields[*position], &reason));
                Value::Null
            }));
        }
        Ok(Some(Record { place, positions, row }))
    }

    /// The columns of the first line; `None` if rows cannot be read.
    fn header(&self, names: &[Cell], mistakes: &mut Mistakes) -> Option<Arc<[usize]>> {
        let mut positions = Vec::with_capacity(names.len());
        for cell in names {
            let name = String::from_utf8_lossy(&cell.bytes);
            match self.shape.position(&name) {
                Some(position) if positions.contains(&position) => {
                    self.note(mistakes, cell.place, format!("column `{name}` is there twice"));
                }
                Some(position) => positions.push(position),
                None => self.note(mistakes, cell.place, self.unknown(&name)),
            }
        }
        if names.is_empty() {
            self.note(mistakes, Place::START, "expected a line of column names".to_owned());
        } else {
            for missing in self.checks.missing(&positions) {
                let name = &self.shape.fields[missing].name;
                self.note(mistakes, Place::START, format!("column `{name}` is missing and must have a value"));
            }
        }
        (positions.len() == names.len() && !names.is_empty()).then(|| positions.into())
    }

    fn unknown(&self, name: &str) -> String {
        let mut reason =
            format!("there is no column `{}` in `{}`; it has", super::check::shortened(name), self.shape.name);
        for (index, field) in self.shape.fields.iter().enumerate() {
            let _ = write!(reason, "{} `{}`", if index > 0 { "," } else { "" }, field.name);
        }
        reason
    }

    fn cell(&self, position: usize, cell: &Cell) -> Result<Value, String> {
        if !cell.closed {
            return Err("a quote is never closed".to_owned());
        }
        let text = std::str::from_utf8(&cell.bytes).map_err(|_| "it is not UTF-8".to_owned())?;
        let field = &self.shape.fields[position];
        let value = match text.is_empty() && !cell.quoted {
            true => Value::Null,
            false => coerce_text(field.codec, text).map_err(|error| error.message)?,
        };
        self.checks.value(position, &value).map(|()| value)
    }

    fn next_ndjson(&mut self, mistakes: &mut Mistakes) -> Result<Option<Record>, DataError> {
        let Reader::Ndjson { line, text, positions } = &mut self.reader else { return Ok(None) };
        loop {
            text.clear();
            *line += 1;
            if !self.input.line(text, LINE_BYTES).map_err(|error| DataError::file(&self.path, error))? {
                return Ok(None);
            }
            if !text.iter().all(u8::is_ascii_whitespace) {
                break;
            }
        }
        let (line, last, bytes) = (*line, positions.clone(), std::mem::take(text));
        let record = self.object(Place { line, column: 1 }, &bytes, last, mistakes);
        if let Reader::Ndjson { text, positions, .. } = &mut self.reader {
            (*text, *positions) = (bytes, record.positions.clone());
        }
        Ok(Some(record))
    }

    fn object(&self, place: Place, bytes: &[u8], last: Arc<[usize]>, mistakes: &mut Mistakes) -> Record {
        let nothing = || Record { place, positions: Arc::new([]), row: Row::new() };
        let Ok(text) = std::str::from_utf8(bytes) else {
            self.note(mistakes, place, "the line is not UTF-8".to_owned());
            return nothing();
        };
        let at = |offset: usize| place.after(&bytes[..offset.min(bytes.len())]);
        match ndjson::parse(text) {
            Ok(object) => {
                let (values, wrong) = fitting(self.shape, self.checks, &object);
                for (raw, reason) in wrong {
                    let place = raw.map_or(place, |raw| at(ndjson::offset(text, raw)));
                    self.note(mistakes, place, reason);
                }
                record(place, values, last)
            }
            Err((offset, reason)) => {
                self.note(mistakes, at(offset), reason);
                nothing()
            }
        }
    }
}

/// Values in the order of the table's columns; rows with the same columns share the list of them.
pub fn record(place: Place, mut values: Vec<(usize, Value)>, last: Arc<[usize]>) -> Record {
    values.sort_by_key(|(position, _)| *position);
    let same = values.len() == last.len() && values.iter().zip(&*last).all(|((position, _), other)| position == other);
    let positions = if same { last } else { values.iter().map(|(position, _)| *position).collect() };
    Record { place, positions, row: values.into_iter().map(|(_, value)| value).collect() }
}

/// A mistake in a JSON object: the value that is wrong, or `None` for all of it, and why.
pub type Wrong<'text> = (Option<&'text RawValue>, String);

/// The values of a JSON object by position, and its mistakes.
pub fn fitting<'text>(
    shape: &Shape,
    checks: &Checks,
    object: &ndjson::Object<'text>,
) -> (Vec<(usize, Value)>, Vec<Wrong<'text>>) {
    let (mut values, mut wrong): (Vec<(usize, Value)>, _) = (Vec::with_capacity(object.0.len()), Vec::new());
    for (name, raw) in &object.0 {
        let Some(position) = shape.position(name) else {
            wrong.push((
                Some(*raw),
                format!("there is no column `{}` in `{}`", super::check::shortened(name), shape.name),
            ));
            continue;
        };
        if values.iter().any(|(other, _)| *other == position) {
            wrong.push((Some(*raw), format!("column `{name}` is there twice")));
            continue;
        }
        let field = &shape.fields[position];
        let value = ndjson::value(field.codec, raw).and_then(|value| checks.value(position, &value).map(|()| value));
        match value {
            Ok(value) => values.push((position, value)),
            Err(reason) => {
                wrong.push((Some(*raw), in_column(field, &reason)));
                values.push((position, Value::Null));
            }
        }
    }
    let given: Vec<usize> = values.iter().map(|(position, _)| *position).collect();
    for missing in checks.missing(&given) {
        wrong.push((None, format!("column `{}` is missing and must have a value", shape.fields[missing].name)));
    }
    (values, wrong)
}

fn in_column(field: &Field, reason: &str) -> String {
    format!("column `{}` ({}): {reason}", field.name, field.type_name)
}

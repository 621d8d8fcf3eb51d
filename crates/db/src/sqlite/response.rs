//! Writes the response of a write from the rows it returned, or from reading them again. Refuses to know the write.

use purlin_plan::plan::{Returning, Shape, WriteResponse};

use super::bind::{Cells, Parent};
use super::insert::Written;
use super::select::{Level, Reader, ResponseSize, Session};
use super::statement::is_true;
use crate::{DatabaseError, json};

/// The JSON of the returned rows that may be seen, for each of [`WriteResponse::returning`]; `None`: may not.
pub struct Answers(Vec<Vec<Option<Vec<u8>>>>);

/// Writes the response value.
///
/// # Errors
/// [`DatabaseError`] of reading again, or of a bound that was exceeded.
pub fn write<'run>(
    session: Session<'run>,
    response: &'run WriteResponse,
    written: &Written,
    buffer: &mut Vec<u8>,
) -> Result<(), DatabaseError> {
    value(&response.value, written.affected, buffer, &mut |index, many, buffer| {
        let rows = if many { &written.rows[..] } else { &written.rows[..written.rows.len().min(1)] };
        let mut source = Source::prepare(session, returning(response, index)?)?;
        let start = open(many, buffer);
        for row in rows {
            let before = comma(start, buffer);
            match source.write(session, row, buffer)? {
                true => session.size.check(buffer)?,
                false => buffer.truncate(before),
            }
        }
        close(many, start, buffer);
        Ok(())
    })
}

/// Reads what is answered about rows that are about to go. `length` is that of the response so far.
///
/// # Errors
/// As [`write`].
pub fn read_returning<'run>(
    session: Session<'run>,
    response: &'run WriteResponse,
    rows: &[Cells],
    length: usize,
) -> Result<Answers, DatabaseError> {
    let left = session.size.buffer_length.saturating_sub(length);
    let mut total = 0;
    let mut answers = Vec::with_capacity(response.returning.len());
    for returning in &response.returning {
        let mut source = Source::prepare(session, returning)?;
        let mut answer = Vec::with_capacity(rows.len());
        for row in rows {
            let mut text = Vec::new();
            let session = Session { size: ResponseSize { buffer_length: left - total, ..session.size }, ..session };
            let visible = source.write(session, row, &mut text)?;
            session.size.check(&text)?;
            total += text.len();
            answer.push(visible.then_some(text));
        }
        answers.push(answer);
    }
    Ok(Answers(answers))
}

/// Writes the response value from what was read before.
///
/// # Errors
/// [`DatabaseError::Internal`] when the plan is wrong.
pub fn write_answers(
    response: &WriteResponse,
    answers: &Answers,
    affected: u64,
    buffer: &mut Vec<u8>,
) -> Result<(), DatabaseError> {
    value(&response.value, affected, buffer, &mut |index, many, buffer| {
        let rows = answers.0.get(index).ok_or_else(|| no_such_returning(index))?;
        let start = open(many, buffer);
        let rows = if many { &rows[..] } else { &rows[..rows.len().min(1)] };
        for text in rows.iter().flatten() {
            comma(start, buffer);
            buffer.extend_from_slice(text);
        }
        close(many, start, buffer);
        Ok(())
    })
}

fn no_such_returning(index: usize) -> DatabaseError {
    DatabaseError::Internal(format!("the plan has no returning {index}"))
}

fn returning(response: &WriteResponse, index: usize) -> Result<&Returning, DatabaseError> {
    response.returning.get(index).ok_or_else(|| no_such_returning(index))
}

/// Begins a list; gives where its members begin.
fn open(many: bool, buffer: &mut Vec<u8>) -> usize {
    if many {
        buffer.push(b'[');
    }
    buffer.len()
}

/// Separates a member from those before; gives the length to go back to if it is not written after all.
fn comma(start: usize, buffer: &mut Vec<u8>) -> usize {
    let before = buffer.len();
    if before > start {
        buffer.push(b',');
    }
    before
}

/// Ends a list; a single row that is not there is null.
fn close(many: bool, start: usize, buffer: &mut Vec<u8>) {
    match many {
        true => buffer.push(b']'),
        false if buffer.len() == start => json::null(buffer),
        false => {}
    }
}

type WriteReturning<'a> = dyn FnMut(usize, bool, &mut Vec<u8>) -> Result<(), DatabaseError> + 'a;

/// Writes a response shape.
fn value(
    shape: &Shape,
    affected: u64,
    buffer: &mut Vec<u8>,
    write_returning: &mut WriteReturning<'_>,
) -> Result<(), DatabaseError> {
    match shape {
        Shape::Constant(text) => buffer.extend_from_slice(text.as_bytes()),
        Shape::AffectedRows => json::integer(buffer, i64::try_from(affected).unwrap_or(i64::MAX)),
        Shape::Returning { index, many } => write_returning(*index, *many, buffer)?,
        Shape::Object { present: None, fields } => {
            buffer.push(b'{');
            for (index, (key, shape)) in fields.iter().enumerate() {
                if index > 0 {
                    buffer.push(b',');
                }
                buffer.extend_from_slice(key.as_bytes());
                value(shape, affected, buffer, write_returning)?;
            }
            buffer.push(b'}');
        }
        Shape::Object { .. } | Shape::Cell { .. } | Shape::Promised { .. } | Shape::Child(_) => {
            return Err(DatabaseError::Internal("a write's response asks for cells of no row".to_owned()));
        }
    }
    Ok(())
}

/// Where the JSON of a returned row comes from.
enum Source<'run> {
    /// Its own cells.
    Direct { row: &'run Shape, visible: Option<usize> },
    /// A statement by its key.
    Reread(Box<Reader<'run>>),
}

impl<'run> Source<'run> {
    fn prepare(session: Session<'run>, returning: &'run Returning) -> Result<Source<'run>, DatabaseError> {
        Ok(match returning {
            Returning::Direct { row, visible } => Source::Direct { row, visible: *visible },
            Returning::Reread(rows) => Source::Reread(Box::new(Reader::prepare(session, rows)?)),
        })
    }

    /// Writes a row; `false` (and nothing of use written) when it may not be seen.
    fn write(&mut self, session: Session<'run>, cells: &Cells, buffer: &mut Vec<u8>) -> Result<bool, DatabaseError> {
        let cells = Parent::Cells(cells);
        match self {
            Source::Direct { visible: Some(cell), .. } if !is_true(cells.cell(*cell)?) => Ok(false),
            Source::Direct { row, .. } => {
                Level::new(session, &[], &mut []).shape(row, cells, buffer)?;
                Ok(true)
            }
            Source::Reread(reader) => reader.write_first(session, cells, buffer),
        }
    }
}

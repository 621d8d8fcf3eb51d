//! Runs statements that read: nested prepared statements, one execution per parent row, JSON straight into the response
//! buffer. Refuses to know transactions and where parent rows come from.

use purlin_model::value::Value;
use purlin_plan::plan::{Correlation, Rows, Shape};
use rusqlite::types::ValueRef;
use rusqlite::{CachedStatement, Connection};

use super::bind::{Parent, bind_fixed, bind_parent};
use super::codec;
use crate::{DatabaseError, json};

/// What all statements of a request share.
#[derive(Clone, Copy)]
pub struct Session<'run> {
    /// Where they run.
    pub connection: &'run Connection,
    /// The request's values.
    pub values: &'run [Value],
    /// Length the response buffer must not exceed, and the limit to tell.
    pub size: ResponseSize,
}

/// The bound of a response.
#[derive(Clone, Copy)]
pub struct ResponseSize {
    /// Length of the buffer that must not be exceeded (it may hold something before the response).
    pub buffer_length: usize,
    /// The bound as it is set.
    pub limit: usize,
}

impl ResponseSize {
    /// The bound for a response that is appended to `buffer`.
    pub fn of(limit: usize, buffer: &[u8]) -> ResponseSize {
        ResponseSize { buffer_length: buffer.len().saturating_add(limit), limit }
    }

    /// # Errors
    /// [`DatabaseError::ResponseSize`] when the buffer has grown beyond it.
    pub fn check(self, buffer: &[u8]) -> Result<(), DatabaseError> {
        match buffer.len() > self.buffer_length {
            true => Err(DatabaseError::ResponseSize(self.limit)),
            false => Ok(()),
        }
    }
}

/// A prepared statement of a plan with the request's values bound, and the children prepared so far.
pub struct Reader<'run> {
    rows: &'run Rows,
    statement: CachedStatement<'run>,
    children: Vec<Option<Reader<'run>>>,
}

impl<'run> Reader<'run> {
    /// Prepares the statement (not its children: those wait for a row that needs them).
    ///
    /// # Errors
    /// [`DatabaseError`] of preparing or binding.
    pub fn prepare(session: Session<'run>, rows: &'run Rows) -> Result<Reader<'run>, DatabaseError> {
        if !matches!(rows.correlation, Correlation::Root | Correlation::PerParent) {
            return Err(DatabaseError::Internal("a plan for another database was given to SQLite".to_owned()));
        }
        let mut statement = session.connection.prepare_cached(&rows.statement.sql)?;
        bind_fixed(&mut statement, &rows.statement, session.values)?;
        let children = rows.children.iter().map(|_| None).collect();
        Ok(Reader { rows, statement, children })
    }

    /// Runs it for an enclosing row and writes what it gives.
    ///
    /// # Errors
    /// [`DatabaseError`] of the statement, of a cell, or of a bound that was exceeded.
    pub fn write(
        &mut self,
        session: Session<'run>,
        parent: Parent<'_>,
        buffer: &mut Vec<u8>,
    ) -> Result<(), DatabaseError> {
        let rows = self.rows;
        bind_parent(&mut self.statement, &rows.statement, parent)?;
        let mut cursor = self.statement.raw_query();
        let mut level = Level { session, rows: &rows.children, readers: &mut self.children };
        if !rows.many {
            match cursor.next()? {
                Some(row) => level.shape(&rows.row, Parent::Row(row), buffer)?,
                None => json::null(buffer),
            }
            return Ok(());
        }
        buffer.push(b'[');
        let mut count = 0;
        while let Some(row) = cursor.next()? {
            if count > 0 {
                buffer.push(b',');
            }
            count += 1;
            if let Some(cap) = rows.row_cap.filter(|cap| count > *cap) {
                return Err(DatabaseError::RowCap(cap));
            }
            level.shape(&rows.row, Parent::Row(row), buffer)?;
            session.size.check(buffer)?;
        }
        buffer.push(b']');
        Ok(())
    }

    /// Runs it for an enclosing row and writes its first row; `false` and nothing written if it gives none.
    ///
    /// # Errors
    /// As [`Reader::write`].
    pub fn write_first(
        &mut self,
        session: Session<'run>,
        parent: Parent<'_>,
        buffer: &mut Vec<u8>,
    ) -> Result<bool, DatabaseError> {
        let rows = self.rows;
        bind_parent(&mut self.statement, &rows.statement, parent)?;
        let mut cursor = self.statement.raw_query();
        let Some(row) = cursor.next()? else { return Ok(false) };
        let mut level = Level { session, rows: &rows.children, readers: &mut self.children };
        level.shape(&rows.row, Parent::Row(row), buffer)?;
        session.size.check(buffer)?;
        Ok(true)
    }
}

/// The statements below the rows of one statement (or below a root).
pub struct Level<'level, 'run> {
    session: Session<'run>,
    rows: &'run [Rows],
    readers: &'level mut [Option<Reader<'run>>],
}

impl<'level, 'run> Level<'level, 'run> {
    /// The level whose statements are `rows`; `readers` has as many places.
    pub fn new(
        session: Session<'run>,
        rows: &'run [Rows],
        readers: &'level mut [Option<Reader<'run>>],
    ) -> Level<'level, 'run> {
        Level { session, rows, readers }
    }

    /// Writes a shape over a row.
    ///
    /// # Errors
    /// As [`Reader::write`].
    pub fn shape(&mut self, shape: &Shape, row: Parent<'_>, buffer: &mut Vec<u8>) -> Result<(), DatabaseError> {
        match shape {
            Shape::Constant(text) => buffer.extend_from_slice(text.as_bytes()),
            Shape::Cell { column, output } => codec::write_cell(buffer, row.cell(*column)?, *output)?,
            Shape::Promised { column, output } => {
                let cell = row.cell(*column)?;
                if matches!(cell, ValueRef::Null) {
                    return Err(broken_promise());
                }
                codec::write_cell(buffer, cell, *output)?;
            }
            Shape::Object { present, fields } => {
                if let Some(column) = *present
                    && matches!(row.cell(column)?, ValueRef::Null)
                {
                    json::null(buffer);
                    return Ok(());
                }
                for (index, (key, value)) in fields.iter().enumerate() {
                    buffer.push(if index == 0 { b'{' } else { b',' });
                    buffer.extend_from_slice(key.as_bytes());
                    self.shape(value, row, buffer)?;
                }
                if fields.is_empty() {
                    buffer.push(b'{');
                }
                buffer.push(b'}');
            }
            Shape::Child(index) => self.child(*index, row, buffer)?,
            Shape::AffectedRows | Shape::Returning { .. } => {
                return Err(DatabaseError::Internal("a read asks for the result of a write".to_owned()));
            }
        }
        Ok(())
    }

    fn child(&mut self, index: usize, row: Parent<'_>, buffer: &mut Vec<u8>) -> Result<(), DatabaseError> {
        let missing = || DatabaseError::Internal(format!("the plan has no child statement {index}"));
        let rows = self.rows.get(index).ok_or_else(missing)?;
        let place = self.readers.get_mut(index).ok_or_else(missing)?;
        let reader = match place {
            Some(reader) => reader,
            None => place.insert(Reader::prepare(self.session, rows)?),
        };
        reader.write(self.session, row, buffer)
    }
}

/// SQL of the model gave NULL where its type says that there is a value.
fn broken_promise() -> DatabaseError {
    DatabaseError::Internal("SQL of the model gives NULL for a field that ends in `!`".to_owned())
}

/// Writes a shape whose children have no enclosing row: the value of a root field that reads.
///
/// # Errors
/// As [`Reader::write`].
pub fn write_root<'run>(
    session: Session<'run>,
    value: &Shape,
    children: &'run [Rows],
    buffer: &mut Vec<u8>,
) -> Result<(), DatabaseError> {
    let mut readers: Vec<Option<Reader<'run>>> = children.iter().map(|_| None).collect();
    Level::new(session, children, &mut readers).shape(value, Parent::None, buffer)
}

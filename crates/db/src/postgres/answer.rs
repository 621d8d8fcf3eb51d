//! Writes fetched rows as JSON into the response, depth first. Refuses to know: how rows were fetched or written.

use purlin_plan::plan::{Output, Shape};
use tokio_postgres::Row;

use super::cell::{self, Form};
use super::parameter::raw;
use super::rows::{Forest, Node};
use crate::{DatabaseError, json};

/// What a shape is written over.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    /// All fetched rows.
    pub(super) forest: &'a Forest<'a>,
    /// The row at hand and how its cells are read; nothing at a root.
    pub(super) row: Option<(&'a Row, &'a [Form])>,
    /// The position of that row among its statement's rows.
    pub(super) index: usize,
    /// The node of the first child statement.
    pub(super) children: usize,
    /// What was written, in responses of writes.
    pub(super) written: Option<&'a Written<'a>>,
}

/// What a write has to tell its response.
pub(super) struct Written<'a> {
    /// The number of rows written, nested ones included.
    pub(super) affected_rows: u64,
    /// Where the returned rows are, in the order of `WriteResponse::returning`.
    pub(super) returned: Vec<Returned<'a>>,
}

/// Where the returned rows of a write are.
pub(super) enum Returned<'a> {
    /// They are the rows written.
    Direct {
        /// Those rows.
        rows: &'a [Row],
        /// How their cells are read.
        forms: &'a [Form],
        /// How each is written.
        row: &'a Shape,
        /// The cell that tells whether the role may see it.
        visible: Option<usize>,
    },
    /// They were read again: one row or none for each row written.
    Reread {
        /// The node of that read.
        node: usize,
        /// How many rows were written.
        count: usize,
    },
}

/// The response while it is written.
pub(super) struct Answer<'b> {
    buffer: &'b mut Vec<u8>,
    /// Its largest length, what was in the buffer before included.
    end: usize,
    limit: usize,
}

impl<'b> Answer<'b> {
    /// Appends to a buffer, at most `limit` bytes.
    pub(super) fn new(buffer: &'b mut Vec<u8>, limit: usize) -> Answer<'b> {
        let end = buffer.len().saturating_add(limit);
        Answer { buffer, end, limit }
    }

    /// Writes ready JSON.
    pub(super) fn text(&mut self, text: &str) {
        self.buffer.extend_from_slice(text.as_bytes());
    }

    /// Writes a shape.
    ///
    /// # Errors
    /// [`DatabaseError::RowCap`], [`DatabaseError::ResponseSize`]; [`DatabaseError::Internal`] when the plan does not
    /// fit its statement.
    pub(super) fn shape(&mut self, shape: &Shape, scope: Scope<'_>) -> Result<(), DatabaseError> {
        match shape {
            Shape::Constant(json) => self.text(json),
            Shape::Cell { column, output } => self.cell(*column, *output, scope, false)?,
            Shape::Promised { column, output } => self.cell(*column, *output, scope, true)?,
            Shape::Object { present, fields } => {
                if !is_present(*present, scope)? {
                    json::null(self.buffer);
                    return Ok(());
                }
                self.members('{', '}', fields.iter(), |answer, (key, value)| {
                    answer.text(key);
                    answer.shape(value, scope)
                })?;
            }
            Shape::Child(child) => {
                let node = scope.forest.node(scope.children + child);
                self.rows(node, scope)?;
            }
            Shape::AffectedRows => {
                let written = scope.written.ok_or_else(|| misfit("affected rows of a read"))?;
                json::integer(self.buffer, i64::try_from(written.affected_rows).unwrap_or(i64::MAX));
            }
            Shape::Returning { index, many } => {
                let written = scope.written.ok_or_else(|| misfit("returned rows of a read"))?;
                let returned = written.returned.get(*index).ok_or_else(|| misfit("returned rows that nobody kept"))?;
                self.returning(returned, *many, scope)?;
            }
        }
        Ok(())
    }

    /// Writes a cell of the row at hand; one that is `promised` may not be NULL.
    fn cell(&mut self, column: usize, output: Output, scope: Scope<'_>, promised: bool) -> Result<(), DatabaseError> {
        let (row, forms) = scope.row.ok_or_else(|| misfit("a cell where there is no row"))?;
        let form = forms.get(column).ok_or_else(|| misfit("a cell of no column"))?;
        let bytes = raw(row, column)?;
        if promised && bytes.is_none() {
            let text = "SQL of the model gives NULL for a field that ends in `!`";
            return Err(DatabaseError::Internal(text.to_owned()));
        }
        cell::write(self.buffer, form, bytes, output.stringify)
    }

    /// Writes a list or object: what stands between comes from `write`.
    pub(super) fn members<T>(
        &mut self,
        open: char,
        close: char,
        members: impl Iterator<Item = T>,
        mut write: impl FnMut(&mut Self, T) -> Result<(), DatabaseError>,
    ) -> Result<(), DatabaseError> {
        self.buffer.push(open as u8);
        for (index, member) in members.enumerate() {
            if index > 0 {
                self.buffer.push(b',');
            }
            write(self, member)?;
        }
        self.buffer.push(close as u8);
        self.check_size()
    }

    /// # Errors
    /// [`DatabaseError::ResponseSize`] when the response has grown too large.
    pub(super) fn check_size(&self) -> Result<(), DatabaseError> {
        match self.buffer.len() > self.end {
            true => Err(DatabaseError::ResponseSize(self.limit)),
            false => Ok(()),
        }
    }

    /// Writes the rows of a statement that belong to the row at hand.
    fn rows(&mut self, node: &Node<'_>, scope: Scope<'_>) -> Result<(), DatabaseError> {
        let members = node.members(scope.index);
        if let Some(cap) = node.list.row_cap
            && members.len() as u64 > cap
        {
            return Err(DatabaseError::RowCap(cap));
        }
        self.list_or_first(node.list.many, members, |answer, index| answer.row(node, index, scope))
    }

    /// Writes the rows a write returns: those the role may see.
    fn returning(&mut self, returned: &Returned<'_>, many: bool, scope: Scope<'_>) -> Result<(), DatabaseError> {
        match returned {
            Returned::Direct { rows, forms, row: shape, visible } => {
                let mut seen = Vec::with_capacity(rows.len());
                for row in *rows {
                    if visible.map_or(Ok(true), |cell| is_true(row, forms, cell))? {
                        seen.push(row);
                    }
                }
                self.list_or_first(many, seen.into_iter(), |answer, row| {
                    answer.shape(shape, Scope { row: Some((row, forms)), written: None, ..scope })
                })
            }
            Returned::Reread { node, count } => {
                let node = scope.forest.node(*node);
                let seen = (0..*count).filter_map(|index| node.members(index).next());
                self.list_or_first(many, seen, |answer, index| answer.row(node, index, scope))
            }
        }
    }

    fn list_or_first<T>(
        &mut self,
        many: bool,
        mut rows: impl Iterator<Item = T>,
        mut write: impl FnMut(&mut Self, T) -> Result<(), DatabaseError>,
    ) -> Result<(), DatabaseError> {
        if many {
            return self.members('[', ']', rows, write);
        }
        match rows.next() {
            Some(row) => write(self, row),
            None => {
                json::null(self.buffer);
                Ok(())
            }
        }
    }

    /// Writes one row of a statement.
    fn row(&mut self, node: &Node<'_>, index: usize, scope: Scope<'_>) -> Result<(), DatabaseError> {
        let found = node.found.as_ref().ok_or_else(|| misfit("a row of a statement that did not run"))?;
        let row = Some((&found.rows[index], found.prepared.forms()));
        let below = Scope { forest: scope.forest, row, index, children: node.children, written: None };
        self.shape(node.list.row, below)
    }
}

/// Whether the object is there: it is not when the cell is NULL.
fn is_present(cell: Option<usize>, scope: Scope<'_>) -> Result<bool, DatabaseError> {
    let Some(column) = cell else { return Ok(true) };
    let (row, _) = scope.row.ok_or_else(|| misfit("a cell where there is no row"))?;
    Ok(raw(row, column)?.is_some())
}

/// Whether a cell is neither NULL nor false.
pub(super) fn is_true(row: &Row, forms: &[Form], column: usize) -> Result<bool, DatabaseError> {
    Ok(match raw(row, column)? {
        None => false,
        Some(bytes) => forms.get(column) != Some(&Form::Boolean) || cell::boolean(bytes) == Some(true),
    })
}

/// The plan does not fit its statement: a mistake of ours.
fn misfit(what: &str) -> DatabaseError {
    DatabaseError::Internal(format!("the plan asks for {what}"))
}

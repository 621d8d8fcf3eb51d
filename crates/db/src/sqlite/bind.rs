//! Binds the slots of a statement. Refuses to know what the statement does.

use purlin_model::value::Value;
use purlin_plan::plan::{BoundSlot, Slot, Statement};
use rusqlite::Row;
use rusqlite::types::{ToSqlOutput, Value as Owned, ValueRef};

use super::codec;
use crate::DatabaseError;

/// The cells of a row that a write returned.
pub type Cells = Vec<Owned>;

/// The enclosing row of a statement.
#[derive(Clone, Copy)]
pub enum Parent<'row> {
    /// There is none.
    None,
    /// The row another statement stands on.
    Row(&'row Row<'row>),
    /// Cells kept from a row written before.
    Cells(&'row [Owned]),
}

impl<'row> Parent<'row> {
    /// Its cell `index`.
    ///
    /// # Errors
    /// [`DatabaseError::Internal`] when it has none: the plan is wrong.
    pub fn cell(self, index: usize) -> Result<ValueRef<'row>, DatabaseError> {
        match self {
            Parent::Row(row) => Ok(row.get_ref(index)?),
            Parent::Cells(cells) => cells.get(index).map(ValueRef::from).ok_or_else(|| no_such(Slot::Parent(index))),
            Parent::None => Err(no_such(Slot::Parent(index))),
        }
    }
}

/// The plan asks for a value that is not there.
pub fn no_such(slot: Slot) -> DatabaseError {
    DatabaseError::Internal(format!("the plan binds {slot:?}, which does not exist here"))
}

/// Where the values of a write's statement come from.
#[derive(Clone, Copy)]
pub struct Slots<'run> {
    /// The request's values.
    pub values: &'run [Value],
    /// The row being inserted.
    pub row: &'run [Value],
    /// The enclosing row.
    pub parent: Parent<'run>,
    /// The rows inserted before it, one for each nested object.
    pub objects: &'run [Cells],
}

impl<'run> Slots<'run> {
    /// Slots outside of inserts.
    pub fn of(values: &'run [Value], parent: Parent<'run>) -> Slots<'run> {
        Slots { values, row: &[], parent, objects: &[] }
    }
}

/// Binds all slots of a statement.
///
/// # Errors
/// [`DatabaseError::Data`] when SQLite cannot hold a value, [`DatabaseError::Internal`] when the plan asks for one that
/// is not there.
pub fn bind(
    statement: &mut rusqlite::Statement<'_>,
    planned: &Statement,
    slots: Slots<'_>,
) -> Result<(), DatabaseError> {
    for (position, slot) in planned.slots.iter().enumerate() {
        let parameter = position + 1;
        match slot.slot {
            Slot::Binding(index) => bind_value(statement, parameter, slot, slots.values, index)?,
            Slot::Row(index) => bind_value(statement, parameter, slot, slots.row, index)?,
            Slot::Parent(index) => {
                statement.raw_bind_parameter(parameter, ToSqlOutput::Borrowed(slots.parent.cell(index)?))?;
            }
            Slot::Object { object, cell } => {
                let row = slots.objects.get(object).ok_or_else(|| no_such(slot.slot))?;
                statement.raw_bind_parameter(parameter, row.get(cell).ok_or_else(|| no_such(slot.slot))?)?;
            }
            Slot::Keys(_) => return Err(no_such(slot.slot)),
        }
    }
    Ok(())
}

/// Binds a slot whose value is one of the request's.
///
/// # Errors
/// [`DatabaseError::Data`] when SQLite cannot hold the value, [`DatabaseError::Internal`] when there is none.
fn bind_value(
    statement: &mut rusqlite::Statement<'_>,
    parameter: usize,
    slot: &BoundSlot,
    values: &[Value],
    index: usize,
) -> Result<(), DatabaseError> {
    let value = values.get(index).ok_or_else(|| no_such(slot.slot))?;
    statement.raw_bind_parameter(parameter, codec::stored(slot.codec, slot.many, value)?)?;
    Ok(())
}

/// Binds what does not change from one enclosing row to the next.
///
/// # Errors
/// As [`bind_value`].
pub fn bind_fixed(
    statement: &mut rusqlite::Statement<'_>,
    planned: &Statement,
    values: &[Value],
) -> Result<(), DatabaseError> {
    for (position, slot) in planned.slots.iter().enumerate() {
        match slot.slot {
            Slot::Binding(index) => bind_value(statement, position + 1, slot, values, index)?,
            Slot::Parent(_) => {}
            other => return Err(no_such(other)),
        }
    }
    Ok(())
}

/// Binds the cells of the enclosing row.
///
/// # Errors
/// [`DatabaseError::Internal`] when there is none.
pub fn bind_parent(
    statement: &mut rusqlite::Statement<'_>,
    planned: &Statement,
    parent: Parent<'_>,
) -> Result<(), DatabaseError> {
    for (position, slot) in planned.slots.iter().enumerate() {
        if let Slot::Parent(index) = slot.slot {
            statement.raw_bind_parameter(position + 1, ToSqlOutput::Borrowed(parent.cell(index)?))?;
        }
    }
    Ok(())
}

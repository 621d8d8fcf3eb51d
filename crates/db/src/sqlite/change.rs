//! Updates and deletes: one statement, or one for each key that was selected before.

use purlin_plan::plan::{Statement, WritePlan};

use super::bind::{Parent, Slots};
use super::insert::Written;
use super::response;
use super::select::Session;
use super::statement::{all_rows, holds};
use crate::DatabaseError;

/// Runs an update or delete and writes its response.
///
/// # Errors
/// [`DatabaseError`] of a statement or check; the caller undoes what was written.
pub fn change<'run>(session: Session<'run>, plan: &'run WritePlan, buffer: &mut Vec<u8>) -> Result<(), DatabaseError> {
    if let Some(select_keys) = &plan.select_keys {
        return change_selected(session, plan, select_keys, buffer);
    }
    let slots = Slots::of(session.values, Parent::None);
    let rows = match &plan.statement {
        Some(statement) => all_rows(session, statement, slots)?,
        None => Vec::new(),
    };
    for row in &rows {
        if !holds(session, &plan.check, row)? {
            return Err(DatabaseError::RuleCheck { inserted: false });
        }
    }
    let written = Written { affected: rows.len() as u64, rows };
    response::write(session, &plan.response, &written, buffer)
}

/// The answer is read while the rows are still there.
fn change_selected<'run>(
    session: Session<'run>,
    plan: &'run WritePlan,
    select_keys: &Statement,
    buffer: &mut Vec<u8>,
) -> Result<(), DatabaseError> {
    let keys = all_rows(session, select_keys, Slots::of(session.values, Parent::None))?;
    let answers = response::read_returning(session, &plan.response, &keys, buffer.len())?;
    if let Some(statement) = &plan.statement
        && !keys.is_empty()
    {
        // What it returns is not counted: rows that an action of a key takes before their turn are not among it.
        all_rows(session, statement, Slots::of(session.values, Parent::None))?;
    }
    let affected = keys.len() as u64;
    response::write_answers(&plan.response, &answers, affected, buffer)
}

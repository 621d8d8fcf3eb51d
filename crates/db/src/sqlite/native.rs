//! Runs statements of the model in order and answers with the rows of the last. Refuses to know what they mean.

use purlin_plan::plan::{NativePlan, NativeStep};

use super::bind::{Cells, Parent, Slots, bind};
use super::insert::Written;
use super::response;
use super::select::Session;
use super::statement::collect;
use super::violation;
use crate::DatabaseError;

/// Runs the statements and writes the response.
///
/// # Errors
/// [`DatabaseError`] of a statement; [`DatabaseError::Expectation`] when one wrote another number of rows than it must.
/// The caller undoes what was written.
pub fn run<'run>(session: Session<'run>, plan: &'run NativePlan, buffer: &mut Vec<u8>) -> Result<(), DatabaseError> {
    let mut last = Vec::new();
    for (index, step) in plan.steps.iter().enumerate() {
        let answers = index + 1 == plan.steps.len();
        let (rows, cells) = execute(session, step, if answers { &plan.columns } else { &[] })?;
        if !step.expects(rows) {
            return Err(DatabaseError::Expectation(step.refusal.clone()));
        }
        last = cells;
    }
    let written = Written { affected: last.len() as u64, rows: last };
    response::write(session, &plan.response, &written, buffer)
}

/// Runs a statement to its end: how many rows it wrote (gave, if it only reads), and the named cells of those it gave.
fn execute(session: Session<'_>, step: &NativeStep, columns: &[Box<str>]) -> Result<(u64, Vec<Cells>), DatabaseError> {
    let slots = Slots::of(session.values, Parent::None);
    let mut statement = session.connection.prepare_cached(&step.statement.sql)?;
    bind(&mut statement, &step.statement, slots)?;
    let positions = positions(&statement.column_names(), columns).map_err(DatabaseError::Internal)?;
    let reads = statement.readonly();
    let stepped = collect(&mut statement);
    drop(statement);
    let rows = stepped.map_err(|error| violation::explain_native(session.connection, error, &step.statement, slots))?;
    let count = if reads { rows.len() as u64 } else { session.connection.changes() };
    let chosen = |row: Cells| positions.iter().map(|position| row[*position].clone()).collect();
    let cells = if columns.is_empty() { Vec::new() } else { rows.into_iter().map(chosen).collect() };
    Ok((count, cells))
}

/// Where columns of these names are; the one without a name is the only one there is.
///
/// # Errors
/// Which one is missing.
pub fn positions(given: &[&str], asked: &[Box<str>]) -> Result<Vec<usize>, String> {
    let position = |name: &str| match given {
        [_] if name.is_empty() => Ok(0),
        _ if name.is_empty() => Err(format!("expected one column, found {}", given.len())),
        _ => {
            let found = given.iter().position(|given| given.eq_ignore_ascii_case(name));
            found.ok_or_else(|| format!("there is no column `{name}` in the result"))
        }
    };
    asked.iter().map(|name| position(name)).collect()
}

//! Runs the root fields of a plan in order, inside a transaction that somebody else begins and ends.

use purlin_plan::Plan;
use purlin_plan::plan::{Bindings, RootBody, RootPlan, WritePlan};
use rusqlite::Connection;

use super::bind::Parent;
use super::select::{ResponseSize, Session, write_root};
use super::{change, insert, native, response};
use crate::{DatabaseError, Failure};

/// Runs the root fields and appends the object of their results to `buffer`.
///
/// # Errors
/// [`Failure`] with the root field at fault; the buffer then holds part of a response.
pub fn roots(
    connection: &Connection,
    plan: &Plan,
    bindings: &Bindings,
    buffer: &mut Vec<u8>,
    response_bytes: usize,
) -> Result<(), Failure> {
    let size = ResponseSize::of(response_bytes, buffer);
    let session = Session { connection, values: &bindings.values, size };
    buffer.push(b'{');
    for (index, field) in plan.roots.iter().enumerate() {
        if index > 0 {
            buffer.push(b',');
        }
        buffer.extend_from_slice(field.key.as_bytes());
        root(session, field, bindings, buffer)
            .and_then(|()| size.check(buffer))
            .map_err(|error| Failure { root: Some(index), error })?;
    }
    buffer.push(b'}');
    Ok(())
}

fn root<'run>(
    session: Session<'run>,
    root: &'run RootPlan,
    bindings: &'run Bindings,
    buffer: &mut Vec<u8>,
) -> Result<(), DatabaseError> {
    match &root.body {
        RootBody::Read { value, children } => write_root(session, value, children, buffer),
        RootBody::Insert { index, rows, response } => {
            let bound = bindings.inserts.get(*index).ok_or_else(|| {
                DatabaseError::Internal(format!("the plan inserts list {index}, which the request does not hold"))
            })?;
            let written = insert::insert(session, rows, bound, Parent::None)?;
            response::write(session, response, &written, buffer)
        }
        RootBody::Write(plan) => change::change(session, plan, buffer),
        RootBody::WriteMany(plans) => many(session, plans, buffer),
        RootBody::Native(plan) => native::run(session, plan, buffer),
    }
}

fn many<'run>(session: Session<'run>, plans: &'run [WritePlan], buffer: &mut Vec<u8>) -> Result<(), DatabaseError> {
    buffer.push(b'[');
    for (index, plan) in plans.iter().enumerate() {
        if index > 0 {
            buffer.push(b',');
        }
        change::change(session, plan, buffer)?;
        session.size.check(buffer)?;
    }
    buffer.push(b']');
    Ok(())
}

/// Runs a statement that has neither values nor rows (`begin`, `commit`, …).
///
/// # Errors
/// Those of SQLite.
pub fn execute(connection: &Connection, sql: &str) -> rusqlite::Result<()> {
    connection.prepare_cached(sql)?.raw_execute().map(drop)
}

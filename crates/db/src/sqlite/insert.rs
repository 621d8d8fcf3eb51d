//! Inserts rows one by one: nested objects before, nested arrays after, checks in between. Refuses to know the response.

use purlin_plan::plan::{BoundRow, InsertPlan, InsertTemplate, RowCheck, Updated};

use super::bind::{Cells, Parent, Slots};
use super::select::Session;
use super::statement::{all_rows, holds, is_true};
use crate::DatabaseError;

/// What a write did.
#[derive(Default)]
pub struct Written {
    /// The rows the outermost statements returned.
    pub rows: Vec<Cells>,
    /// How many rows were written, nested ones included.
    pub affected: u64,
}

/// Inserts rows of one table below `parent`.
///
/// # Errors
/// [`DatabaseError`] of a statement or check; the caller undoes what was written.
pub fn insert(
    session: Session<'_>,
    plan: &InsertPlan,
    bound: &[BoundRow],
    parent: Parent<'_>,
) -> Result<Written, DatabaseError> {
    let mut written = Written::default();
    for row in bound {
        let template = plan.templates.get(row.template).ok_or_else(|| misfit("template"))?;
        if let Some(cells) = insert_row(session, plan, template, row, parent, &mut written.affected)? {
            written.rows.push(cells);
        }
    }
    Ok(written)
}

fn misfit(what: &str) -> DatabaseError {
    DatabaseError::Internal(format!("a bound row does not fit the plan: {what}"))
}

/// Inserts a row and all that is nested in it; gives the returned row unless a conflict left nothing to do.
fn insert_row(
    session: Session<'_>,
    plan: &InsertPlan,
    template: &InsertTemplate,
    row: &BoundRow,
    parent: Parent<'_>,
    affected: &mut u64,
) -> Result<Option<Cells>, DatabaseError> {
    let objects = insert_objects(session, template, row, affected)?;
    let slots = Slots { values: session.values, row: &row.values, parent, objects: &objects };
    let will_update = match &template.probe {
        Some(probe) => !all_rows(session, probe, slots)?.is_empty(),
        None => false,
    };
    let Some(cells) = all_rows(session, &template.statement, slots)?.into_iter().next() else {
        return match row.arrays.iter().all(Vec::is_empty) {
            true => Ok(None),
            false => Err(DatabaseError::NestedInsert { table: plan.table, object: false }),
        };
    };
    *affected += 1;
    let updated = match template.updated {
        Updated::Never => false,
        Updated::Cell(index) => is_true(Parent::Cells(&cells).cell(index)?),
        Updated::Probe => will_update,
    };
    let check: &RowCheck = if updated { &template.update_check } else { &template.insert_check };
    if !holds(session, check, &cells)? {
        return Err(DatabaseError::RuleCheck { inserted: !updated });
    }
    if row.arrays.len() > template.arrays.len() {
        return Err(misfit("arrays"));
    }
    for (array, bound) in template.arrays.iter().zip(&row.arrays) {
        *affected += insert(session, array, bound, Parent::Cells(&cells))?.affected;
    }
    Ok(Some(cells))
}

/// Inserts the rows this row points at; exactly one each.
fn insert_objects(
    session: Session<'_>,
    template: &InsertTemplate,
    row: &BoundRow,
    affected: &mut u64,
) -> Result<Vec<Cells>, DatabaseError> {
    if row.objects.len() != template.objects.len() {
        return Err(misfit("objects"));
    }
    let mut objects = Vec::with_capacity(template.objects.len());
    for (object, bound) in template.objects.iter().zip(&row.objects) {
        let written = insert(session, object, std::slice::from_ref(bound), Parent::None)?;
        *affected += written.affected;
        let nothing = DatabaseError::NestedInsert { table: object.table, object: true };
        objects.push(written.rows.into_iter().next().ok_or(nothing)?);
    }
    Ok(objects)
}

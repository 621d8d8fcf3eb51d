//! Inserts rows: nested objects before, nested arrays after, checks in between; rows without nesting in one flight.
//! Refuses to know: transactions, responses.

use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use purlin_model::value::Value;
use purlin_plan::plan::{BoundRow, InsertPlan, InsertTemplate, RowCheck, Updated};
use tokio_postgres::Row;

use super::answer::is_true;
use super::connection::{Connection, Found, Prepared};
use super::fault::Cause;
use super::parameter::{Sources, bind};
use super::pipeline::in_order;
use crate::DatabaseError;

/// Statements sent before the first of their answers is awaited.
const FLIGHT: usize = 64;

/// Where and with what a write runs.
#[derive(Clone, Copy)]
pub(super) struct Session<'a> {
    /// The connection, in its transaction.
    pub(super) connection: &'a Connection,
    /// The request's values.
    pub(super) values: &'a [Value],
    /// Largest response in bytes.
    pub(super) response_bytes: usize,
}

/// What a write did.
#[derive(Default)]
pub(super) struct Written {
    /// What yielded the rows, for their forms; `None`: there are no rows.
    pub(super) prepared: Option<Arc<Prepared>>,
    /// The rows the outermost statements returned.
    pub(super) rows: Vec<Row>,
    /// How many rows were written, nested ones included.
    pub(super) affected: u64,
}

impl Written {
    /// Adds the rows of one more execution. All begin with the same columns; those of rows with nested lists have what these
    /// need besides.
    pub(super) fn add(&mut self, found: Found) -> Result<(), Cause> {
        if found.rows.is_empty() {
            return Ok(());
        }
        match &self.prepared {
            None => self.prepared = Some(found.prepared),
            Some(first) if first.forms().iter().zip(found.prepared.forms()).all(|(first, next)| first == next) => {}
            Some(_) => return Err(misfit("statements that return different columns")),
        }
        self.affected += found.rows.len() as u64;
        self.rows.extend(found.rows);
        Ok(())
    }
}

impl<'a> Session<'a> {
    /// Inserts rows of one table below `parent`.
    pub(super) async fn insert(
        self,
        plan: &InsertPlan,
        bound: &[BoundRow],
        parent: Option<&Row>,
    ) -> Result<Written, Cause> {
        let mut written = Written::default();
        // Runs of rows of one shape.
        for run in bound.chunk_by(|left, right| left.template == right.template) {
            let template = run.first().and_then(|row| plan.templates.get(row.template));
            let template = template.ok_or_else(|| misfit("a template"))?;
            if template.objects.is_empty() && template.arrays.is_empty() {
                for flight in run.chunks(FLIGHT) {
                    self.insert_flight(template, flight, parent, &mut written).await?;
                }
            } else {
                for row in run {
                    self.insert_nested(plan, template, row, parent, &mut written).await?;
                }
            }
        }
        Ok(written)
    }

    /// Inserts rows that have nothing nested, in one flight.
    async fn insert_flight(
        self,
        template: &InsertTemplate,
        rows: &[BoundRow],
        parent: Option<&Row>,
        written: &mut Written,
    ) -> Result<(), Cause> {
        let prepared = self.connection.prepare(&template.statement).await?;
        let running = rows.iter().map(|row| {
            let prepared = &prepared;
            async move {
                let sources = Sources { values: self.values, row: &row.values, parent, ..Sources::default() };
                let parameters = bind(&template.statement, sources)?;
                self.connection.query(prepared, parameters, self.response_bytes).await
            }
        });
        let found = in_order(running).await?;
        let size = found.iter().map(|found| found.size).sum();
        let rows = found.into_iter().filter_map(|found| found.rows.into_iter().next()).collect();
        let all = Found { prepared, rows, size };
        self.check_inserted(template, &all).await?;
        written.add(all)
    }

    /// Inserts a row and all that is nested in it.
    fn insert_nested<'f>(
        self,
        plan: &'f InsertPlan,
        template: &'f InsertTemplate,
        row: &'f BoundRow,
        parent: Option<&'f Row>,
        written: &'f mut Written,
    ) -> BoxFuture<'f, Result<(), Cause>>
    where
        'a: 'f,
    {
        async move {
            if row.objects.len() != template.objects.len() || row.arrays.len() > template.arrays.len() {
                return Err(misfit("nested rows"));
            }
            let mut objects = Vec::with_capacity(template.objects.len());
            for (object, bound) in template.objects.iter().zip(&row.objects) {
                let inserted = self.insert(object, std::slice::from_ref(bound), None).await?;
                written.affected += inserted.affected;
                let nothing = DatabaseError::NestedInsert { table: object.table, object: true };
                objects.push(inserted.rows.into_iter().next().ok_or(nothing)?);
            }
            let prepared = self.connection.prepare(&template.statement).await?;
            let sources =
                Sources { values: self.values, row: &row.values, parent, objects: &objects, ..Sources::default() };
            let parameters = bind(&template.statement, sources)?;
            let mut found = self.connection.query(&prepared, parameters, self.response_bytes).await?;
            found.rows.truncate(1);
            self.check_inserted(template, &found).await?;
            match found.rows.first() {
                Some(parent) => {
                    for (array, bound) in template.arrays.iter().zip(&row.arrays) {
                        written.affected += self.insert(array, bound, Some(parent)).await?.affected;
                    }
                }
                None if row.arrays.iter().all(Vec::is_empty) => {}
                None => return Err(DatabaseError::NestedInsert { table: plan.table, object: false }.into()),
            }
            written.add(found)
        }
        .boxed()
    }

    async fn check_inserted(self, template: &InsertTemplate, found: &Found) -> Result<(), Cause> {
        let mut inserted = Vec::new();
        let mut updated = Vec::new();
        for row in &found.rows {
            let was_updated = match template.updated {
                Updated::Never => false,
                Updated::Cell(cell) => is_true(row, found.prepared.forms(), cell)?,
                Updated::Probe => return Err(misfit("a probe")),
            };
            if was_updated { updated.push(row) } else { inserted.push(row) }
        }
        self.check(&template.insert_check, &inserted, &found.prepared, true).await?;
        self.check(&template.update_check, &updated, &found.prepared, false).await
    }

    /// Refuses when the check does not hold for one of the rows.
    pub(super) async fn check(
        self,
        check: &RowCheck,
        rows: &[&Row],
        prepared: &Prepared,
        inserted: bool,
    ) -> Result<(), Cause> {
        let refused = || Cause::Database(DatabaseError::RuleCheck { inserted });
        match check {
            RowCheck::Always => {}
            RowCheck::Cell(cell) => {
                for row in rows {
                    is_true(row, prepared.forms(), *cell)?.then_some(()).ok_or_else(refused)?;
                }
            }
            RowCheck::Statement(_) if rows.is_empty() => {}
            RowCheck::Statement(statement) => {
                let prepared = self.connection.prepare(statement).await?;
                for flight in rows.chunks(FLIGHT) {
                    let running = flight.iter().map(|row| {
                        let prepared = &prepared;
                        async move {
                            let sources = Sources { values: self.values, parent: Some(row), ..Sources::default() };
                            self.connection.query(prepared, bind(statement, sources)?, self.response_bytes).await
                        }
                    });
                    for found in in_order(running).await? {
                        let holds = found
                            .rows
                            .first()
                            .is_some_and(|row| is_true(row, found.prepared.forms(), 0).unwrap_or(false));
                        holds.then_some(()).ok_or_else(refused)?;
                    }
                }
            }
        }
        Ok(())
    }
}

/// The plan or its bindings do not fit each other or this database: a mistake of ours.
pub(super) fn misfit(what: &str) -> Cause {
    Cause::Database(DatabaseError::Internal(format!("the plan of a write has {what} that does not fit")))
}

//! Runs a plan that writes: one transaction, committed before anybody is answered. Refuses to know: connections' making.

use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use purlin_plan::Plan;
use purlin_plan::plan::{
    Bindings, InsertPlan, NativePlan, NativeStep, Returning, RootBody, RowCheck, Rows, Shape, Statement, WritePlan,
    WriteResponse,
};
use tokio_postgres::Row;

use super::Inner;
use super::answer::{Answer, Returned, Scope, Written as Outcome};
use super::connection::Found;
use super::fault::{Cause, Fault, at_root};
use super::insert::{Session, Written, misfit};
use super::parameter::{Sources, bind};
use super::pipeline::in_order;
use super::pool::Exclusive;
use super::replica::noted;
use super::rows::{Fetch, Forest};
use super::timed;
use super::unstoppable::Unstoppable;
use crate::{DatabaseError, Failure};

/// How much longer than its time-out the server may stay silent.
const SILENCE: Duration = Duration::from_secs(5);

/// Runs the plan and appends its answer to the buffer. Dropping the future before a connection was had leaves everything
/// as it was; after that the write runs to its own end.
pub(super) async fn write(
    engine: Arc<Inner>,
    plan: Arc<Plan>,
    bindings: Bindings,
    buffer: Vec<u8>,
) -> Result<Vec<u8>, Failure> {
    let limit = engine.options.statement_timeout;
    let connection = engine.pool.exclusive().await?;
    Unstoppable::new(async move {
        run(&engine, connection, &plan, &bindings, buffer).await.map_err(|fault| fault.into_failure(limit))
    })
    .await
}

async fn run(
    engine: &Inner,
    connection: Exclusive,
    plan: &Plan,
    bindings: &Bindings,
    mut buffer: Vec<u8>,
) -> Result<Vec<u8>, Fault> {
    let start = buffer.len();
    let mut result = attempt(engine, &connection, plan, bindings, &mut buffer).await;
    if result.as_ref().is_err_and(Fault::is_stale) {
        // Nothing was done: the transaction was rolled back.
        connection.prepare_anew();
        buffer.truncate(start);
        result = attempt(engine, &connection, plan, bindings, &mut buffer).await;
    }
    if result.as_ref().is_err_and(Fault::is_disconnected) {
        engine.pool.distrust();
    }
    if result.as_ref().err().is_none_or(Fault::is_settled) {
        connection.give_back();
    }
    result.map(|()| buffer)
}

async fn attempt(
    engine: &Inner,
    connection: &Exclusive,
    plan: &Plan,
    bindings: &Bindings,
    buffer: &mut Vec<u8>,
) -> Result<(), Fault> {
    let limit = engine.options.response_bytes;
    if connection.keeps_session() && is_one_statement(plan, bindings) {
        // It commits itself, so its answer, one row, may not be refused afterwards.
        let session = Session { connection, values: &bindings.values, response_bytes: usize::MAX };
        if let (Some(_), Some(statement)) = (engine.replicas(), statement_of(plan, bindings)) {
            // Prepared now, it leaves at once when it runs, and the question where it ends behind it.
            connection.prepare(statement).await?;
        }
        let run = roots(session, plan, bindings, Answer::new(buffer, usize::MAX));
        return decided(engine, noted(engine.replicas(), connection, run)).await;
    }
    let client = connection.client();
    let session = Session { connection, values: &bindings.values, response_bytes: limit };
    // `join` polls its first future first: the first statement leaves right behind the begin.
    let both = futures_util::future::join(
        connection.begin_write(),
        roots(session, plan, bindings, Answer::new(buffer, limit)),
    );
    let written = timed(engine, both.map(|(began, written)| began.map_err(Fault::from).and(written))).await;
    match written {
        Ok(()) => commit(engine, connection).await,
        Err(fault) => {
            // Sent now, before anything else on this connection; nobody waits for it.
            let _ = client.batch_execute("rollback").now_or_never();
            Err(fault)
        }
    }
}

/// Deferred constraints are checked here.
async fn commit(engine: &Inner, connection: &Exclusive) -> Result<(), Fault> {
    let commit = connection.client().batch_execute("commit");
    let commit = commit.map(|committed| committed.map_err(Fault::from));
    decided(engine, noted(engine.replicas(), connection, commit)).await
}

/// Waits for what decides whether anything is written. The server's own time-out comes first; a server that stays
/// silent even after that, or goes away, leaves the outcome open.
async fn decided<T>(engine: &Inner, run: impl Future<Output = Result<T, Fault>>) -> Result<T, Fault> {
    match tokio::time::timeout(engine.options.statement_timeout + SILENCE, run).await {
        Ok(result) => result.map_err(Fault::of_a_decision),
        Err(_) => Err(DatabaseError::OutcomeUnknown("the server stayed silent".to_owned()).into()),
    }
}

/// Whether the plan is a single statement after which nothing can go wrong: no check, nothing read again, at most one
/// row to answer. PostgreSQL makes it a transaction of its own.
fn is_one_statement(plan: &Plan, bindings: &Bindings) -> bool {
    let mut writes = plan
        .roots
        .iter()
        .map(|root| &root.body)
        .filter(|body| !matches!(body, RootBody::Read { children, .. } if children.is_empty()));
    let (Some(write), None) = (writes.next(), writes.next()) else { return false };
    match write {
        RootBody::Insert { index, rows, response } => {
            let Some([row]) = bindings.inserts.get(*index).map(Vec::as_slice) else { return false };
            rows.templates.get(row.template).is_some_and(|template| {
                template.objects.is_empty()
                    && template.arrays.is_empty()
                    && template.insert_check == RowCheck::Always
                    && template.update_check == RowCheck::Always
                    && reads_nothing(response)
            })
        }
        RootBody::Write(write) => {
            write.select_keys.is_none()
                && write.check == RowCheck::Always
                && reads_nothing(&write.response)
                && matches!(write.response.value, Shape::Returning { many: false, .. })
        }
        RootBody::WriteMany(_) | RootBody::Read { .. } | RootBody::Native(_) => false,
    }
}

/// The statement of a plan that is a single one.
fn statement_of<'p>(plan: &'p Plan, bindings: &Bindings) -> Option<&'p Statement> {
    plan.roots.iter().find_map(|root| match &root.body {
        RootBody::Insert { index, rows, .. } => {
            let row = bindings.inserts.get(*index)?.first()?;
            Some(&rows.templates.get(row.template)?.statement)
        }
        RootBody::Write(write) => write.statement.as_ref(),
        RootBody::WriteMany(_) | RootBody::Read { .. } | RootBody::Native(_) => None,
    })
}

fn reads_nothing(response: &WriteResponse) -> bool {
    response.returning.iter().all(|returning| matches!(returning, Returning::Direct { .. }))
}

/// Runs the root fields in order, each answered from what it did.
async fn roots(session: Session<'_>, plan: &Plan, bindings: &Bindings, mut answer: Answer<'_>) -> Result<(), Fault> {
    for (index, root) in plan.roots.iter().enumerate() {
        answer.text(if index == 0 { "{" } else { "," });
        answer.text(&root.key);
        session.root(&root.body, bindings, &mut answer).await.map_err(at_root(index))?;
    }
    answer.text(if plan.roots.is_empty() { "{}" } else { "}" });
    Ok(())
}

impl<'a> Session<'a> {
    async fn root(self, body: &RootBody, bindings: &Bindings, answer: &mut Answer<'_>) -> Result<(), Cause> {
        match body {
            RootBody::Read { value, children } => {
                let mut forest = Forest::default();
                self.fetch(&mut forest, children, None).await?;
                Ok(answer.shape(value, Scope { forest: &forest, row: None, index: 0, children: 0, written: None })?)
            }
            RootBody::Insert { index, rows, response } => {
                self.insert_root(rows, bindings, *index, response, answer).await
            }
            RootBody::Write(write) => self.change(write, answer).await,
            RootBody::Native(native) => self.native(native, answer).await,
            RootBody::WriteMany(writes) => {
                for (index, write) in writes.iter().enumerate() {
                    answer.text(if index == 0 { "[" } else { "," });
                    self.change(write, answer).await?;
                }
                answer.text(if writes.is_empty() { "[]" } else { "]" });
                Ok(())
            }
        }
    }

    async fn insert_root(
        self,
        plan: &InsertPlan,
        bindings: &Bindings,
        index: usize,
        response: &WriteResponse,
        answer: &mut Answer<'_>,
    ) -> Result<(), Cause> {
        let bound = bindings.inserts.get(index).ok_or_else(|| misfit("an insert"))?;
        let written = self.insert(plan, bound, None).await?;
        let mut forest = Forest::default();
        let reread = self.reread(&mut forest, response, &written.rows).await?;
        respond(response, &forest, &reread, &written, answer)
    }

    /// Updates or deletes.
    async fn change(self, plan: &WritePlan, answer: &mut Answer<'_>) -> Result<(), Cause> {
        let mut forest = Forest::default();
        let mut keys = None;
        let mut reread = Vec::new();
        if let Some(select_keys) = &plan.select_keys {
            let found = self.run(select_keys, &[]).await?;
            // While the rows are still there.
            reread = self.reread(&mut forest, &plan.response, &found.rows).await?;
            keys = Some(found.rows);
        }
        let mut written = Written::default();
        match (&plan.statement, &keys) {
            (None, _) => {}
            (Some(_), Some(keys)) if keys.is_empty() => {}
            (Some(statement), keys) => written.add(self.run(statement, keys.as_deref().unwrap_or(&[])).await?)?,
        }
        if let Some(prepared) = &written.prepared {
            let rows: Vec<&Row> = written.rows.iter().collect();
            self.check(&plan.check, &rows, prepared, false).await?;
        }
        if keys.is_none() {
            reread = self.reread(&mut forest, &plan.response, &written.rows).await?;
        }
        respond(&plan.response, &forest, &reread, &written, answer)
    }

    /// Runs statements of the model in order, in one flight.
    async fn native(self, plan: &NativePlan, answer: &mut Answer<'_>) -> Result<(), Cause> {
        let mut prepared = Vec::with_capacity(plan.steps.len());
        for step in &plan.steps {
            prepared.push(self.connection.prepare(&step.statement).await?);
        }
        let (Some((last, before)), Some(answering)) = (plan.steps.split_last(), prepared.last()) else {
            return Err(misfit("no statement"));
        };
        let sources = Sources { values: self.values, ..Sources::default() };
        let running = before.iter().zip(&prepared).map(|(step, prepared)| async move {
            let written = self.connection.count(prepared, bind(&step.statement, sources)?).await?;
            expected(step, written)
        });
        let mut written = Written::default();
        // The last one leaves right behind them: what it wrote is undone when one of them was not as expected.
        let answered =
            async { self.connection.query(answering, bind(&last.statement, sources)?, self.response_bytes).await };
        let (_, found) = futures_util::future::try_join(in_order(running), answered).await?;
        expected(last, found.rows.len() as u64)?;
        written.add(found)?;
        let mut forest = Forest::default();
        let reread = self.reread(&mut forest, &plan.response, &written.rows).await?;
        respond(&plan.response, &forest, &reread, &written, answer)
    }

    /// Runs a statement of an update or delete.
    async fn run(self, statement: &Statement, keys: &[Row]) -> Result<Found, Cause> {
        let prepared = self.connection.prepare(statement).await?;
        let sources = Sources { values: self.values, parents: keys, ..Sources::default() };
        self.connection.query(&prepared, bind(statement, sources)?, self.response_bytes).await
    }

    /// Reads written rows again for those of the response's returning fields that ask for it; gives the node of each
    /// and the number of rows.
    async fn reread<'p>(
        self,
        forest: &mut Forest<'p>,
        response: &'p WriteResponse,
        rows: &[Row],
    ) -> Result<Vec<Option<(usize, usize)>>, Cause> {
        let mut nodes = Vec::with_capacity(response.returning.len());
        for returning in &response.returning {
            nodes.push(match returning {
                Returning::Direct { .. } => None,
                Returning::Reread(plan) => {
                    Some((self.fetch(forest, std::slice::from_ref(&**plan), Some(rows)).await?, rows.len()))
                }
            });
        }
        Ok(nodes)
    }

    async fn fetch<'p>(
        self,
        forest: &mut Forest<'p>,
        plans: &'p [Rows],
        parents: Option<&[Row]>,
    ) -> Result<usize, Cause> {
        let fetch = Fetch { connection: self.connection, values: self.values, response_bytes: self.response_bytes };
        let plans = plans.iter().map(|plan| (0, plan));
        // The caller knows which root field it is at.
        forest.grow(fetch, plans, parents).await.map_err(|fault| fault.cause)
    }
}

fn expected(step: &NativeStep, rows: u64) -> Result<(), Cause> {
    match step.expects(rows) {
        true => Ok(()),
        false => Err(DatabaseError::Expectation(step.refusal.clone()).into()),
    }
}

fn respond(
    response: &WriteResponse,
    forest: &Forest<'_>,
    reread: &[Option<(usize, usize)>],
    written: &Written,
    answer: &mut Answer<'_>,
) -> Result<(), Cause> {
    let forms = written.prepared.as_ref().map_or(&[][..], |prepared| prepared.forms());
    let returned = response.returning.iter().zip(reread).map(|(returning, reread)| match (returning, reread) {
        (Returning::Direct { row, visible }, _) => {
            Ok(Returned::Direct { rows: &written.rows, forms, row, visible: *visible })
        }
        (Returning::Reread(_), Some((node, count))) => Ok(Returned::Reread { node: *node, count: *count }),
        (Returning::Reread(_), None) => Err(misfit("a read of the rows")),
    });
    let outcome = Outcome { affected_rows: written.affected, returned: returned.collect::<Result<_, _>>()? };
    let scope = Scope { forest, row: None, index: 0, children: 0, written: Some(&outcome) };
    Ok(answer.shape(&response.value, scope)?)
}

//! Runs a plan that reads: one snapshot, the fewest flights. Refuses to know: how connections are opened.

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::{FutureExt, TryStreamExt};
use purlin_model::value::Value;
use purlin_plan::Plan;
use purlin_plan::plan::{Flat, RootBody, RootPlan, Rows, Shape, Statement};

use super::answer::{Answer, Scope};
use super::connection::Connection;
use super::fault::{Cause, Fault, at_root};
use super::parameter::{Sources, bind};
use super::planning;
use super::pool::{Exclusive, Pool};
use super::routing::{Planning, Route};
use super::rows::{Fetch, Forest, root_statements};
use super::{Inner, timed};
use crate::{DatabaseError, Flattening};

/// A flat statement may take so many times the bytes of its answer.
const FLAT_FACTOR: usize = 2;
/// Answers below this are not worth counting, in bytes.
const FLAT_FREE: usize = 4 * 1024;
/// Longest answer whose rows a flat statement may fetch, in bytes.
const FLAT_ANSWER: usize = 64 * 1024;

/// Runs the plan on a connection of the pool, the primary's or a replica's, and appends its answer to the buffer.
pub(super) async fn read(
    engine: &Arc<Inner>,
    pool: &Arc<Pool>,
    plan: &Arc<Plan>,
    values: &[Value],
    buffer: &mut Vec<u8>,
) -> Result<(), Fault> {
    match Statements::of(plan) {
        Statements::None => respond(engine, plan, &Forest::default(), buffer),
        Statements::One(rows) => read_one(engine, pool, (plan, rows), values, buffer).await,
        // By one statement it is better only where it is planned once.
        Statements::Flat(flat) if pool.keeps_sessions() => read_flat(engine, pool, (plan, flat), values, buffer).await,
        Statements::Flat(_) | Statements::Many => {
            let forest = read_many(engine, pool, plan, values).await?;
            respond(engine, plan, &forest, buffer)
        }
    }
}

/// How many statements a plan has.
enum Statements<'p> {
    None,
    One(&'p Rows),
    /// Several, which can be said as one.
    Flat(&'p Flat),
    Many,
}

impl<'p> Statements<'p> {
    fn of(plan: &'p Plan) -> Statements<'p> {
        if plan.native {
            // SQL of the model may call what writes: only a transaction keeps it from that.
            return Statements::Many;
        }
        let mut roots = root_statements(plan);
        match (roots.next(), roots.next()) {
            (None, _) => Statements::None,
            (Some((_, rows)), None) if rows.children.is_empty() => Statements::One(rows),
            _ => plan.flat.as_ref().map_or(Statements::Many, Statements::Flat),
        }
    }

    /// The statement whose planning makes a difference.
    fn compared(plan: &'p Plan) -> Option<&'p Statement> {
        match Statements::of(plan) {
            Statements::One(rows) => Some(&rows.statement),
            Statements::Flat(flat) => Some(&flat.statement),
            Statements::None | Statements::Many => None,
        }
    }
}

/// One statement sees one snapshot by itself: no transaction.
async fn read_one(
    engine: &Arc<Inner>,
    pool: &Arc<Pool>,
    (plan, rows): (&Arc<Plan>, &Rows),
    values: &[Value],
    buffer: &mut Vec<u8>,
) -> Result<(), Fault> {
    if !pool.keeps_sessions() {
        return read_alone(engine, pool, plan, values, buffer).await;
    }
    let (start, began, sql) = (buffer.len(), Instant::now(), &rows.statement.sql);
    let route = engine.routing.route(sql);
    if let Route::Shared(planning) = route
        && let Some(connection) = pool.shared(planning).await?
    {
        timed(engine, answer_one(engine, &connection, plan, values, buffer)).await?;
        engine.routing.ran(sql, began.elapsed(), buffer.len() - start, false);
        return Ok(());
    }
    let connection = pool.exclusive().await?;
    let began = Instant::now();
    let answered = timed(engine, answer_one(engine, &connection, plan, values, buffer)).await;
    let time = began.elapsed();
    match &answered {
        Ok(()) if route == (Route::Alone { compare: true }) => {
            tokio::spawn(compare(engine.clone(), connection, plan.clone(), values.to_vec()));
        }
        Ok(()) => connection.give_back(),
        Err(fault) => {
            if route == (Route::Alone { compare: true }) {
                engine.routing.compared(sql, false);
            }
            if fault.is_settled() {
                connection.give_back();
            }
        }
    }
    answered?;
    engine.routing.ran(sql, time, buffer.len() - start, true);
    Ok(())
}

/// Several statements by the one that says the same, once it is known to be planned well for any values and to repeat
/// little; until then by themselves.
async fn read_flat(
    engine: &Arc<Inner>,
    pool: &Arc<Pool>,
    (plan, flat): (&Arc<Plan>, &Flat),
    values: &[Value],
    buffer: &mut Vec<u8>,
) -> Result<(), Fault> {
    let (start, sql) = (buffer.len(), &flat.statement.sql);
    let route = engine.routing.route(sql);
    if (route == Route::Shared(Planning::Once) || engine.options.flat == Flattening::Always)
        && let Some(connection) = pool.shared(Planning::Once).await?
        && let Some((forest, size)) = timed(engine, fetch_flat(&connection, flat, values)).await?
    {
        respond(engine, plan, &forest, buffer)?;
        engine.routing.ran(sql, Duration::ZERO, worth(size, buffer.len() - start), false);
        return Ok(());
    }
    let began = Instant::now();
    let forest = read_many(engine, pool, plan, values).await;
    if forest.is_err() && route == (Route::Alone { compare: true }) {
        engine.routing.compared(sql, false);
    }
    let forest = forest?;
    let time = began.elapsed();
    respond(engine, plan, &forest, buffer)?;
    if route == (Route::Alone { compare: true }) {
        let (engine, pool, plan, values) = (engine.clone(), pool.clone(), plan.clone(), values.to_vec());
        tokio::spawn(async move {
            let Ok(connection) = pool.exclusive().await else { return };
            compare(engine, connection, plan, values).await;
        });
    }
    engine.routing.ran(sql, time, worth(forest.flat_size(), buffer.len() - start), true);
    Ok(())
}

/// What a flat statement counts as: nothing, or more than anything should have where its answer is long or it repeats
/// too much for it. One answer among many that is somewhat longer must not send the next ones the other way.
fn worth(flat: usize, answer: usize) -> usize {
    let is_worth = answer <= FLAT_ANSWER && flat <= FLAT_FACTOR * answer.max(FLAT_FREE);
    if is_worth { 0 } else { usize::MAX }
}

/// The rows of a flat statement and their size; `None`: they grow too large.
async fn fetch_flat<'p>(
    connection: &Connection,
    flat: &'p Flat,
    values: &[Value],
) -> Result<Option<(Forest<'p>, usize)>, Fault> {
    let fetch = async {
        let prepared = connection.prepare(&flat.statement).await?;
        let parameters = bind(&flat.statement, Sources { values, ..Sources::default() })?;
        connection.query(&prepared, parameters, FLAT_ANSWER).await
    };
    let found = match fetch.await {
        Ok(found) => found,
        Err(Cause::Database(DatabaseError::ResponseSize(_))) => return Ok(None),
        Err(cause) => return Err(at_root(0)(cause)),
    };
    let size = found.size;
    Ok(Some((Forest::of_flat(flat, found).map_err(at_root(0))?, size)))
}

/// Where only a transaction has the session to itself, one statement is a transaction too. Nothing is prepared, so there
/// is nothing to learn about its plans.
async fn read_alone(
    engine: &Arc<Inner>,
    pool: &Arc<Pool>,
    plan: &Arc<Plan>,
    values: &[Value],
    buffer: &mut Vec<u8>,
) -> Result<(), Fault> {
    let connection = pool.exclusive().await?;
    let run = answer_one(engine, &connection, plan, values, buffer);
    let answered = framed(engine, &connection, connection.begin_write(), run).await;
    if answered.as_ref().err().is_none_or(Fault::is_settled) {
        connection.give_back();
    }
    answered
}

/// Finds out whether the statement of a plan needs to be planned for its values, behind the answer's back.
async fn compare(engine: Arc<Inner>, connection: Exclusive, plan: Arc<Plan>, values: Vec<Value>) {
    let Some(statement) = Statements::compared(&plan) else { return };
    let alike = timed(&engine, planning::is_alike(&connection, statement, &values).map(|alike| Ok(alike?))).await;
    if let Err(fault) = &alike {
        tracing::debug!(?fault, "plans could not be compared");
    } else {
        connection.give_back();
    }
    engine.routing.compared(&statement.sql, alike.unwrap_or(false));
}

/// Writes rows as they come where the statement is a root field's whole value; other shapes need them all first.
async fn answer_one(
    engine: &Inner,
    connection: &Connection,
    plan: &Plan,
    values: &[Value],
    buffer: &mut Vec<u8>,
) -> Result<(), Fault> {
    let is_whole = |root: &RootPlan| match &root.body {
        RootBody::Read { value, children } => children.is_empty() || matches!(value, Shape::Child(0)),
        _ => false,
    };
    if !plan.roots.iter().all(is_whole) {
        let forest = fetch(engine, connection, plan, values).await?;
        return respond(engine, plan, &forest, buffer);
    }
    let nothing = Forest::default();
    let scope = Scope { forest: &nothing, row: None, index: 0, children: 0, written: None };
    let mut answer = Answer::new(buffer, engine.options.response_bytes);
    for (index, root) in plan.roots.iter().enumerate() {
        answer.text(if index == 0 { "{" } else { "," });
        answer.text(&root.key);
        match &root.body {
            RootBody::Read { children, .. } if !children.is_empty() => {
                stream(connection, &children[0], values, &mut answer, scope).await.map_err(at_root(index))?;
            }
            RootBody::Read { value, .. } => answer.shape(value, scope).map_err(at_root(index))?,
            _ => return Err(DatabaseError::Internal("a read holds a write".to_owned()).into()),
        }
    }
    answer.text("}");
    Ok(())
}

async fn stream(
    connection: &Connection,
    rows: &Rows,
    values: &[Value],
    answer: &mut Answer<'_>,
    scope: Scope<'_>,
) -> Result<(), Cause> {
    let prepared = connection.prepare(&rows.statement).await?;
    let parameters = bind(&rows.statement, Sources { values, ..Sources::default() })?;
    let mut found = std::pin::pin!(connection.stream(&prepared, parameters).await?);
    let mut count = 0;
    while let Some(row) = found.try_next().await? {
        if count == 0 {
            prepared.look_at(&row);
        }
        if rows.many {
            answer.text(if count == 0 { "[" } else { "," });
        }
        if rows.many || count == 0 {
            answer.shape(&rows.row, Scope { row: Some((&row, prepared.forms())), ..scope })?;
            answer.check_size()?;
        }
        count += 1;
        if let Some(cap) = rows.row_cap.filter(|cap| count > *cap) {
            return Err(DatabaseError::RowCap(cap).into());
        }
    }
    answer.text(match (rows.many, count) {
        (true, 0) => "[]",
        (true, _) => "]",
        (false, 0) => "null",
        (false, _) => "",
    });
    Ok(())
}

/// Several statements see one snapshot in a transaction, whose begin and end wait for nothing.
async fn read_many<'p>(
    engine: &Inner,
    pool: &Arc<Pool>,
    plan: &'p Plan,
    values: &[Value],
) -> Result<Forest<'p>, Fault> {
    let connection = pool.exclusive().await?;
    let begin = connection.begin_snapshot();
    let forest = framed(engine, &connection, begin, fetch(engine, &connection, plan, values)).await;
    if forest.as_ref().err().is_none_or(Fault::is_settled) {
        connection.give_back();
    }
    forest
}

/// Runs statements between the begin and the end of a transaction that nothing depends on.
async fn framed<T>(
    engine: &Inner,
    connection: &Connection,
    begin: impl Future<Output = Result<(), tokio_postgres::Error>>,
    run: impl Future<Output = Result<T, Fault>>,
) -> Result<T, Fault> {
    // `join` polls its first future first: the statements leave right behind the begin.
    let both = futures_util::future::join(begin, run);
    let result = timed(engine, both.map(|(began, result)| began.map_err(Fault::from).and(result))).await;
    if result.as_ref().err().is_none_or(Fault::is_settled) {
        // Sent now, before anything else on this connection; nobody waits for it.
        let _ = connection.client().batch_execute("commit").now_or_never();
    }
    result
}

async fn fetch<'p>(
    engine: &Inner,
    connection: &Connection,
    plan: &'p Plan,
    values: &[Value],
) -> Result<Forest<'p>, Fault> {
    let fetch = Fetch { connection, values, response_bytes: engine.options.response_bytes };
    let mut forest = Forest::default();
    forest.grow(fetch, root_statements(plan), None).await?;
    Ok(forest)
}

fn respond(engine: &Inner, plan: &Plan, forest: &Forest<'_>, buffer: &mut Vec<u8>) -> Result<(), Fault> {
    let mut answer = Answer::new(buffer, engine.options.response_bytes);
    let mut children = 0;
    let mut at = None;
    let written = answer.members('{', '}', plan.roots.iter().enumerate(), |answer, (index, root)| {
        at = Some(index);
        let RootBody::Read { value, children: own } = &root.body else {
            return Err(DatabaseError::Internal("a read holds a write".to_owned()));
        };
        answer.text(&root.key);
        let scope = Scope { forest, row: None, index: 0, children, written: None };
        children += own.len();
        answer.shape(value, scope)
    });
    written.map_err(|error| match at {
        Some(root) => at_root(root)(error),
        None => error.into(),
    })
}

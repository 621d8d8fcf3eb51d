//! Runs a plan that reads: one snapshot, the fewest flights. Refuses to know: how connections are opened.

use std::time::Instant;

use futures_util::FutureExt;
use purlin_model::value::Value;
use purlin_plan::Plan;
use purlin_plan::plan::{RootBody, Rows};

use super::answer::{Answer, Scope};
use super::connection::Connection;
use super::fault::{Fault, at_root};
use super::rows::{Fetch, Forest, root_statements};
use super::{Inner, timed};
use crate::DatabaseError;

/// Runs the plan and appends its answer to the buffer.
pub(super) async fn read(engine: &Inner, plan: &Plan, values: &[Value], buffer: &mut Vec<u8>) -> Result<(), Fault> {
    let start = buffer.len();
    match Statements::of(plan) {
        Statements::None => respond(engine, plan, &Forest::default(), buffer),
        Statements::One(sql) => {
            let began = Instant::now();
            let (forest, alone) = read_one(engine, plan, values, sql).await?;
            let took = began.elapsed();
            respond(engine, plan, &forest, buffer)?;
            engine.routing.ran(sql, took, buffer.len() - start, alone);
            Ok(())
        }
        Statements::Many => {
            let forest = read_many(engine, plan, values).await?;
            respond(engine, plan, &forest, buffer)
        }
    }
}

/// How many statements a plan has.
enum Statements<'p> {
    None,
    One(&'p str),
    Many,
}

impl<'p> Statements<'p> {
    fn of(plan: &'p Plan) -> Statements<'p> {
        let mut roots = root_statements(plan);
        match (roots.next(), roots.next()) {
            (None, _) => Statements::None,
            (Some((_, Rows { statement, children, .. })), None) if children.is_empty() => {
                Statements::One(&statement.sql)
            }
            _ => Statements::Many,
        }
    }
}

/// One statement sees one snapshot by itself: no transaction. Also tells whether the connection was its own.
async fn read_one<'p>(
    engine: &Inner,
    plan: &'p Plan,
    values: &[Value],
    sql: &str,
) -> Result<(Forest<'p>, bool), Fault> {
    if engine.routing.is_short(sql)
        && let Some(connection) = engine.pool.shared().await?
    {
        return Ok((timed(engine, fetch(engine, &connection, plan, values)).await?, false));
    }
    let connection = engine.pool.exclusive().await?;
    let forest = timed(engine, fetch(engine, &connection, plan, values)).await;
    if forest.as_ref().err().is_none_or(Fault::is_settled) {
        connection.give_back();
    }
    Ok((forest?, true))
}

/// Several statements see one snapshot in a transaction, whose begin and end wait for nothing.
async fn read_many<'p>(engine: &Inner, plan: &'p Plan, values: &[Value]) -> Result<Forest<'p>, Fault> {
    let connection = engine.pool.exclusive().await?;
    let client = connection.client();
    let begin = client.batch_execute("begin isolation level repeatable read read only");
    // `join` polls its first future first: the statements leave right behind the begin.
    let both = futures_util::future::join(begin, fetch(engine, &connection, plan, values));
    let forest = timed(engine, both.map(|(began, forest)| began.map_err(Fault::from).and(forest))).await;
    if forest.as_ref().err().is_none_or(Fault::is_settled) {
        // Sent now, before anything else on this connection; nothing depends on how a read-only transaction ends.
        let _ = client.batch_execute("commit").now_or_never();
        connection.give_back();
    }
    forest
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

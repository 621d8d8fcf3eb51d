//! Compares the plan the server makes of a statement for given values with the one it makes for any.
//!
//! PostgreSQL plans a prepared statement anew for each run as long as it believes that knowing the values pays. Where
//! both plans are the same steps it does not, and planning may cost more than running.
//! Refuses to know: who wants to know, what follows from it.

use purlin_model::value::Value;
use purlin_plan::plan::Statement;
use serde_json::{Map, Value as Json};
use tokio_postgres::SimpleQueryMessage;
use tokio_postgres::types::Type;

use super::connection::Connection;
use super::fault::Cause;
use super::parameter::{Sources, bind};
use crate::DatabaseError;

/// The statement's name while its plan for any values is asked for.
const NAME: &str = "purlin_planned";

/// What tells the steps of a plan: which, over what, by which index. Costs, estimates and conditions are left out.
const STEPS: [&str; 12] = [
    "Plans",
    "Node Type",
    "Parent Relationship",
    "Join Type",
    "Strategy",
    "Partial Mode",
    "Parallel Aware",
    "Scan Direction",
    "Schema",
    "Relation Name",
    "Index Name",
    "Subplan Name",
];

/// Whether the plan for any values has the steps of the plan for these.
///
/// # Errors
/// What the server says; the connection is then in no known state.
pub(super) async fn is_alike(connection: &Connection, statement: &Statement, values: &[Value]) -> Result<bool, Cause> {
    let types = connection.prepare(statement).await?.parameter_types().to_vec();
    let given = for_values(connection, statement, &types, values).await?;
    let any = for_any(connection, statement, &types).await?;
    Ok(steps(&given) == steps(&any))
}

async fn for_values(
    connection: &Connection,
    statement: &Statement,
    types: &[Type],
    values: &[Value],
) -> Result<Json, Cause> {
    let explain = connection.client().prepare_typed(&format!("explain (format json) {}", statement.sql), types).await?;
    let parameters = bind(statement, Sources { values, ..Sources::default() })?;
    let rows = connection.client().query_raw(&explain, parameters).await?;
    let rows: Vec<tokio_postgres::Row> = futures_util::TryStreamExt::try_collect(rows).await?;
    let row = rows.first().ok_or_else(no_plan)?;
    Ok(row.try_get(0)?)
}

/// Values given to `EXECUTE` make no difference when the server is told to plan for any.
async fn for_any(connection: &Connection, statement: &Statement, types: &[Type]) -> Result<Json, Cause> {
    let names: Vec<String> = types.iter().map(type_name).collect();
    let (names, nulls) = match names.is_empty() {
        true => (String::new(), String::new()),
        false => (format!(" ({})", names.join(", ")), format!(" ({})", vec!["null"; names.len()].join(", "))),
    };
    let sql = &statement.sql;
    let script = format!(
        "begin; set local plan_cache_mode = force_generic_plan; prepare {NAME}{names} as {sql}; \
         explain (format json) execute {NAME}{nulls}; deallocate {NAME}; commit"
    );
    let messages = connection.client().simple_query(&script).await?;
    let mut plan = messages.iter().filter_map(|message| match message {
        SimpleQueryMessage::Row(row) => row.get(0),
        _ => None,
    });
    let plan = plan.next().and_then(|text| serde_json::from_str(text).ok());
    plan.ok_or_else(no_plan)
}

fn type_name(kind: &Type) -> String {
    let quoted = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
    format!("{}.{}", quoted(kind.schema()), quoted(kind.name()))
}

fn no_plan() -> Cause {
    Cause::Database(DatabaseError::Internal("`EXPLAIN` gave no plan".to_owned()))
}

/// A plan without what depends on values.
fn steps(plan: &Json) -> Json {
    match plan {
        Json::Array(members) => members.iter().map(steps).collect(),
        Json::Object(members) => match members.get("Plan") {
            Some(plan) => steps(plan),
            None => STEPS
                .iter()
                .filter_map(|key| members.get(*key).map(|value| ((*key).to_owned(), steps(value))))
                .collect::<Map<String, Json>>()
                .into(),
        },
        other => other.clone(),
    }
}

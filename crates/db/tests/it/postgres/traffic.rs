//! What travels between the engine and the server: flights, cancellation, bounds, broken connections.

use std::time::Duration;

use purlin_db::DatabaseError;

use super::proxy::Proxy;
use super::*;

/// An engine whose traffic can be watched.
async fn watched(sql: &str, options: Options) -> (TestDatabase, Proxy) {
    let database = PostgresDatabase::create();
    if !sql.is_empty() {
        database.execute(sql);
    }
    let proxy = Proxy::start(&database.url()).await;
    let engine = Engine::connect(&proxy.url(&database.url()), options).await.unwrap();
    (TestDatabase { engine, database }, proxy)
}

fn single() -> Options {
    Options { connections: 1, ..Options::default() }
}

fn numbers(sql: &str) -> Rows {
    rows(statement(sql, vec![]), Correlation::Root, cell(0, Scalar::Int))
}

fn blocked() -> Plan {
    read_plan(vec![(
        "x",
        rows(statement("select pg_advisory_lock(1)::text", vec![]), Correlation::Root, cell(0, Scalar::String)),
    )])
}

#[tokio::test]
async fn one_statement_is_one_flight() {
    let (database, proxy) = watched("", single()).await;
    // Too long an answer for a shared connection, so that both runs are on the same one.
    let long = rows(statement("select repeat('x', 40000)", vec![]), Correlation::Root, cell(0, Scalar::String));
    let plan = || read_plan(vec![("x", long.clone())]);
    // Prepares.
    database.run(plan(), vec![]).await.unwrap();
    let before = proxy.passed();
    assert_eq!(database.run(plan(), vec![]).await.unwrap().len(), r#"{"x":[""]}"#.len() + 40_000);
    let after = proxy.passed();
    assert_eq!((after.requests - before.requests, after.executes - before.executes), (1, 1));
}

#[tokio::test]
async fn a_transaction_of_one_level_is_one_flight() {
    let (database, proxy) = watched("", single()).await;
    let plan = || read_plan(vec![("x", numbers("select 1")), ("y", numbers("select 2")), ("z", numbers("select 3"))]);
    let before = proxy.passed().requests;
    database.run(plan(), vec![]).await.unwrap();
    // Three prepared, begin, three run; and the commit, which was not waited for.
    proxy.until(|passed| passed.requests == before + 8).await;
    // No answer comes before begin and all three statements have left.
    proxy.hold_until(4);
    let run = tokio::time::timeout(Duration::from_secs(60), database.run(plan(), vec![]));
    assert_eq!(run.await.expect("the statements waited for answers").unwrap(), r#"{"x":[1],"y":[2],"z":[3]}"#);
}

#[tokio::test]
async fn all_statements_of_a_read_see_one_snapshot() {
    let database = TestDatabase::create("create table t (a int); insert into t values (1)").await;
    let below = rows(
        statement("select n.n, t.a from unnest($1) with ordinality n (v, n), t", vec![keys(0, Scalar::Int)]),
        Correlation::Ordinal,
        cell(1, Scalar::Int),
    );
    // The first level waits for a lock while the table changes; the level below must not see the change.
    let mut above = rows(
        statement("select 1, pg_advisory_lock(5)::text from t", vec![]),
        Correlation::Root,
        object(vec![("below", Shape::Child(0))]),
    );
    above.children = vec![below];
    let holder = database.engine.client().await.unwrap();
    holder.batch_execute("select pg_advisory_lock(5)").await.unwrap();
    let mut run = std::pin::pin!(database.run(read_plan(vec![("x", above)]), vec![]));
    let waiting = "select count(*) from pg_locks l join pg_database d on d.oid = l.database \
                   where d.datname = current_database() and l.locktype = 'advisory' and not l.granted";
    while holder.query_one(waiting, &[]).await.unwrap().get::<_, i64>(0) == 0 {
        assert!(is_pending(&mut run));
        tokio::task::yield_now().await;
    }
    holder.batch_execute("update t set a = 2").await.unwrap();
    holder.batch_execute("select pg_advisory_unlock(5)").await.unwrap();
    assert_eq!(run.await.unwrap(), r#"{"x":[{"below":[1]}]}"#);
}

#[tokio::test]
async fn a_dropped_read_is_cancelled() {
    let (database, proxy) = watched("", single()).await;
    let holder = PostgresHolder::lock(&database.database).await;
    let executes = proxy.passed().executes;
    {
        let mut run = std::pin::pin!(database.run(blocked(), vec![]));
        while proxy.passed().executes == executes {
            assert!(is_pending(&mut run));
            tokio::task::yield_now().await;
        }
    }
    proxy.until(|passed| passed.cancels >= 1 && passed.ended == 1).await;
    // The only place in the pool is free again.
    let plan = read_plan(vec![("x", numbers("select 1"))]);
    assert_eq!(database.run(plan, vec![]).await.unwrap(), r#"{"x":[1]}"#);
    drop(holder);
}

/// Holds advisory lock 1 on a connection of its own.
struct PostgresHolder(#[allow(dead_code)] Engine, #[allow(dead_code)] purlin_db::postgres::Client);

impl PostgresHolder {
    async fn lock(database: &PostgresDatabase) -> PostgresHolder {
        let engine = Engine::connect(&database.url(), single()).await.unwrap();
        let client = engine.client().await.unwrap();
        client.batch_execute("select pg_advisory_lock(1)").await.unwrap();
        PostgresHolder(engine, client)
    }
}

#[tokio::test]
async fn a_slow_statement_times_out() {
    let options = Options { statement_timeout: Duration::from_millis(1500), ..single() };
    let (database, _proxy) = watched("", options).await;
    let _holder = PostgresHolder::lock(&database.database).await;
    for _ in 0..2 {
        let failure = database.run(blocked(), vec![]).await.unwrap_err();
        assert!(matches!(failure.error, DatabaseError::Timeout(limit) if limit.as_millis() == 1500), "{failure:?}");
    }
    let plan = read_plan(vec![("x", numbers("select 1"))]);
    assert_eq!(database.run(plan, vec![]).await.unwrap(), r#"{"x":[1]}"#);
}

#[tokio::test]
async fn more_waiting_than_the_queue_holds_are_refused() {
    let database = TestDatabase::with("", Options { connections: 1, queue: 1, ..Options::default() }).await;
    let _holder = PostgresHolder::lock(&database.database).await;
    let plan = || read_plan(vec![("x", numbers("select 1"))]);
    let mut running = Box::pin(database.run(blocked(), vec![]));
    assert!(is_pending(&mut running));
    let mut waiting = Box::pin(database.run(plan(), vec![]));
    assert!(is_pending(&mut waiting));
    let failure = database.run(plan(), vec![]).await.unwrap_err();
    assert!(matches!(failure.error, DatabaseError::Busy), "{failure:?}");
    drop(running);
    assert_eq!(waiting.await.unwrap(), r#"{"x":[1]}"#);
    assert_eq!(database.run(plan(), vec![]).await.unwrap(), r#"{"x":[1]}"#);
}

#[tokio::test]
async fn broken_connections_are_replaced() {
    let database = TestDatabase::create("").await;
    let plan = || read_plan(vec![("x", numbers("select 1"))]);
    for _ in 0..8 {
        database.run(plan(), vec![]).await.unwrap();
        database.database.execute(
            "select pg_terminate_backend(pid, 60000) from pg_stat_activity \
             where datname = current_database() and pid <> pg_backend_pid()",
        );
        assert_eq!(database.run(plan(), vec![]).await.unwrap(), r#"{"x":[1]}"#);
    }
}

/// A statement that tells how the server plans on its connection, over rows of which few or many have the value.
fn tells_planning(compared: &str) -> Plan {
    let sql = format!("select current_setting('plan_cache_mode') from t where {compared} limit 1");
    let statement = statement(&sql, vec![slot(Slot::Binding(0), Scalar::Int)]);
    read_plan(vec![("x", rows(statement, Correlation::Root, cell(0, Scalar::String)))])
}

const MANY_ROWS: &str = "create table t (a int); insert into t select generate_series(1, 20000); \
                         create index on t (a); analyze t";

#[tokio::test]
async fn what_needs_no_values_is_planned_once() {
    let (database, _proxy) = watched(MANY_ROWS, single()).await;
    let run = || database.run(tells_planning("a = $1"), vec![Value::Integer(7)]);
    let mut runs = 0;
    while run().await.unwrap() != r#"{"x":["force_generic_plan"]}"# {
        runs += 1;
        assert!(runs < 10_000, "the statement is still planned for each run");
        tokio::task::yield_now().await;
    }
    assert!(runs >= 4, "the plans were not compared often enough: {runs}");
}

#[tokio::test]
async fn what_needs_its_values_is_planned_with_them() {
    let (database, proxy) = watched(MANY_ROWS, single()).await;
    // For this value an index is best, for any value reading the table.
    let run = || database.run(tells_planning("a + 0 >= 0 and a >= $1"), vec![Value::Integer(20_000)]);
    let mut runs = 0;
    // One execution more than there were runs: the plans have been compared.
    while proxy.passed().executes <= runs {
        run().await.unwrap();
        runs += 1;
        assert!(runs < 10_000, "nobody compared the plans");
        tokio::task::yield_now().await;
    }
    for _ in 0..100 {
        assert_eq!(run().await.unwrap(), r#"{"x":["auto"]}"#);
    }
}

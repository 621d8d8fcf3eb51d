//! Through PgBouncer, whose connections belong to nobody: nothing of one transaction is there in the next.

use std::time::Duration;

use purlin_db::introspect::introspect;
use purlin_db::{Database, DatabaseError, Pooler};
use purlin_model::catalog::TableId;
use purlin_testkit::{PgBouncer, until};

use super::*;

/// Connections that the pooler has; we open more.
const SERVERS: usize = 2;
/// Clients at once.
const CLIENTS: i64 = 16;

/// What is prepared on a session.
const PREPARED: &str = "select string_agg(statement, '; ') from pg_prepared_statements";

struct Pooled {
    engine: Engine,
    bouncer: PgBouncer,
    database: PostgresDatabase,
}

fn options() -> Options {
    Options { connections: 8, pooler: Pooler::Transaction, ..Options::default() }
}

impl Pooled {
    async fn create(sql: &str, options: Options) -> Pooled {
        let database = PostgresDatabase::create();
        if !sql.is_empty() {
            database.execute(sql);
        }
        let bouncer = PgBouncer::start(&database, SERVERS);
        let engine = Engine::connect(&bouncer.pooled(&database).url(), options).await.unwrap();
        Pooled { engine, bouncer, database }
    }

    async fn run(&self, plan: Plan, values: Vec<Value>) -> Result<String, Failure> {
        run(&self.engine, plan, values).await
    }

    /// What the sessions of the pooler say, once all are there.
    fn sessions_say(&self, sql: &str) -> Vec<String> {
        let pooled = self.bouncer.pooled(&self.database);
        let asked = |sql: &str| {
            let mut said: Vec<String> = (0..3 * SERVERS).map(|_| pooled.query(sql)).collect();
            said.sort();
            said.dedup();
            said
        };
        until("the pooler has its sessions", || asked("select pg_backend_pid()").len() == SERVERS);
        asked(sql)
    }
}

async fn run(engine: &Engine, plan: Plan, values: Vec<Value>) -> Result<String, Failure> {
    let bindings = Bindings { values, inserts: Vec::new() };
    Ok(String::from_utf8(engine.run(Arc::new(plan), bindings, Vec::new()).await?).unwrap())
}

fn one(sql: &str, slots: Vec<BoundSlot>, scalar: Scalar) -> Plan {
    read_plan(vec![("x", rows(statement(sql, slots), Correlation::Root, cell(0, scalar)))])
}

/// The value, what a level below makes of it, and the session's own zone, in one snapshot.
fn snapshot() -> Plan {
    let below = rows(
        statement("select n.n, n.v * 2 from unnest($1) with ordinality n (v, n)", vec![keys(0, Scalar::Int)]),
        Correlation::Ordinal,
        cell(1, Scalar::Int),
    );
    let value = statement("select $1::int4", vec![slot(Slot::Binding(0), Scalar::Int)]);
    let mut above =
        rows(value, Correlation::Root, object(vec![("below", Shape::Child(0)), ("v", cell(0, Scalar::Int))]));
    above.children = vec![below];
    let zone = rows(statement("show timezone", vec![]), Correlation::Root, cell(0, Scalar::String));
    read_plan(vec![("x", above), ("zone", zone)])
}

fn insert() -> Plan {
    let write = |sql: &str| {
        RootBody::Write(WritePlan {
            table: TableId(0),
            key_width: 1,
            select_keys: None,
            statement: Some(statement(sql, vec![slot(Slot::Binding(0), Scalar::Int)])),
            check: RowCheck::Always,
            response: WriteResponse { value: Shape::AffectedRows, returning: Vec::new() },
        })
    };
    let sql = "insert into t values ($1) returning a";
    plan(QueryKind::Write, vec![("one", write(sql)), ("two", write(sql))])
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_clients_share_few_sessions() {
    let pooled = Arc::new(Pooled::create("create table t (a int)", options()).await);
    let clients = (0..CLIENTS).map(|client| {
        let pooled = pooled.clone();
        tokio::spawn(async move {
            for round in 0..25 {
                let value = client * 1000 + round;
                let values = || vec![Value::Integer(value)];
                let slots = vec![slot(Slot::Binding(0), Scalar::Int)];
                let answer = pooled.run(one("select $1::int4", slots, Scalar::Int), values()).await.unwrap();
                assert_eq!(answer, format!(r#"{{"x":[{value}]}}"#));
                let answer = pooled.run(snapshot(), values()).await.unwrap();
                let below = value * 2;
                assert_eq!(answer, format!(r#"{{"x":[{{"below":[{below}],"v":{value}}}],"zone":["UTC"]}}"#));
                assert_eq!(pooled.run(insert(), values()).await.unwrap(), r#"{"one":1,"two":1}"#);
            }
        })
    });
    for client in clients.collect::<Vec<_>>() {
        client.await.unwrap();
    }
    assert_eq!(pooled.database.query("select count(*), count(distinct a) from t"), "800|400");
    let sessions = "select count(distinct pid) from pg_stat_activity where datname = current_database() and pid <> \
                    pg_backend_pid()";
    assert_eq!(pooled.database.query(sessions), SERVERS.to_string());
    assert_eq!(pooled.sessions_say(PREPARED), [""]);
    assert_eq!(pooled.sessions_say("select current_setting('jit') || current_setting('statement_timeout')"), ["on0"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn time_outs_are_of_the_one_who_set_them() {
    let short = Options { statement_timeout: Duration::from_millis(1500), ..options() };
    let pooled = Pooled::create("", short).await;
    let patient = Options { statement_timeout: Duration::from_secs(120), ..options() };
    let patient = Engine::connect(&pooled.bouncer.pooled(&pooled.database).url(), patient).await.unwrap();
    let limit = || one("select current_setting('statement_timeout')", vec![], Scalar::String);
    for _ in 0..20 {
        let (one, other) = tokio::join!(pooled.run(limit(), vec![]), run(&patient, limit(), vec![]));
        assert_eq!((one.unwrap(), other.unwrap()), (r#"{"x":["1500ms"]}"#.into(), r#"{"x":["2min"]}"#.into()));
    }
    let direct = Engine::connect(&pooled.database.url(), Options::default()).await.unwrap();
    let client = direct.client().await.unwrap();
    client.batch_execute("select pg_advisory_lock(1)").await.unwrap();
    let blocked = || one("select pg_advisory_xact_lock(1)::text", vec![], Scalar::String);
    for _ in 0..SERVERS {
        let failure = pooled.run(blocked(), vec![]).await.unwrap_err();
        assert!(matches!(failure.error, DatabaseError::Timeout(limit) if limit.as_millis() == 1500), "{failure:?}");
    }
    assert_eq!(pooled.run(limit(), vec![]).await.unwrap(), r#"{"x":["1500ms"]}"#);
    assert_eq!(pooled.sessions_say("show statement_timeout"), ["0"]);
    // A client that leaves takes its statement with it.
    let waiting = "select count(*) from pg_locks l join pg_database d on d.oid = l.database \
                   where d.datname = current_database() and l.locktype = 'advisory' and not l.granted";
    let left = tokio::spawn({
        let patient = patient.clone();
        async move { run(&patient, blocked(), vec![]).await }
    });
    tokio::task::block_in_place(|| until("the statement waits", || pooled.database.query(waiting) == "1"));
    left.abort();
    tokio::task::block_in_place(|| until("it was stopped", || pooled.database.query(waiting) == "0"));
}

#[tokio::test]
async fn what_needs_a_session_says_so_or_goes_around() {
    let pooled = Pooled::create("create table t (a int primary key)", options()).await;
    let Err(error) = pooled.engine.client().await else { panic!("a session") };
    assert!(error.to_string().ends_with("set `database.direct_url`"), "{error}");
    // Reading the catalogue is one transaction.
    let database = Database::Postgres(pooled.engine.clone());
    assert_eq!(introspect(&database).await.unwrap().tables.len(), 1);
    assert!(database.explain(&statement("select a from t where a = $1", vec![])).await.is_err());
    let explained = database.explain(&statement("select a from t", vec![])).await.unwrap();
    assert!(explained[0].contains("Scan"), "{explained:?}");
    let url = pooled.bouncer.pooled(&pooled.database).url();
    let direct_url = Some(purlin_db::Url::new(pooled.database.url()));
    let around = Engine::connect(&url, Options { direct_url, ..options() }).await.unwrap();
    around.client().await.unwrap().batch_execute("set jit = off; select pg_advisory_lock(1)").await.unwrap();
    assert_eq!(pooled.sessions_say(PREPARED), [""]);
}

#[tokio::test]
async fn options_of_the_url_are_told_each_transaction() {
    let pooled = Pooled::create("create schema app; create table app.t as select 7 as a", options()).await;
    let url = format!("{}?options=-c%20search_path%3Dapp", pooled.bouncer.pooled(&pooled.database).url());
    let engine = Engine::connect(&url, options()).await.unwrap();
    for _ in 0..2 * SERVERS {
        assert_eq!(run(&engine, one("select a from t", vec![], Scalar::Int), vec![]).await.unwrap(), r#"{"x":[7]}"#);
    }
    assert_eq!(pooled.sessions_say("show search_path"), [r#""$user", public"#]);
}

#[tokio::test]
async fn who_does_not_know_of_the_pooler_is_told() {
    let pooled = Pooled::create("", options()).await;
    let url = pooled.bouncer.pooled(&pooled.database).url();
    let engine = Engine::connect(&url, Options::default()).await.unwrap();
    // Two sessions at least: what is prepared on one is asked of the other sooner or later.
    assert_eq!(pooled.sessions_say("select pg_backend_pid()").len(), SERVERS);
    let told = loop {
        if let Err(failure) = run(&engine, one("select 1", vec![], Scalar::Int), vec![]).await {
            break format!("{:?}", failure.error);
        }
    };
    assert!(told.contains("set `database.pooler` to `transaction`"), "{told}");
    let facts = |engine: Engine| async move {
        match Database::Postgres(engine).facts().await.unwrap() {
            purlin_db::facts::Facts::Postgres { pooled, direct_is_pooled, .. } => (pooled, direct_is_pooled),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(facts(pooled.engine.clone()).await, (true, None));
    let direct = Engine::connect(&pooled.database.url(), Options::default()).await.unwrap();
    assert_eq!(facts(direct).await, (false, None));
    let direct_url = Some(purlin_db::Url::new(&*url));
    let twice = Engine::connect(&url, Options { direct_url, ..options() }).await.unwrap();
    assert_eq!(facts(twice).await, (true, Some(true)));
}

//! Reads on a streaming replica: only where they show what was written here, and never at the price of an error.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use purlin_db::measure::Reads;
use purlin_db::{Database, DatabaseError, Url};
use purlin_model::catalog::TableId;
use purlin_testkit::{PostgresServer, Shutdown, until};
use tokio::task::block_in_place;

use super::*;

/// Nothing of it need survive.
const SETTINGS: [&str; 3] = ["fsync = off", "max_connections = 60", "autovacuum = off"];
const TABLE: &str = "create table t (a int, b int)";

/// A primary, its replica, and an engine for both.
struct Replicated {
    engine: Engine,
    on_primary: PostgresDatabase,
    on_replica: PostgresDatabase,
    replica: PostgresServer,
    // After the engine, whose connections it would wait for.
    _primary: PostgresServer,
}

impl Replicated {
    async fn create(options: Options) -> Replicated {
        let primary = PostgresServer::start(&SETTINGS);
        let on_primary = primary.create_database();
        on_primary.execute(TABLE);
        let replica = primary.create_replica();
        let on_replica = replica.database(on_primary.name());
        let options = Options { replicas: vec![Url::new(on_replica.url())], ..options };
        let engine = Engine::connect(&on_primary.url(), options).await.unwrap();
        Replicated { engine, on_primary, on_replica, replica, _primary: primary }
    }

    async fn run(&self, plan: Plan, values: Vec<Value>) -> Result<String, Failure> {
        run(&self.engine, plan, values).await
    }

    fn reads(&self) -> Reads {
        self.engine.reads().unwrap()
    }

    fn until_used(&self, is_used: bool) {
        let what = if is_used { "the replica is read from" } else { "the replica is not read from" };
        block_in_place(|| until(what, || self.reads().replicas[0].is_used == is_used));
    }

    /// Lets the replica replay nothing more.
    fn hold_back(&self) {
        self.on_replica.query("select pg_wal_replay_pause()");
        block_in_place(|| {
            until("replaying is paused", || {
                self.on_replica.query("select pg_get_wal_replay_pause_state()") == "paused"
            });
        });
    }

    fn let_go(&self) {
        self.on_replica.query("select pg_wal_replay_resume()");
    }

    /// Writes a row in one of the ways there are.
    async fn write(&self, way: usize, a: i64) {
        let values = || vec![Value::Integer(a)];
        match way % 4 {
            0 => assert_eq!(
                self.run(plan(QueryKind::Write, vec![("x", one_row())]), values()).await.unwrap(),
                "{\"x\":1}"
            ),
            1 => {
                let plan = plan(QueryKind::Write, vec![("x", rows_written()), ("y", count())]);
                assert!(self.run(plan, values()).await.unwrap().starts_with("{\"x\":1,\"y\":["));
            }
            2 => {
                let client = self.engine.client().await.unwrap();
                client.batch_execute(&format!("insert into t values ({a})")).await.unwrap();
            }
            _ => {
                let database = Database::Postgres(self.engine.clone());
                let sql = format!("insert into t values ({a})");
                let written = database.write(|transaction| async move {
                    let orm = transaction.orm::<purlin_entity::migration::Entity>();
                    let statement = sea_orm::Statement::from_string(sea_orm::DbBackend::Postgres, sql);
                    sea_orm::ConnectionTrait::execute_raw(&orm, statement)
                        .await
                        .map_err(|error| transaction.explain(error))?;
                    Ok::<(), DatabaseError>(())
                });
                written.await.unwrap();
            }
        }
    }

    /// How many rows have this number, as a read tells.
    async fn found(&self, a: i64) -> String {
        self.run(plan(QueryKind::Read, vec![("x", count())]), vec![Value::Integer(a)]).await.unwrap()
    }
}

async fn run(engine: &Engine, plan: Plan, values: Vec<Value>) -> Result<String, Failure> {
    let bindings = Bindings { values, inserts: Vec::new() };
    Ok(String::from_utf8(engine.run(Arc::new(plan), bindings, Vec::new()).await?).unwrap())
}

fn count() -> RootBody {
    let sql = "select count(*)::int4 from t where a = $1";
    let counted =
        rows(statement(sql, vec![slot(Slot::Binding(0), Scalar::Int)]), Correlation::Root, cell(0, Scalar::Int));
    RootBody::Read { value: Shape::Child(0), children: vec![counted] }
}

/// Whether the server that answers is a replica.
fn where_asked() -> Plan {
    let sql = "select pg_is_in_recovery()";
    read_plan(vec![("x", rows(statement(sql, vec![]), Correlation::Root, cell(0, Scalar::Boolean)))])
}

fn written(value: Shape, returning: Vec<Returning>) -> RootBody {
    RootBody::Write(WritePlan {
        table: TableId(0),
        key_width: 1,
        select_keys: None,
        statement: Some(statement(
            "insert into t values ($1) returning a, 1",
            vec![slot(Slot::Binding(0), Scalar::Int)],
        )),
        check: RowCheck::Always,
        response: WriteResponse { value, returning },
    })
}

/// An insert that is a statement alone, without a transaction of ours.
fn one_row() -> RootBody {
    let returned = Returning::Direct { row: cell(1, Scalar::Int), visible: None };
    written(Shape::Returning { index: 0, many: false }, vec![returned])
}

fn rows_written() -> RootBody {
    written(Shape::AffectedRows, Vec::new())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_written_here_is_read_wherever_reads_go() {
    let both = Replicated::create(Options::default()).await;
    both.until_used(true);
    assert_eq!(both.run(where_asked(), vec![]).await.unwrap(), r#"{"x":[true]}"#);
    for way in 0..4 {
        both.hold_back();
        both.write(way, 100 + way as i64).await;
        assert_eq!(both.found(100 + way as i64).await, r#"{"x":[1]}"#, "{way}");
        assert_eq!(both.run(where_asked(), vec![]).await.unwrap(), r#"{"x":[false]}"#, "{way}");
        assert!(!both.reads().replicas[0].is_used);
        assert_eq!(both.on_replica.query(&format!("select count(*) from t where a = 10{way}")), "0");
        both.let_go();
        both.until_used(true);
        let before = both.reads();
        assert_eq!(both.found(100 + way as i64).await, r#"{"x":[1]}"#, "{way}");
        let after = both.reads();
        assert_eq!((after.primary, after.replicas[0].reads), (before.primary, before.replicas[0].reads + 1));
    }
    // Clients that write and read as fast as they can.
    let both = Arc::new(both);
    let clients = (0..8).map(|client: i64| {
        let both = both.clone();
        tokio::spawn(async move {
            for round in 1..=50 {
                both.write((client % 2) as usize, client).await;
                assert_eq!(both.found(client).await, format!("{{\"x\":[{round}]}}"));
            }
        })
    });
    for client in clients.collect::<Vec<_>>() {
        client.await.unwrap();
    }
    println!("{:?}", both.reads());
    // A refused write is none, and what the request itself is at fault for is not asked of the primary.
    let refused = written(Shape::AffectedRows, Vec::new());
    let failure = both.run(plan(QueryKind::Write, vec![("x", refused)]), vec![Value::Text("x".into())]).await;
    assert!(failure.is_err());
    both.until_used(true);
    let repeated = both.reads().repeated;
    let wrong = rows(statement("select 1 / 0", vec![]), Correlation::Root, cell(0, Scalar::Int));
    let failure = both.run(read_plan(vec![("x", wrong)]), vec![]).await.unwrap_err();
    assert!(matches!(failure.error, DatabaseError::Data(_)), "{failure:?}");
    assert_eq!(both.reads().repeated, repeated);
    // What only a primary takes is asked of it.
    let only = rows(statement("select nextval('s')::int4", vec![]), Correlation::Root, cell(0, Scalar::Int));
    both.on_primary.execute("create sequence s");
    both.engine.prepare_anew();
    both.until_used(true);
    assert_eq!(both.run(read_plan(vec![("x", only)]), vec![]).await.unwrap(), r#"{"x":[1]}"#);
    assert_eq!(both.reads().repeated, repeated + 1);
    assert!(both.reads().replicas[0].is_used);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_others_have_written_is_read_in_time() {
    let both = Replicated::create(Options { replica_lag: Duration::from_millis(1500), ..Options::default() }).await;
    both.until_used(true);
    both.hold_back();
    both.on_primary.execute("insert into t values (1)");
    // Older than that is not shown: somebody else's row is there, sooner or later.
    both.until_used(false);
    assert_eq!(both.found(1).await, r#"{"x":[1]}"#);
    assert!(both.reads().replicas[0].lag.unwrap() > Duration::from_millis(1500));
    both.let_go();
    both.until_used(true);
    assert_eq!(both.run(where_asked(), vec![]).await.unwrap(), r#"{"x":[true]}"#);
    assert_eq!(both.found(1).await, r#"{"x":[1]}"#);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_replica_that_fails_costs_no_read() {
    let mut both = Replicated::create(Options::default()).await;
    both.on_primary.execute("insert into t values (7)");
    both.until_used(true);
    for shutdown in [Shutdown::Immediate, Shutdown::Fast] {
        let (stopping, engine) = (Arc::new(AtomicBool::new(false)), both.engine.clone());
        let readers = (0..8).map(|reader| {
            let (engine, stopping) = (engine.clone(), stopping.clone());
            tokio::spawn(async move {
                let mut reads = 0_u64;
                while !stopping.load(Ordering::Relaxed) {
                    let counted = || ("x", count());
                    // Alone and shared, in a snapshot, and one that is under way when the server goes.
                    let plan = match reader % 4 {
                        0 => plan(QueryKind::Read, vec![counted(), ("y", count())]),
                        1 => {
                            let sql = "select a from t, pg_sleep(0.05) where a = $1";
                            let slots = vec![slot(Slot::Binding(0), Scalar::Int)];
                            read_plan(vec![("x", rows(statement(sql, slots), Correlation::Root, cell(0, Scalar::Int)))])
                        }
                        _ => plan(QueryKind::Read, vec![counted()]),
                    };
                    let answer = run(&engine, plan, vec![Value::Integer(7)]).await;
                    assert!(answer.as_ref().is_ok_and(|text| text.starts_with("{\"x\":[")), "{answer:?}");
                    reads += 1;
                }
                reads
            })
        });
        let readers: Vec<_> = readers.collect();
        let before = both.reads().replicas[0].reads;
        block_in_place(|| until("the replica is busy", || both.reads().replicas[0].reads > before + 100));
        block_in_place(|| both.replica.stop(shutdown));
        both.until_used(false);
        let on_primary = both.reads().primary;
        block_in_place(|| until("the primary is busy", || both.reads().primary > on_primary + 100));
        block_in_place(|| both.replica.start_again());
        both.until_used(true);
        let before = both.reads().replicas[0].reads;
        block_in_place(|| until("the replica is busy again", || both.reads().replicas[0].reads > before + 100));
        stopping.store(true, Ordering::Relaxed);
        let mut reads = 0;
        for reader in readers {
            reads += reader.await.unwrap();
        }
        println!("{shutdown:?}: {reads} reads, none failed; {:?}", both.reads());
        assert!(both.reads().repeated > 0);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_replica_is_not_read_from() {
    let (primary, other) = (PostgresServer::start(&SETTINGS), PostgresServer::start(&SETTINGS));
    let (database, elsewhere) = (primary.create_database(), other.create_database());
    let replica = primary.create_replica();
    let gone = "postgres://postgres@127.0.0.1:1/nothing".to_owned();
    let urls = [database.url(), elsewhere.url(), gone, replica.database(database.name()).url()];
    let options = Options { replicas: urls.map(Url::new).to_vec(), ..Options::default() };
    let engine = Engine::connect(&database.url(), options).await.unwrap();
    let used = || engine.reads().unwrap().replicas.iter().map(|replica| replica.is_used).collect::<Vec<_>>();
    block_in_place(|| until("the replica is read from", || used() == [false, false, false, true]));
    for _ in 0..8 {
        assert_eq!(run(&engine, where_asked(), vec![]).await.unwrap(), r#"{"x":[true]}"#);
    }
    assert_eq!(engine.reads().unwrap().primary, 0);
    let facts = Database::Postgres(engine).replica_facts().await;
    let facts = facts.into_iter().map(|facts| facts.ok().map(|facts| (facts.in_recovery, facts.same_system)));
    assert_eq!(facts.collect::<Vec<_>>(), [Some((false, true)), Some((false, false)), None, Some((true, true))]);
    let engine = Engine::connect(&database.url(), Options::default()).await.unwrap();
    assert_eq!(engine.reads(), None);
    let Err(error) = Engine::connect(
        &database.url(),
        Options { replicas: vec![Url::new("postgres://user:se?cret@host:x/d")], ..Options::default() },
    )
    .await
    else {
        panic!("the URL was accepted")
    };
    assert!(!error.to_string().contains("cret"), "{error}");
}

//! Group commit: who is answered what when one member of a group, or the commit itself, fails.

use std::time::Duration;

use purlin_db::{ConstraintViolation, DatabaseError, Failure, Options};
use purlin_plan::plan::*;
use tokio::task::JoinHandle;

use super::*;

const TABLES: &str = "
    create table parent (id integer primary key) strict;
    create table note (id integer primary key, part integer not null) strict;
    create table child (id integer primary key, parent_id integer not null,
        constraint child_parent_fkey foreign key (parent_id) references parent (id) deferrable initially deferred) strict;
    create table touchy (id integer primary key on conflict rollback) strict;
    create trigger whole before insert on note when new.part = 99 begin select raise(rollback, 'no'); end;
    insert into touchy values (1);";

/// Runs statements in order, each a root field that answers how many rows it wrote.
fn writes(statements: &[&str], solitary: bool) -> Plan {
    let root = |sql: &&str| RootPlan {
        key: "\"n\":".into(),
        body: RootBody::Write(WritePlan {
            table: purlin_model::catalog::TableId(0),
            select_keys: None,
            statement: Some(statement(sql, vec![])),
            key_width: 1,
            check: RowCheck::Always,
            response: WriteResponse { value: Shape::AffectedRows, returning: vec![] },
        }),
    };
    write_plan(statements.iter().map(root).collect(), solitary)
}

/// A good mutation: two rows that must come together.
fn good(number: usize) -> Plan {
    let first = format!("insert into note values ({}, 1) returning id", number * 2);
    let second = format!("insert into note values ({}, 2) returning id", number * 2 + 1);
    writes(&[&first, &second], false)
}

const ENDLESS: &str = "insert into note with recursive n (i) as (select 1000 union all select i + 1 from n) \
                       select i, 3 from n returning id";
const ORPHAN: &str = "insert into child values (1, 77) returning id";

type Answer = Result<String, Failure>;

/// Queues the plans while the writer is held, in order, then lets it go.
async fn together(database: &TestDatabase, plans: Vec<Plan>) -> Vec<JoinHandle<Answer>> {
    let held = Held::hold(database).await;
    let mut answers = Vec::new();
    for plan in plans {
        let engine = database.engine.clone();
        let mut future = Box::pin(async move { engine.run(Arc::new(plan), Bindings::default(), Vec::new()).await });
        assert!(is_pending(&mut future));
        answers.push(tokio::spawn(async move { future.await.map(|body| String::from_utf8(body).unwrap()) }));
    }
    held.release().await;
    answers
}

/// The writer, held by a function that waits.
struct Held {
    release: std::sync::mpsc::Sender<()>,
    holding: JoinHandle<Result<(), DatabaseError>>,
}

impl Held {
    async fn hold(database: &TestDatabase) -> Held {
        let (entered, is_entered) = tokio::sync::oneshot::channel();
        let (release, is_released) = std::sync::mpsc::channel::<()>();
        let engine = database.engine.clone();
        let hold = move |_: &mut rusqlite::Connection| {
            entered.send(()).unwrap();
            is_released.recv().unwrap();
            Ok(())
        };
        let holding = tokio::spawn(async move { engine.write_exclusive(hold).await });
        is_entered.await.unwrap();
        Held { release, holding }
    }

    async fn release(self) {
        self.release.send(()).unwrap();
        self.holding.await.unwrap().unwrap();
    }
}

async fn all(answers: Vec<JoinHandle<Answer>>) -> Vec<Answer> {
    let mut found = Vec::new();
    for answer in answers {
        found.push(answer.await.unwrap());
    }
    found
}

/// The ids in `note`.
async fn notes(database: &TestDatabase) -> Vec<i64> {
    let read = |connection: &rusqlite::Connection| {
        let mut statement = connection.prepare("select id from note order by id")?;
        Ok(statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
    };
    database.engine.read(read).await.unwrap()
}

/// How many transactions were committed that wrote something.
async fn count_commits(database: &TestDatabase) -> Arc<std::sync::atomic::AtomicUsize> {
    let count = Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let counted = count.clone();
    let hook = move |connection: &mut rusqlite::Connection| {
        Ok(connection.commit_hook(Some(move || {
            counted.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            false
        }))?)
    };
    database.engine.write_exclusive(hook).await.unwrap();
    count
}

fn short_deadline() -> Options {
    Options { write_timeout: Duration::from_millis(100), connections: 1, ..Options::default() }
}

#[tokio::test]
async fn waiting_mutations_share_one_commit() {
    let database = TestDatabase::create(TABLES).await;
    let commits = count_commits(&database).await;
    let answers = together(&database, (0..20).map(good).collect()).await;
    for answer in all(answers).await {
        assert_eq!(answer.unwrap(), r#"{"n":1,"n":1}"#);
    }
    assert_eq!(commits.load(std::sync::atomic::Ordering::SeqCst), 1);
    assert_eq!(notes(&database).await, (0..40).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_member_that_fails_is_undone_alone() {
    let database = TestDatabase::create(TABLES).await;
    let commits = count_commits(&database).await;
    // Its first statement succeeds, its second one hits the key of the first member.
    let bad = writes(
        &["insert into note values (100, 1) returning id", "insert into note values (0, 1) returning id"],
        false,
    );
    let mut plans: Vec<Plan> = (0..3).map(good).collect();
    plans.insert(1, bad);
    let answers = all(together(&database, plans).await).await;
    let failure = answers[1].as_ref().unwrap_err();
    assert_eq!(failure.root, Some(1));
    let unique = ConstraintViolation::Unique { constraint: "note_pkey".to_owned() };
    assert!(matches!(&failure.error, DatabaseError::Constraint(violation) if *violation == unique), "{failure:?}");
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 3);
    assert_eq!(commits.load(std::sync::atomic::Ordering::SeqCst), 1);
    assert_eq!(notes(&database).await, (0..6).collect::<Vec<_>>());
}

/// A mutation that is SQL of the model: statements, and how many rows the last of them must write.
fn native(statements: &[&str], rows: u64) -> Plan {
    let last = statements.len() - 1;
    let step = |(index, sql): (usize, &&str)| NativeStep {
        statement: statement(sql, vec![]),
        min_rows: (index == last).then_some(rows),
        max_rows: None,
        refusal: "too few".into(),
    };
    let body = RootBody::Native(NativePlan {
        steps: statements.iter().enumerate().map(step).collect(),
        columns: vec![Box::default()],
        response: WriteResponse {
            value: Shape::Returning { index: 0, many: true },
            returning: vec![Returning::Direct { row: cell(0, Scalar::Int), visible: None }],
        },
    });
    Plan { native: true, ..write_plan(vec![root("n", body)], false) }
}

#[tokio::test]
async fn sql_of_the_model_that_fails_is_undone_alone() {
    let database = TestDatabase::create(TABLES).await;
    let first = "insert into note values (100, 1) returning id";
    let mut plans: Vec<Plan> = (0..4).map(good).collect();
    // Its second statement hits a key; writes too few rows; writes what a trigger answers with a rollback of everything.
    plans.insert(1, native(&[first, "insert into note values (0, 1) returning id"], 1));
    plans.insert(3, native(&[first, "update note set part = 9 where id = 77 returning id"], 1));
    plans.insert(5, native(&[first, "insert into note values (101, 99) returning id"], 1));
    plans.push(native(&["insert into note values (50, 1), (51, 2)", "select id from note where id >= 50"], 2));
    let answers = all(together(&database, plans).await).await;
    let failures: Vec<&DatabaseError> =
        [1, 3, 5].iter().map(|index| &answers[*index].as_ref().unwrap_err().error).collect();
    let unique = ConstraintViolation::Unique { constraint: "note_pkey".to_owned() };
    assert!(matches!(failures[0], DatabaseError::Constraint(violation) if *violation == unique), "{failures:?}");
    assert!(matches!(failures[1], DatabaseError::Expectation(told) if **told == *"too few"), "{failures:?}");
    for index in [0, 2, 4, 6] {
        assert_eq!(answers[index].as_ref().unwrap(), r#"{"n":1,"n":1}"#, "{index}");
    }
    assert_eq!(answers[7].as_ref().unwrap(), r#"{"n":[50,51]}"#);
    assert_eq!(notes(&database).await, (0..8).chain([50, 51]).collect::<Vec<_>>());
}

#[tokio::test]
async fn one_that_ends_the_transaction_takes_nobody_with_it() {
    for culprit in
        [ENDLESS, "insert into note values (500, 99) returning id", "insert into touchy values (1) returning id"]
    {
        let database = TestDatabase::with(TABLES, short_deadline()).await;
        let mut plans: Vec<Plan> = (0..20).map(good).collect();
        plans.insert(10, writes(&["insert into note values (400, 1) returning id", culprit], false));
        let answers = all(together(&database, plans).await).await;
        for (index, answer) in answers.iter().enumerate() {
            assert_eq!(answer.is_ok(), index != 10, "{index}: {answer:?}");
        }
        let failure = answers[10].as_ref().unwrap_err();
        assert_eq!(failure.root, Some(1), "{failure:?}");
        if culprit == ENDLESS {
            let told =
                matches!(failure.error, DatabaseError::Timeout(limit) if limit == short_deadline().write_timeout);
            assert!(told, "{failure:?}");
        }
        assert_eq!(notes(&database).await, (0..40).collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn a_deferred_key_that_fails_at_commit_is_the_fault_of_its_member_only() {
    // Whether the plan says that it must run alone or nobody knew: the outcome is the same.
    for solitary in [true, false] {
        let database = TestDatabase::create(TABLES).await;
        let mut plans: Vec<Plan> = (0..20).map(good).collect();
        plans.insert(10, writes(&[ORPHAN], solitary));
        let answers = all(together(&database, plans).await).await;
        for (index, answer) in answers.iter().enumerate() {
            assert_eq!(answer.is_ok(), index != 10, "{index}: {answer:?}");
        }
        let failure = answers[10].as_ref().unwrap_err();
        let key = ConstraintViolation::ForeignKey {
            constraint: Some("child_parent_fkey".to_owned()),
            table: "child".to_owned(),
            referenced_by: None,
        };
        assert!(matches!(&failure.error, DatabaseError::Constraint(violation) if *violation == key), "{failure:?}");
        assert_eq!(notes(&database).await, (0..40).collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn a_client_that_leaves_is_all_or_nothing() {
    let database = TestDatabase::with(TABLES, short_deadline()).await;
    let held = Held::hold(&database).await;
    let mut waiting = Vec::new();
    for number in 0..21 {
        let engine = database.engine.clone();
        let mut future =
            Box::pin(async move { engine.run(Arc::new(good(number)), Bindings::default(), Vec::new()).await });
        assert!(is_pending(&mut future));
        waiting.push(future);
    }
    drop(waiting.remove(10));
    held.release().await;
    for future in waiting {
        future.await.unwrap();
    }
    let left: Vec<i64> = notes(&database).await.into_iter().filter(|id| (20..22).contains(id)).collect();
    assert!(left.is_empty() || left == [20, 21], "{left:?}");
    assert_eq!(notes(&database).await.len() - left.len(), 40);
}

#[tokio::test]
async fn all_of_it_in_one_group() {
    let database = TestDatabase::with(TABLES, short_deadline()).await;
    let held = Held::hold(&database).await;
    let mut plans: Vec<Plan> = (0..20).map(good).collect();
    plans.insert(5, writes(&[ENDLESS], false));
    plans.insert(10, writes(&[ORPHAN], false));
    plans.insert(15, good(20));
    let mut waiting = Vec::new();
    for plan in plans {
        let engine = database.engine.clone();
        let mut future = Box::pin(async move { engine.run(Arc::new(plan), Bindings::default(), Vec::new()).await });
        assert!(is_pending(&mut future));
        waiting.push(Some(future));
    }
    waiting[15] = None;
    held.release().await;
    for (index, future) in waiting.into_iter().enumerate() {
        let Some(future) = future else { continue };
        let answer = future.await;
        match index {
            5 => assert!(matches!(answer.unwrap_err().error, DatabaseError::Timeout(_))),
            10 => assert!(matches!(answer.unwrap_err().error, DatabaseError::Constraint(_))),
            _ => assert_eq!(answer.unwrap(), br#"{"n":1,"n":1}"#),
        }
    }
    let found = notes(&database).await;
    assert_eq!(found.iter().filter(|id| **id < 40).count(), 40);
    assert!(found.len() == 40 || found[40..] == [40, 41], "{found:?}");
}

#[tokio::test]
async fn a_commit_that_fails_is_an_error_for_every_member() {
    let database = TestDatabase::create(TABLES).await;
    let refuse = |connection: &mut rusqlite::Connection| Ok(connection.commit_hook(Some(|| true))?);
    database.engine.write_exclusive(refuse).await.unwrap();
    let mut plans: Vec<Plan> = (0..20).map(good).collect();
    plans.insert(7, writes(&["insert into note values (0, 1) returning id"], false));
    let answers = all(together(&database, plans).await).await;
    for (index, answer) in answers.iter().enumerate() {
        let failure = answer.as_ref().unwrap_err();
        let own = matches!(failure.error, DatabaseError::Constraint(_));
        assert_eq!(own, index == 7, "{failure:?}");
        assert!(own || matches!(failure.error, DatabaseError::Internal(_)), "{failure:?}");
    }
    assert!(notes(&database).await.is_empty());
    // Alone as well, and all is well again afterwards.
    assert!(database.run(good(0), vec![]).await.is_err());
    let allow = |connection: &mut rusqlite::Connection| Ok(connection.commit_hook(None::<fn() -> bool>)?);
    database.engine.write_exclusive(allow).await.unwrap();
    database.run(good(0), vec![]).await.unwrap();
    assert_eq!(notes(&database).await, [0, 1]);
}

#[tokio::test]
async fn a_function_on_the_writer_leaves_no_trace_of_its_settings() {
    let database = TestDatabase::create(TABLES).await;
    let untidy = |connection: &mut rusqlite::Connection| {
        connection.execute_batch("pragma foreign_keys = off; begin; insert into note values (1, 1)")?;
        Ok(())
    };
    database.engine.write_exclusive(untidy).await.unwrap();
    assert!(notes(&database).await.is_empty());
    assert!(database.run(writes(&[ORPHAN], true), vec![]).await.is_err());
    let panics = |_: &mut rusqlite::Connection| -> Result<(), DatabaseError> { panic!("on purpose") };
    assert!(database.engine.write_exclusive(panics).await.is_err());
    database.run(good(0), vec![]).await.unwrap();
}

#[tokio::test]
async fn a_running_write_ends_whole_although_its_client_left() {
    let database = TestDatabase::create(TABLES).await;
    let (entered, is_entered) = tokio::sync::oneshot::channel();
    let (release, is_released) = std::sync::mpsc::channel::<()>();
    let pausing = std::sync::Mutex::new(Some((entered, is_released)));
    let register = move |connection: &mut rusqlite::Connection| {
        let flags = rusqlite::functions::FunctionFlags::SQLITE_UTF8;
        Ok(connection.create_scalar_function("pause", 0, flags, move |_| {
            if let Some((entered, is_released)) = pausing.lock().unwrap().take() {
                entered.send(()).unwrap();
                is_released.recv().unwrap();
            }
            Ok(2)
        })?)
    };
    database.engine.write_exclusive(register).await.unwrap();
    let statements =
        ["insert into note values (1, pause()) returning id", "insert into note values (2, 2) returning id"];
    let (engine, plan) = (database.engine.clone(), Arc::new(writes(&statements, false)));
    let mut leaving = Box::pin(async move { engine.run(plan, Bindings::default(), Vec::new()).await });
    assert!(is_pending(&mut leaving));
    is_entered.await.unwrap();
    drop(leaving);
    release.send(()).unwrap();
    database.run(good(5), vec![]).await.unwrap();
    assert_eq!(notes(&database).await, [1, 2, 10, 11]);
}

#[tokio::test]
async fn a_full_queue_of_writes_refuses() {
    let options = Options { queue: 2, ..Options::default() };
    let database = TestDatabase::with(TABLES, options).await;
    let held = Held::hold(&database).await;
    let mut first = Box::pin(database.run(good(1), vec![]));
    let mut second = Box::pin(database.run(good(2), vec![]));
    assert!(is_pending(&mut first) && is_pending(&mut second));
    let failure = database.run(good(3), vec![]).await.unwrap_err();
    assert!(matches!(failure.error, DatabaseError::Busy), "{failure:?}");
    held.release().await;
    first.await.unwrap();
    second.await.unwrap();
}

#[tokio::test]
async fn a_long_log_is_written_back_between_writes() {
    let database = TestDatabase::create("create table big (id integer primary key, data blob) strict").await;
    let path = database.folder.path().join("data.db");
    let large = "insert into big (data) values (zeroblob(20000000)) returning id";
    database.run(writes(&[large], false), vec![]).await.unwrap();
    // The writer takes this only when it has done with the log.
    database.engine.write_exclusive(|_| Ok(())).await.unwrap();
    assert!(std::fs::metadata(&path).unwrap().len() > 20_000_000);
}

#[tokio::test]
async fn every_acknowledged_write_is_in_the_file_after_closing() {
    let database = TestDatabase::create(TABLES).await;
    for number in 0..30 {
        database.run(good(number), vec![]).await.unwrap();
    }
    let TestDatabase { engine, folder } = database;
    drop(engine);
    let path = folder.path().join("data.db");
    assert!(!folder.path().join("data.db-wal").exists(), "the log was written back on closing");
    let connection = rusqlite::Connection::open(&path).unwrap();
    assert_eq!(connection.query_row("select count(*) from note", [], |row| row.get::<_, i64>(0)).unwrap(), 60);
}

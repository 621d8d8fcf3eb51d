//! Plans that write: nesting, checks, upserts, what is answered, and that a failure leaves nothing.

use purlin_db::{ConstraintViolation, DatabaseError};
use purlin_model::catalog::TableId;

use super::proxy::Proxy;
use super::*;

const SHOP: &str = "
    create table customer (id int primary key, name text not null unique);
    create table purchase (
        id int primary key, customer_id int not null references customer, total int check (total >= 0));
    create table line (
        purchase_id int, number int, what text, primary key (purchase_id, number),
        constraint line_purchase foreign key (purchase_id) references purchase deferrable initially deferred);
    insert into customer values (1, 'Ann'), (2, 'Bob');
    insert into purchase values (10, 1, 5), (11, 1, 6), (12, 2, 7);
    insert into line values (10, 1, 'pen'), (10, 2, 'ink');";

const CUSTOMER: &str = "insert into customer values ($1, $2) returning id, name, name <> 'Mallory'";

fn template(sql: &str, slots: Vec<BoundSlot>) -> InsertTemplate {
    InsertTemplate {
        source: purlin_plan::query::RowSource::Document,
        values: Vec::new(),
        objects: Vec::new(),
        probe: None,
        statement: statement(sql, slots),
        key_width: 1,
        insert_check: RowCheck::Always,
        update_check: RowCheck::Always,
        updated: Updated::Never,
        arrays: Vec::new(),
    }
}

fn customer() -> InsertTemplate {
    template(CUSTOMER, vec![slot(Slot::Row(0), Scalar::Int), slot(Slot::Row(1), Scalar::String)])
}

fn insert_plan(table: u32, template: InsertTemplate) -> InsertPlan {
    InsertPlan { table: TableId(table), templates: vec![template] }
}

fn row(values: Vec<Value>) -> BoundRow {
    BoundRow { template: 0, values, objects: Vec::new(), arrays: Vec::new() }
}

fn person(id: i64, name: &str) -> BoundRow {
    row(vec![Value::Integer(id), text(name)])
}

/// `affected_rows` and `returning`, directly from the written rows.
fn direct(row: Shape) -> WriteResponse {
    WriteResponse {
        value: object(vec![
            ("affected_rows", Shape::AffectedRows),
            ("returning", Shape::Returning { index: 0, many: true }),
        ]),
        returning: vec![Returning::Direct { row, visible: None }],
    }
}

/// The one row, directly.
fn one(row: Shape) -> WriteResponse {
    WriteResponse {
        value: Shape::Returning { index: 0, many: false },
        returning: vec![Returning::Direct { row, visible: None }],
    }
}

fn names() -> Shape {
    cell(1, Scalar::String)
}

fn insert(template: InsertTemplate, response: WriteResponse) -> RootBody {
    RootBody::Insert { index: 0, rows: insert_plan(0, template), response }
}

fn write_plan(sql: &str, slots: Vec<BoundSlot>, response: WriteResponse) -> WritePlan {
    WritePlan {
        table: TableId(0),
        select_keys: None,
        statement: Some(statement(sql, slots)),
        key_width: 1,
        check: RowCheck::Always,
        response,
    }
}

fn mutation(roots: Vec<(&str, RootBody)>) -> Plan {
    plan(QueryKind::Write, roots)
}

async fn write(database: &TestDatabase, roots: Vec<(&str, RootBody)>, rows: Vec<BoundRow>) -> Result<String, Failure> {
    let inserts = vec![rows];
    database.run_bound(mutation(roots), Bindings { values: vec![Value::Integer(1)], inserts }).await
}

fn customers(database: &TestDatabase) -> String {
    database.database.query("select string_agg(name, ',' order by id) from customer")
}

#[tokio::test]
async fn rows_are_inserted_and_answered() {
    let database = TestDatabase::create(SHOP).await;
    let rows = (3..203).map(|id| person(id, &format!("c{id}"))).collect();
    let answer = write(&database, vec![("i", insert(customer(), direct(cell(0, Scalar::Int))))], rows).await.unwrap();
    let ids: Vec<String> = (3..203).map(|id| id.to_string()).collect();
    assert_eq!(answer, format!(r#"{{"i":{{"affected_rows":200,"returning":[{}]}}}}"#, ids.join(",")));
    assert_eq!(database.database.query("select count(*) from customer"), "202");
    let one = write(&database, vec![("i", insert(customer(), one(names())))], vec![person(999, "one")]).await.unwrap();
    assert_eq!(one, r#"{"i":"one"}"#);
}

#[tokio::test]
async fn invisible_rows_are_written_but_not_returned() {
    let database = TestDatabase::create(SHOP).await;
    let mut response = direct(names());
    response.returning = vec![Returning::Direct { row: names(), visible: Some(2) }];
    let rows = vec![person(3, "Mallory"), person(4, "Cid")];
    let answer = write(&database, vec![("i", insert(customer(), response))], rows).await.unwrap();
    assert_eq!(answer, r#"{"i":{"affected_rows":2,"returning":["Cid"]}}"#);
}

#[tokio::test]
async fn a_failed_check_undoes_everything() {
    let database = TestDatabase::create(SHOP).await;
    let by_statement = RowCheck::Statement(statement(
        "select name <> 'Mallory' from customer where id = $1",
        vec![slot(Slot::Parent(0), Scalar::Int)],
    ));
    for check in [RowCheck::Cell(2), by_statement] {
        let checked = || InsertTemplate { insert_check: check.clone(), ..customer() };
        let roots = || vec![("a", update_name()), ("i", insert(checked(), direct(names())))];
        let rows = vec![person(3, "Cid"), person(4, "Mallory")];
        let failure = write(&database, roots(), rows).await.unwrap_err();
        let expected = matches!(failure, Failure { root: Some(1), error: DatabaseError::RuleCheck { inserted: true } });
        assert!(expected, "{failure:?}");
        assert_eq!(customers(&database), "Ann,Bob");
        write(&database, roots(), vec![person(3, "Cid")]).await.unwrap();
        database.database.execute("delete from customer where id = 3; update customer set name = 'Ann' where id = 1");
    }
}

fn update_name() -> RootBody {
    let sql = "update customer set name = 'Anna' where id = $1 returning id, name";
    RootBody::Write(write_plan(sql, vec![slot(Slot::Binding(0), Scalar::Int)], one(names())))
}

#[tokio::test]
async fn nested_rows_come_before_and_after() {
    let database = TestDatabase::create(SHOP).await;
    let lines = template(
        "insert into line values ($1, $2, $3) returning purchase_id, number",
        vec![slot(Slot::Parent(0), Scalar::Int), slot(Slot::Row(0), Scalar::Int), slot(Slot::Row(1), Scalar::String)],
    );
    let object = Slot::Object { object: 0, cell: 0 };
    let mut purchase = template(
        "insert into purchase values ($1, $2, $3) returning id, total",
        vec![slot(Slot::Row(0), Scalar::Int), slot(object, Scalar::Int), slot(Slot::Row(1), Scalar::Int)],
    );
    purchase.objects = vec![insert_plan(1, customer())];
    purchase.arrays = vec![insert_plan(2, lines)];
    let reread = rows(
        statement(
            "select k.n, c.name, (select count(*) from line where purchase_id = p.id) from unnest($1) with ordinality \
             as k (id, n) join purchase p on p.id = k.id join customer c on c.id = p.customer_id",
            vec![keys(0, Scalar::Int)],
        ),
        Correlation::Ordinal,
        super::object(vec![("customer", cell(1, Scalar::String)), ("lines", cell(2, Scalar::BigInt))]),
    );
    let response = WriteResponse {
        value: super::object(vec![
            ("n", Shape::AffectedRows),
            ("r", Shape::Returning { index: 1, many: true }),
            ("totals", Shape::Returning { index: 0, many: true }),
        ]),
        returning: vec![
            Returning::Direct { row: cell(1, Scalar::Int), visible: None },
            Returning::Reread(Box::new(reread)),
        ],
    };
    let bound = |id: i64, name: &str, lines: i64| BoundRow {
        template: 0,
        values: vec![Value::Integer(id), Value::Integer(id * 2)],
        objects: vec![person(id, name)],
        arrays: vec![(0..lines).map(|number| row(vec![Value::Integer(number), text("x")])).collect()],
    };
    let rows = vec![bound(20, "Cid", 2), bound(21, "Dan", 0)];
    let answer = write(&database, vec![("i", insert(purchase, response))], rows).await.unwrap();
    let expected = r#"{"i":{"n":6,"r":[{"customer":"Cid","lines":2},{"customer":"Dan","lines":0}],"totals":[40,42]}}"#;
    assert_eq!(answer, expected);
}

#[tokio::test]
async fn upserts_tell_updates_from_inserts() {
    let database = TestDatabase::create(SHOP).await;
    let sql = "insert into customer values ($1, $2) on conflict (id) do update set name = excluded.name \
               returning id, name, name <> 'Mallory', xmax <> 0";
    let upsert = || InsertTemplate {
        statement: statement(sql, customer().statement.slots),
        insert_check: RowCheck::Always,
        update_check: RowCheck::Cell(2),
        updated: Updated::Cell(3),
        ..customer()
    };
    let rows = vec![person(1, "Anna"), person(3, "Mallory")];
    let answer = write(&database, vec![("i", insert(upsert(), direct(names())))], rows).await.unwrap();
    assert_eq!(answer, r#"{"i":{"affected_rows":2,"returning":["Anna","Mallory"]}}"#);
    let rows = vec![person(2, "Mallory II"), person(1, "Mallory")];
    let failure = write(&database, vec![("i", insert(upsert(), direct(names())))], rows).await.unwrap_err();
    assert!(
        matches!(failure.error, DatabaseError::Constraint(ConstraintViolation::Unique { constraint }) if constraint == "customer_name_key")
    );
    database.database.execute("delete from customer where id = 3");
    let failure = write(&database, vec![("i", insert(upsert(), direct(names())))], vec![person(1, "Mallory")]).await;
    let failure = failure.unwrap_err();
    assert!(matches!(failure.error, DatabaseError::RuleCheck { inserted: false }), "{failure:?}");
    assert_eq!(customers(&database), "Anna,Bob");
}

#[tokio::test]
async fn nothing_done_leaves_nothing_to_hang_on() {
    let database = TestDatabase::create(SHOP).await;
    let ignoring = "insert into customer values ($1, $2) on conflict do nothing returning id, name";
    let ignore = || InsertTemplate { statement: statement(ignoring, customer().statement.slots), ..customer() };
    let rows = vec![person(1, "Ann"), person(5, "Eve")];
    let answer = write(&database, vec![("i", insert(ignore(), direct(names())))], rows).await.unwrap();
    assert_eq!(answer, r#"{"i":{"affected_rows":1,"returning":["Eve"]}}"#);

    let object = Slot::Object { object: 0, cell: 0 };
    let mut purchase = template(
        "insert into purchase values ($1, $2, 1) returning id",
        vec![slot(Slot::Row(0), Scalar::Int), slot(object, Scalar::Int)],
    );
    purchase.objects = vec![insert_plan(7, ignore())];
    let bound = BoundRow { objects: vec![person(1, "Ann")], ..row(vec![Value::Integer(50)]) };
    let failure = write(&database, vec![("i", insert(purchase, direct(cell(0, Scalar::Int))))], vec![bound]).await;
    let failure = failure.unwrap_err();
    assert!(matches!(failure.error, DatabaseError::NestedInsert { table: TableId(7), object: true }), "{failure:?}");

    let below = template(
        "insert into purchase values ($2, $1, 1) returning id",
        vec![slot(Slot::Parent(0), Scalar::Int), slot(Slot::Row(0), Scalar::Int)],
    );
    let above = || InsertTemplate { arrays: vec![insert_plan(1, below.clone())], ..ignore() };
    let with = |rows: Vec<BoundRow>| vec![BoundRow { arrays: vec![rows], ..person(1, "Ann") }];
    let rows = with(vec![row(vec![Value::Integer(51)])]);
    let failure = write(&database, vec![("i", insert(above(), direct(names())))], rows).await.unwrap_err();
    assert!(matches!(failure.error, DatabaseError::NestedInsert { table: TableId(0), object: false }), "{failure:?}");
    let answer = write(&database, vec![("i", insert(above(), direct(names())))], with(vec![])).await.unwrap();
    assert_eq!(answer, r#"{"i":{"affected_rows":0,"returning":[]}}"#);
}

#[tokio::test]
async fn updates_are_checked_and_answered_one_by_one() {
    let database = TestDatabase::create(SHOP).await;
    let update = |by: i32| WritePlan {
        check: RowCheck::Cell(2),
        ..write_plan(
            &format!(
                "update purchase set total = total + {by} where customer_id = $1 returning id, total, total < 100"
            ),
            vec![slot(Slot::Binding(0), Scalar::Int)],
            direct(cell(1, Scalar::Int)),
        )
    };
    let nothing = WritePlan { statement: None, ..update(0) };
    let roots =
        vec![("u", RootBody::WriteMany(vec![update(1), nothing, update(10)])), ("none", RootBody::WriteMany(vec![]))];
    assert_eq!(
        write(&database, roots, vec![]).await.unwrap(),
        concat!(
            r#"{"u":[{"affected_rows":2,"returning":[6,7]},{"affected_rows":0,"returning":[]},"#,
            r#"{"affected_rows":2,"returning":[16,17]}],"none":[]}"#
        )
    );
    let roots = vec![("u", RootBody::Write(update(1))), ("v", RootBody::Write(update(83)))];
    let failure = write(&database, roots, vec![]).await.unwrap_err();
    let expected = matches!(failure, Failure { root: Some(1), error: DatabaseError::RuleCheck { inserted: false } });
    assert!(expected, "{failure:?}");
    assert_eq!(database.database.query("select sum(total) from purchase"), "40");
}

#[tokio::test]
async fn deleted_rows_are_read_before_they_go() {
    let database = TestDatabase::create(SHOP).await;
    let reread = rows(
        statement(
            "select k.n, (select count(*) from line where purchase_id = k.id) from unnest($1) with ordinality k (id, n)",
            vec![keys(0, Scalar::Int)],
        ),
        Correlation::Ordinal,
        cell(1, Scalar::BigInt),
    );
    let delete = || WritePlan {
        select_keys: Some(statement(
            "select id from purchase where customer_id = $1 order by id for update",
            vec![slot(Slot::Binding(0), Scalar::Int)],
        )),
        ..write_plan(
            "with gone as (delete from line where purchase_id = any($1)) \
             delete from purchase where id = any($1) returning id",
            vec![keys(0, Scalar::Int)],
            WriteResponse {
                returning: vec![Returning::Reread(Box::new(reread.clone()))],
                ..direct(cell(0, Scalar::Int))
            },
        )
    };
    let answer = write(&database, vec![("d", RootBody::Write(delete()))], vec![]).await.unwrap();
    assert_eq!(answer, r#"{"d":{"affected_rows":2,"returning":[2,0]}}"#);
    let answer = write(&database, vec![("d", RootBody::Write(delete()))], vec![]).await.unwrap();
    assert_eq!(answer, r#"{"d":{"affected_rows":0,"returning":[]}}"#);
    assert_eq!(database.database.query("select count(*) from purchase"), "1");
}

#[tokio::test]
async fn constraints_are_told_by_name() {
    let database = TestDatabase::create(&format!(
        "{SHOP} create extension btree_gist; create table stay (room int, during int4range, \
         constraint no_overlap exclude using gist (room with =, during with &&))"
    ))
    .await;
    let run = |sql: &str| {
        let write = write_plan(sql, vec![], one(cell(0, Scalar::Int)));
        let check = WritePlan { check: RowCheck::Cell(0), ..write.clone() };
        // Alone, and in a transaction.
        let (alone, together) =
            (mutation(vec![("w", RootBody::Write(write))]), mutation(vec![("w", RootBody::Write(check))]));
        let database = &database;
        async move {
            let alone = database.run(alone, vec![]).await.unwrap_err();
            let together = database.run(together, vec![]).await.unwrap_err();
            let DatabaseError::Constraint(alone) = alone.error else { panic!("{alone:?}") };
            let DatabaseError::Constraint(together) = together.error else { panic!("{together:?}") };
            assert_eq!(alone, together);
            alone
        }
    };
    let owned = str::to_owned;
    assert_eq!(
        run("insert into customer values (1, 'x') returning 1").await,
        ConstraintViolation::Unique { constraint: owned("customer_pkey") }
    );
    assert_eq!(
        run("insert into customer values (9, null) returning 1").await,
        ConstraintViolation::NotNull { table: owned("customer"), column: owned("name") }
    );
    assert_eq!(
        run("insert into purchase values (9, 1, -1) returning 1").await,
        ConstraintViolation::Check { table: owned("purchase"), constraint: owned("purchase_total_check") }
    );
    assert_eq!(
        run("insert into purchase values (9, 99, 1) returning 1").await,
        ConstraintViolation::ForeignKey {
            constraint: Some(owned("purchase_customer_id_fkey")),
            table: owned("purchase"),
            referenced_by: None
        }
    );
    assert_eq!(
        run("delete from customer where id = 1 returning 1").await,
        ConstraintViolation::ForeignKey {
            constraint: Some(owned("purchase_customer_id_fkey")),
            table: owned("customer"),
            referenced_by: Some(owned("purchase"))
        }
    );
    // Deferred: only the commit fails.
    assert_eq!(
        run("insert into line values (99, 1, 'x') returning 1").await,
        ConstraintViolation::ForeignKey {
            constraint: Some(owned("line_purchase")),
            table: owned("line"),
            referenced_by: None
        }
    );
    database.database.execute("insert into stay values (1, '[1,5)')");
    assert_eq!(
        run("insert into stay values (1, '[2,3)') returning 1").await,
        ConstraintViolation::Exclusion { constraint: owned("no_overlap") }
    );
    assert_eq!(database.database.query("select count(*) from line"), "2");
}

#[tokio::test]
async fn a_response_too_large_leaves_nothing_written() {
    let database = TestDatabase::with(SHOP, Options { response_bytes: 2000, ..Options::default() }).await;
    let rows = |count: i64| (100..100 + count).map(|id| person(id, &format!("a name of some length {id}"))).collect();
    let plan = || vec![("i", insert(customer(), direct(names())))];
    let failure = write(&database, plan(), rows(200)).await.unwrap_err();
    assert!(matches!(failure.error, DatabaseError::ResponseSize(2000)), "{failure:?}");
    assert_eq!(customers(&database), "Ann,Bob");
    write(&database, plan(), rows(20)).await.unwrap();
}

#[tokio::test]
async fn a_schema_change_is_noticed_by_writes() {
    let database = TestDatabase::create(SHOP).await;
    let update = |check: RowCheck| {
        let sql = "update customer set name = name where id = 1 returning *";
        let write = write_plan(sql, vec![], one(cell(1, Scalar::String)));
        mutation(vec![("u", RootBody::Write(WritePlan { check, ..write }))])
    };
    let changes = ["alter table customer add a int", "alter table customer add b int"];
    for (check, change) in [RowCheck::Always, RowCheck::Cell(0)].into_iter().zip(changes) {
        assert_eq!(database.run(update(check.clone()), vec![]).await.unwrap(), r#"{"u":"Ann"}"#);
        database.engine.client().await.unwrap().batch_execute(change).await.unwrap();
        assert_eq!(database.run(update(check), vec![]).await.unwrap(), r#"{"u":"Ann"}"#);
    }
}

async fn watched() -> (TestDatabase, Proxy) {
    let database = PostgresDatabase::create();
    database.execute(SHOP);
    let proxy = Proxy::start(&database.url()).await;
    let options = Options { connections: 1, ..Options::default() };
    let engine = Engine::connect(&proxy.url(&database.url()), options).await.unwrap();
    (TestDatabase { engine, database }, proxy)
}

#[tokio::test]
async fn one_statement_is_one_flight_and_no_transaction_of_ours() {
    let (database, proxy) = watched().await;
    let roots = || vec![("i", insert(customer(), one(names())))];
    write(&database, roots(), vec![person(3, "Cid")]).await.unwrap();
    let before = proxy.passed();
    write(&database, roots(), vec![person(4, "Dan")]).await.unwrap();
    let after = proxy.passed();
    assert_eq!((after.requests - before.requests, after.executes - before.executes), (1, 1));
}

#[tokio::test]
async fn rows_without_nesting_are_one_flight() {
    let (database, proxy) = watched().await;
    let roots = || vec![("i", insert(customer(), direct(names())))];
    write(&database, roots(), vec![person(3, "Cid"), person(4, "Dan")]).await.unwrap();
    // No answer comes before begin and all rows have left; the commit is a flight of its own.
    proxy.hold_until(1 + 30);
    let rows = (100..130).map(|id| person(id, &id.to_string())).collect();
    let run = tokio::time::timeout(std::time::Duration::from_secs(60), write(&database, roots(), rows));
    run.await.expect("the rows waited for answers").unwrap();
}

#[tokio::test]
async fn a_write_that_has_begun_runs_to_its_end() {
    let (database, proxy) = watched().await;
    let holder = database.engine.client().await.unwrap();
    holder.batch_execute("select pg_advisory_lock(1)").await.unwrap();
    let executes = proxy.passed().executes;
    let sql = "with l as (select pg_advisory_xact_lock(1)) insert into customer select 7, 'Gil' from l returning id";
    let plan = || mutation(vec![("w", RootBody::Write(write_plan(sql, vec![], direct(cell(0, Scalar::Int)))))]);
    let mut run = Box::pin(database.run(plan(), vec![]));
    while proxy.passed().executes == executes {
        assert!(is_pending(&mut run));
        tokio::task::yield_now().await;
    }
    drop(run);
    holder.batch_execute("select pg_advisory_unlock(1)").await.unwrap();
    // The only connection is free again when that write has ended.
    let count = read_plan(vec![(
        "n",
        rows(statement("select count(*) from customer", vec![]), Correlation::Root, cell(0, Scalar::BigInt)),
    )]);
    assert_eq!(database.run(count, vec![]).await.unwrap(), r#"{"n":[3]}"#);
    assert_eq!(proxy.passed().cancels, 0);
}

#[tokio::test]
async fn a_write_that_takes_too_long_leaves_nothing() {
    let options = Options { statement_timeout: std::time::Duration::from_millis(100), ..Options::default() };
    let database = TestDatabase::with(SHOP, options).await;
    let holder = database.engine.client().await.unwrap();
    holder.batch_execute("begin; update customer set name = 'x' where id = 1").await.unwrap();
    for response in [one(names()), direct(names())] {
        let sql = "update customer set name = 'y' where id = 1 returning id, name";
        let plan = mutation(vec![("w", RootBody::Write(write_plan(sql, vec![], response)))]);
        let failure = database.run(plan, vec![]).await.unwrap_err();
        assert!(matches!(failure.error, DatabaseError::Timeout(_)), "{failure:?}");
    }
    holder.batch_execute("rollback").await.unwrap();
    assert_eq!(customers(&database), "Ann,Bob");
}

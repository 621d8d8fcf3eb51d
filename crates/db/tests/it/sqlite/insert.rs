//! Inserts: nested rows, conflicts, checks, responses.

use purlin_db::{DatabaseError, Failure};
use purlin_model::catalog::TableId;
use purlin_model::scalar::Scalar;
use purlin_model::value::Value;
use purlin_plan::plan::*;
use purlin_plan::query::RowSource;

use super::*;

const TABLES: &str = "
    create table person (id integer primary key, name text unique not null) strict;
    create table project (id integer primary key, owner_id integer not null references person, title text) strict;
    create table task (id integer primary key, project_id integer not null references project, done integer not null) strict;
    insert into person values (1, 'Ada');";

const PERSON: TableId = TableId(0);
const PROJECT: TableId = TableId(1);
const TASK: TableId = TableId(2);

fn template(sql: &str, slots: Vec<BoundSlot>) -> InsertTemplate {
    InsertTemplate {
        source: RowSource::Document,
        values: vec![],
        objects: vec![],
        probe: None,
        statement: statement(sql, slots),
        key_width: 1,
        insert_check: RowCheck::Always,
        update_check: RowCheck::Always,
        updated: Updated::Never,
        arrays: vec![],
    }
}

fn persons(on_conflict: &str) -> InsertPlan {
    let sql = format!("insert into person (name) values (?) {on_conflict} returning id, name");
    InsertPlan { table: PERSON, templates: vec![template(&sql, vec![slot(Slot::Row(0), Scalar::String)])] }
}

/// A project whose owner is inserted before it and whose tasks after it.
fn projects() -> InsertPlan {
    let owner = BoundSlot { slot: Slot::Object { object: 0, cell: 0 }, ..slot(Slot::Row(0), Scalar::Int) };
    let tasks = template(
        "insert into task (project_id, done) values (?, ?) returning id, done",
        vec![slot(Slot::Parent(0), Scalar::Int), slot(Slot::Row(0), Scalar::Boolean)],
    );
    let mut project = template(
        "insert into project (title, owner_id) values (?, ?) returning id, title",
        vec![slot(Slot::Row(0), Scalar::String), owner],
    );
    project.objects = vec![persons("on conflict do nothing")];
    project.arrays = vec![InsertPlan { table: TASK, templates: vec![tasks] }];
    InsertPlan { table: PROJECT, templates: vec![project] }
}

fn row(values: Vec<Value>) -> BoundRow {
    BoundRow { template: 0, values, objects: vec![], arrays: vec![] }
}

fn project(title: &str, owner: &str, tasks: &[bool]) -> BoundRow {
    BoundRow {
        objects: vec![row(vec![text(owner)])],
        arrays: vec![tasks.iter().map(|done| row(vec![Value::Boolean(*done)])).collect()],
        ..row(vec![text(title)])
    }
}

async fn insert(
    database: &TestDatabase,
    rows: InsertPlan,
    response: WriteResponse,
    bound: Vec<BoundRow>,
) -> Result<String, Failure> {
    let plan = write_plan(vec![root("r", RootBody::Insert { index: 0, rows, response })], false);
    database.run_bound(plan, Bindings { values: vec![], inserts: vec![bound] }).await
}

fn name_response(visible: Option<usize>) -> WriteResponse {
    affected_and_returning(object(vec![("name", cell(1, Scalar::String))]), visible)
}

/// Reads the written projects again, with owner and tasks.
fn reread() -> WriteResponse {
    let tasks =
        statement("select done from task where project_id = ? order by id", vec![slot(Slot::Parent(0), Scalar::Int)]);
    let mut again = rows(
        statement(
            "select p.id, p.title, o.name from project p join person o on o.id = p.owner_id where p.id = ? and p.title <> 'hidden'",
            vec![slot(Slot::Parent(0), Scalar::Int)],
        ),
        Correlation::PerParent,
        object(vec![("title", cell(1, Scalar::String)), ("owner", cell(2, Scalar::String)), ("done", Shape::Child(0))]),
    );
    again.children = vec![rows(tasks, Correlation::PerParent, cell(0, Scalar::Boolean))];
    WriteResponse {
        value: object(vec![
            ("affected_rows", Shape::AffectedRows),
            ("returning", Shape::Returning { index: 0, many: true }),
            ("again", Shape::Returning { index: 0, many: true }),
        ]),
        returning: vec![Returning::Reread(Box::new(again))],
    }
}

#[tokio::test]
async fn nested_rows_are_inserted_around_theirs_and_counted() {
    let database = TestDatabase::create(TABLES).await;
    let bound = vec![project("one", "Bob", &[true, false]), project("hidden", "Cy", &[])];
    let body = insert(&database, projects(), reread(), bound).await.unwrap();
    let list = r#"[{"title":"one","owner":"Bob","done":[true,false]}]"#;
    assert_eq!(body, format!(r#"{{"r":{{"affected_rows":6,"returning":{list},"again":{list}}}}}"#));
}

#[tokio::test]
async fn conflicts_leave_rows_out_and_stop_what_hangs_on_them() {
    let database = TestDatabase::create(TABLES).await;
    let bound = vec![row(vec![text("Ada")]), row(vec![text("Eve")])];
    let body = insert(&database, persons("on conflict do nothing"), name_response(None), bound).await.unwrap();
    assert_eq!(body, r#"{"r":{"returning":[{"name":"Eve"}],"affected_rows":1}}"#);

    let failure = insert(&database, projects(), reread(), vec![project("two", "Ada", &[])]).await.unwrap_err();
    let told = matches!(failure.error, DatabaseError::NestedInsert { table: PERSON, object: true });
    assert!(told && failure.root == Some(0), "{failure:?}");

    let mut with_array = persons("on conflict do nothing");
    with_array.templates[0].arrays = vec![persons("")];
    let mut bound = row(vec![text("Ada")]);
    bound.arrays = vec![vec![]];
    insert(&database, with_array.clone(), name_response(None), vec![bound.clone()]).await.unwrap();
    bound.arrays = vec![vec![row(vec![text("Child")])]];
    let failure = insert(&database, with_array, name_response(None), vec![bound]).await.unwrap_err();
    assert!(matches!(failure.error, DatabaseError::NestedInsert { table: PERSON, object: false }), "{failure:?}");
}

#[tokio::test]
async fn rows_the_role_may_not_see_are_left_out_of_the_answer() {
    let database = TestDatabase::create(TABLES).await;
    let mut plan = persons("");
    plan.templates[0].statement.sql = "insert into person (name) values (?) returning id, name, name <> 'Eve'".into();
    let bound = || vec![row(vec![text("Eve")]), row(vec![text("Fay")])];
    let body = insert(&database, plan.clone(), name_response(Some(2)), bound()).await.unwrap();
    assert_eq!(body, r#"{"r":{"returning":[{"name":"Fay"}],"affected_rows":2}}"#);

    let one = WriteResponse {
        value: Shape::Returning { index: 0, many: false },
        returning: vec![Returning::Direct { row: object(vec![("name", cell(1, Scalar::String))]), visible: Some(2) }],
    };
    for (name, expected) in [("Gil", r#"{"r":{"name":"Gil"}}"#), ("Eve", r#"{"r":null}"#)] {
        let database = TestDatabase::create(TABLES).await;
        let body = insert(&database, plan.clone(), one.clone(), vec![row(vec![text(name)])]).await.unwrap();
        assert_eq!(body, expected);
    }
}

#[tokio::test]
async fn checks_tell_inserts_from_updates() {
    let upsert = "on conflict (name) do update set name = excluded.name";
    let checked = |updated: Updated, insert_check: RowCheck, update_check: RowCheck| {
        let mut plan = persons(upsert);
        let template = &mut plan.templates[0];
        template.statement.sql =
            format!("insert into person (name) values (?) {upsert} returning id, name, id = 1, name <> 'Bad', null")
                .into();
        if updated == Updated::Probe {
            let slots = vec![slot(Slot::Row(0), Scalar::String)];
            template.probe = Some(statement("select 1 from person where name = ?", slots));
        }
        (template.updated, template.insert_check, template.update_check) = (updated, insert_check, update_check);
        plan
    };
    let by_statement = || {
        let slots = vec![slot(Slot::Parent(0), Scalar::Int)];
        RowCheck::Statement(statement("select name <> 'Bad' from person where id = ?", slots))
    };
    for (updated, insert_check, update_check, name, expected) in [
        (Updated::Never, RowCheck::Cell(3), RowCheck::Always, "Good", None),
        (Updated::Never, RowCheck::Cell(3), RowCheck::Always, "Bad", Some(true)),
        (Updated::Never, RowCheck::Cell(4), RowCheck::Always, "Null", Some(true)),
        (Updated::Never, by_statement(), RowCheck::Always, "Good", None),
        (Updated::Never, by_statement(), RowCheck::Always, "Bad", Some(true)),
        (Updated::Cell(2), RowCheck::Always, RowCheck::Cell(4), "New", None),
        (Updated::Cell(2), RowCheck::Always, RowCheck::Cell(4), "Ada", Some(false)),
        (Updated::Probe, RowCheck::Cell(4), RowCheck::Always, "Ada", None),
        (Updated::Probe, RowCheck::Cell(4), RowCheck::Always, "New", Some(true)),
        (Updated::Probe, RowCheck::Always, RowCheck::Cell(4), "Ada", Some(false)),
    ] {
        let database = TestDatabase::create(TABLES).await;
        let plan = checked(updated, insert_check, update_check);
        let answer = insert(&database, plan, name_response(None), vec![row(vec![text(name)])]).await;
        match (answer, expected) {
            (Ok(_), None) => {}
            (Err(failure), Some(expected)) => {
                let told = matches!(failure.error, DatabaseError::RuleCheck { inserted } if inserted == expected);
                assert!(told, "{name}: {failure:?}");
            }
            (answer, _) => panic!("{name} {updated:?}: {answer:?}"),
        }
    }
}

#[tokio::test]
async fn a_failing_field_undoes_the_fields_before_it() {
    let database = TestDatabase::create(TABLES).await;
    let body = |index, plan| RootBody::Insert { index, rows: plan, response: name_response(None) };
    let plan = write_plan(vec![root("a", body(0, persons(""))), root("b", body(1, persons("")))], false);
    let inserts = vec![vec![row(vec![text("Hal")])], vec![row(vec![text("Ivy")]), row(vec![text("Ada")])]];
    let failure = database.run_bound(plan, Bindings { values: vec![], inserts }).await.unwrap_err();
    assert_eq!(failure.root, Some(1));
    let names = database.engine.read(|connection| {
        Ok(connection.query_row("select group_concat(name) from person", [], |row| row.get::<_, String>(0))?)
    });
    assert_eq!(names.await.unwrap(), "Ada");
}

#[tokio::test]
async fn rows_that_do_not_fit_the_plan_are_errors() {
    let database = TestDatabase::create(TABLES).await;
    for bound in [
        BoundRow { template: 1, ..row(vec![]) },
        BoundRow { objects: vec![row(vec![])], ..row(vec![text("x")]) },
        BoundRow { arrays: vec![vec![]], ..row(vec![text("x")]) },
        row(vec![]),
    ] {
        let failure = insert(&database, persons(""), name_response(None), vec![bound]).await.unwrap_err();
        assert!(matches!(failure.error, DatabaseError::Internal(_)), "{failure:?}");
    }
}

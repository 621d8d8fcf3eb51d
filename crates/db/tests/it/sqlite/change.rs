//! Updates and deletes: responses, checks, keys selected before.

use purlin_db::{DatabaseError, Options};
use purlin_model::catalog::TableId;
use purlin_model::scalar::Scalar;
use purlin_model::value::Value;
use purlin_plan::plan::*;

use super::*;

const TABLES: &str = "
    create table task (id integer primary key, title text, done integer not null) strict;
    create table comment (id integer primary key, task_id integer not null references task on delete cascade) strict;
    insert into task values (1, 'a', 0), (2, 'b', 0), (3, 'c', 1);
    insert into comment values (10, 1), (11, 1), (12, 3);";

fn finish(check: RowCheck, visible: Option<usize>) -> WritePlan {
    let sql = "update task set done = 1 where id <= ? returning id, title, title <> 'b'";
    WritePlan {
        table: TableId(0),
        select_keys: None,
        statement: Some(statement(sql, vec![slot(Slot::Binding(0), Scalar::Int)])),
        key_width: 1,
        check,
        response: affected_and_returning(object(vec![("title", cell(1, Scalar::String))]), visible),
    }
}

/// Deletes tasks whose comments are answered: they must be read first.
fn delete() -> WritePlan {
    let comments =
        statement("select id from comment where task_id = ? order by id", vec![slot(Slot::Parent(0), Scalar::Int)]);
    let mut again = rows(
        statement("select id, title from task where id = ? and title <> 'c'", vec![slot(Slot::Parent(0), Scalar::Int)]),
        Correlation::PerParent,
        object(vec![("title", cell(1, Scalar::String)), ("comments", Shape::Child(0))]),
    );
    again.children = vec![rows(comments, Correlation::PerParent, cell(0, Scalar::Int))];
    WritePlan {
        table: TableId(0),
        select_keys: Some(statement(
            "select id from task where id <> ? order by id",
            vec![slot(Slot::Binding(0), Scalar::Int)],
        )),
        statement: Some(statement(
            "delete from task where id <> ? returning id",
            vec![slot(Slot::Binding(0), Scalar::Int)],
        )),
        key_width: 1,
        check: RowCheck::Always,
        response: WriteResponse {
            value: object(vec![
                ("affected_rows", Shape::AffectedRows),
                ("returning", Shape::Returning { index: 0, many: true }),
                ("first", Shape::Returning { index: 0, many: false }),
            ]),
            returning: vec![Returning::Reread(Box::new(again))],
        },
    }
}

fn plan(body: RootBody) -> Plan {
    write_plan(vec![root("r", body)], false)
}

#[tokio::test]
async fn an_update_answers_the_rows_it_wrote() {
    let database = TestDatabase::create(TABLES).await;
    for (visible, returning) in [(None, r#"[{"title":"a"},{"title":"b"}]"#), (Some(2), r#"[{"title":"a"}]"#)] {
        let write = RootBody::Write(finish(RowCheck::Always, visible));
        let body = database.run(plan(write), vec![Value::Integer(2)]).await.unwrap();
        assert_eq!(body, format!(r#"{{"r":{{"returning":{returning},"affected_rows":2}}}}"#));
    }
}

#[tokio::test]
async fn an_update_whose_check_fails_changes_nothing() {
    let database = TestDatabase::create(TABLES).await;
    let by_statement = RowCheck::Statement(statement(
        "select title <> 'b' from task where id = ?",
        vec![slot(Slot::Parent(0), Scalar::Int)],
    ));
    for check in [RowCheck::Cell(2), by_statement] {
        let write = RootBody::Write(finish(check, None));
        let failure = database.run(plan(write), vec![Value::Integer(2)]).await.unwrap_err();
        assert!(matches!(failure.error, DatabaseError::RuleCheck { inserted: false }), "{failure:?}");
    }
    let done = database
        .engine
        .read(|connection| Ok(connection.query_row("select sum(done) from task", [], |row| row.get::<_, i64>(0))?));
    assert_eq!(done.await.unwrap(), 1);
}

#[tokio::test]
async fn many_updates_answer_a_list() {
    let database = TestDatabase::create(TABLES).await;
    let nothing = WritePlan { statement: None, ..finish(RowCheck::Always, None) };
    let write = RootBody::WriteMany(vec![finish(RowCheck::Always, None), nothing]);
    let body = database.run(plan(write), vec![Value::Integer(1)]).await.unwrap();
    let expected = r#"[{"returning":[{"title":"a"}],"affected_rows":1},{"returning":[],"affected_rows":0}]"#;
    assert_eq!(body, format!(r#"{{"r":{expected}}}"#));
}

#[tokio::test]
async fn a_delete_answers_what_was_there_before() {
    let database = TestDatabase::create(TABLES).await;
    let body = database.run(plan(RootBody::Write(delete())), vec![Value::Integer(2)]).await.unwrap();
    let row = r#"{"title":"a","comments":[10,11]}"#;
    assert_eq!(body, format!(r#"{{"r":{{"affected_rows":2,"returning":[{row}],"first":{row}}}}}"#));
    let left = database.engine.read(|connection| {
        let sql = "select (select count(*) from task), (select count(*) from comment)";
        Ok(connection.query_row(sql, [], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))?)
    });
    assert_eq!(left.await.unwrap(), (1, 0));
}

#[tokio::test]
async fn a_response_that_grows_too_large_undoes_the_write() {
    for body in [RootBody::Write(delete()), RootBody::Write(finish(RowCheck::Always, None))] {
        let options = Options { response_bytes: 30, ..Options::default() };
        let database = TestDatabase::with(TABLES, options).await;
        let failure = database.run(plan(body), vec![Value::Integer(2)]).await.unwrap_err();
        assert!(matches!(failure.error, DatabaseError::ResponseSize(30)), "{failure:?}");
        let state = database.engine.read(|connection| {
            let sql = "select count(*) * 10 + sum(done) from task";
            Ok(connection.query_row(sql, [], |row| row.get::<_, i64>(0))?)
        });
        assert_eq!(state.await.unwrap(), 31);
    }
}

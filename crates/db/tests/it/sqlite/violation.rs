//! Which constraint a refused write violated, by its name.

use purlin_db::{ConstraintViolation, DatabaseError};
use purlin_model::catalog::TableId;
use purlin_plan::plan::*;

use super::*;

const TABLES: &str = r#"
    create table "people" ("id" integer not null, "mail" text collate nocase, "team" text, "seat" integer, "code" text,
        constraint "people_pkey" primary key ("id"), constraint "one mail" unique ("mail"),
        constraint people_seat_range check ("seat" > 0), unique (team, seat)) strict;
    create unique index people_code_lower on people (lower(code));
    create table typed ("n" INTEGER, "u" TEXT, "i" INTEGER, CONSTRAINT "typed_n_type" CHECK ("n" BETWEEN -99 AND 99),
        CONSTRAINT "typed_i_type" CHECK ("i" BETWEEN -2147483648 AND 2147483647),
        CONSTRAINT "typed_u_type" CHECK (length("u") = 36), CONSTRAINT "typed_x_type" CHECK ("n" <> 5)) strict;
    create table pair (a text, b text, c text, primary key (a, b)) strict, without rowid;
    create unique index pair_c on pair (c) where c is not null;
    create table task (id integer primary key, owner_id integer,
        constraint task_owner_fkey foreign key (owner_id) references people (id)) strict;
    create table badge (id integer primary key, owner_id integer references people on delete restrict) strict;
    create table pet (id integer primary key, task_id integer references task on delete cascade) strict;
    create table toy (id integer primary key, pet_id integer constraint toy_pet references pet (id)) strict;
    create table link (a text, b text, constraint link_pair foreign key (a, b) references pair (a, b)) strict;
    insert into people values (1, 'ada@x', 'red', 1, 'A'), (2, 'bob@x', 'red', 2, 'B'), (3, 'cy@x', null, null, null);
    insert into pair values ('x', 'y', 'z');
    insert into link values ('x', 'y');
    insert into task values (1, 1), (2, 2);
    insert into badge values (1, 2);
    insert into pet values (1, 2);
    insert into toy values (1, 1);"#;

async fn refused(database: &TestDatabase, sql: &str) -> DatabaseError {
    let write = WritePlan {
        table: TableId(0),
        select_keys: None,
        statement: Some(statement(sql, vec![])),
        key_width: 1,
        check: RowCheck::Always,
        response: WriteResponse { value: Shape::AffectedRows, returning: vec![] },
    };
    let plan = write_plan(vec![root("r", RootBody::Write(write))], false);
    database.run(plan, vec![]).await.expect_err(sql).error
}

#[tokio::test]
async fn unique_constraints_are_named() {
    let database = TestDatabase::create(TABLES).await;
    for (sql, expected) in [
        ("insert into people (id) values (1) returning id", "people_pkey"),
        ("insert into people (id, mail) values (9, 'ADA@x') returning id", "one mail"),
        ("update people set seat = 1 where id = 2 returning id", "people_team_seat_key"),
        ("insert into people (id, code) values (9, 'a') returning id", "people_code_lower"),
        ("insert into pair values ('x', 'y', null) returning a, b", "pair_pkey"),
        ("insert into pair values ('x', 'z', 'z') returning a, b", "pair_c"),
    ] {
        let error = refused(&database, sql).await;
        let unique = ConstraintViolation::Unique { constraint: expected.to_owned() };
        assert!(matches!(&error, DatabaseError::Constraint(violation) if *violation == unique), "{sql}: {error:?}");
    }
}

#[tokio::test]
async fn checks_and_missing_values_are_named() {
    let database = TestDatabase::create(TABLES).await;
    let check = ConstraintViolation::Check { table: "people".to_owned(), constraint: "people_seat_range".to_owned() };
    let error = refused(&database, "update people set seat = 0 where id = 1 returning id").await;
    assert!(matches!(&error, DatabaseError::Constraint(violation) if *violation == check), "{error:?}");
    let missing = ConstraintViolation::NotNull { table: "pair".to_owned(), column: "a".to_owned() };
    let error = refused(&database, "insert into pair values (null, 'q', null) returning a, b").await;
    assert!(matches!(&error, DatabaseError::Constraint(violation) if *violation == missing), "{error:?}");
    let error =
        refused(&database, "update people set seat = 9223372036854775807 + seat where id = 1 returning id").await;
    assert!(matches!(&error, DatabaseError::Data(message) if message == "bigint out of range"), "{error:?}");
}

#[tokio::test]
async fn foreign_keys_are_found_by_looking() {
    let database = TestDatabase::create(TABLES).await;
    for (sql, constraint, table, referenced_by) in [
        ("insert into task values (9, 77) returning id", "task_owner_fkey", "task", None),
        ("update task set owner_id = 77 where id = 1 returning id", "task_owner_fkey", "task", None),
        ("insert into badge values (9, 77) returning id", "badge_owner_id_fkey", "badge", None),
        ("insert into link values ('x', 'q') returning a", "link_pair", "link", None),
        ("delete from people where id = 1 returning id", "task_owner_fkey", "people", Some("task")),
        ("update people set id = 50 where id = 1 returning id", "task_owner_fkey", "people", Some("task")),
        ("delete from people where id = 2 returning id", "badge_owner_id_fkey", "people", Some("badge")),
        ("delete from pair returning a, b", "link_pair", "pair", Some("link")),
    ] {
        let error = refused(&database, sql).await;
        let key = ConstraintViolation::ForeignKey {
            constraint: Some(constraint.to_owned()),
            table: table.to_owned(),
            referenced_by: referenced_by.map(str::to_owned),
        };
        assert!(matches!(&error, DatabaseError::Constraint(violation) if *violation == key), "{sql}: {error:?}");
    }
    // A cascade that is stopped further down.
    let error = refused(&database, "delete from task where id = 2 returning id").await;
    let DatabaseError::Constraint(ConstraintViolation::ForeignKey { constraint, .. }) = &error else {
        panic!("{error:?}");
    };
    assert_eq!(constraint.as_deref(), Some("toy_pet"));
    let unchanged = database.engine.read(|connection| {
        let sql = "select (select count(*) from people), (select count(*) from task), (select count(*) from link)";
        Ok(connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?)
    });
    assert_eq!(unchanged.await.unwrap(), (3i64, 2i64, 1i64));
}

#[tokio::test]
async fn checks_that_stand_in_for_types_are_errors_of_the_data() {
    let database = TestDatabase::create(TABLES).await;
    for (sql, expected) in [
        ("insert into typed (n) values (100) returning n", "numeric field overflow"),
        ("insert into typed (i) values (2147483648) returning n", "integer out of range"),
        ("insert into typed (u) values ('x') returning n", "a value is not of its column's type"),
        ("insert into typed (n) values ('x') returning n", "a value is not of its column's type"),
    ] {
        let error = refused(&database, sql).await;
        assert!(matches!(&error, DatabaseError::Data(message) if message == expected), "{sql}: {error:?}");
    }
    // There is no column `x`: a check of the model that happens to be called so.
    let check = ConstraintViolation::Check { table: "typed".to_owned(), constraint: "typed_x_type".to_owned() };
    let error = refused(&database, "insert into typed (n) values (5) returning n").await;
    assert!(matches!(&error, DatabaseError::Constraint(violation) if *violation == check), "{error:?}");
}

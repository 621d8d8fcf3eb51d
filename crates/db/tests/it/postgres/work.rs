//! Units of work: entities in a transaction that is ours.

use purlin_db::{ConstraintViolation, DatabaseError};
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, ConnectionTrait, TransactionTrait};

use super::*;

mod note {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "note")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i64,
        pub title: String,
        pub rank: Option<i32>,
        pub small: i16,
        pub done: bool,
        pub weight: f64,
        pub body: Option<Vec<u8>>,
        #[sea_orm(select_as = "text", save_as = "timestamptz")]
        pub written_at: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

const NOTE: &str = "
    create table note (id bigint primary key, title text not null unique, rank int, small smallint not null,
        done boolean not null, weight float8 not null, body bytea, written_at timestamptz not null);
    create table tag (id bigint primary key, note_id bigint references note deferrable initially deferred)";

fn note(id: i64, title: &str) -> note::Model {
    note::Model {
        id,
        title: title.to_owned(),
        rank: None,
        small: -3,
        done: true,
        weight: 0.5,
        body: Some(vec![0, 255]),
        written_at: "2009-01-01T10:20:30.500000Z".to_owned(),
    }
}

async fn save(work: &purlin_db::postgres::UnitOfWork, model: note::Model) -> Result<note::Model, DbErr> {
    let active: note::ActiveModel = model.into();
    active.reset_all().insert(work.orm()).await
}

fn titles(database: &TestDatabase) -> String {
    database.database.query("select coalesce(string_agg(title, ',' order by id), '') from note")
}

#[tokio::test]
async fn entities_come_back_as_they_were_saved() {
    let database = TestDatabase::create(NOTE).await;
    let work = database.engine.begin().await.unwrap();
    save(&work, note(1, "first")).await.unwrap();
    let mut found = note::Entity::find_by_id(1).one(work.orm()).await.unwrap().unwrap();
    found.written_at = note(1, "").written_at;
    assert_eq!(found, note(1, "first"));
    let changed = note::ActiveModel { id: Set(1), rank: Set(Some(7)), body: Set(None), ..Default::default() };
    let changed = changed.update(work.orm()).await.unwrap();
    assert_eq!((changed.rank, changed.body), (Some(7), None));
    assert_eq!(titles(&database), "");
    work.commit().await.unwrap();
    assert_eq!(titles(&database), "first");
}

#[tokio::test]
async fn times_are_the_models_text() {
    let database = TestDatabase::create(NOTE).await;
    let work = database.engine.begin().await.unwrap();
    save(&work, note(1, "first")).await.unwrap();
    let sql =
        "select written_at, '0187e4c0-1234-7abc-8def-0123456789ab'::uuid as key, 1.50::numeric as amount from note";
    let statement = sea_orm::Statement::from_string(sea_orm::DbBackend::Postgres, sql);
    let row = work.orm().query_one_raw(statement).await.unwrap().unwrap();
    assert_eq!(row.try_get::<String>("", "written_at").unwrap(), "2009-01-01T10:20:30.500000Z");
    assert_eq!(row.try_get::<String>("", "key").unwrap(), "0187e4c0-1234-7abc-8def-0123456789ab");
    assert_eq!(row.try_get::<String>("", "amount").unwrap(), "1.50");
    assert!(work.rollback().await.is_none());
    assert_eq!(titles(&database), "");
}

#[tokio::test]
async fn a_failed_statement_fails_the_commit() {
    let database = TestDatabase::create(NOTE).await;
    let work = database.engine.begin().await.unwrap();
    save(&work, note(1, "same")).await.unwrap();
    assert!(save(&work, note(2, "same")).await.is_err());
    // Its caller goes on regardless.
    assert!(save(&work, note(3, "other")).await.is_err());
    let error = work.commit().await.unwrap_err();
    let expected = ConstraintViolation::Unique { constraint: "note_title_key".to_owned() };
    assert!(matches!(&error, DatabaseError::Constraint(violation) if *violation == expected), "{error:?}");
    assert_eq!(titles(&database), "");
}

#[tokio::test]
async fn a_failed_commit_is_an_error() {
    let database = TestDatabase::create(NOTE).await;
    let work = database.engine.begin().await.unwrap();
    save(&work, note(1, "first")).await.unwrap();
    work.orm().execute_unprepared("insert into tag values (1, 99)").await.unwrap();
    let error = work.commit().await.unwrap_err();
    assert!(
        matches!(&error, DatabaseError::Constraint(ConstraintViolation::ForeignKey { table, .. }) if table == "tag"),
        "{error:?}"
    );
    assert_eq!(titles(&database), "");
}

#[tokio::test]
async fn transactions_of_seaorm_are_refused() {
    let database = TestDatabase::create(NOTE).await;
    let work = database.engine.begin().await.unwrap();
    save(&work, note(1, "first")).await.unwrap();
    #[allow(clippy::disallowed_methods)]
    let inner = work.orm().begin().await.unwrap();
    assert!(note::Entity::find().all(&inner).await.is_err());
    drop(inner);
    assert!(matches!(work.commit().await, Err(DatabaseError::Internal(_))));
    assert_eq!(titles(&database), "");
}

#[tokio::test]
async fn a_dropped_unit_is_rolled_back_and_its_connection_ended() {
    let database = TestDatabase::with(NOTE, Options { connections: 1, ..Options::default() }).await;
    let work = database.engine.begin().await.unwrap();
    save(&work, note(1, "first")).await.unwrap();
    let orm = work.orm().clone();
    drop(work);
    assert!(note::Entity::find().all(&orm).await.is_err());
    let count = rows(statement("select count(*) from note", vec![]), Correlation::Root, cell(0, Scalar::BigInt));
    assert_eq!(database.run(read_plan(vec![("n", count)]), vec![]).await.unwrap(), r#"{"n":[0]}"#);
}

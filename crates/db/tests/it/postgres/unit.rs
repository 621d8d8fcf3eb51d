//! Units of work: entities inside a transaction of ours.

use purlin_db::{ConstraintViolation, Database, DatabaseError, Transaction};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use super::*;

// SeaORM's own macro names its `begin`.
#[allow(clippy::disallowed_methods)]
mod note {
    use sea_orm::entity::prelude::*;

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

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

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

/// A database of one test, as its users open it.
async fn open(options: Options) -> (Database, PostgresDatabase) {
    let database = PostgresDatabase::create();
    database.execute(NOTE);
    (Database::connect(&database.url(), options).await.unwrap(), database)
}

async fn save(transaction: &Transaction, model: note::Model) -> Result<note::Model, DatabaseError> {
    let active: note::ActiveModel = model.into();
    let saved = active.reset_all().insert(&transaction.orm::<note::Entity>()).await;
    saved.map_err(|error| transaction.explain(error))
}

fn titles(database: &PostgresDatabase) -> String {
    database.query("select coalesce(string_agg(title, ',' order by id), '') from note")
}

#[tokio::test]
async fn entities_come_back_as_they_were_saved() {
    let (database, server) = open(Options::default()).await;
    let work = async |transaction: Transaction| {
        let orm = transaction.orm::<note::Entity>();
        let explain = |error| transaction.explain(error);
        save(&transaction, note(1, "first")).await?;
        let mut found = note::Entity::find_by_id(1).one(&orm).await.map_err(explain)?.unwrap();
        assert_eq!(found.written_at, "2009-01-01 10:20:30.5+00");
        found.written_at = note(1, "").written_at;
        assert_eq!(found, note(1, "first"));
        let changed = note::ActiveModel { id: Set(1), rank: Set(Some(7)), body: Set(None), ..Default::default() };
        let changed = changed.update(&orm).await.map_err(explain)?;
        assert_eq!((changed.rank, changed.body), (Some(7), None));
        assert_eq!(titles(&server), "");
        let gone = note::Entity::delete_many().filter(note::Column::Rank.gt(100)).exec(&orm).await.map_err(explain)?;
        assert_eq!(gone.rows_affected, 0);
        Ok::<_, DatabaseError>(())
    };
    database.write(work).await.unwrap();
    assert_eq!(titles(&server), "first");
}

#[tokio::test]
async fn other_types_are_the_models_text() {
    let (database, server) = open(Options::default()).await;
    let work = async |transaction: Transaction| {
        use sea_orm::ConnectionTrait;
        save(&transaction, note(1, "first")).await?;
        let sql = "select written_at, '0187e4c0-1234-7abc-8def-0123456789ab'::uuid as key, 1.50::numeric as amount, \
                   '{\"a\": 1}'::jsonb as document from note";
        let statement = sea_orm::Statement::from_string(sea_orm::DbBackend::Postgres, sql);
        let row = transaction.orm::<note::Entity>().query_one_raw(statement).await.unwrap().unwrap();
        for (column, expected) in [
            ("written_at", "2009-01-01T10:20:30.500000Z"),
            ("key", "0187e4c0-1234-7abc-8def-0123456789ab"),
            ("amount", "1.50"),
            ("document", "{\"a\": 1}"),
        ] {
            assert_eq!(row.try_get::<String>("", column).unwrap(), expected);
        }
        Err::<(), _>(DatabaseError::Conflict)
    };
    assert!(matches!(database.write(work).await, Err(DatabaseError::Conflict)));
    assert_eq!(titles(&server), "");
}

#[tokio::test]
async fn a_failed_statement_cannot_be_ignored() {
    let (database, server) = open(Options::default()).await;
    let work = async |transaction: Transaction| {
        save(&transaction, note(1, "same")).await?;
        let orm = transaction.orm::<note::Entity>();
        let same: note::ActiveModel = note(2, "same").into();
        assert!(same.reset_all().insert(&orm).await.is_err());
        assert!(note::Entity::find().all(&orm).await.is_err());
        Ok::<_, DatabaseError>(())
    };
    let error = database.write(work).await.unwrap_err();
    let expected = ConstraintViolation::Unique { constraint: "note_title_key".to_owned() };
    assert!(matches!(&error, DatabaseError::Constraint(violation) if *violation == expected), "{error:?}");
    assert_eq!(titles(&server), "");
}

#[tokio::test]
async fn a_deferred_key_is_an_error_of_the_commit() {
    let (database, server) = open(Options::default()).await;
    let work = async |transaction: Transaction| {
        use sea_orm::ConnectionTrait;
        save(&transaction, note(1, "first")).await?;
        transaction.orm::<note::Entity>().execute_unprepared("insert into tag values (1, 99)").await.unwrap();
        Ok::<_, DatabaseError>(())
    };
    let error = database.write(work).await.unwrap_err();
    assert!(
        matches!(&error, DatabaseError::Constraint(ConstraintViolation::ForeignKey { table, .. }) if table == "tag"),
        "{error:?}"
    );
    assert_eq!(titles(&server), "");
}

#[tokio::test]
async fn a_transaction_of_the_orm_ends_the_unit_of_work() {
    let (database, server) = open(Options::default()).await;
    #[expect(clippy::disallowed_methods, reason = "to show that it does not work")]
    let work = async |transaction: Transaction| {
        use sea_orm::TransactionTrait;
        save(&transaction, note(1, "first")).await?;
        if let Ok(inner) = transaction.orm::<note::Entity>().begin().await {
            assert!(note::Entity::find().all(&inner).await.is_err());
        }
        Ok::<_, DatabaseError>(())
    };
    let error = database.write(work).await.unwrap_err();
    assert!(matches!(&error, DatabaseError::Internal(text) if text.contains("inside a unit of work")), "{error:?}");
    assert_eq!(titles(&server), "");
}

#[tokio::test]
async fn a_dropped_unit_of_work_leaves_nothing_and_its_connection_serves_again() {
    let (database, server) = open(Options { connections: 1, ..Options::default() }).await;
    let (told, hear) = tokio::sync::oneshot::channel();
    let work = async |transaction: Transaction| {
        save(&transaction, note(1, "first")).await?;
        told.send(()).unwrap();
        std::future::pending::<Result<(), DatabaseError>>().await
    };
    tokio::select! {
        _ = database.write(work) => unreachable!("it waits for ever"),
        heard = hear => heard.unwrap(),
    }
    let again = async |transaction: Transaction| save(&transaction, note(2, "second")).await;
    database.write(again).await.unwrap();
    assert_eq!(titles(&server), "second");
}

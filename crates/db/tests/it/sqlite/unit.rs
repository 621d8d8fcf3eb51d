//! Units of work: entities inside a transaction of ours.

use std::time::Duration;

use purlin_db::{ConstraintViolation, Database, DatabaseError, Options, Transaction};
use purlin_testkit::TemporaryFolder;
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter};

// SeaORM's own macro names its `begin`.
#[allow(clippy::disallowed_methods)]
mod thing {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "thing")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        #[sea_orm(unique)]
        pub name: String,
        pub done: bool,
        pub small: i16,
        pub count: Option<i32>,
        pub ratio: f64,
        pub note: Option<String>,
        pub data: Vec<u8>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

const TABLES: &str = "
    create table thing (id integer primary key, name text not null, done integer not null, small integer not null,
        count integer, ratio real not null, note text, data blob not null, constraint thing_name_key unique (name)) strict;
    create table child (thing_id integer references thing deferrable initially deferred) strict;";

struct Fixture {
    database: Database,
    // Holds the file.
    _folder: TemporaryFolder,
}

async fn open(options: Options) -> Fixture {
    let folder = TemporaryFolder::create();
    let path = folder.path().join("data.db");
    rusqlite::Connection::open(&path).unwrap().execute_batch(TABLES).unwrap();
    let database = Database::connect(&format!("sqlite:{}", path.display()), options).await.unwrap();
    Fixture { database, _folder: folder }
}

impl Fixture {
    async fn names(&self) -> String {
        let Database::Sqlite(engine) = &self.database else { unreachable!() };
        let names = engine.read(|connection| {
            let sql = "select coalesce(group_concat(name order by name), '') from thing";
            Ok(connection.query_row(sql, [], |row| row.get::<_, String>(0))?)
        });
        names.await.unwrap()
    }

    async fn commit_hook(&self, hook: Option<fn() -> bool>) {
        let Database::Sqlite(engine) = &self.database else { unreachable!() };
        engine.write_exclusive(move |connection| Ok(connection.commit_hook(hook)?)).await.unwrap();
    }
}

fn thing(name: &str) -> thing::ActiveModel {
    thing::ActiveModel {
        name: Set(name.to_owned()),
        done: Set(true),
        small: Set(-3),
        count: Set(None),
        ratio: Set(2.0),
        note: Set(Some("n".to_owned())),
        data: Set(vec![0, 255]),
        ..Default::default()
    }
}

async fn insert(transaction: &Transaction, name: &str) -> Result<thing::Model, DatabaseError> {
    let orm = transaction.orm::<thing::Entity>();
    thing(name).insert(&orm).await.map_err(|error| transaction.explain(error))
}

#[tokio::test]
async fn entities_are_written_and_read_in_one_transaction() {
    let fixture = open(Options::default()).await;
    let work = async |transaction: Transaction| {
        let orm = transaction.orm::<thing::Entity>();
        let explain = |error| transaction.explain(error);
        let written = insert(&transaction, "a").await?;
        let found = thing::Entity::find_by_id(written.id).one(&orm).await.map_err(explain)?;
        assert_eq!(found.as_ref(), Some(&written));
        assert!(written.done && written.count.is_none() && written.data == [0, 255] && written.ratio == 2.0);
        let mut changed: thing::ActiveModel = written.into();
        changed.count = Set(Some(7));
        let changed = changed.update(&orm).await.map_err(explain)?;
        assert_eq!(changed.count, Some(7));
        insert(&transaction, "b").await?;
        let gone =
            thing::Entity::delete_many().filter(thing::Column::Name.eq("b")).exec(&orm).await.map_err(explain)?;
        assert_eq!(gone.rows_affected, 1);
        Ok::<_, DatabaseError>(changed.id)
    };
    assert_eq!(fixture.database.write(work).await.unwrap(), 1);
    assert_eq!(fixture.names().await, "a");
}

#[tokio::test]
async fn an_error_of_the_work_rolls_back() {
    let fixture = open(Options::default()).await;
    let work = async |transaction: Transaction| {
        insert(&transaction, "a").await?;
        Err::<(), _>(DatabaseError::Conflict)
    };
    assert!(matches!(fixture.database.write(work).await, Err(DatabaseError::Conflict)));
    assert_eq!(fixture.names().await, "");
}

#[tokio::test]
async fn a_failed_statement_cannot_be_ignored() {
    let fixture = open(Options::default()).await;
    let work = async |transaction: Transaction| {
        insert(&transaction, "a").await?;
        let orm = transaction.orm::<thing::Entity>();
        assert!(thing("a").insert(&orm).await.is_err());
        assert!(thing::Entity::find().all(&orm).await.is_err());
        Ok::<_, DatabaseError>(())
    };
    let error = fixture.database.write(work).await.unwrap_err();
    let unique = ConstraintViolation::Unique { constraint: "thing_name_key".to_owned() };
    assert!(matches!(&error, DatabaseError::Constraint(violation) if *violation == unique), "{error:?}");
    assert_eq!(fixture.names().await, "");
}

#[tokio::test]
async fn a_commit_that_fails_is_an_error() {
    let fixture = open(Options::default()).await;
    fixture.commit_hook(Some(|| true)).await;
    let work = async |transaction: Transaction| insert(&transaction, "a").await;
    let error = fixture.database.write(work).await.unwrap_err();
    assert!(matches!(error, DatabaseError::Internal(_)), "{error:?}");
    assert_eq!(fixture.names().await, "");
    fixture.commit_hook(None).await;
    fixture.database.write(work).await.unwrap();
    assert_eq!(fixture.names().await, "a");
}

#[tokio::test]
async fn a_deferred_key_is_an_error_of_the_commit() {
    let fixture = open(Options::default()).await;
    let work = async |transaction: Transaction| {
        use sea_orm::ConnectionTrait;
        let written = insert(&transaction, "a").await?;
        let orm = transaction.orm::<thing::Entity>();
        let explain = |error| transaction.explain(error);
        orm.execute_unprepared(&format!("insert into child values ({})", written.id)).await.map_err(explain)?;
        thing::Entity::delete_by_id(written.id).exec(&orm).await.map_err(explain)?;
        Ok::<_, DatabaseError>(())
    };
    let error = fixture.database.write(work).await.unwrap_err();
    let DatabaseError::Constraint(ConstraintViolation::ForeignKey { constraint, .. }) = &error else {
        panic!("{error:?}");
    };
    assert_eq!(constraint.as_deref(), Some("child_thing_id_fkey"));
}

#[tokio::test]
async fn a_transaction_of_the_orm_ends_the_unit_of_work() {
    let fixture = open(Options::default()).await;
    #[expect(clippy::disallowed_methods, reason = "to show that it does not work")]
    let work = async |transaction: Transaction| {
        use sea_orm::TransactionTrait;
        insert(&transaction, "a").await?;
        let inner = transaction.orm::<thing::Entity>().begin().await;
        if let Ok(inner) = inner {
            assert!(thing("b").insert(&inner).await.is_err());
        }
        Ok::<_, DatabaseError>(())
    };
    let error = fixture.database.write(work).await.unwrap_err();
    assert!(matches!(&error, DatabaseError::Internal(text) if text.contains("inside a unit of work")), "{error:?}");
    assert_eq!(fixture.names().await, "");
}

#[tokio::test]
async fn a_unit_of_work_that_is_dropped_or_takes_too_long_leaves_nothing() {
    let options = Options { write_timeout: Duration::from_millis(50), ..Options::default() };
    let fixture = open(options).await;
    let forever = async |transaction: Transaction| {
        insert(&transaction, "a").await?;
        std::future::pending::<()>().await;
        Ok::<_, DatabaseError>(())
    };
    {
        let mut dropped = Box::pin(fixture.database.write(forever));
        assert!(super::is_pending(&mut dropped));
    }
    let kept = std::sync::Mutex::new(None);
    let late = async |transaction: Transaction| {
        insert(&transaction, "b").await?;
        *kept.lock().unwrap() = Some(transaction.clone());
        // Its time runs out while it waits for something else: here, for other writers to be served.
        let next = async |transaction: Transaction| insert(&transaction, "c").await;
        fixture.database.write(next).await?;
        insert(&transaction, "d").await
    };
    let error = fixture.database.write(late).await.unwrap_err();
    assert!(matches!(error, DatabaseError::Timeout(limit) if limit == Duration::from_millis(50)), "{error:?}");
    assert_eq!(fixture.names().await, "c");
}

//! Introspection: what the model language can say is told, what it cannot is listed.

use purlin_db::introspect::introspect;
use purlin_db::physical::{Identity, PhysicalSchema, PhysicalTable};
use purlin_db::{Database, Options};
use purlin_testkit::{PostgresDatabase, TemporaryFolder};

async fn open(url: &str) -> Database {
    Database::connect(url, Options { connections: 1, ..Options::default() }).await.unwrap()
}

/// Views with what they select.
fn told_views(schema: &PhysicalSchema) -> Vec<(String, Option<String>)> {
    schema.views.iter().map(|(name, view)| (name.to_string(), view.sql.clone())).collect()
}

fn columns(table: &PhysicalTable) -> Vec<String> {
    let column = |column: &purlin_db::physical::PhysicalColumn| {
        let mut text = format!("{} {}", column.name, column.declared_type);
        let parts = [
            column.not_null.then(|| "not null".to_owned()),
            column.default.as_ref().map(|it| format!("default {it}")),
            column.identity.map(|it| format!("{it:?}")),
            column.generated.as_ref().map(|it| format!("generated {it}")),
            column.collation.as_ref().map(|it| format!("collate {it}")),
            column.comment.as_ref().map(|it| format!("comment {it}")),
        ];
        parts.into_iter().flatten().for_each(|part| text.push_str(&format!(", {part}")));
        text
    };
    table.columns.iter().map(column).collect()
}

#[tokio::test]
async fn sqlite_tells_all_it_has_and_lists_the_rest() {
    let folder = TemporaryFolder::create();
    let path = folder.path().join("data.db");
    let sql = r#"
        CREATE TABLE Parent (Id INTEGER PRIMARY KEY, Name NVARCHAR(10) DEFAULT 'x' COLLATE nocase, UNIQUE (name));
        CREATE TABLE child (
            a TEXT, "b c" INT DEFAULT (1 + 1), total GENERATED ALWAYS AS ("b c" * 2),
            parent_id REFERENCES parent ON DELETE CASCADE, CONSTRAINT pair PRIMARY KEY ("b c", a), CHECK (a <> ''),
            CONSTRAINT both FOREIGN KEY (a) REFERENCES Parent (Name) DEFERRABLE INITIALLY DEFERRED
        ) WITHOUT ROWID;
        CREATE INDEX plain ON child (a, "b c") WHERE a > 'w';
        CREATE INDEX lowered ON child (lower(a));
        CREATE INDEX descending ON child (a DESC);
        CREATE VIEW looked AS SELECT 1;
        CREATE TRIGGER watched AFTER INSERT ON child BEGIN SELECT 1; END;
        CREATE VIRTUAL TABLE words USING fts5(word);
    "#;
    rusqlite::Connection::open(&path).unwrap().execute_batch(sql).unwrap();
    let schema = introspect(&open(&format!("sqlite:{}", path.display())).await).await.unwrap();
    let tables: Vec<&str> = schema.tables.keys().map(|name| name.name.as_str()).collect();
    assert_eq!(tables, ["Parent", "child"]);
    assert_eq!(told_views(&schema), [("looked".to_owned(), Some("SELECT 1".to_owned()))]);
    assert_eq!(
        schema.unsupported,
        [
            "index `lowered` on `child`: it is over an expression or descends",
            "index `descending` on `child`: it is over an expression or descends",
            "virtual table `words`",
            "trigger `watched` on `child`",
        ]
    );
    let (parent, child) = (&schema.tables.values().next().unwrap(), schema.tables.values().nth(1).unwrap());
    assert_eq!(columns(parent), ["Id INTEGER, not null, Rowid", "Name NVARCHAR(10), default 'x', collate NOCASE"]);
    assert_eq!(parent.uniques[0].columns, ["Name"]);
    assert_eq!(
        columns(child),
        ["a TEXT, not null", "b c INT, not null, default 1 + 1", "total , generated \"b c\" * 2", "parent_id "]
    );
    assert!(child.without_rowid && !child.strict);
    let key = child.primary_key.as_ref().unwrap();
    assert_eq!((key.name.as_str(), key.columns.join("|").as_str()), ("pair", "b c|a"));
    let keys: Vec<String> = child
        .foreign_keys
        .iter()
        .map(|key| {
            let target = key.target_columns.join("|");
            format!(
                "{}: {} to {} {target} {} {}",
                key.name,
                key.columns.join("|"),
                key.target,
                key.on_delete,
                key.deferrable
            )
        })
        .collect();
    assert_eq!(keys, [": parent_id to Parent Id CASCADE false", "both: a to Parent Name NO ACTION true"]);
    assert_eq!(child.checks[0].expression, "a <> ''");
    let index = &child.indexes[0];
    assert_eq!((index.name.as_str(), index.condition.as_deref()), ("plain", Some("a > 'w'")));
}

#[tokio::test]
async fn postgresql_tells_all_it_has_and_lists_the_rest() {
    let server = PostgresDatabase::create();
    server.execute(
        r#"
        create type mood as enum ('sad', 'ok');
        create schema other;
        create table other.parent (id serial primary key, name varchar(10) default 'x' collate "POSIX");
        create table child (
            id bigint generated always as identity, a text not null, at timestamptz(3) default now(), m mood default 'ok',
            twice int generated always as (3 * 2) stored, tags int[], n numeric(8, 2),
            parent_id int references other.parent on delete set null deferrable initially deferred,
            constraint pair primary key (a, id), constraint small check (n < 5), exclude using btree (n with =)
        );
        comment on table child is 'it''s one'; comment on column child.a is 'first';
        create index plain on child (a, n) where n > 1;
        create index hashed on child using hash (a);
        create index lowered on child (lower(a));
        create view looked as select 1 as x;
        create materialized view kept as select 1 as x;
        create function f() returns trigger language plpgsql as 'begin return new; end';
        create trigger watched before insert on child for each row execute function f();
        create rule ruled as on delete to child do also select 1;
        create table parts (id int, k int) partition by range (k);
        create table part1 partition of parts for values from (0) to (9);
        create table heir (more int) inherits (other.parent);
        alter table child enable row level security;
        "#,
    );
    let schema = introspect(&open(&server.url()).await).await.unwrap();
    let tables: Vec<String> = schema.tables.keys().map(ToString::to_string).collect();
    assert_eq!(tables, ["other.parent", "child", "heir", "parts"]);
    let looked = ("looked".to_owned(), Some("SELECT 1 AS x".to_owned()));
    assert_eq!(told_views(&schema), [("kept".to_owned(), None), looked]);
    let mut unsupported = schema.unsupported.clone();
    unsupported.sort();
    assert_eq!(
        unsupported,
        [
            "exclusion constraint `child_n_excl` on `child`",
            "index `lowered` on `child`: it is over an expression, descends, includes columns or is not valid",
            "inheritance of `heir`",
            "inheritance of `other.parent`",
            "partitioning of `parts`",
            "row-level security of `child`",
            "rule `ruled` on `child`",
            "trigger `watched` on `child`",
        ]
    );
    let parent = &schema.tables.iter().find(|(name, _)| name.name == "parent").unwrap().1;
    assert_eq!(
        columns(parent),
        ["id integer, not null, Serial", "name character varying(10), default 'x'::character varying, collate POSIX"]
    );
    let child = &schema.tables.iter().find(|(name, _)| name.name == "child").unwrap().1;
    assert_eq!(
        columns(child),
        [
            "id bigint, not null, Autoincrement",
            "a text, not null, comment first",
            "at timestamp(3) with time zone, default now()",
            "m mood, default 'ok'::mood",
            "twice integer, generated (3 * 2)",
            "tags integer[]",
            "n numeric(8,2)",
            "parent_id integer",
        ]
    );
    assert_eq!(child.columns[0].identity, Some(Identity::Autoincrement));
    assert_eq!(child.comment.as_deref(), Some("it's one"));
    assert_eq!(child.primary_key.as_ref().unwrap().columns, ["a", "id"]);
    assert_eq!(child.checks[0].expression, "n < (5)::numeric");
    let key = &child.foreign_keys[0];
    assert_eq!(
        (key.target.to_string().as_str(), key.on_delete.as_str(), key.deferrable),
        ("other.parent", "SET NULL", true)
    );
    let indexes: Vec<(&str, Option<&str>, Option<&str>)> = child
        .indexes
        .iter()
        .map(|index| (index.name.as_str(), index.using.as_deref(), index.condition.as_deref()))
        .collect();
    assert_eq!(indexes, [("hashed", Some("hash"), None), ("plain", None, Some("n > (1)::numeric"))]);
}

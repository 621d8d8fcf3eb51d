//! SQL of the model: cases by name, and the fields they call.

use purlin_model::SqlText;
use purlin_model::catalog::{Catalog, Column, NativeField, NativeId, NativeStatement, Table, TableId};
use purlin_model::session::Role;
use purlin_plan::query::{Arguments, NativeCall, NativeMutation, Query, RootField, Select};

use crate::build::{Build, constant, variable};
use crate::catalog::{self, PEOPLE, TASKS, column};
use crate::read::{Case, check};

const TOP: NativeId = NativeId(0);
const TOTALS: NativeId = NativeId(1);
const TITLES: NativeId = NativeId(2);
const TAKE: NativeId = NativeId(3);
const DROP: NativeId = NativeId(4);

fn both(sql: &str) -> SqlText {
    SqlText { postgres: Some(sql.into()), sqlite: Some(sql.into()) }
}

fn plain(sql: SqlText) -> Vec<NativeStatement> {
    vec![NativeStatement { sql, min_rows: None, max_rows: None, refusal: None }]
}

/// Adds root fields that are SQL.
pub fn add(catalog: &mut Catalog) {
    let first = catalog.tables.len() as u32;
    let record = |catalog: &mut Catalog, columns: &[(&str, &str)]| {
        let columns: Vec<Column> = columns.iter().map(|(name, kind)| column(name, kind)).collect();
        catalog.records.push(Table::record("", None, columns));
        TableId(first + catalog.records.len() as u32 - 1)
    };
    let totals = record(catalog, &[("status", "task_status!"), ("hours", "money(8,2)"), ("n", "bigint!")]);
    let value = record(catalog, &[("value", "String!")]);
    let of_top = record(catalog, &[("project", "Int!"), ("n", "Int"), ("least", "money(8,2)")]);
    let of_task = record(catalog, &[("task", "Int!"), ("word", "citext")]);
    let none = record(catalog, &[]);
    let field = |name: &str, mutation, arguments, rows, statements| NativeField {
        name: name.into(),
        description: None,
        mutation,
        arguments,
        rows,
        bare: false,
        many: true,
        statements,
        function: None,
        allow: Some(vec![Role::new("user"), Role::new("strict")]),
        reads: None,
    };
    let top = both(
        "select * from tasks where project_id = :project and title <> ':n' and estimate > :least \
         order by title limit :n; -- :n and no more",
    );
    let take = vec![
        NativeStatement {
            sql: both("update people set name = :now where id = :x_hasura_user_id or name = :x_hasura_user_id"),
            min_rows: Some(1),
            max_rows: Some(1),
            refusal: Some("nobody is there".into()),
        },
        NativeStatement {
            sql: SqlText {
                postgres: Some(
                    "with given as (select :word as word) update tasks set assignee_id = :new_uuid \
                     where id = :task and title = (select word from given) returning *"
                        .into(),
                ),
                sqlite: Some(
                    "update tasks set assignee_id = :new_uuid where id = :task and title = :word returning *".into(),
                ),
            },
            min_rows: None,
            max_rows: None,
            refusal: None,
        },
    ];
    catalog.natives = vec![
        field("top_tasks", false, of_top, TASKS, plain(top)),
        field(
            "totals",
            false,
            none,
            totals,
            plain(both("select status, sum(estimate) as hours, count(*) as n from tasks group by status")),
        ),
        NativeField { bare: true, ..field("titles", false, none, value, plain(both("values ('a'), ('b')"))) },
        NativeField { many: false, ..field("take", true, of_task, TASKS, take) },
        NativeField {
            bare: true,
            ..field("drop", true, none, value, plain(both("delete from tasks where false returning title")))
        },
    ];
}

#[test]
fn calls() {
    let catalog = crate::computed::catalog();
    check(cases(&catalog), &catalog);
}

/// Every case.
pub fn cases(catalog: &Catalog) -> Vec<Case> {
    let case = |name, role, make: fn(Build<'_>) -> Query| Case { name, role, query: make(Build::new(catalog)) };
    vec![
        case("native_rows", "admin", rows),
        case("native_rows_user", "user", rows),
        case("native_one_user", "user", one),
        case("native_computed_user", "user", computed),
        case("native_distinct_user", "user", distinct),
        case("native_record_user", "user", record),
        case("native_values_user", "user", values),
        case("native_mutation", "admin", mutation),
        case("native_mutation_user", "user", mutation),
        case("native_mutation_values_user", "user", mutation_of_values),
    ]
}

fn call(build: &mut Build<'_>, field: NativeId) -> NativeCall {
    let record = build.catalog.native(field).arguments;
    let names: Vec<String> = build.table(record).columns.iter().map(|column| column.name.to_string()).collect();
    let parameter = |name: &String| build.parameter(record, name, variable(name));
    NativeCall { field, arguments: names.iter().map(parameter).map(Some).collect() }
}

fn top(build: &mut Build<'_>) -> Select {
    let native = Some(call(build, TOP));
    let mut select = build.select(TASKS, "id title");
    let assignee = build.related(TASKS, "assignee", build.one(PEOPLE, "name"));
    let labels = build.related(TASKS, "labels", build.select(catalog::LABELS, "name"));
    select.fields.extend([assignee, labels]);
    let filter = build.equal(TASKS, "status");
    let order_by = vec![build.ascending(TASKS, "estimate")];
    let limit = Some(build.count(constant(purlin_model::Value::Integer(3))));
    select.arguments = Arguments { native, filter, order_by, limit, ..Arguments::default() };
    select
}

fn rows(mut build: Build<'_>) -> Query {
    let select = top(&mut build);
    build.read(RootField::Select(select))
}

fn one(mut build: Build<'_>) -> Query {
    let native = Some(call(&mut build, TOP));
    let mut select = build.one(TASKS, "title meta");
    select.arguments.native = native;
    build.read(RootField::Select(select))
}

fn distinct(mut build: Build<'_>) -> Query {
    let mut select = top(&mut build);
    select.arguments.distinct_on = vec![build.column(TASKS, "status")];
    build.read(RootField::Select(select))
}

/// Computed columns are made over the rows that SQL gives.
fn computed(mut build: Build<'_>) -> Query {
    let native = Some(call(&mut build, TOP));
    let mut select = build.select(TASKS, "id shout siblings");
    select.arguments.native = native;
    select.arguments.order_by = vec![build.ascending(TASKS, "shout")];
    build.read(RootField::Select(select))
}

fn record(mut build: Build<'_>) -> Query {
    let native = Some(call(&mut build, TOTALS));
    let totals = build.catalog.native(TOTALS).rows;
    let mut select = build.select(totals, "status hours n");
    select.arguments.native = native;
    select.arguments.order_by = vec![build.ascending(totals, "hours")];
    build.read(RootField::Select(select))
}

fn values(mut build: Build<'_>) -> Query {
    let native = Some(call(&mut build, TITLES));
    let mut select = build.select(build.catalog.native(TITLES).rows, "value");
    select.arguments.native = native;
    build.read(RootField::Values(select))
}

fn mutation(mut build: Build<'_>) -> Query {
    let call = call(&mut build, TAKE);
    let mut answer = build.one(TASKS, "title");
    answer.fields.push(build.related(TASKS, "assignee", build.one(PEOPLE, "name")));
    build.write(RootField::Native(NativeMutation { call, answer, bare: false }))
}

fn mutation_of_values(mut build: Build<'_>) -> Query {
    let call = call(&mut build, DROP);
    let answer = build.select(build.catalog.native(DROP).rows, "value");
    build.write(RootField::Native(NativeMutation { call, answer, bare: true }))
}

#[test]
fn what_a_role_has_not_does_not_run() {
    let catalog = crate::computed::catalog();
    for case in cases(&catalog) {
        let plan =
            purlin_plan::compile(&catalog, &Role::new("nobody"), case.query, purlin_plan::plan::Dialect::Postgres);
        for statement in crate::prepare::of_plan(&plan) {
            assert!(statement.sql.contains("FALSE"), "{}: {}", case.name, statement.sql);
        }
    }
}

/// One placeholder is one bound value wherever it stands, except session variables: each use has its own type.
#[test]
fn values_are_bound_once() {
    let catalog = crate::computed::catalog();
    let mut build = Build::new(&catalog);
    let call = call(&mut build, TAKE);
    let answer = build.one(TASKS, "title");
    let query = build.write(RootField::Native(NativeMutation { call, answer, bare: false }));
    let plan = purlin_plan::compile(&catalog, &Role::new("admin"), query, purlin_plan::plan::Dialect::Postgres);
    let statements = crate::prepare::of_plan(&plan);
    assert_eq!(statements[0].slots.len(), 3, "{}", statements[0].sql);
    assert_eq!(statements[1].slots.len(), 3, "{}", statements[1].sql);
    assert!(plan.native && !plan.parameters.is_empty());
}

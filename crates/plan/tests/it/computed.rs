//! Computed columns and views in every position: they are part of what a row is read from, and the rules stay where they
//! were.

use purlin_model::catalog::{Catalog, ColumnIndex, RelationKind, RelationOrigin, Table, TableId, View};
use purlin_model::filter::{Comparison, Filter};
use purlin_model::permission::Permissions;
use purlin_model::scalar::Stored;
use purlin_model::session::Role;
use purlin_model::{Relation, SqlText};
use purlin_plan::plan::Dialect;
use purlin_plan::query::{
    Aggregate, AggregateColumn, AggregateField, AggregateFunction, AggregateItem, Arguments, Change, ChangeOperator,
    Delete, Field, FieldValue, Insert, InsertRows, OrderTarget, Query, Response, ResponseField, RootField, RowRun,
    RowSource, Update,
};

use crate::build::{Build, descending, member, variable};
use crate::catalog::{self, NOTES, PROJECTS, TASKS, column};
use crate::read::{Case, check};

/// The view.
pub const LOADS: TableId = TableId(8);

fn both(sql: &str) -> SqlText {
    SqlText { postgres: Some(sql.into()), sqlite: Some(sql.into()) }
}

/// The catalog of the other cases, with computed columns and a view.
pub fn catalog() -> Catalog {
    let mut catalog = catalog::catalog();
    let tasks = &mut catalog.tables[TASKS.0 as usize];
    for (name, kind, text) in [
        ("shout", "String", both("upper(title) -- loud")),
        ("left", "money(8,2)", both("limit_hours - estimate")),
        ("mine", "Boolean", both("title = :x_hasura_name or 'a:b' = :x_hasura_name")),
        ("siblings", "bigint", both("(select count(*) from tasks other where other.project_id = tasks.project_id)")),
        ("facts", "jsonb", both("meta")),
    ] {
        tasks.columns.push(purlin_model::Column { computed: Some(text), ..column(name, kind) });
    }
    let notes = &mut catalog.tables[NOTES.0 as usize];
    notes.columns.push(purlin_model::Column { computed: Some(both("length(text)")), ..column("size", "Int") });
    let relation = Relation {
        name: "load".into(),
        kind: RelationKind::Object,
        target: LOADS,
        join: vec![(ColumnIndex(0), ColumnIndex(0))],
        through: None,
        nullable: true,
        origin: RelationOrigin::Manual,
        description: None,
    };
    catalog.tables[PROJECTS.0 as usize].relations.push(relation);
    let sql = "select project_id, count(*) as task_count, min(title) as first, sum(estimate) as hours from tasks group by project_id";
    let projects = &catalog.tables[PROJECTS.0 as usize];
    let view = Table {
        name: "loads".into(),
        db_name: "loads".into(),
        view: Some(View { sql: Some(both(sql)) }),
        columns: vec![
            column("project_id", "Int!"),
            column("task_count", "bigint!"),
            column("first", "String"),
            column("hours", "money(8,2)"),
            purlin_model::Column { computed: Some(both("task_count > 1")), ..column("many", "Boolean") },
        ],
        primary_key: vec![ColumnIndex(0)],
        relations: vec![Relation {
            name: "project".into(),
            target: PROJECTS,
            origin: RelationOrigin::Manual,
            ..projects.relations[projects.relations.len() - 1].clone()
        }],
        uniques: Vec::new(),
        foreign_keys: Vec::new(),
        permissions: [(
            Role::new("user"),
            Permissions { select: projects.permissions[&Role::new("user")].select.clone(), ..Permissions::default() },
        )]
        .into(),
        ..projects.clone()
    };
    let mut view = view;
    if let Some(rule) = view.permissions.get_mut(&Role::new("user")).and_then(|rules| rules.select.as_mut()) {
        rule.filter =
            catalog::compare(ColumnIndex(4), Comparison::Equal, purlin_model::Operand::Session("x-hasura-many".into()));
    }
    assert_eq!(column("hours", "money(8,2)").stored, Stored::Scaled { scale: 2 });
    catalog.tables_by_name.insert("loads".into(), LOADS);
    catalog.tables.push(view);
    // Ids of records follow those of the tables.
    crate::native::add(&mut catalog);
    catalog
}

/// Every case with computed columns or views.
pub fn cases(catalog: &Catalog) -> Vec<Case> {
    let case = |name, role, make: fn(Build<'_>) -> Query| Case { name, role, query: make(Build::new(catalog)) };
    vec![
        case("computed_read", "admin", read),
        case("computed_read_user", "user", read),
        case("computed_distinct", "admin", distinct),
        case("computed_nested_user", "user", nested),
        case("computed_aggregate_user", "user", aggregate),
        case("computed_without_key", "admin", without_key),
        case("computed_insert_user", "user", insert),
        case("computed_update_user", "user", update),
        case("computed_update_subquery", "admin", update_subquery),
        case("computed_delete_user", "user", delete),
        case("view_read", "admin", view),
        case("view_nested_user", "user", view_nested),
        case("view_aggregate", "admin", view_aggregate),
    ]
}

#[test]
fn computed_columns_and_views() {
    let catalog = catalog();
    check(cases(&catalog), &catalog);
}

#[test]
fn what_is_not_asked_for_costs_nothing() {
    let (plain, rich) = (catalog::catalog(), catalog());
    for case in crate::read::cases(&plain).into_iter().chain(crate::write::cases(&plain)) {
        for dialect in [Dialect::Postgres, Dialect::Sqlite] {
            let plan = |catalog| purlin_plan::compile(catalog, &Role::new(case.role), case.query.clone(), dialect);
            let text = |catalog| crate::render::plan(&plan(catalog));
            assert_eq!(text(&rich), text(&plain), "{}", case.name);
        }
    }
}

fn read(mut build: Build<'_>) -> Query {
    let mut select = build.select(TASKS, "id shout left mine facts");
    let loud = build.compare(TASKS, "shout", Comparison::Like, variable("loud"));
    let some = build.compare(TASKS, "left", Comparison::In, variable("some"));
    let none = build.is_null(TASKS, "mine", variable("none"));
    select.arguments.filter = Filter::And(vec![loud, some, none]);
    select.arguments.order_by = vec![descending(build.ascending(TASKS, "left")), build.ascending(TASKS, "facts")];
    build.read(RootField::Select(select))
}

fn distinct(build: Build<'_>) -> Query {
    let mut select = build.select(TASKS, "title shout");
    select.arguments.distinct_on = vec![build.column(TASKS, "shout"), build.column(TASKS, "left")];
    build.read(RootField::Select(select))
}

fn nested(mut build: Build<'_>) -> Query {
    let mut tasks = build.select(TASKS, "shout siblings");
    tasks.arguments.filter = build.equal(TASKS, "mine");
    let mut select = build.select(PROJECTS, "name");
    let relation = build.relation(PROJECTS, "tasks");
    let target = OrderTarget::Aggregate {
        relation,
        filter: Filter::always(),
        function: Some((AggregateFunction::Sum, build.column(TASKS, "left"))),
    };
    select.arguments.order_by = vec![purlin_plan::query::Order { target, descending: false, nulls_first: false }];
    let inner = build.equal(TASKS, "shout");
    select.arguments.filter = build.reach(PROJECTS, "tasks", inner);
    select.fields.push(build.related(PROJECTS, "tasks", tasks));
    build.read(RootField::Select(select))
}

fn aggregate(mut build: Build<'_>) -> Query {
    let (left, shout) = (build.column(TASKS, "left"), build.column(TASKS, "shout"));
    let of = |key: &str, function, column| AggregateItem::Function {
        key: key.into(),
        function,
        columns: vec![AggregateColumn::Column("value".into(), column)],
    };
    let items = vec![
        of("sum", AggregateFunction::Sum, left),
        of("avg", AggregateFunction::Avg, left),
        of("max", AggregateFunction::Max, shout),
        AggregateItem::Count { key: "count".into(), columns: vec![shout, left], distinct: true },
    ];
    let fields = vec![AggregateField::Aggregate("aggregate".into(), items)];
    let limit = build.count(variable("limit"));
    let arguments = Arguments { limit: Some(limit), ..Arguments::default() };
    build.read(RootField::Aggregate(Aggregate { table: TASKS, arguments, fields }))
}

fn without_key(build: Build<'_>) -> Query {
    let answer = returning(&build, NOTES, "text size");
    let delete = Delete { table: NOTES, filter: Filter::always(), response: answer };
    build.write(RootField::Delete(delete))
}

fn returning(build: &Build<'_>, table: TableId, names: &str) -> Response {
    Response::Rows(vec![ResponseField::Returning("returning".into(), build.select(table, names))])
}

fn insert(build: Build<'_>) -> Query {
    let columns =
        ["title", "project_id"].map(|name| (build.column(TASKS, name), build.value(TASKS, name, member(name))));
    let run = RowRun { source: RowSource::Document, columns: columns.into(), objects: Vec::new(), arrays: Vec::new() };
    let rows = InsertRows { table: TASKS, runs: vec![run], on_conflict: None, check: Filter::always() };
    let response = returning(&build, TASKS, "id shout left mine");
    build.write(RootField::Insert(Insert { rows, response }))
}

fn changed(mut build: Build<'_>, names: &str) -> Query {
    let filter = build.equal(TASKS, "shout");
    let parameter = build.parameter(TASKS, "title", variable("title"));
    let change = Change { column: build.column(TASKS, "title"), operator: ChangeOperator::Set, parameter };
    let response = returning(&build, TASKS, names);
    let update = Update { table: TASKS, filter, changes: vec![change], check: Filter::always(), response };
    build.write(RootField::Update(update))
}

fn update(build: Build<'_>) -> Query {
    changed(build, "shout mine")
}

fn update_subquery(build: Build<'_>) -> Query {
    changed(build, "siblings")
}

fn delete(mut build: Build<'_>) -> Query {
    let filter = build.equal(TASKS, "left");
    let mut select = build.select(TASKS, "shout");
    let key = |name: &str, value| Field { key: name.into(), value };
    select.fields.push(key("path", FieldValue::JsonPath(build.column(TASKS, "facts"), vec!["a".into()])));
    select.fields.push(build.related(TASKS, "project", build.one(PROJECTS, "name")));
    let response = Response::Rows(vec![ResponseField::Returning("returning".into(), select)]);
    build.write(RootField::Delete(Delete { table: TASKS, filter, response }))
}

fn view(mut build: Build<'_>) -> Query {
    let mut select = build.select(LOADS, "project_id task_count first hours many");
    select.arguments.filter = build.equal(LOADS, "hours");
    select.arguments.order_by = vec![build.ascending(LOADS, "first")];
    select.fields.push(build.related(LOADS, "project", build.one(PROJECTS, "name")));
    build.read(RootField::Select(select))
}

fn view_nested(mut build: Build<'_>) -> Query {
    let mut select = build.select(PROJECTS, "name");
    let many = build.equal(LOADS, "many");
    select.arguments.filter = build.reach(PROJECTS, "load", many);
    select.fields.push(build.related(PROJECTS, "load", build.one(LOADS, "task_count")));
    build.read(RootField::Select(select))
}

fn view_aggregate(build: Build<'_>) -> Query {
    let sum = AggregateItem::Function {
        key: "sum".into(),
        function: AggregateFunction::Sum,
        columns: vec![AggregateColumn::Column("hours".into(), build.column(LOADS, "hours"))],
    };
    let fields = vec![AggregateField::Aggregate("aggregate".into(), vec![sum])];
    build.read(RootField::Aggregate(Aggregate { table: LOADS, arguments: Arguments::default(), fields }))
}

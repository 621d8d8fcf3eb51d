//! Reads: cases by name.

use std::path::{Path, PathBuf};

use purlin_model::catalog::{Catalog, TableId};
use purlin_model::filter::{Comparison, Filter};
use purlin_model::scalar::{ColumnType, Scalar};
use purlin_model::session::Role;
use purlin_model::value::Value;
use purlin_plan::plan::Dialect;
use purlin_plan::query::{
    Aggregate, AggregateColumn, AggregateField, AggregateFunction, AggregateItem, Arguments, Field, FieldValue, Order,
    OrderTarget, Query, RootField, Select,
};
use purlin_testkit::Expectations;

use crate::build::{Build, constant, descending, variable};
use crate::catalog::{self, LABELS, MEMBERS, NOTES, PEOPLE, PROJECTS, TASKS};
use crate::render;

/// A case: its name, the role, and the query.
pub struct Case {
    pub name: &'static str,
    pub role: &'static str,
    pub query: Query,
}

pub fn check(cases: Vec<Case>, catalog: &Catalog) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut expectations = Expectations::new();
    for case in cases {
        for (dialect, file) in [(Dialect::Postgres, "postgres.sql"), (Dialect::Sqlite, "sqlite.sql")] {
            let plan = purlin_plan::compile(catalog, &Role::new(case.role), case.query.clone(), dialect);
            let path: PathBuf = folder.join(case.name);
            std::fs::create_dir_all(&path).expect("a folder for the case");
            expectations.check(&path.join(file), &render::plan(&plan));
        }
    }
    expectations.finish();
}

#[test]
fn reads() {
    let catalog = catalog::catalog();
    check(cases(&catalog), &catalog);
}

/// Every read case, of a role with rules and of `admin`.
pub fn cases(catalog: &Catalog) -> Vec<Case> {
    let case = |name, role, make: fn(Build<'_>) -> Query| Case { name, role, query: make(Build::new(catalog)) };
    vec![
        case("select_by_key", "admin", select_by_key),
        case("select_by_key_user", "user", select_by_key),
        case("nested", "admin", nested),
        case("nested_user", "user", nested),
        case("nested_limits", "admin", nested_limits),
        case("composite_keys", "admin", composite_keys),
        case("through_user", "user", through),
        case("comparisons", "admin", comparisons),
        case("documents", "admin", documents),
        case("relation_filters_user", "user", relation_filters),
        case("order_user", "user", order),
        case("order_through_repeatable", "admin", order_through_repeatable),
        case("distinct_on", "admin", distinct_on),
        case("offset_alone", "admin", offset_alone),
        case("json_path", "admin", json_path),
        case("aggregate", "admin", aggregate),
        case("aggregate_user", "user", aggregate),
        case("aggregate_sliced", "admin", aggregate_sliced),
        case("aggregate_nested", "admin", aggregate_nested),
        case("aggregate_beside", "admin", aggregate_beside),
        case("aggregate_beside_user", "user", aggregate_beside),
        case("aggregate_below", "admin", aggregate_below),
        case("aggregate_through_user", "user", aggregate_through),
        case("aggregate_decimal", "admin", aggregate_decimal),
        case("comparisons_heir", "heir", comparisons),
        case("distinct_on_heir", "heir", distinct_on),
        case("order_heir", "heir", order_through_repeatable),
        case("json_path_heir", "heir", json_path),
        case("aggregate_heir", "heir", aggregate),
        case("aggregate_sliced_heir", "heir", aggregate_sliced),
        case("no_rule_no_rows", "stranger", no_rule),
    ]
}

fn select_by_key(mut build: Build<'_>) -> Query {
    let filter = build.equal(TASKS, "id");
    let mut select = build.one(TASKS, "id title estimate status");
    select.arguments.filter = filter;
    build.read(RootField::Select(select))
}

fn nested(mut build: Build<'_>) -> Query {
    let open = build.compare(TASKS, "status", Comparison::NotEqual, constant(Value::Text("done".into())));
    let mut boss = build.one(PEOPLE, "name");
    boss.fields.push(build.related(PEOPLE, "boss", build.one(PEOPLE, "name email")));
    let mut tasks = build.select(TASKS, "title");
    tasks.arguments.filter = open;
    tasks.fields.push(build.related(TASKS, "assignee", boss));
    let mut projects = build.select(PROJECTS, "name");
    projects.fields.push(build.related(PROJECTS, "owner", build.one(PEOPLE, "id name")));
    projects.fields.push(build.related(PROJECTS, "tasks", tasks));
    projects.fields.push(Field { key: "__typename".into(), value: FieldValue::Constant("\"projects\"".into()) });
    build.read(RootField::Select(projects))
}

fn nested_limits(mut build: Build<'_>) -> Query {
    let limit = build.count(variable("limit"));
    let mut reports = build.select(PEOPLE, "name");
    reports.arguments.limit = Some(limit);
    reports.arguments.order_by = vec![descending(build.ascending(PEOPLE, "age"))];
    let mut people = build.select(PEOPLE, "name");
    people.fields.push(build.related(PEOPLE, "reports", reports));
    people.fields.push(build.related(PEOPLE, "namesake", build.one(PEOPLE, "id")));
    build.read(RootField::Select(people))
}

fn composite_keys(build: Build<'_>) -> Query {
    let mut members = build.select(MEMBERS, "role");
    let target = build.target(MEMBERS, "watchers");
    let mut watchers = build.select(target, "watcher_id");
    watchers.fields.push(build.related(target, "member", build.one(MEMBERS, "role")));
    members.fields.push(build.related(MEMBERS, "watchers", watchers));
    build.read(RootField::Select(members))
}

fn through(mut build: Build<'_>) -> Query {
    let named = build.equal(LABELS, "name");
    let filter = build.reach(TASKS, "labels", named);
    let mut tasks = build.select(TASKS, "title");
    tasks.arguments.filter = filter;
    tasks.fields.push(build.related(TASKS, "labels", build.select(LABELS, "name")));
    build.read(RootField::Select(tasks))
}

fn comparisons(mut build: Build<'_>) -> Query {
    let mut parts: Vec<Filter> = Vec::new();
    for (name, comparison) in Comparison::ALL {
        let column = if comparison.is_pattern() { "title" } else { "estimate" };
        let estimate = &build.catalog.table(TASKS).column(build.column(TASKS, column)).column_type;
        if comparison.applies_to(estimate) {
            parts.push(build.compare(TASKS, column, comparison, variable(name)));
        }
    }
    parts.push(build.is_null(TASKS, "assignee_id", constant(Value::Boolean(true))));
    parts.push(build.is_null(TASKS, "assignee_id", constant(Value::Boolean(false))));
    parts.push(build.is_null(TASKS, "assignee_id", variable("null")));
    parts.push(Filter::Not(Box::new(Filter::Or(vec![
        build.compare(TASKS, "status", Comparison::In, variable("statuses")),
        Filter::And(vec![Filter::always(), build.compare(TASKS, "weight", Comparison::Less, variable("weight"))]),
    ]))));
    parts.push(Filter::Or(Vec::new()));
    let mut notes = build.compare(NOTES, "data", Comparison::In, variable("bytes"));
    let email = build.compare(PEOPLE, "email", Comparison::NotIn, variable("emails"));
    let like = build.compare(PEOPLE, "email", Comparison::ILike, variable("like"));
    let budget = build.compare(PROJECTS, "budget", Comparison::NotIn, variable("budgets"));
    notes = Filter::Exists { table: NOTES, filter: Box::new(notes) };
    parts.push(notes);
    parts.push(build.reach(TASKS, "assignee", Filter::And(vec![email, like])));
    parts.push(build.reach(TASKS, "project", budget));
    let mut select = build.select(TASKS, "id");
    select.arguments.filter = Filter::And(parts);
    build.read(RootField::Select(select))
}

/// What only documents and lists are asked.
fn documents(mut build: Build<'_>) -> Query {
    let mut parts = Vec::new();
    for (name, comparison) in Comparison::ALL {
        if comparison.applies_to(&ColumnType::Scalar(Scalar::Jsonb)) {
            let asked = build.compare(TASKS, "meta", comparison, variable(name));
            build.fit(comparison);
            parts.push(asked);
        }
    }
    for (name, comparison) in Comparison::ALL {
        if comparison.applies_to(&ColumnType::Scalar(Scalar::String)) {
            parts.push(build.cast_text(TASKS, "meta", comparison, variable(name)));
        }
    }
    let contains = build.compare(NOTES, "words", Comparison::Contains, variable("words"));
    let contained = build.compare(NOTES, "words", Comparison::ContainedIn, variable("words"));
    parts.push(Filter::Exists { table: NOTES, filter: Box::new(Filter::And(vec![contains, contained])) });
    let mut select = build.select(TASKS, "id");
    select.arguments.filter = Filter::And(parts);
    build.read(RootField::Select(select))
}

fn relation_filters(mut build: Build<'_>) -> Query {
    let boss = build.equal(PEOPLE, "name");
    let reports = build.reach(PEOPLE, "reports", boss);
    let assignee = build.reach(TASKS, "assignee", Filter::Not(Box::new(reports)));
    let project = build.reach(TASKS, "project", Filter::always());
    let mut select = build.select(TASKS, "id");
    select.arguments.filter = Filter::And(vec![assignee, project]);
    build.read(RootField::Select(select))
}

fn over(build: &Build<'_>, relation: &str, target: OrderTarget) -> OrderTarget {
    OrderTarget::Relation {
        relation: build.relation(TASKS, relation),
        filter: Filter::always(),
        target: Box::new(target),
    }
}

fn order(build: Build<'_>) -> Query {
    let name = OrderTarget::Column(build.column(PROJECTS, "name"));
    let budget = OrderTarget::Column(build.column(PROJECTS, "budget"));
    let tasks = OrderTarget::Aggregate {
        relation: build.relation(PROJECTS, "tasks"),
        filter: Filter::always(),
        function: Some((AggregateFunction::Sum, build.column(TASKS, "spent"))),
    };
    let labels =
        OrderTarget::Aggregate { relation: build.relation(TASKS, "labels"), filter: Filter::always(), function: None };
    let targets =
        [over(&build, "project", name), over(&build, "project", budget), over(&build, "project", tasks), labels];
    let mut select = build.select(TASKS, "id");
    select.arguments.order_by =
        targets.into_iter().map(|target| Order { target, descending: true, nulls_first: true }).collect();
    select.arguments.order_by.push(build.ascending(TASKS, "estimate"));
    select.arguments.order_by.push(build.ascending(TASKS, "id"));
    select.fields.push(build.related(TASKS, "project", build.one(PROJECTS, "name")));
    build.read(RootField::Select(select))
}

fn order_through_repeatable(build: Build<'_>) -> Query {
    let boss = OrderTarget::Relation {
        relation: build.relation(PEOPLE, "boss"),
        filter: Filter::always(),
        target: Box::new(OrderTarget::Column(build.column(PEOPLE, "age"))),
    };
    let target = OrderTarget::Relation {
        relation: build.relation(PEOPLE, "namesake"),
        filter: Filter::always(),
        target: Box::new(boss),
    };
    let mut select = build.select(PEOPLE, "id");
    select.arguments.order_by = vec![Order { target, descending: false, nulls_first: false }];
    build.read(RootField::Select(select))
}

fn distinct(build: &mut Build<'_>) -> Arguments {
    let limit = build.count(variable("limit"));
    Arguments {
        distinct_on: vec![build.column(TASKS, "project_id"), build.column(TASKS, "estimate")],
        order_by: vec![descending(build.ascending(TASKS, "project_id")), build.ascending(TASKS, "title")],
        filter: build.equal(TASKS, "status"),
        limit: Some(limit),
        ..Arguments::default()
    }
}

fn distinct_on(mut build: Build<'_>) -> Query {
    let arguments = distinct(&mut build);
    let mut select = build.select(TASKS, "id title");
    select.arguments = arguments;
    select.fields.push(build.related(TASKS, "project", build.one(PROJECTS, "name")));
    let mut projects = build.select(PROJECTS, "name");
    projects.fields.push(build.related(PROJECTS, "tasks", select.clone()));
    build.query(
        purlin_plan::query::QueryKind::Read,
        vec![("tasks", RootField::Select(select)), ("projects", RootField::Select(projects))],
    )
}

fn offset_alone(mut build: Build<'_>) -> Query {
    let offset = build.count(variable("offset"));
    let mut select = build.select(TASKS, "id");
    select.arguments.offset = Some(offset);
    build.read(RootField::Select(select))
}

fn json_path(mut build: Build<'_>) -> Query {
    let mut select = build.select(TASKS, "meta");
    select.arguments.filter = build.compare(TASKS, "meta", Comparison::In, variable("documents"));
    select.arguments.order_by = vec![build.ascending(TASKS, "meta")];
    let value = FieldValue::JsonPath(build.column(TASKS, "meta"), vec!["a".into(), "0".into()]);
    select.fields.push(Field { key: "first".into(), value });
    build.read(RootField::Select(select))
}

fn items(build: &Build<'_>) -> Vec<AggregateItem> {
    let column = |name: &str| AggregateColumn::Column(name.into(), build.column(TASKS, name));
    let count = |key: &str, names: &[&str], distinct| AggregateItem::Count {
        key: key.into(),
        columns: names.iter().map(|name| build.column(TASKS, name)).collect(),
        distinct,
    };
    let mut items = vec![
        count("count", &[], false),
        count("assigned", &["assignee_id"], false),
        count("estimates", &["estimate"], true),
        count("both", &["estimate", "spent"], false),
        count("pairs", &["estimate", "spent"], true),
    ];
    for (name, function) in AggregateFunction::ALL {
        let columns = ["project_id", "estimate", "spent", "weight"].map(column).to_vec();
        items.push(AggregateItem::Function { key: name.into(), function, columns });
    }
    items.push(AggregateItem::Function {
        key: "least".into(),
        function: AggregateFunction::Min,
        columns: vec![column("assignee_id"), column("title"), AggregateColumn::Constant("t".into(), "\"x\"".into())],
    });
    items
}

fn aggregate_of(build: &Build<'_>, arguments: Arguments) -> Aggregate {
    let fields = vec![
        AggregateField::Aggregate("aggregate".into(), items(build)),
        AggregateField::Nodes("nodes".into(), build.fields(TASKS, "id")),
    ];
    Aggregate { table: TASKS, arguments, fields }
}

fn aggregate(mut build: Build<'_>) -> Query {
    let arguments = Arguments { filter: build.equal(TASKS, "status"), ..Arguments::default() };
    let aggregate = aggregate_of(&build, arguments);
    build.read(RootField::Aggregate(aggregate))
}

fn aggregate_sliced(mut build: Build<'_>) -> Query {
    let arguments = distinct(&mut build);
    let aggregate = aggregate_of(&build, arguments);
    let mut project = build.one(PROJECTS, "name");
    project.fields.push(Field {
        key: "tasks_aggregate".into(),
        value: FieldValue::RelatedAggregate(build.relation(PROJECTS, "tasks"), aggregate.clone()),
    });
    let kind = purlin_plan::query::QueryKind::Read;
    build.query(kind, vec![("all", RootField::Aggregate(aggregate)), ("one", RootField::Select(project))])
}

fn count_and_most(build: &Build<'_>) -> Vec<AggregateField> {
    count_and_most_of(build, TASKS, "estimate")
}

fn count_and_most_of(build: &Build<'_>, table: TableId, column: &str) -> Vec<AggregateField> {
    let column = AggregateColumn::Column(column.into(), build.column(table, column));
    let most = AggregateItem::Function { key: "max".into(), function: AggregateFunction::Max, columns: vec![column] };
    let count = AggregateItem::Count { key: "count".into(), columns: Vec::new(), distinct: false };
    vec![AggregateField::Aggregate("aggregate".into(), vec![count, most])]
}

fn aggregate_nested(build: Build<'_>) -> Query {
    let mut select = build.select(PROJECTS, "name");
    select.fields.push(build.related_aggregate(PROJECTS, "tasks", count_and_most(&build)));
    let mut members: Select = build.select(MEMBERS, "role");
    let count = AggregateItem::Count { key: "count".into(), columns: Vec::new(), distinct: false };
    let fields = vec![AggregateField::Aggregate("aggregate".into(), vec![count])];
    members.fields.push(build.related_aggregate(MEMBERS, "watchers", fields));
    let kind = purlin_plan::query::QueryKind::Read;
    build.query(kind, vec![("projects", RootField::Select(select)), ("members", RootField::Select(members))])
}

/// A list that is cut: what an index finds is counted beside its rows, on a row above and on one joined to it.
fn aggregate_beside(mut build: Build<'_>) -> Query {
    let open = build.compare(TASKS, "status", Comparison::NotEqual, constant(Value::Text("done".into())));
    let limit = build.count(variable("limit"));
    let mut counted = build.related_aggregate(PROJECTS, "tasks", count_and_most(&build));
    if let FieldValue::RelatedAggregate(_, aggregate) = &mut counted.value {
        aggregate.arguments.filter = open;
    }
    let mut project = build.one(PROJECTS, "name");
    project.fields.push(build.related_aggregate(PROJECTS, "tasks", count_and_most(&build)));
    let mut tasks = build.select(TASKS, "title");
    tasks.arguments.limit = Some(limit);
    tasks.arguments.order_by = vec![build.ascending(TASKS, "title"), descending(build.ascending(TASKS, "estimate"))];
    tasks.fields.push(build.related(TASKS, "project", project));
    let mut projects = build.select(PROJECTS, "name");
    projects.arguments.limit = Some(limit);
    projects.fields.push(counted);
    projects.fields.push(build.related(PROJECTS, "tasks", tasks));
    build.read(RootField::Select(projects))
}

/// Where no index finds the related rows, or the aggregate has nodes, it stays a statement of its own.
fn aggregate_below(mut build: Build<'_>) -> Query {
    let limit = build.count(variable("limit"));
    let mut people = build.select(PEOPLE, "name");
    people.arguments.limit = Some(limit);
    people.fields.push(build.related_aggregate(PEOPLE, "reports", count_and_most_of(&build, PEOPLE, "age")));
    let mut projects = build.select(PROJECTS, "name");
    projects.arguments.limit = Some(limit);
    let mut fields = count_and_most(&build);
    fields.push(AggregateField::Nodes("nodes".into(), build.fields(TASKS, "title")));
    projects.fields.push(build.related_aggregate(PROJECTS, "tasks", fields));
    let kind = purlin_plan::query::QueryKind::Read;
    build.query(kind, vec![("people", RootField::Select(people)), ("projects", RootField::Select(projects))])
}

fn aggregate_through(build: Build<'_>) -> Query {
    let count = AggregateItem::Count { key: "count".into(), columns: Vec::new(), distinct: false };
    let fields = vec![
        AggregateField::Aggregate("aggregate".into(), vec![count]),
        AggregateField::Nodes("nodes".into(), build.fields(LABELS, "name")),
    ];
    let mut select = build.select(TASKS, "id");
    select.fields.push(build.related_aggregate(TASKS, "labels", fields));
    build.read(RootField::Select(select))
}

fn aggregate_decimal(build: Build<'_>) -> Query {
    let functions = [AggregateFunction::Sum, AggregateFunction::Avg, AggregateFunction::Max];
    let items = functions.map(|function| AggregateItem::Function {
        key: format!("{function:?}").into(),
        function,
        columns: vec![AggregateColumn::Column("budget".into(), build.column(PROJECTS, "budget"))],
    });
    let fields = vec![AggregateField::Aggregate("aggregate".into(), items.to_vec())];
    build.read(RootField::Aggregate(Aggregate { table: PROJECTS, arguments: Arguments::default(), fields }))
}

fn no_rule(build: Build<'_>) -> Query {
    let mut select = build.select(TASKS, "id");
    select.fields.push(build.related(TASKS, "labels", build.select(LABELS, "name")));
    build.read(RootField::Select(select))
}

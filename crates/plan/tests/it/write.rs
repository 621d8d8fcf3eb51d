//! Writes: cases by name.

use purlin_model::catalog::{Catalog, TableId};
use purlin_model::filter::{Comparison, Filter};
use purlin_model::scalar::{Codec, Scalar};
use purlin_plan::query::{
    Change, ChangeOperator, Delete, Insert, InsertRows, OnConflict, Query, Response, ResponseField, RootField, RowRun,
    RowSource, Update, VariableBase, VariablePath,
};

use crate::build::{Build, member, variable};
use crate::catalog::{self, MEMBERS, NOTES, PEOPLE, PROJECTS, TASKS};
use crate::read::{Case, check};

#[test]
fn writes() {
    let catalog = catalog::catalog();
    check(cases(&catalog), &catalog);
}

/// Every write case.
pub fn cases(catalog: &Catalog) -> Vec<Case> {
    let case = |name, role, make: fn(Build<'_>) -> Query| Case { name, role, query: make(Build::new(catalog)) };
    vec![
        case("insert_one", "admin", insert_one),
        case("insert_one_user", "user", insert_one),
        case("insert_nested_user", "user", insert_nested),
        case("insert_defaults", "admin", insert_defaults),
        case("insert_without_key_user", "user", insert_without_key),
        case("upsert", "admin", upsert),
        case("upsert_user", "user", upsert),
        case("upsert_nothing_user", "user", upsert_nothing),
        case("upsert_defaults", "admin", upsert_defaults),
        case("update", "admin", update),
        case("update_user", "user", update),
        case("update_operators", "admin", update_operators),
        case("update_nothing", "admin", update_nothing),
        case("update_many_user", "user", update_many),
        case("update_heir", "heir", update),
        case("update_operators_heir", "heir", update_operators),
        case("delete_heir", "heir", delete),
        case("delete", "admin", delete),
        case("delete_nested_user", "user", delete_nested),
        case("delete_composite_nested", "admin", delete_composite_nested),
        case("delete_without_key", "admin", delete_without_key),
    ]
}

fn returning(build: &Build<'_>, table: TableId, names: &str) -> Response {
    Response::Rows(vec![
        ResponseField::AffectedRows("affected_rows".into()),
        ResponseField::Returning("returning".into(), build.select(table, names)),
    ])
}

fn run(build: &Build<'_>, table: TableId, names: &str, source: RowSource) -> RowRun {
    let columns = names
        .split_whitespace()
        .map(|name| (build.column(table, name), build.value(table, name, member(name))))
        .collect();
    RowRun { source, columns, objects: Vec::new(), arrays: Vec::new() }
}

fn elements(name: &str) -> RowSource {
    RowSource::Elements(VariablePath { base: VariableBase::Variable(name.into()), steps: Vec::new() })
}

fn rows(table: TableId, runs: Vec<RowRun>) -> InsertRows {
    InsertRows { table, runs, on_conflict: None, check: Filter::always() }
}

fn insert_one(build: Build<'_>) -> Query {
    let run = run(&build, PROJECTS, "name public", RowSource::Document);
    let mut select = build.one(PROJECTS, "id name");
    select.fields.push(build.related(PROJECTS, "owner", build.one(PEOPLE, "name")));
    build.write(RootField::Insert(Insert { rows: rows(PROJECTS, vec![run]), response: Response::Row(select) }))
}

fn insert_nested(build: Build<'_>) -> Query {
    let person = run(&build, PEOPLE, "name", RowSource::Document);
    let mut task = run(&build, TASKS, "title status", elements("tasks"));
    let other = run(&build, TASKS, "title", elements("tasks"));
    task.objects.push((build.relation(TASKS, "assignee"), rows(PEOPLE, vec![person.clone()])));
    let mut project = run(&build, PROJECTS, "name public", RowSource::Document);
    project.objects.push((build.relation(PROJECTS, "owner"), rows(PEOPLE, vec![person])));
    project.arrays.push((build.relation(PROJECTS, "tasks"), rows(TASKS, vec![task, other])));
    let response = returning(&build, PROJECTS, "id");
    build.write(RootField::Insert(Insert { rows: rows(PROJECTS, vec![project]), response }))
}

fn insert_defaults(build: Build<'_>) -> Query {
    let empty = run(&build, PROJECTS, "", RowSource::Document);
    let response = returning(&build, PROJECTS, "id");
    build.write(RootField::Insert(Insert { rows: rows(PROJECTS, vec![empty]), response }))
}

fn insert_without_key(build: Build<'_>) -> Query {
    let note = run(&build, NOTES, "text data", elements("notes"));
    let response = returning(&build, NOTES, "text at");
    build.write(RootField::Insert(Insert { rows: rows(NOTES, vec![note]), response }))
}

fn on_conflict(build: &mut Build<'_>, update: &str) -> OnConflict {
    OnConflict {
        constraint: "tasks_project_title_key".into(),
        update_columns: update.split_whitespace().map(|name| build.column(TASKS, name)).collect(),
        filter: if update.is_empty() { Filter::always() } else { build.equal(TASKS, "status") },
        check: Filter::always(),
        presets: Vec::new(),
    }
}

fn upsert_of(mut build: Build<'_>, update: &str) -> Query {
    let run = run(&build, TASKS, "title project_id status", RowSource::Document);
    let mut rows = rows(TASKS, vec![run]);
    rows.on_conflict = Some(on_conflict(&mut build, update));
    let response = returning(&build, TASKS, "id status");
    build.write(RootField::Insert(Insert { rows, response }))
}

fn upsert(build: Build<'_>) -> Query {
    upsert_of(build, "status estimate assignee_id")
}

fn upsert_nothing(build: Build<'_>) -> Query {
    upsert_of(build, "")
}

fn upsert_defaults(build: Build<'_>) -> Query {
    let mut rows = rows(PROJECTS, vec![run(&build, PROJECTS, "", RowSource::Document)]);
    rows.on_conflict = Some(OnConflict {
        constraint: "projects_pkey".into(),
        update_columns: Vec::new(),
        filter: Filter::always(),
        check: Filter::always(),
        presets: Vec::new(),
    });
    let response = Response::Rows(vec![ResponseField::AffectedRows("affected_rows".into())]);
    build.write(RootField::Insert(Insert { rows, response }))
}

fn set(build: &mut Build<'_>, name: &str) -> Change {
    let parameter = build.parameter(TASKS, name, variable(name));
    Change { column: build.column(TASKS, name), operator: ChangeOperator::Set, parameter }
}

fn update_of(build: &mut Build<'_>, changes: Vec<Change>) -> Update {
    let filter = build.compare(TASKS, "id", Comparison::Equal, variable("id"));
    let response = Response::Row(build.one(TASKS, "id title updated_at"));
    Update { table: TASKS, filter, changes, check: Filter::always(), response }
}

fn update(mut build: Build<'_>) -> Query {
    let changes = vec![set(&mut build, "title"), set(&mut build, "assignee_id")];
    let update = update_of(&mut build, changes);
    build.write(RootField::Update(update))
}

fn update_operators(mut build: Build<'_>) -> Query {
    let mut updates = Vec::new();
    let text = Codec::of(Scalar::String);
    let int = Codec::of(Scalar::Int);
    for (name, operator, codec, many) in [
        ("project_id", ChangeOperator::Increment, None, false),
        ("estimate", ChangeOperator::Increment, None, false),
        ("spent", ChangeOperator::Increment, None, false),
        ("weight", ChangeOperator::Increment, None, false),
        ("meta", ChangeOperator::Append, None, false),
        ("meta", ChangeOperator::Prepend, None, false),
        ("meta", ChangeOperator::DeleteKey, Some(text), false),
        ("meta", ChangeOperator::DeleteElement, Some(int), false),
        ("meta", ChangeOperator::DeleteAtPath, Some(text), true),
    ] {
        let parameter = build.parameter(TASKS, name, variable(name));
        if let Some(codec) = codec {
            build.parameters[parameter].codec = codec;
            build.parameters[parameter].many = many;
        }
        let change = Change { column: build.column(TASKS, name), operator, parameter };
        updates.push(update_of(&mut build, vec![change]));
    }
    let parameter = build.parameter(PROJECTS, "budget", variable("budget"));
    let column = build.column(PROJECTS, "budget");
    updates.push(Update {
        table: PROJECTS,
        filter: Filter::always(),
        changes: vec![Change { column, operator: ChangeOperator::Increment, parameter }],
        check: Filter::always(),
        response: Response::Rows(vec![ResponseField::AffectedRows("affected_rows".into())]),
    });
    build.write(RootField::UpdateMany(updates))
}

fn update_nothing(mut build: Build<'_>) -> Query {
    let update = update_of(&mut build, Vec::new());
    build.write(RootField::Update(update))
}

fn update_many(mut build: Build<'_>) -> Query {
    let changes = vec![set(&mut build, "status")];
    let first = update_of(&mut build, changes.clone());
    let mut second = update_of(&mut build, changes);
    second.response = returning(&build, TASKS, "id");
    build.write(RootField::UpdateMany(vec![first, second]))
}

fn delete(mut build: Build<'_>) -> Query {
    let filter = build.compare(TASKS, "estimate", Comparison::Less, variable("estimate"));
    let response = returning(&build, TASKS, "id title");
    build.write(RootField::Delete(Delete { table: TASKS, filter, response }))
}

fn delete_nested(mut build: Build<'_>) -> Query {
    let filter = build.equal(TASKS, "title");
    let mut select = build.select(TASKS, "id");
    select.fields.push(build.related(TASKS, "project", build.one(PROJECTS, "name")));
    let response = Response::Rows(vec![ResponseField::Returning("returning".into(), select)]);
    build.write(RootField::Delete(Delete { table: TASKS, filter, response }))
}

fn delete_composite_nested(build: Build<'_>) -> Query {
    let mut select = build.select(MEMBERS, "role");
    select.fields.push(build.related(MEMBERS, "person", build.one(PEOPLE, "name")));
    let response = Response::Rows(vec![ResponseField::Returning("returning".into(), select)]);
    build.write(RootField::Delete(Delete { table: MEMBERS, filter: Filter::always(), response }))
}

fn delete_without_key(mut build: Build<'_>) -> Query {
    let filter = build.equal(NOTES, "text");
    let response = returning(&build, NOTES, "text");
    build.write(RootField::Delete(Delete { table: NOTES, filter, response }))
}

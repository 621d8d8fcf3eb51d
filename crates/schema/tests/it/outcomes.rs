//! What happens to whom: a small request for every root field of the example projects, made as every role, against
//! the project's seeds on both databases, with one expected list of outcomes (`tests/access/PROJECT.outcomes.txt`).
//! Who the roles are is said by `tests/access/PROJECT.sessions.json`.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use purlin_model::catalog::{Catalog, Column, ColumnDefault, ColumnIndex, Table, TableId};
use purlin_model::scalar::{ColumnType, Scalar};
use purlin_model::session::{Role, Session};
use purlin_plan::plan::Dialect;
use purlin_schema::Request;
use purlin_schema::names::InputType;
use purlin_schema::view::{RoleView, RootFieldKind, RootFields, UpdateOperator};
use purlin_testkit::Expectations;
use serde_json::{Map, Value as Json};

use crate::cases::Project;
use crate::projects::{NOBODY, projects};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_root_field_and_role_ends_as_reviewed() {
    let mut expectations = Expectations::new();
    for found in projects() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/access");
        let sessions = sessions(&found.catalog, &folder.join(format!("{}.sessions.json", found.name)));
        let seeds = read_seeds(&found.folder);
        let attempts = attempts(&found.catalog, &sessions, &seeds);
        let catalog = Arc::new(found.catalog);
        let load = |dialect| Project::of(Arc::clone(&catalog), seeds.clone(), None, dialect);
        let sqlite = outcomes(load(Dialect::Sqlite).await, &attempts, &sessions);
        let postgres = outcomes(load(Dialect::Postgres).await, &attempts, &sessions);
        let (sqlite, postgres) = tokio::join!(sqlite, postgres);
        let path = folder.join(format!("{}.outcomes.txt", found.name));
        expectations.check(&path, &print(&attempts, &sessions, &sqlite));
        expectations.check(&path, &print(&attempts, &sessions, &postgres));
    }
    expectations.finish();
}

/// A root field of admin, and the request each session makes of it.
struct Attempt {
    field: String,
    requests: Vec<String>,
}

async fn outcomes(project: Project, attempts: &[Attempt], sessions: &[(String, Session)]) -> Vec<Vec<String>> {
    let mut all = Vec::with_capacity(attempts.len());
    for attempt in attempts {
        let mut outcomes = Vec::with_capacity(sessions.len());
        for (query, (_, session)) in attempt.requests.iter().zip(sessions) {
            let request = Request { query: query.clone(), ..Request::default() };
            let response = project.service.execute(&request, session, false).await;
            if response.failed.is_none() && query.starts_with("mutation") {
                project.restore().await;
            }
            outcomes.push(outcome(&serde_json::from_slice(&response.body).expect("JSON")));
        }
        all.push(outcomes);
    }
    all
}

/// An answer in a few words.
fn outcome(answer: &Json) -> String {
    let error = &answer["errors"][0];
    if error.is_object() {
        let message = error["message"].as_str().expect("a message");
        let absent = message.starts_with("field '") && message.contains(" not found in type: '");
        return match error["extensions"]["code"].as_str().expect("a code") {
            _ if absent || message == "no mutations exist" => "absent".to_owned(),
            code @ ("constraint-violation" | "permission-error") => code.to_owned(),
            code => format!("{code}: {message}"),
        };
    }
    match answer["data"].as_object().and_then(|data| data.values().next()) {
        Some(Json::Null) => "null".to_owned(),
        Some(Json::Array(items))
            if items.iter().all(|item| item.get("affected_rows").is_some()) && !items.is_empty() =>
        {
            items.iter().map(affected).collect::<Vec<_>>().join(", ")
        }
        Some(Json::Array(items)) => format!("{} rows", items.len()),
        Some(item) if item.get("affected_rows").is_some() => affected(item),
        Some(item) if item.get("aggregate").is_some() => format!("count {}", item["aggregate"]["count"]),
        Some(_) => "a row".to_owned(),
        None => format!("no answer: {answer}"),
    }
}

fn affected(item: &Json) -> String {
    format!("{} affected", item["affected_rows"])
}

fn print(attempts: &[Attempt], sessions: &[(String, Session)], outcomes: &[Vec<String>]) -> String {
    let mut out =
        "Each line: outcome: roles. The request is admin's; columns are those the role may give.\n".to_owned();
    for (attempt, outcomes) in attempts.iter().zip(outcomes) {
        let _ = writeln!(out, "\n{}\n  {}", attempt.field, attempt.requests[0]);
        let mut told: Vec<(&str, Vec<&str>)> = Vec::new();
        for (outcome, (who, _)) in outcomes.iter().zip(sessions) {
            match told.iter_mut().find(|(known, _)| known == outcome) {
                Some((_, roles)) => roles.push(who),
                None => told.push((outcome, vec![who])),
            }
        }
        for (outcome, roles) in told {
            let _ = writeln!(out, "  {outcome}: {}", roles.join(", "));
        }
    }
    out
}

/// Admin, every role with rules (a second time as a trusted backend where that matters), and one without.
fn sessions(catalog: &Catalog, path: &Path) -> Vec<(String, Session)> {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let given: Map<String, Json> = serde_json::from_str(&text).expect("an object of sessions");
    let mut sessions = vec![(Role::ADMIN.to_owned(), session(Role::ADMIN, &[]))];
    for role in &catalog.roles {
        let variables = given.get(role.name()).and_then(Json::as_object).cloned().unwrap_or_default();
        let pairs: Vec<(&str, &str)> =
            variables.iter().map(|(name, value)| (name.as_str(), value.as_str().expect("text"))).collect();
        let one = session(role.name(), &pairs);
        sessions.push((role.name().to_owned(), one.clone()));
        if crate::projects::has_backend_only_rules(catalog, role) {
            sessions.push((format!("{} (backend)", role.name()), Session { backend: true, ..one }));
        }
    }
    sessions.push((NOBODY.to_owned(), session(NOBODY, &[])));
    sessions
}

/// The project's seeds: lists of rows by table, in the order in which they go in.
fn read_seeds(folder: &Path) -> Vec<(String, Json)> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder.join("schema/seeds"))
        .expect("a folder of seeds")
        .map(|entry| entry.expect("a readable folder").path())
        .collect();
    paths.sort();
    let read = |path: &PathBuf| -> Map<String, Json> {
        serde_json::from_str(&fs::read_to_string(path).expect("a readable file")).expect("rows by table")
    };
    paths.iter().flat_map(read).collect()
}

fn attempts(catalog: &Catalog, sessions: &[(String, Session)], seeds: &[(String, Json)]) -> Vec<Attempt> {
    let roots = RootFields::of(catalog);
    let admin = Role::new(Role::ADMIN);
    let everything = RoleView { catalog, roots: &roots, role: &admin, backend: false };
    let mut attempts = Vec::new();
    for (table, kind) in everything.root_fields(false).chain(everything.root_fields(true)) {
        let requests = sessions.iter().map(|(_, session)| {
            let view = RoleView { catalog, roots: &roots, role: &session.role, backend: session.backend };
            // A request for what does not exist is admin's.
            let view = if view.has_root_field(table, kind) { view } else { everything };
            Author { view, table: catalog.table(table), id: table, seeds }.request(kind)
        });
        let operation = if kind.is_mutation() { "mutation" } else { "query" };
        let field = format!("{operation} {}", kind.name(catalog.table(table)));
        attempts.push(Attempt { field, requests: requests.collect() });
    }
    attempts
}

fn session(role: &str, variables: &[(&str, &str)]) -> Session {
    let own = [("x-hasura-role", role)];
    let variables = own.iter().chain(variables).map(|(name, value)| ((*name).into(), (*value).into())).collect();
    Session { role: Role::new(role), variables, backend: false }
}

/// Writes requests for a table as a role may make them.
struct Author<'a> {
    view: RoleView<'a>,
    table: &'a Table,
    id: TableId,
    seeds: &'a [(String, Json)],
}

impl Author<'_> {
    fn request(&self, kind: RootFieldKind) -> String {
        let name = kind.name(self.table);
        let changes = self.changes();
        match kind {
            RootFieldKind::Select => format!("{{ {name} {{ __typename }} }}"),
            RootFieldKind::SelectAggregate => format!("{{ {name} {{ aggregate {{ count }} }} }}"),
            RootFieldKind::SelectByPk => format!("{{ {name}({}) {{ __typename }} }}", self.key()),
            RootFieldKind::Insert => {
                format!("mutation {{ {name}(objects: [{}]) {{ affected_rows }} }}", self.new_row())
            }
            RootFieldKind::InsertOne => format!("mutation {{ {name}(object: {}) {{ __typename }} }}", self.new_row()),
            RootFieldKind::Update => format!("mutation {{ {name}(where: {{}}{changes}) {{ affected_rows }} }}"),
            RootFieldKind::UpdateMany => {
                format!("mutation {{ {name}(updates: [{{where: {{}}{changes}}}]) {{ affected_rows }} }}")
            }
            RootFieldKind::UpdateByPk => {
                format!("mutation {{ {name}(pk_columns: {{{}}}{changes}) {{ __typename }} }}", self.key())
            }
            RootFieldKind::Delete => format!("mutation {{ {name}(where: {{}}) {{ affected_rows }} }}"),
            RootFieldKind::DeleteByPk => format!("mutation {{ {name}({}) {{ __typename }} }}", self.key()),
        }
    }

    /// The table's rows in the seeds.
    fn rows(&self) -> Vec<&Map<String, Json>> {
        self.rows_of(self.table)
    }

    fn rows_of(&self, table: &Table) -> Vec<&Map<String, Json>> {
        let lists = self.seeds.iter().filter(|(name, _)| **name == *table.name);
        lists.filter_map(|(_, rows)| rows.as_array()).flatten().filter_map(Json::as_object).collect()
    }

    /// The value of a column in a row of the seeds, as a literal.
    fn value(&self, row: Option<&Map<String, Json>>, column: &Column) -> String {
        row.and_then(|row| row.get(&*column.name)).map_or("null".to_owned(), |value| literal(column, value))
    }

    /// The key of the first row; keys that the database counts begin with 1.
    fn key(&self) -> String {
        let rows = self.rows();
        let column = |index: &ColumnIndex| {
            let column = self.table.column(*index);
            let counted = matches!(column.default, Some(ColumnDefault::Autoincrement | ColumnDefault::Rowid));
            let value = match rows.first() {
                _ if counted => "1".to_owned(),
                Some(row) => self.value(Some(row), column),
                None => self.related(*index),
            };
            format!("{}: {value}", column.name)
        };
        self.table.primary_key.iter().map(column).collect::<Vec<_>>().join(", ")
    }

    /// A key of a view is that of the first row to which it leads.
    fn related(&self, column: ColumnIndex) -> String {
        let value = self.table.relations.iter().find_map(|relation| {
            let (_, there) = relation.join.iter().find(|(here, _)| *here == column)?;
            let target = self.view.catalog.table(relation.target);
            Some(self.value(self.rows_of(target).first().copied(), target.column(*there)))
        });
        value.unwrap_or_else(|| panic!("nothing says what is in `{}`", self.table.name))
    }

    /// The last row once more, under another key and other unique texts.
    fn new_row(&self) -> String {
        let rows = self.rows();
        let row = rows.last().copied();
        let mut fields = Vec::new();
        for index in self.view.insertable_columns(self.id) {
            let column = self.table.column(index);
            let single_key = self.table.primary_key == [index];
            let Some(value) =
                row.and_then(|row| row.get(&*column.name)).filter(|_| !single_key || column.default.is_none())
            else {
                continue;
            };
            let unique = single_key || self.table.uniques.iter().any(|unique| unique.columns.contains(&index));
            let value = match value {
                Json::String(text) if unique && column.column_type == ColumnType::Scalar(Scalar::String) => {
                    Json::from(format!("new-{text}"))
                }
                other => other.clone(),
            };
            fields.push(format!("{}: {}", column.name, literal(column, &value)));
        }
        format!("{{{}}}", fields.join(", "))
    }

    /// `_set` of one column to what it is in the first row: one that is in no key, if there is such.
    fn changes(&self) -> String {
        let table = self.table;
        let in_key = |index: &ColumnIndex| {
            table.primary_key.contains(index)
                || table.uniques.iter().any(|unique| unique.columns.contains(index))
                || table.foreign_keys.iter().any(|key| key.columns.contains(index))
        };
        let columns: Vec<ColumnIndex> = self.view.operator_columns(self.id, UpdateOperator::Set).collect();
        let Some(index) = columns.iter().find(|index| !in_key(index)).or(columns.first()) else {
            return String::new();
        };
        let column = table.column(*index);
        format!(", _set: {{{}: {}}}", column.name, self.value(self.rows().first().copied(), column))
    }
}

/// A JSON value as a GraphQL literal for the column.
fn literal(column: &Column, value: &Json) -> String {
    match (InputType::of_column(&column.column_type), value) {
        (InputType::Enum(_), Json::String(name)) => name.clone(),
        (_, value) => graphql(value),
    }
}

fn graphql(value: &Json) -> String {
    match value {
        Json::Object(members) => {
            let members: Vec<String> =
                members.iter().map(|(key, value)| format!("{key}: {}", graphql(value))).collect();
            format!("{{{}}}", members.join(", "))
        }
        Json::Array(items) => format!("[{}]", items.iter().map(graphql).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}

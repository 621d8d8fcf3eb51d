//! Random writes to the library: both databases answer the same and hold the same rows afterwards.

use std::path::Path;

use purlin_model::catalog::{Catalog, Column, ColumnIndex, TableId};
use purlin_model::scalar::Scalar;
use purlin_plan::plan::Dialect;
use purlin_schema::Request;
use purlin_schema::view::{RoleView, RootFields, is_numeric};
use serde_json::{Map, Value as Json};

use crate::cases::Project;
use crate::parity::{Author, Chance, given, literal, session, tells_time};

/// How many writes a test run makes; `WRITES=5000 SEED=7` makes more, and others.
const WRITES: usize = 160;

impl<'a> Author<'a> {
    fn mutation(&mut self) -> Option<String> {
        let fields: Vec<String> = (0..1 + self.chance.below(2)).filter_map(|number| self.write(number)).collect();
        if fields.is_empty() { None } else { Some(format!("mutation {{ {} }}", fields.join(" "))) }
    }

    fn write(&mut self, number: usize) -> Option<String> {
        let ids = self.catalog.table_ids().filter(|id| self.catalog.table(*id).view.is_none());
        let ids: Vec<TableId> = ids.collect();
        let table = *self.chance.pick(&ids)?;
        let name = &self.catalog.table(table).name;
        let answer = match self.view.can_select(table) {
            true => format!("{{ affected_rows returning {} }}", self.fields(table, 1)),
            false => "{ affected_rows }".to_owned(),
        };
        let (field, arguments) = match self.chance.below(3) {
            0 if self.view.can_insert(table) => ("insert", self.objects(table)),
            1 if self.view.can_update(table) => ("update", self.changes(table)?),
            2 if self.view.can_delete(table) => ("delete", format!("where: {}", self.condition(table, 2))),
            _ => return None,
        };
        Some(format!("w{number}: {field}_{name}({arguments}) {answer}"))
    }

    fn changes(&mut self, table: TableId) -> Option<String> {
        let columns: Vec<ColumnIndex> = self.view.updatable_columns(table).collect();
        let column = *self.chance.pick(&columns)?;
        let definition = self.column(table, column);
        let change = if is_numeric(definition) && self.chance.one_in(3) {
            format!("_inc: {{{}: {}}}", definition.name, 1 + self.chance.below(3))
        } else {
            format!("_set: {{{}: {}}}", definition.name, self.value(table, definition))
        };
        Some(format!("where: {}, {change}", self.condition(table, 2)))
    }

    /// A value the column has somewhere, or NULL where it may be.
    fn value(&mut self, table: TableId, column: &Column) -> String {
        let values = self.values(table, column);
        match self.chance.pick(&values) {
            Some(value) if !(column.nullable && self.chance.one_in(5)) => literal(column, value),
            _ => "null".to_owned(),
        }
    }

    fn objects(&mut self, table: TableId) -> String {
        let rows: Vec<String> = (0..1 + self.chance.below(2)).map(|_| self.object(table)).collect();
        let objects = format!("objects: [{}]", rows.join(", "));
        if !self.view.has_on_conflict(table) || self.chance.one_in(3) {
            return objects;
        }
        let constraints: Vec<&str> = self.view.constraints(table).collect();
        let updatable: Vec<&str> =
            self.view.updatable_columns(table).map(|column| &*self.column(table, column).name).collect();
        let start = self.chance.below(updatable.len().max(1));
        let update: Vec<&str> = updatable.iter().skip(start).take(self.chance.below(3)).copied().collect();
        let Some(constraint) = self.chance.pick(&constraints) else { return objects };
        let condition = match update.is_empty() || self.chance.one_in(2) {
            true => String::new(),
            false => format!(", where: {}", self.condition(table, 1)),
        };
        let update = update.join(", ");
        format!("{objects}, on_conflict: {{constraint: {constraint}, update_columns: [{update}]{condition}}}")
    }

    /// A row; values a database would make up are given.
    fn object(&mut self, table: TableId) -> String {
        let columns: Vec<ColumnIndex> = self.view.insertable_columns(table).collect();
        let mut members = Vec::new();
        for column in columns {
            let definition = self.column(table, column);
            if definition.updated_at || definition.nullable && self.chance.one_in(3) {
                continue;
            }
            let in_key = self.catalog.table(table).primary_key.contains(&column);
            let value = match definition.plain_scalar() {
                Some(Scalar::Int) if in_key => (1 + self.chance.below(12)).to_string(),
                Some(Scalar::Uuid) if in_key => {
                    format!("\"00000000-0000-4000-8000-00000000000{}\"", self.chance.below(9))
                }
                Some(Scalar::Timestamptz) => "\"2024-01-02T03:04:05Z\"".to_owned(),
                _ => self.value(table, definition),
            };
            members.push(format!("{}: {value}", definition.name));
        }
        format!("{{{}}}", members.join(", "))
    }
}

/// All rows that do not depend on the clock.
fn everything(catalog: &Catalog) -> String {
    let mut fields = Vec::new();
    for table in catalog.tables.iter().filter(|table| !table.primary_key.is_empty()) {
        let order: Vec<String> =
            table.primary_key.iter().map(|column| format!("{{{}: asc}}", table.column(*column).name)).collect();
        let columns: Vec<&str> =
            table.columns.iter().filter(|column| !tells_time(column)).map(|column| &*column.name).collect();
        fields.push(format!("{}(order_by: [{}]) {{ {} }}", table.name, order.join(", "), columns.join(" ")));
    }
    format!("{{ {} }}", fields.join(" "))
}

/// Returned rows come in no particular order, and of several broken constraints either may be told.
fn in_order(mut answer: Json) -> Json {
    let error = answer.pointer_mut("/errors/0").and_then(Json::as_object_mut);
    if let Some(error) = error.filter(|error| error["extensions"]["code"] == "constraint-violation") {
        error.remove("message");
    }
    let fields = answer.get_mut("data").and_then(Json::as_object_mut);
    for (_, field) in fields.into_iter().flatten() {
        if let Some(rows) = field.get_mut("returning").and_then(Json::as_array_mut) {
            rows.sort_by_key(Json::to_string);
        }
    }
    answer
}

async fn ask(project: &Project, query: &str, role: &purlin_model::Session) -> Json {
    let request = Request { query: query.to_owned(), ..Request::default() };
    let response = project.service.execute(&request, role, false).await;
    serde_json::from_slice(&response.body).expect("JSON")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn random_writes_leave_the_same_rows() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/library");
    let sqlite = Project::load(&folder, Dialect::Sqlite).await;
    let postgres = Project::load(&folder, Dialect::Postgres).await;
    let catalog = sqlite.service.catalog();
    let everything = everything(&catalog);
    let data = std::fs::read_to_string(folder.join("data.json")).expect("data");
    let data: Map<String, Json> = serde_json::from_str(&data).expect("an object");
    let roots = RootFields::of(&catalog);
    let admin = session("admin", &[("x-hasura-user-id", "1")]);
    let sessions = [
        admin.clone(),
        session("writer", &[("x-hasura-user-id", "1")]),
        session("reader", &[("x-hasura-name", "nina")]),
        session("guard", &[("x-hasura-user-id", "2")]),
    ];
    let mut differences = Vec::new();
    let mut written = 0;
    for number in 0..given("WRITES", WRITES as u64) {
        let session = &sessions[number as usize % sessions.len()];
        let view = RoleView { catalog: &catalog, roots: &roots, role: &session.role, backend: false };
        let chance = Chance(((given("SEED", 1) << 32) | (number + 1)).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let mut author =
            Author { catalog: &catalog, view: &view, data: &data, chance, timeless: true, searches: false };
        let Some(query) = author.mutation() else { continue };
        let mut answers = Vec::new();
        for project in [&sqlite, &postgres] {
            project.restore().await;
            let answer = in_order(ask(project, &query, session).await);
            let rows = ask(project, &everything, &admin).await;
            assert!(rows.get("data").is_some(), "{rows}");
            answers.push((answer, rows));
        }
        if answers[0] != answers[1] {
            let (left, right) = (&answers[0], &answers[1]);
            let rows = if left.1 == right.1 { "the same rows" } else { "different rows" };
            differences.push(format!("{}: {query}\n{}\n{}\n{rows}", session.role.name(), left.0, right.0));
        }
        written += usize::from(answers[0].0.get("data").is_some());
    }
    assert!(
        differences.is_empty(),
        "{}:\n{}",
        differences.len(),
        differences[..differences.len().min(12)].join("\n\n")
    );
    assert!(written > 20, "only {written} writes were made");
}

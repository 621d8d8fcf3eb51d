//! Random documents over the library: both databases give the same answer. Every list is in a total order, so nothing is
//! left to the databases' choice but the order in which doubles are added up.

use std::path::Path;

use purlin_db::Flattening;
use purlin_model::catalog::{Catalog, Column, ColumnDefault, ColumnIndex, RelationKind, TableId};
use purlin_model::filter::Compared;
use purlin_model::scalar::ColumnType;
use purlin_model::{Role, Session};
use purlin_plan::plan::Dialect;
use purlin_schema::Request;
use purlin_schema::view::{RoleView, RootFields, comparisons, is_comparable, is_numeric};
use serde_json::{Map, Value as Json};

use crate::cases::Project;

/// How many documents a test run asks; `DOCUMENTS=20000 SEED=7` asks more, and others.
const DOCUMENTS: usize = 300;

/// A number the environment gives for a longer proof.
pub fn given(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// A small deterministic generator (xorshift).
pub struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }

    pub fn one_in(&mut self, bound: usize) -> bool {
        self.below(bound) == 0
    }

    pub fn pick<'v, T>(&mut self, values: &'v [T]) -> Option<&'v T> {
        if values.is_empty() { None } else { Some(&values[self.below(values.len())]) }
    }
}

/// Writes random documents a role may ask.
pub struct Author<'a> {
    pub catalog: &'a Catalog,
    pub view: &'a RoleView<'a>,
    pub data: &'a Map<String, Json>,
    pub chance: Chance,
    /// Leave out columns that writes may set to their own time.
    pub timeless: bool,
    /// Ask for words too; rules cannot.
    pub searches: bool,
}

impl<'a> Author<'a> {
    pub fn column(&self, table: TableId, column: ColumnIndex) -> &'a Column {
        self.catalog.table(table).column(column)
    }

    pub fn columns(&self, table: TableId, keep: impl Fn(&Column) -> bool) -> Vec<ColumnIndex> {
        let keep = |column: &Column| keep(column) && !(self.timeless && tells_time(column));
        self.view.selectable_columns(table).filter(|column| keep(self.column(table, *column))).collect()
    }

    pub fn some_column(&mut self, table: TableId, keep: impl Fn(&Column) -> bool) -> Option<(ColumnIndex, &'a str)> {
        let columns = self.columns(table, keep);
        let column = *self.chance.pick(&columns)?;
        Some((column, &self.column(table, column).name))
    }

    pub fn document(&mut self) -> String {
        let table = self.table();
        let name = &self.catalog.table(table).name;
        if self.view.aggregations_allowed(table) && self.chance.one_in(4) {
            let body = self.aggregate(table, 2);
            return format!("{{ {name}_aggregate{} {body} }}", self.arguments(table));
        }
        self.list_of(table)
    }

    /// A document that asks for rows.
    pub fn list(&mut self) -> String {
        let table = self.table();
        self.list_of(table)
    }

    fn table(&mut self) -> TableId {
        let tables: Vec<TableId> = self.catalog.table_ids().filter(|table| self.view.key_selectable(*table)).collect();
        *self.chance.pick(&tables).expect("a table")
    }

    fn list_of(&mut self, table: TableId) -> String {
        format!("{{ {}{} {} }}", self.catalog.table(table).name, self.arguments(table), self.fields(table, 3))
    }

    pub fn fields(&mut self, table: TableId, depth: usize) -> String {
        let mut fields = vec!["__typename".to_owned()];
        for column in self.columns(table, |_| true) {
            if !self.chance.one_in(3) {
                fields.push(self.column(table, column).name.to_string());
            }
        }
        if depth == 0 {
            return format!("{{ {} }}", fields.join(" "));
        }
        for (number, index) in self.view.visible_relations(table).enumerate().collect::<Vec<_>>() {
            let relation = self.catalog.table(table).relation(index);
            let name = &relation.name;
            if self.chance.one_in(2) || !self.view.key_selectable(relation.target) {
                continue;
            }
            match relation.kind {
                RelationKind::Object => {
                    fields.push(format!("r{number}: {name} {}", self.fields(relation.target, depth - 1)));
                }
                RelationKind::Array => {
                    let arguments = self.arguments(relation.target);
                    fields.push(format!("r{number}: {name}{arguments} {}", self.fields(relation.target, depth - 1)));
                    if self.view.can_aggregate_relation(table, index) && self.chance.one_in(2) {
                        let arguments = self.arguments(relation.target);
                        let body = self.aggregate(relation.target, 1);
                        fields.push(format!("a{number}: {name}_aggregate{arguments} {body}"));
                    }
                }
            }
        }
        format!("{{ {} }}", fields.join(" "))
    }

    fn aggregate(&mut self, table: TableId, depth: usize) -> String {
        let mut items = vec!["count".to_owned()];
        let counted: Vec<&str> =
            self.columns(table, |_| true).into_iter().map(|column| &*self.column(table, column).name).collect();
        for (number, distinct) in [true, false].into_iter().enumerate() {
            let start = self.chance.below(counted.len());
            let columns = counted[start..(start + 2).min(counted.len())].join(", ");
            items.push(format!("c{number}: count(columns: [{columns}], distinct: {distinct})"));
        }
        for function in ["sum", "avg", "stddev", "stddev_pop", "var_pop", "variance"] {
            if let Some((_, name)) = self.some_column(table, is_numeric) {
                items.push(format!("{function} {{ {name} }}"));
            }
        }
        for function in ["min", "max"] {
            let names: Vec<&str> = self
                .columns(table, is_comparable)
                .into_iter()
                .map(|column| &*self.column(table, column).name)
                .collect();
            if !names.is_empty() {
                items.push(format!("{function} {{ {} }}", names.join(" ")));
            }
        }
        format!("{{ aggregate {{ {} }} nodes {} }}", items.join(" "), self.fields(table, depth - 1))
    }

    fn arguments(&mut self, table: TableId) -> String {
        let mut arguments = Vec::new();
        if !self.chance.one_in(3) {
            arguments.push(format!("where: {}", self.condition(table, 2)));
        }
        let mut order = Vec::new();
        if self.chance.one_in(5)
            && let Some((_, name)) = self.some_column(table, |_| true)
        {
            arguments.push(format!("distinct_on: [{name}]"));
            order.push(format!("{{{name}: {}}}", self.direction()));
        }
        for _ in 0..self.chance.below(3) {
            order.extend(self.order(table, 1));
        }
        for column in &self.catalog.table(table).primary_key {
            order.push(format!("{{{}: {}}}", self.column(table, *column).name, self.direction()));
        }
        arguments.push(format!("order_by: [{}]", order.join(", ")));
        if self.chance.one_in(3) {
            arguments.push(format!("limit: {}", self.chance.below(5)));
        }
        if self.chance.one_in(4) {
            arguments.push(format!("offset: {}", self.chance.below(3)));
        }
        format!("({})", arguments.join(", "))
    }

    fn direction(&mut self) -> &'static str {
        let directions = ["asc", "desc", "asc_nulls_first", "asc_nulls_last", "desc_nulls_first", "desc_nulls_last"];
        directions[self.chance.below(directions.len())]
    }

    fn order(&mut self, table: TableId, depth: usize) -> Option<String> {
        let relations: Vec<_> = self.view.visible_relations(table).collect();
        if depth > 0 && self.chance.one_in(2) {
            let index = *self.chance.pick(&relations)?;
            let relation = self.catalog.table(table).relation(index);
            if relation.kind == RelationKind::Object {
                let inner = self.order(relation.target, depth - 1)?;
                return Some(format!("{{{}: {inner}}}", relation.name));
            }
            if !self.view.can_aggregate_relation(table, index) {
                return None;
            }
            let function = ["max", "min", "sum", "avg"][self.chance.below(4)];
            let keep = if matches!(function, "sum" | "avg") { is_numeric } else { is_comparable };
            let what = match self.some_column(relation.target, keep) {
                Some((_, name)) if self.chance.one_in(2) => format!("{function}: {{{name}: {}}}", self.direction()),
                _ => format!("count: {}", self.direction()),
            };
            return Some(format!("{{{}_aggregate: {{{what}}}}}", relation.name));
        }
        let (_, name) = self.some_column(table, |_| true)?;
        Some(format!("{{{name}: {}}}", self.direction()))
    }

    pub fn condition(&mut self, table: TableId, depth: usize) -> String {
        if depth > 0 {
            match self.chance.below(6) {
                0 => {
                    let (left, right) = (self.condition(table, depth - 1), self.condition(table, depth - 1));
                    return format!("{{_or: [{left}, {right}]}}");
                }
                1 => return format!("{{_not: {}}}", self.condition(table, depth - 1)),
                2 | 3 => {
                    let relations: Vec<_> = self.view.visible_relations(table).collect();
                    if let Some(index) = self.chance.pick(&relations).copied() {
                        let relation = self.catalog.table(table).relation(index);
                        return format!("{{{}: {}}}", relation.name, self.condition(relation.target, depth - 1));
                    }
                }
                _ => {}
            }
        }
        if self.searches && self.view.can_search(table) && self.chance.one_in(4) {
            let words = ["notes", "wald", "kap*", "a b", "\\\"more notes\\\"", "", "100% wald", "NOTES second", "z*"];
            return format!("{{_search: \"{}\"}}", self.chance.pick(&words).expect("words"));
        }
        let Some((column, name)) = self.some_column(table, |_| true) else { return "{}".to_owned() };
        format!("{{{name}: {}}}", self.comparison(table, column))
    }

    fn comparison(&mut self, table: TableId, column: ColumnIndex) -> String {
        let definition = self.column(table, column);
        let operators: Vec<_> = comparisons(definition).collect();
        let values = self.values(table, definition);
        if values.is_empty() || self.chance.one_in(6) {
            return format!("{{_is_null: {}}}", self.chance.one_in(2));
        }
        let Some((operator, comparison)) = self.chance.pick(&operators).copied() else { return "{}".to_owned() };
        let one = |chance: &mut Chance| literal(definition, chance.pick(&values).expect("a value"));
        let operand = match comparison {
            comparison if comparison.takes_list() => {
                let members: Vec<String> = (0..self.chance.below(3)).map(|_| one(&mut self.chance)).collect();
                format!("[{}]", members.join(", "))
            }
            comparison if comparison.compared() == Compared::Text => {
                format!("\"{}\"", ["a", "b", "n", "home", ""][self.chance.below(5)])
            }
            comparison if comparison.compared() == Compared::Texts => {
                ["[]", "[\"a\"]", "[\"n\", \"home\"]", "\"b\""][self.chance.below(4)].to_owned()
            }
            comparison if comparison.is_regular() => {
                let patterns = ["a", "^[A-Z]", "o_?t", "%a%", "(n|k)", "\\\\w+", "W.{2}d", ""];
                format!("\"{}\"", patterns[self.chance.below(patterns.len())])
            }
            comparison if comparison.is_pattern() => {
                format!("\"{}\"", ["%a%", "_o%", "%E_", "secret%", "%", ""][self.chance.below(6)])
            }
            _ => one(&mut self.chance),
        };
        format!("{{{operator}: {operand}}}")
    }

    /// Values of the column in the data.
    pub fn values(&self, table: TableId, column: &Column) -> Vec<&'a Json> {
        let rows = self.data.get(&*self.catalog.table(table).name).and_then(Json::as_array);
        let values = rows.into_iter().flatten().filter_map(|row| row.get(&*column.name));
        // Keys of an object in a document are names.
        let is_name = |key: &String| key.chars().all(|letter| letter.is_ascii_alphanumeric());
        let writable = |value: &Json| value.as_object().is_none_or(|object| object.keys().all(is_name));
        values.filter(|value| !value.is_null() && writable(value)).collect()
    }
}

/// A value of a column as a literal of a document.
pub fn literal(column: &Column, value: &Json) -> String {
    match (value, &column.column_type) {
        (Json::String(name), ColumnType::Enum(_)) => name.clone(),
        (Json::Array(members), _) => {
            let members: Vec<String> = members.iter().map(|member| literal(column, member)).collect();
            format!("[{}]", members.join(", "))
        }
        (Json::Object(members), _) => {
            let members: Vec<String> =
                members.iter().map(|(key, value)| format!("{key}: {}", literal(column, value))).collect();
            format!("{{{}}}", members.join(", "))
        }
        (other, _) => other.to_string(),
    }
}

/// Whether a write may set the column to its own time.
pub fn tells_time(column: &Column) -> bool {
    column.updated_at || column.default == Some(ColumnDefault::Now)
}

/// Whether two answers are the same bytes, or differ by the rounding of doubles alone.
pub fn is_same(left: &str, right: &str) -> bool {
    left == right || is_close(&parse(left), &parse(right))
}

fn parse(body: &str) -> Json {
    serde_json::from_str(body).unwrap_or_else(|error| panic!("{error} in {body}"))
}

fn is_close(left: &Json, right: &Json) -> bool {
    match (left, right) {
        (Json::Object(left), Json::Object(right)) => {
            left.len() == right.len()
                && left.iter().zip(right).all(|((key, one), (other, two))| key == other && is_close(one, two))
        }
        (Json::Array(left), Json::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| is_close(left, right))
        }
        (Json::Number(one), Json::Number(other)) if one != other => match (one.as_f64(), other.as_f64()) {
            (Some(one), Some(other)) => (one - other).abs() <= 1e-12 * one.abs().max(other.abs()),
            _ => false,
        },
        _ => left == right,
    }
}

pub fn session(role: &str, variables: &[(&str, &str)]) -> Session {
    let named = [("x-hasura-role", role)];
    let variables = variables.iter().chain(&named).map(|(name, value)| ((*name).into(), (*value).into())).collect();
    Session { role: Role::new(role), variables, backend: false }
}

/// Rows of views and values of computed columns, which nobody wrote: something to compare with.
pub async fn add_what_is_read_only(data: &mut Map<String, Json>, project: &Project, session: &Session) {
    let catalog = project.service.catalog();
    for table in &catalog.tables {
        let is_read_only = |column: &&Column| table.view.is_some() || column.computed.is_some();
        let names: Vec<&str> = table.columns.iter().filter(is_read_only).map(|column| &*column.name).collect();
        if names.is_empty() {
            continue;
        }
        let request =
            Request { query: format!("{{ rows: {} {{ {} }} }}", table.name, names.join(" ")), ..Request::default() };
        let response = project.service.execute(&request, session, false).await;
        let answer = parse(&String::from_utf8_lossy(&response.body));
        let rows = answer["data"]["rows"].as_array().cloned().expect("rows");
        let known = data.entry(table.name.to_string()).or_insert_with(|| Json::Array(Vec::new()));
        known.as_array_mut().expect("a list").extend(rows);
    }
}

/// Who asks the library; the first is admin.
pub fn sessions() -> [Session; 5] {
    [
        session("admin", &[("x-hasura-user-id", "1")]),
        session("reader", &[]),
        session("writer", &[("x-hasura-user-id", "1")]),
        session("critic", &[("x-hasura-author-ids", "{1,3}"), ("x-hasura-user-id", "3")]),
        session("guard", &[("x-hasura-user-id", "2")]),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn random_documents_have_one_answer() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/library");
    let sqlite = Project::load(&folder, Dialect::Sqlite).await;
    let postgres = Project::load(&folder, Dialect::Postgres).await;
    let flat = Project::load_with(&folder, Dialect::Postgres, Flattening::Always).await;
    let catalog = sqlite.service.catalog();
    let data = std::fs::read_to_string(folder.join("data.json")).expect("data");
    let mut data: Map<String, Json> = serde_json::from_str(&data).expect("an object");
    let sessions = sessions();
    add_what_is_read_only(&mut data, &sqlite, &sessions[0]).await;
    let roots = RootFields::of(&catalog);
    let documents = given("DOCUMENTS", DOCUMENTS as u64) as usize;
    let mut differences = Vec::new();
    let mut answered = 0;
    for (number, session) in sessions.iter().enumerate() {
        let view = RoleView { catalog: &catalog, roots: &roots, role: &session.role, backend: false };
        let chance = Chance(given("SEED", 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ number as u64);
        let mut author =
            Author { catalog: &catalog, view: &view, data: &data, chance, timeless: false, searches: true };
        for _ in 0..documents / sessions.len() {
            let request = Request { query: author.document(), ..Request::default() };
            let mut bodies = Vec::new();
            for project in [&sqlite, &postgres, &flat] {
                let response = project.service.execute(&request, session, false).await;
                bodies.push(String::from_utf8_lossy(&response.body).into_owned());
            }
            if !is_same(&bodies[0], &bodies[1]) {
                differences.push(format!("{}: {}\n{}\n{}", session.role.name(), request.query, bodies[0], bodies[1]));
            } else if !is_same(&bodies[1], &bodies[2]) {
                let (apart, flat) = (&bodies[1], &bodies[2]);
                differences.push(format!("{}: {}\nflat\n{apart}\n{flat}", session.role.name(), request.query));
            } else if bodies[0].starts_with("{\"data\"") {
                answered += 1;
            } else if !bodies[0].contains("data-exception") {
                differences.push(format!("{}: {}\n{}", session.role.name(), request.query, bodies[0]));
            }
        }
    }
    assert!(
        differences.is_empty(),
        "{} of {documents}:\n{}",
        differences.len(),
        differences[..differences.len().min(12)].join("\n\n")
    );
    // A few documents ask for the square of 1e300.
    assert!(answered > documents * 95 / 100, "only {answered} documents were answered");
}

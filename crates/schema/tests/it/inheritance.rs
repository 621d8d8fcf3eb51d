//! Random rules of parents, random documents of a role that inherits: the answer is that of a role which sees everything
//! in a database that holds only what the parents see together, put together here in plain Rust from the parents' own
//! answers. Columns of keys and relations stand there a second time as they are, because masks do not hide rows.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

use purlin_model::catalog::{Catalog, Column, ColumnIndex, Table, TableId};
use purlin_model::permission::{Permissions, SelectRootFields, SelectRule};
use purlin_model::scalar::Scalar;
use purlin_model::{Filter, Role, Session, Settings, Source};
use purlin_plan::plan::Dialect;
use purlin_schema::view::{RoleView, RootFields};
use purlin_schema::{Limits, Request};
use serde_json::{Map, Value as Json};

use crate::cases::{Project, folder};
use crate::parity::{Author, Chance, given, is_same, session};
use crate::proof;

/// Models with random rules in a test run, and documents asked of each.
const MODELS: u64 = 6;
const DOCUMENTS: usize = 20;

/// Who inherits from whom: `own` has the rules that are written for `heir` itself.
const DECLARED: &str = "extend schema @role(name: \"heir\", inherits: [\"first\", \"second\"]) \
                        @role(name: \"grandchild\", inherits: [\"heir\", \"third\"])\n";

/// The rules of one role on one table, as drawn.
#[derive(Clone)]
struct Drawn {
    condition: String,
    columns: Vec<ColumnIndex>,
    limit: Option<u64>,
    aggregations: bool,
}

/// By table and role.
type Rules = BTreeMap<(TableId, &'static str), Drawn>;

/// The columns a key or a relation needs.
fn joined_columns(catalog: &Catalog, id: TableId) -> BTreeSet<ColumnIndex> {
    let mut columns: BTreeSet<ColumnIndex> = catalog.table(id).primary_key.iter().copied().collect();
    for other in catalog.table_ids() {
        for relation in &catalog.table(other).relations {
            let mut pairs = vec![(other, relation.target, relation.join.clone())];
            if let Some(through) = &relation.through {
                pairs.push((other, through.table, through.near.clone()));
                pairs.push((through.table, relation.target, through.far.clone()));
            }
            for (here, there, join) in pairs {
                columns.extend(join.iter().filter(|_| here == id).map(|(column, _)| *column));
                columns.extend(join.iter().filter(|_| there == id).map(|(_, column)| *column));
            }
        }
    }
    columns
}

/// The catalog of what is seen: every column may be NULL, keys and relations rest on copies that are not.
fn seen_catalog(catalog: &Catalog) -> (Catalog, HashMap<(TableId, ColumnIndex), ColumnIndex>) {
    let mut seen = catalog.clone();
    let mut copies = HashMap::new();
    for id in catalog.table_ids() {
        let table = &mut seen.tables[id.0 as usize];
        for column in &mut table.columns {
            *column = Column {
                nullable: true,
                default: None,
                updated_at: false,
                generated: false,
                pattern: None,
                computed: None,
                ..column.clone()
            };
        }
        for column in joined_columns(catalog, id) {
            let name = format!("raw_{}", catalog.table(id).column(column).name);
            copies.insert((id, column), ColumnIndex(table.columns.len() as u16));
            let copy = table.column(column).clone();
            table.columns.push(Column { name: name.as_str().into(), db_name: name.into(), ..copy });
        }
        table.primary_key = table.primary_key.iter().map(|column| copies[&(id, *column)]).collect();
        for column in table.primary_key.clone() {
            table.columns[column.0 as usize].nullable = false;
        }
        table.view = None;
        table.uniques.clear();
        table.foreign_keys.clear();
        table.indexes.clear();
        table.checks.clear();
        table.permissions.clear();
        table.inherited.clear();
    }
    for id in catalog.table_ids() {
        for relation in &mut seen.tables[id.0 as usize].relations {
            let target = relation.target;
            let copy = |join: &mut Vec<(ColumnIndex, ColumnIndex)>, here: TableId, there: TableId| {
                for (left, right) in join {
                    (*left, *right) = (copies[&(here, *left)], copies[&(there, *right)]);
                }
            };
            copy(&mut relation.join, id, target);
            if let Some(through) = &mut relation.through {
                copy(&mut through.near, id, through.table);
                copy(&mut through.far, through.table, target);
            }
        }
    }
    (seen, copies)
}

/// A condition of a rule: what a client may ask may be a rule, too.
fn condition(author: &mut Author<'_>, table: TableId) -> String {
    let integers = author.columns(table, |column| column.plain_scalar() == Some(Scalar::Int));
    match author.chance.below(7) {
        0 => "{}".to_owned(),
        1 | 2 if !integers.is_empty() => {
            let column = *author.chance.pick(&integers).expect("a column");
            format!("{{{}: {{_lte: \"X-Hasura-Most\"}}}}", author.column(table, column).name)
        }
        3 => format!("{{_not: {}}}", author.condition(table, 1)),
        _ => author.condition(table, 2),
    }
}

fn draw(author: &mut Author<'_>) -> Rules {
    let mut rules = Rules::new();
    let ids: Vec<TableId> = author.catalog.table_ids().collect();
    for id in ids {
        let table = author.catalog.table(id);
        if table.primary_key.is_empty() {
            continue;
        }
        let mut conditions: Vec<String> = Vec::new();
        for role in ["first", "second", "third", "own"] {
            if author.chance.one_in(if role == "own" { 2 } else { 6 }) && role != "first" {
                continue;
            }
            if role == "own" && !author.chance.one_in(4) {
                continue;
            }
            // Equal rules collapse; that is worth a look of its own.
            let again = conditions.last().cloned().filter(|_| author.chance.one_in(4));
            let condition = again.unwrap_or_else(|| condition(author, id));
            conditions.push(condition.clone());
            let mut columns: Vec<ColumnIndex> = table.column_indexes().collect();
            columns.retain(|column| table.primary_key.contains(column) || author.chance.one_in(2));
            let limit = author.chance.one_in(3).then(|| 1 + author.chance.below(4) as u64);
            let aggregations = !author.chance.one_in(3);
            rules.insert((id, role), Drawn { condition, columns, limit, aggregations });
        }
    }
    rules
}

/// The rules as text; without limits, they tell all that a role sees.
fn as_model(catalog: &Catalog, rules: &Rules, limits: bool) -> String {
    let mut text = DECLARED.to_owned();
    for id in catalog.table_ids() {
        let table = catalog.table(id);
        let of_table = rules.iter().filter(|((other, _), _)| *other == id);
        for ((_, role), drawn) in of_table {
            let names: Vec<&str> = drawn.columns.iter().map(|column| &*table.column(*column).name).collect();
            let limit = drawn.limit.filter(|_| limits).map_or(String::new(), |limit| format!(", limit: {limit}"));
            let rule = format!(
                "select: {{where: {}, columns: [{}], aggregations: {}{limit}}}",
                drawn.condition,
                names.join(", "),
                drawn.aggregations
            );
            let roles: &[&str] = if *role == "own" { &["own", "heir"] } else { &[role] };
            for role in roles {
                text.push_str(&format!("extend type {} @allow(role: \"{role}\", {rule})\n", table.name));
            }
        }
    }
    text
}

fn compiled(base: &str, rules: &str) -> Arc<Catalog> {
    let source = |path: &str, text: &str| Source { path: path.to_owned(), text: text.to_owned() };
    let sources = [source("base.graphql", base), source("rules.graphql", rules)];
    match purlin_model::compile(&sources, &Settings::default()) {
        Ok(compiled) => Arc::new(compiled.catalog),
        Err(mistakes) => panic!("{}\n{rules}", mistakes.render(false)),
    }
}

/// Every row of a table that a role sees, with these columns.
async fn rows(project: &Project, session: &Session, table: &Table, columns: &[ColumnIndex]) -> Vec<Map<String, Json>> {
    let name = &table.name;
    let columns: Vec<&str> = columns.iter().map(|column| &*table.column(*column).name).collect();
    let request = Request { query: format!("{{ {name} {{ {} }} }}", columns.join(" ")), ..Request::default() };
    let response = project.service.execute(&request, session, false).await;
    let answer: Json = serde_json::from_slice(&response.body).expect("JSON");
    let rows = answer["data"][&**name].as_array().unwrap_or_else(|| panic!("{}: {answer}", request.query));
    rows.iter().map(|row| row.as_object().expect("an object").clone()).collect()
}

fn key(table: &Table, row: &Map<String, Json>) -> String {
    let parts = table.primary_key.iter().map(|column| row[&*table.column(*column).name].to_string());
    parts.collect::<Vec<_>>().join("/")
}

/// The roles whose rules count for a role on a table: one written for itself stands instead of its parents'.
fn sources_of(rules: &Rules, table: TableId, role: &str) -> Vec<&'static str> {
    let heir = match rules.contains_key(&(table, "own")) {
        true => vec!["own"],
        false => vec!["first", "second"],
    };
    let all = if role == "heir" { heir } else { heir.into_iter().chain(["third"]).collect() };
    all.into_iter().filter(|role| rules.contains_key(&(table, *role))).collect()
}

/// What a role sees, as a database of its own and a role `seer` that sees all of it.
async fn seen(project: &Project, catalog: &Catalog, rules: &Rules, role: &'static str, most: &str) -> Project {
    let (mut seen, copies) = seen_catalog(catalog);
    let mut data = Vec::new();
    for id in catalog.table_ids() {
        let table = catalog.table(id);
        let sources = sources_of(rules, id, role);
        let drawn: Vec<&Drawn> = sources.iter().map(|source| &rules[&(id, *source)]).collect();
        if drawn.is_empty() {
            continue;
        }
        let mut visible: BTreeMap<String, Map<String, Json>> = BTreeMap::new();
        for (source, drawn) in sources.iter().zip(&drawn) {
            let session = session(source, &[("x-hasura-most", most), ("x-hasura-user-id", "1")]);
            for row in rows(project, &session, table, &drawn.columns).await {
                visible.entry(key(table, &row)).or_default().extend(row);
            }
        }
        let joined: Vec<ColumnIndex> = joined_columns(catalog, id).into_iter().collect();
        let mut made = Vec::new();
        for all in rows(project, &crate::cases::admin(), table, &joined).await {
            let Some(row) = visible.get_mut(&key(table, &all)) else { continue };
            for column in &joined {
                let copy = seen.table(id).column(copies[&(id, *column)]).name.to_string();
                row.insert(copy, all[&*table.column(*column).name].clone());
            }
            made.push(Json::Object(row.clone()));
        }
        data.push((table.name.to_string(), Json::Array(made)));
        let columns: BTreeSet<ColumnIndex> = drawn.iter().flat_map(|drawn| drawn.columns.iter().copied()).collect();
        let limits: Option<Vec<u64>> = drawn.iter().map(|drawn| drawn.limit).collect();
        let select = Some(SelectRule {
            filter: Filter::always(),
            columns: columns.into_iter().collect(),
            masks: Vec::new(),
            limit: limits.and_then(|limits| limits.into_iter().max()),
            aggregations: drawn.iter().any(|drawn| drawn.aggregations),
            root_fields: SelectRootFields::ALL,
        });
        let permissions = Permissions { select, ..Permissions::default() };
        seen.tables[id.0 as usize].permissions.insert(Role::new("seer"), permissions);
    }
    data.retain(|(_, rows)| rows.as_array().is_some_and(|rows| !rows.is_empty()));
    Project::of(Arc::new(seen), data, None, Dialect::Sqlite).await
}

/// What is compared, and what was found.
struct Proof {
    base: String,
    data: Map<String, Json>,
    sqlite: Project,
    postgres: Project,
    differences: Vec<String>,
    answered: usize,
    nulls: usize,
}

impl Proof {
    async fn load() -> Proof {
        let folder = folder("library");
        let read = |name: &str| std::fs::read_to_string(folder.join(name)).expect("a file");
        let load = |dialect| Project::load(Path::new(&folder), dialect);
        let (sqlite, postgres) = tokio::join!(load(Dialect::Sqlite), load(Dialect::Postgres));
        let data = serde_json::from_str(&read("data.json")).expect("an object");
        Proof { base: read("model.graphql"), data, sqlite, postgres, differences: Vec::new(), answered: 0, nulls: 0 }
    }

    async fn one_model(&mut self, seed: u64) {
        let (catalog, data) = (compiled(&self.base, ""), self.data.clone());
        let roots = RootFields::of(&catalog);
        let admin = Role::new(Role::ADMIN);
        let view = RoleView { catalog: &catalog, roots: &roots, role: &admin, backend: false };
        let chance = Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let mut author =
            Author { catalog: &catalog, view: &view, data: &data, chance, timeless: false, searches: false };
        let rules = draw(&mut author);
        let most = ["2", "3", "100"][author.chance.below(3)];
        for role in ["heir", "grandchild"] {
            self.sqlite.service.swap(compiled(&self.base, &as_model(&catalog, &rules, false)), Limits::default());
            let seen = seen(&self.sqlite, &catalog, &rules, role, most).await;
            let limited = compiled(&self.base, &as_model(&catalog, &rules, true));
            self.sqlite.service.swap(Arc::clone(&limited), Limits::default());
            self.postgres.service.swap(Arc::clone(&limited), Limits::default());
            let chance = Chance(author.chance.below(usize::MAX) as u64 | 1);
            self.documents(
                &limited,
                &seen,
                session(role, &[("x-hasura-most", most), ("x-hasura-user-id", "1")]),
                chance,
            )
            .await;
        }
    }

    async fn documents(&mut self, catalog: &Catalog, seen: &Project, session: Session, chance: Chance) {
        let roots = RootFields::of(catalog);
        let view = RoleView { catalog, roots: &roots, role: &session.role, backend: false };
        let mut author = Author { catalog, view: &view, data: &self.data, chance, timeless: false, searches: false };
        for _ in 0..DOCUMENTS {
            let request = Request { query: author.document(), ..Request::default() };
            let expected = seen
                .service
                .execute(&request, &crate::parity::session("seer", &[("x-hasura-user-id", "1")]), false)
                .await;
            let expected = String::from_utf8_lossy(&expected.body).into_owned();
            self.answered += usize::from(expected.starts_with("{\"data\""));
            self.nulls += expected.matches("null").count();
            for (project, name) in [(&self.sqlite, "SQLite"), (&self.postgres, "PostgreSQL")] {
                let answer = project.service.execute(&request, &session, false).await;
                let answer = String::from_utf8_lossy(&answer.body).into_owned();
                if !is_same(&answer, &expected) {
                    let role = session.role.name();
                    self.differences.push(format!("{role} on {name}: {}\n{answer}\n{expected}", request.query));
                }
            }
        }
    }

    fn finish(&self, models: u64) {
        let documents = models as usize * DOCUMENTS * 2;
        let shown = &self.differences[..self.differences.len().min(6)];
        assert!(shown.is_empty(), "{} of {documents}:\n{}", self.differences.len(), shown.join("\n\n"));
        assert!(self.answered > documents * 9 / 10, "only {} of {documents} documents were answered", self.answered);
        assert!(self.nulls > documents, "only {} cells were null", self.nulls);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_role_sees_what_its_parents_see_together() {
    let mut proof = Proof::load().await;
    for model in 0..MODELS {
        proof.one_model(given("SEED", 1) * 1000 + model).await;
    }
    proof.finish(MODELS);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn prove_a_role_sees_what_its_parents_see_together() {
    let models = proof::part_of(300);
    let mut proof = Proof::load().await;
    for model in 0..models {
        proof.one_model(proof::seed() * 100_000 + model).await;
    }
    proof.finish(models);
}

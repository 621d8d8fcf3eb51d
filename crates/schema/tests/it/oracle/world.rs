//! A model and its rows on both databases, asked and compared with the oracle.

use std::sync::Arc;
use std::time::Duration;

use purlin_db::{Database, Options, migrate};
use purlin_model::catalog::Catalog;
use purlin_model::{Settings, Source};
use purlin_schema::{Limits, Request, Service};
use purlin_testkit::TemporaryFolder;
use serde_json::{Map, Value as Json};

use super::answer::Answer;
use super::author::Author;
use super::document;
use super::invent;
use super::model::{Column, Model, ROLES, Table};
use super::operation::{Arguments, By, Direction, Field, Order, Root, What};
use super::permission::Session;
use super::read::{Oracle, Tables};
use super::value::Value;
use super::write;
use crate::parity::Chance;
use crate::tables;

/// What the oracle says of an operation: the answers of its root fields, or codes one of which is the error's.
pub type Verdict = Result<Vec<Answer>, Vec<&'static str>>;

/// Where Purlin and the oracle part.
pub type Difference = String;

/// One model on both databases.
pub struct World {
    pub model: Model,
    /// The rows as they are now.
    pub tables: Tables,
    at_first: Tables,
    /// Who asks.
    pub sessions: Vec<Session>,
    sides: [Side; 2],
    _folder: TemporaryFolder,
}

/// One of the two databases.
struct Side {
    name: &'static str,
    database: Arc<Database>,
    service: Service,
    /// Brings back the rows of the beginning.
    restore: String,
}

/// Opens a database and makes what Purlin itself needs there.
pub async fn connect(url: &str) -> Arc<Database> {
    // Under load, answers take what they take.
    let limit = Duration::from_secs(120);
    let options = Options { connections: 4, statement_timeout: limit, write_timeout: limit, ..Options::default() };
    let database = Database::connect(url, options).await.expect("a database");
    migrate::ensure_system_tables(&database).await.expect("system tables");
    Arc::new(database)
}

impl Side {
    async fn create(name: &'static str, database: Arc<Database>, model: &Model, rows: &Tables) -> Side {
        let catalog = compiled(model);
        let dialect = database.dialect();
        tables::execute(&database, tables::create(&catalog, dialect)).await;
        let service = Service::new(Arc::clone(&database), Arc::clone(&catalog), Limits::default());
        load(&service, model, rows).await;
        tables::execute(&database, tables::save(&catalog, dialect)).await;
        Side { name, database, service, restore: tables::restore(&catalog, dialect) }
    }
}

fn compiled(model: &Model) -> Arc<Catalog> {
    let text = model.sdl();
    let source = Source { path: "model.graphql".to_owned(), text: text.clone() };
    match purlin_model::compile(&[source], &Settings::default()) {
        Ok(compiled) => Arc::new(compiled.catalog),
        Err(mistakes) => panic!("{}\n{text}", mistakes.render(false)),
    }
}

/// Inserts the rows as they are.
async fn load(service: &Service, model: &Model, rows: &Tables) {
    for (table, rows) in model.tables.iter().zip(rows) {
        let rows = shown(table, rows);
        let name = &table.name;
        let query = format!(
            "mutation ($rows: [{name}_insert_input!]!) {{ insert_{name}(objects: $rows) {{ affected_rows }} }}"
        );
        let request = Request { query, variables: Map::from_iter([("rows".to_owned(), rows)]), operation_name: None };
        let body = execute(service, &request, &crate::cases::admin()).await;
        assert!(body.get("data").is_some(), "{body}\n{}\n{}", model.sdl(), request.variables["rows"]);
    }
}

async fn execute(service: &Service, request: &Request, session: &purlin_model::Session) -> Json {
    let response = service.execute(request, session, false).await;
    serde_json::from_slice(&response.body).expect("JSON")
}

/// All rows of all tables in the order of their keys, as root fields.
fn everything(model: &Model) -> Vec<Root> {
    let list = |index: usize| {
        let table = &model.tables[index];
        let by = |column: &usize| Order { by: By::Column(*column), direction: Direction::Asc };
        let arguments = Arguments { order: table.key.iter().map(by).collect(), ..Arguments::default() };
        let field = |(column, of): (usize, &Column)| Field { key: of.name.clone(), what: What::Column(column) };
        Root::List(index, arguments, table.columns.iter().enumerate().map(field).collect())
    };
    (0..model.tables.len()).map(list).collect()
}

/// Whether an answer is what the oracle says.
fn is_as_said(verdict: &Verdict, body: &Json) -> bool {
    match verdict {
        Ok(answers) => {
            let members = answers.iter().enumerate();
            let data = members.map(|(number, answer)| (format!("f{number}"), answer.clone())).collect();
            Answer::Object(vec![("data".to_owned(), Answer::Object(data))]).is(body)
        }
        Err(codes) => {
            let code = body.pointer("/errors/0/extensions/code").and_then(Json::as_str);
            body.get("data").is_none() && code.is_some_and(|code| codes.contains(&code))
        }
    }
}

impl World {
    /// Invents a model with rows, and makes it on both databases; on PostgreSQL in a schema of its own.
    pub async fn create(seed: u64, postgres: &Arc<Database>) -> World {
        let mut chance = Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let (model, tables, sessions) = invent::world(&mut chance, format!("m{seed}"));
        let folder = TemporaryFolder::create();
        let sqlite = connect(&format!("sqlite:{}", folder.path().join("data.db").display())).await;
        let (sqlite, postgres) = tokio::join!(
            Side::create("SQLite", sqlite, &model, &tables),
            Side::create("PostgreSQL", Arc::clone(postgres), &model, &tables)
        );
        World { model, at_first: tables.clone(), tables, sessions, sides: [sqlite, postgres], _folder: folder }
    }

    /// Forgets the schema on PostgreSQL.
    pub async fn drop(self) {
        let name = |number: usize| format!("saved_{}_{}", self.model.schema, self.model.tables[number].name);
        let saved: Vec<String> = (0..self.model.tables.len()).map(name).collect();
        let script = format!("DROP SCHEMA {} CASCADE; DROP TABLE {};", self.model.schema, saved.join(", "));
        tables::execute(&self.sides[1].database, script).await;
    }

    fn oracle<'w>(&'w self, session: &'w Session) -> Oracle<'w> {
        Oracle { model: &self.model, session, tables: &self.tables }
    }

    /// Invents an operation for somebody; none where chance asks for what the role has none of.
    pub fn invent(&self, who: &Session, writes: bool, seed: u64) -> Vec<Root> {
        let mut author = Author::of(&self.model, who.role, &self.tables, Chance(seed));
        match writes {
            false => author.read().into_iter().collect(),
            true => (0..author.chance.below(5).max(3) - 2).filter_map(|_| author.write()).collect(),
        }
    }

    /// Asks both databases, and compares with what the oracle says. After a write all tables are compared too.
    pub async fn ask(&mut self, who: &Session, roots: &[Root], seed: u64) -> (Verdict, Option<Difference>) {
        let (verdict, after) = write::run(self.oracle(who), roots);
        let request = document::request(&self.model, roots, seed);
        let difference = self.compare(who, &request, &verdict).await;
        let is_write = after.is_some();
        let before = after.map(|after| std::mem::replace(&mut self.tables, after));
        if !is_write || difference.is_some() {
            let rows = before.as_ref().unwrap_or(&self.tables);
            return (verdict, difference.map(|difference| self.told(&difference, rows)));
        }
        let admin = Session { role: None, ..who.clone() };
        let everything = everything(&self.model);
        let (held, _) = write::run(self.oracle(&admin), &everything);
        let all = document::request(&self.model, &everything, 0);
        let difference = self.compare(&admin, &all, &held).await;
        let rows = before.as_ref().unwrap_or(&self.tables);
        let after = |difference: String| {
            let variables = Json::Object(request.variables.clone());
            self.told(&format!("after {}\n{variables} of {who:?}\n{difference}", request.query), rows)
        };
        (verdict, difference.map(after))
    }

    /// With all that somebody needs to see it again.
    fn told(&self, difference: &str, rows: &Tables) -> Difference {
        let tables = self.model.tables.iter().zip(rows);
        let rows: Vec<String> = tables.map(|(table, rows)| format!("{}: {}", table.name, shown(table, rows))).collect();
        format!("{difference}\n{}{}", self.model.sdl(), rows.join("\n"))
    }

    async fn compare(&self, who: &Session, request: &Request, verdict: &Verdict) -> Option<Difference> {
        let role = who.role.map_or("admin", |role| ROLES[role]);
        let variables: Vec<(&str, &str)> = who.variables.iter().map(|(name, value)| (*name, &**value)).collect();
        let asking = crate::parity::session(role, &variables);
        let [sqlite, postgres] = &self.sides;
        let bodies =
            tokio::join!(execute(&sqlite.service, request, &asking), execute(&postgres.service, request, &asking));
        let bodies = [(sqlite.name, bodies.0), (postgres.name, bodies.1)];
        if bodies.iter().all(|(_, body)| is_as_said(verdict, body)) {
            return None;
        }
        let said = match verdict {
            Ok(answers) => answers.iter().map(|answer| answer.json().to_string()).collect::<Vec<_>>().join("\n"),
            Err(codes) => codes.join(" or "),
        };
        let [sqlite, postgres] = bodies.map(|(name, body)| format!("{name}: {body}"));
        let document = &request.query;
        let values = Json::Object(request.variables.clone());
        Some(format!("{role} {:?}\n{document}\n{values}\n{sqlite}\n{postgres}\nthe oracle: {said}", who.variables))
    }

    /// Brings back the rows of the beginning when half of them are gone.
    pub async fn refill(&mut self) {
        let count = |tables: &Tables| tables.iter().map(Vec::len).sum::<usize>();
        if count(&self.tables) * 2 < count(&self.at_first) {
            self.tables = self.at_first.clone();
            for side in &self.sides {
                tables::execute(&side.database, side.restore.clone()).await;
            }
        }
    }
}

/// Rows of a table as JSON, as the API takes and gives them.
fn shown(table: &Table, rows: &[Vec<Value>]) -> Json {
    let object = |row: &Vec<Value>| -> Json {
        table.columns.iter().zip(row).map(|(column, value)| (column.name.clone(), value.json())).collect()
    };
    rows.iter().map(object).collect()
}

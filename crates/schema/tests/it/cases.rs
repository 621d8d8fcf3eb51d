//! Requests in files, answered on both databases, with one expected answer.
//!
//! A project is a folder `tests/cases/<project>` with `model.graphql`, `data.json` (`{table: [rows]}`, parents first),
//! perhaps `after.sql` (for what no input can say), and requests `<suite>/<case>.graphql`. A model that begins with
//! `# databases: postgres` is for PostgreSQL alone. A request begins with lines for what is not in the document:
//!
//! ```text
//! #@ role reader                       default: admin
//! #@ session x-hasura-user-id 1        a session variable
//! #@ backend                           a trusted backend asks
//! #@ operation NAME                    operationName
//! #@ get                               asked over GET
//! #@ variables {"a": 1}
//! #@ then { tasks { id } }             asked afterwards as admin: what was written
//! ```
//! `<case>.json` holds the answers.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use purlin_db::{Database, Flattening, Options, Pooler, Url, migrate};
use purlin_model::catalog::Catalog;
use purlin_model::{DatabaseKind, Role, Session, Source};
use purlin_plan::plan::Dialect;
use purlin_schema::{Limits, Request, Service};
use purlin_testkit::{Expectations, PgBouncer, PostgresDatabase, TemporaryFolder, cases};
use serde_json::{Map, Value as Json};

use crate::tables;

/// One request with everything around it.
struct Case {
    path: PathBuf,
    session: Session,
    request: Request,
    get: bool,
    then: Option<String>,
}

impl Case {
    fn read(path: &Path) -> Case {
        let text = fs::read_to_string(path).expect("a readable case");
        let mut session = Session { role: Role::new("admin"), variables: Default::default(), backend: false };
        let mut request = Request::default();
        let (mut get, mut then) = (false, None);
        for line in text.lines() {
            let Some(setting) = line.strip_prefix("#@ ") else {
                request.query.push_str(line);
                request.query.push('\n');
                continue;
            };
            let (name, value) = setting.split_once(' ').unwrap_or((setting, ""));
            match name {
                "role" => session.role = Role::new(value),
                "backend" => session.backend = true,
                "get" => get = true,
                "session" => {
                    let (name, value) = value.split_once(' ').expect("a name and a value");
                    session.variables.insert(name.into(), value.into());
                }
                "operation" => request.operation_name = Some(value.to_owned()),
                "variables" => request.variables = serde_json::from_str(value).expect("variables are an object"),
                "then" => then = Some(value.to_owned()),
                other => panic!("{}: unknown setting `{other}`", path.display()),
            }
        }
        session.variables.insert("x-hasura-role".into(), session.role.name().into());
        Case { path: path.to_owned(), session, request, get, then }
    }

    fn writes(&self) -> bool {
        self.request.query.contains("mutation")
    }

    async fn answer(&self, service: &Service) -> Json {
        let response = service.execute(&self.request, &self.session, self.get).await;
        let internal = response.failed.and_then(|refusal| refusal.internal);
        assert!(internal.is_none(), "{}: {}", self.path.display(), internal.unwrap_or_default());
        let first = parse(&response.body);
        let Some(then) = &self.then else { return first };
        let request = Request { query: then.clone(), ..Request::default() };
        let second = service.execute(&request, &admin(), false).await;
        Json::Array(vec![first, parse(&second.body)])
    }
}

fn parse(body: &[u8]) -> Json {
    serde_json::from_slice(body).unwrap_or_else(|error| panic!("{error} in {}", String::from_utf8_lossy(body)))
}

pub fn admin() -> Session {
    Session { role: Role::new("admin"), variables: Default::default(), backend: false }
}

/// A project on one database: its tables hold the project's data whenever a case begins.
pub struct Project {
    pub database: Arc<Database>,
    pub service: Service,
    restore: String,
    _store: Store,
}

/// Where the tables are, gone when dropped.
enum Store {
    Sqlite(TemporaryFolder),
    Postgres(PostgresDatabase, Flattening),
    /// Behind a pooler with fewer connections than we open.
    Pooled(PgBouncer, PostgresDatabase),
}

impl Store {
    fn create(dialect: Dialect) -> Store {
        Store::create_with(dialect, Flattening::default())
    }

    fn create_with(dialect: Dialect, flat: Flattening) -> Store {
        match dialect {
            Dialect::Sqlite => Store::Sqlite(TemporaryFolder::create()),
            Dialect::Postgres => Store::Postgres(PostgresDatabase::create(), flat),
        }
    }

    fn pooled() -> Store {
        let database = PostgresDatabase::create();
        Store::Pooled(PgBouncer::start(&database, 2), database)
    }

    fn dialect(&self) -> Dialect {
        match self {
            Store::Sqlite(_) => Dialect::Sqlite,
            Store::Postgres(..) | Store::Pooled(..) => Dialect::Postgres,
        }
    }

    /// Its URL, and how it is opened: random documents under load take what they take.
    fn open(&self) -> (String, Options) {
        let options = Options { connections: 2, statement_timeout: Duration::from_secs(120), ..Options::default() };
        match self {
            Store::Sqlite(folder) => (format!("sqlite:{}", folder.path().join("data.db").display()), options),
            Store::Postgres(database, flat) => (database.url(), Options { flat: *flat, ..options }),
            Store::Pooled(pooler, database) => {
                let direct_url = Some(Url::new(database.url()));
                (
                    pooler.pooled(database).url(),
                    Options { connections: 4, pooler: Pooler::Transaction, direct_url, ..options },
                )
            }
        }
    }
}

impl Project {
    pub async fn load(folder: &Path, dialect: Dialect) -> Project {
        Project::load_with(folder, dialect, Flattening::default()).await
    }

    /// On PostgreSQL, lists and the lists below them read by one statement or not.
    pub async fn load_with(folder: &Path, dialect: Dialect, flat: Flattening) -> Project {
        Project::load_into(folder, Store::create_with(dialect, flat)).await
    }

    async fn load_into(folder: &Path, store: Store) -> Project {
        let data = fs::read_to_string(folder.join("data.json")).expect("data");
        let data: Map<String, Json> = serde_json::from_str(&data).expect("data are an object");
        let after = fs::read_to_string(folder.join("after.sql")).ok();
        let catalog = Arc::new(compile(&folder.join("model.graphql")));
        Project::fill(catalog, data.into_iter().collect(), after, store).await
    }

    /// Makes the tables, inserts lists of rows by table through the API, and runs a script afterwards.
    pub async fn of(
        catalog: Arc<Catalog>,
        data: Vec<(String, Json)>,
        after: Option<String>,
        dialect: Dialect,
    ) -> Project {
        Project::fill(catalog, data, after, Store::create(dialect)).await
    }

    async fn fill(catalog: Arc<Catalog>, data: Vec<(String, Json)>, after: Option<String>, store: Store) -> Project {
        let dialect = store.dialect();
        let (url, options) = store.open();
        let database = Arc::new(Database::connect(&url, options).await.expect("a database"));
        migrate::ensure_system_tables(&database).await.expect("system tables");
        tables::execute(&database, tables::create(&catalog, dialect)).await;
        let service = Service::new(Arc::clone(&database), Arc::clone(&catalog), Limits::default());
        for (table, rows) in data {
            insert(&service, &table, rows).await;
        }
        if let Some(script) = after {
            tables::execute(&database, script).await;
        }
        tables::execute(&database, tables::save(&catalog, dialect)).await;
        let restore = tables::restore(&catalog, dialect);
        Project { database, service, restore, _store: store }
    }

    /// Brings back the rows as they were once loaded.
    pub async fn restore(&self) {
        tables::execute(&self.database, self.restore.clone()).await;
    }

    async fn answer(&self, case: &Case) -> Json {
        if case.writes() {
            self.restore().await;
        }
        case.answer(&self.service).await
    }
}

/// The folder of a project.
pub fn folder(project: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(project)
}

async fn insert(service: &Service, table: &str, rows: Json) {
    let count = rows.as_array().map_or(0, Vec::len);
    let query = format!(
        "mutation ($rows: [{table}_insert_input!]!) {{ rows: insert_{table}(objects: $rows) {{ affected_rows }} }}"
    );
    let request = Request { query, variables: Map::from_iter([("rows".to_owned(), rows)]), ..Request::default() };
    let response = service.execute(&request, &admin(), false).await;
    let expected = format!("{{\"data\":{{\"rows\":{{\"affected_rows\":{count}}}}}}}");
    assert_eq!(String::from_utf8_lossy(&response.body), expected, "rows of {table}");
}

fn compile(path: &Path) -> Catalog {
    compile_text(&path.display().to_string(), fs::read_to_string(path).expect("a model"))
}

/// The catalog of a model.
pub fn compile_text(path: &str, text: String) -> Catalog {
    let mut settings = purlin_model::Settings::default();
    if text.starts_with("# databases: postgres\n") {
        settings.databases = vec![DatabaseKind::Postgres];
    }
    let source = Source { path: path.to_owned(), text };
    match purlin_model::compile(&[source], &settings) {
        Ok(compiled) => compiled.catalog,
        Err(diagnostics) => panic!("{}", diagnostics.render(false)),
    }
}

/// Every case below the project's folder, sorted.
fn all_cases(folder: &Path) -> Vec<Case> {
    let suites = cases(folder, Path::is_dir);
    let is_request = |path: &Path| path.extension().is_some_and(|extension| extension == "graphql");
    suites.iter().flat_map(|suite| cases(suite, is_request)).map(|path| Case::read(&path)).collect()
}

/// Runs all cases of a project; the expected answer is one for both databases.
async fn check(project: &str, dialect: Dialect) {
    check_with(project, dialect, Flattening::default()).await;
}

async fn check_with(project: &str, dialect: Dialect, flat: Flattening) {
    check_in(project, Store::create_with(dialect, flat)).await;
}

async fn check_in(project: &str, store: Store) {
    let folder = folder(project);
    let loaded = Project::load_into(&folder, store).await;
    let mut expectations = Expectations::new();
    let (writing, reading): (Vec<Case>, Vec<Case>) = all_cases(&folder).into_iter().partition(Case::writes);
    // Reading cases first: they all see the data as loaded.
    for case in reading.iter().chain(&writing) {
        let text = serde_json::to_string_pretty(&loaded.answer(case).await).expect("JSON") + "\n";
        expectations.check(&case.path.with_extension("json"), &text);
    }
    expectations.finish();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_library_on_sqlite() {
    check("library", Dialect::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_library_on_postgresql() {
    check("library", Dialect::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_library_on_postgresql_with_flat_statements() {
    check_with("library", Dialect::Postgres, Flattening::Always).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_shelf_on_sqlite() {
    check("shelf", Dialect::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_shelf_on_postgresql() {
    check("shelf", Dialect::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_market_on_sqlite() {
    check("market", Dialect::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_market_on_postgresql() {
    check("market", Dialect::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_tree_on_sqlite() {
    check("tree", Dialect::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_tree_on_postgresql() {
    check("tree", Dialect::Postgres).await;
}

/// Functions exist on PostgreSQL alone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn functions_on_postgresql() {
    check("functions", Dialect::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_laboratory_on_sqlite() {
    check("lab", Dialect::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_laboratory_on_postgresql() {
    check("lab", Dialect::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_library_through_a_pooler() {
    check_in("library", Store::pooled()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_shelf_through_a_pooler() {
    check_in("shelf", Store::pooled()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_market_through_a_pooler() {
    check_in("market", Store::pooled()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_tree_through_a_pooler() {
    check_in("tree", Store::pooled()).await;
}

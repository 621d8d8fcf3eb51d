//! A project over an embedded database that lives as long as the thread that asks it. Refuses to know: what it is asked.

use std::cell::{OnceCell, RefCell};
use std::path::Path;
use std::sync::{Arc, OnceLock};

use purlin_db::{Database, Options, migrate};
use purlin_model::{Catalog, Role, Session, Settings, Source};
use purlin_plan::plan::Dialect;
use purlin_schema::{Limits, Request, Response, Service};
use purlin_testkit::TemporaryFolder;
use serde_json::{Map, Value as Json, json};
use tokio::runtime::Runtime;

/// Where its model and its rows are: the shelf, with every scalar, relation and rule.
const SHELF: &str = "../schema/tests/cases/shelf";

thread_local! {
    static RUNTIME: OnceCell<Runtime> = const { OnceCell::new() };
    static PROJECT: RefCell<Option<Project>> = const { RefCell::new(None) };
}

/// The shelf with its rows.
pub struct Project {
    /// Answers.
    pub service: Service,
    /// Its database.
    pub database: Arc<Database>,
    _folder: TemporaryFolder,
}

/// Waits for a future on this thread.
pub fn wait<F: Future>(future: F) -> F::Output {
    RUNTIME.with(|runtime| {
        let make = || tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.get_or_init(make).block_on(future)
    })
}

/// Does something with this thread's project.
pub fn with<T>(ask: impl FnOnce(&Project) -> T) -> T {
    PROJECT.with_borrow_mut(|project| ask(project.get_or_insert_with(|| wait(Project::load()))))
}

/// Lets the next who asks find the rows as they were once loaded.
pub fn renew() {
    PROJECT.with_borrow_mut(|project| *project = None);
}

/// The shelf's model.
pub fn catalog() -> Arc<Catalog> {
    static CATALOG: OnceLock<Arc<Catalog>> = OnceLock::new();
    let compile = || {
        let source = Source { path: "model.graphql".to_owned(), text: read("model.graphql") };
        let compiled = purlin_model::compile(&[source], &Settings::default());
        Arc::new(compiled.unwrap_or_else(|mistakes| panic!("{}", mistakes.render(false))).catalog)
    };
    Arc::clone(CATALOG.get_or_init(compile))
}

/// A session of this role, admin's if none is said.
pub fn session(role: Option<&str>) -> Session {
    Session { role: Role::new(role.unwrap_or("admin")), variables: Default::default(), backend: false }
}

fn read(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(SHELF).join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

impl Project {
    async fn load() -> Project {
        let folder = TemporaryFolder::create();
        let url = format!("sqlite:{}", folder.path().join("data.db").display());
        let options = Options { connections: 1, ..Options::default() };
        let database = Arc::new(Database::connect(&url, options).await.expect("a database"));
        migrate::ensure_system_tables(&database).await.expect("system tables");
        let script = migrate::creation(&catalog(), Dialect::Sqlite);
        if let Database::Sqlite(engine) = &*database {
            let made = engine.write_exclusive(move |connection| Ok(connection.execute_batch(&script)?)).await;
            made.expect("tables");
        }
        let service = Service::new(Arc::clone(&database), catalog(), Limits::default());
        let project = Project { service, database, _folder: folder };
        let rows: Map<String, Json> = serde_json::from_str(&read("data.json")).expect("rows by table");
        for (table, rows) in rows {
            let query = format!(
                "mutation ($rows: [{table}_insert_input!]!) {{ insert_{table}(objects: $rows) {{ affected_rows }} }}"
            );
            let variables = Map::from_iter([("rows".to_owned(), rows)]);
            let request = Request { query, variables, ..Request::default() };
            let response = project.service.execute(&request, &session(None), false).await;
            assert!(response.failed.is_none(), "{:?}", response.failed);
        }
        project
    }

    /// Answers, and expects the form of every answer: data, or one error with a code and a place, which is not our own.
    pub async fn ask(&self, request: &Request, session: &Session) -> (Response, Json) {
        let response = self.service.execute(request, session, false).await;
        let answer: Json = serde_json::from_slice(&response.body).expect("an answer is JSON");
        match &response.failed {
            None => assert!(answer["data"].is_object(), "{answer}"),
            Some(refusal) => {
                assert!(refusal.internal.is_none(), "{refusal:?}");
                assert_eq!(answer["errors"].as_array().map(Vec::len), Some(1), "{answer}");
                let path = answer["errors"][0]["extensions"]["path"].as_str();
                assert!(path.is_some_and(|path| path.starts_with('$')), "{answer}");
                assert_ne!(answer["errors"][0]["extensions"]["code"], json!("unexpected"));
            }
        }
        (response, answer)
    }
}

//! A server in this process, on a port of its own, over a database of its own; and a client that sends any bytes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use purlin_auth::{Config, Guard, Secret};
use purlin_db::migrate::{plan_diff, write_diff};
use purlin_db::{Database, Options, migrate};
use purlin_gateway::settings::{HttpLimits, Settings, Sources, read_file, resolve};
use purlin_gateway::{serve, transport};
use purlin_model::{Settings as ModelSettings, Source};
use purlin_plan::plan::Dialect;
use purlin_schema::Service;
use purlin_testkit::{PostgresDatabase, TemporaryFolder};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

/// The admin secret of every test server.
pub const SECRET: &str = "test-secret";

/// Which database a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
}

/// A running server; everything it has made goes with it.
pub struct Server {
    pub address: String,
    stop: Option<oneshot::Sender<()>>,
    ended: Option<tokio::task::JoinHandle<()>>,
    _postgres: Option<PostgresDatabase>,
    _folder: TemporaryFolder,
}

/// The folder with the model that HTTP cases ask for.
fn model() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/project/schema/notes.graphql")
}

/// The operations saved beside it.
fn saved(catalog: &Arc<purlin_model::Catalog>) -> purlin_schema::saved::AllowList {
    let path = model().with_file_name("operations").join("notes.graphql");
    let source = Source { path: "notes.graphql".to_owned(), text: std::fs::read_to_string(path).unwrap() };
    purlin_schema::saved::check(Arc::clone(catalog), &[source]).expect("operations").1
}

/// Limits as they are by default, with these flags.
pub fn limits(flags: &[(&'static str, &str)]) -> HttpLimits {
    let flags = flags.iter().map(|(key, text)| (*key, (*text).to_owned())).collect();
    settled(Sources { flags, environment: &|_| None, file: BTreeMap::new(), roles: BTreeMap::new() }).http
}

/// The settings of a `purlin.toml` with this text.
pub fn settings(text: &str) -> Settings {
    let folder = TemporaryFolder::create();
    std::fs::write(folder.path().join("purlin.toml"), text).unwrap();
    let file = read_file(folder.path());
    assert!(file.problems.is_empty(), "{:?}", file.problems);
    settled(Sources { flags: BTreeMap::new(), environment: &|_| None, file: file.values, roles: file.roles })
}

fn settled(sources: Sources<'_>) -> Settings {
    let values = resolve(&sources).map_err(|problems| format!("{problems:?}")).unwrap();
    Settings::from_values(&values, PathBuf::from(".")).unwrap()
}

/// An admin secret, and the unauthorized role `public`.
fn doors() -> Config {
    Config {
        admin_secret: Some(Secret::new(SECRET)),
        unauthorized_role: Some("public".to_owned()),
        ..Config::default()
    }
}

impl Server {
    /// Serves the test model with an admin secret and the unauthorized role `public`.
    pub async fn start(kind: Kind, limits: HttpLimits) -> Server {
        Server::start_with(kind, limits, doors()).await
    }

    /// Serves the test model behind these credentials.
    pub async fn start_with(kind: Kind, limits: HttpLimits, config: Config) -> Server {
        Server::launch(kind, Settings { http: limits, ..settings("") }, config).await
    }

    /// Serves the test model as a `purlin.toml` with this text says.
    pub async fn start_as(kind: Kind, text: &str) -> Server {
        let settings = settings(text);
        let jwt = settings.jwt_secret.as_deref().map(|text| purlin_auth::jwt::Config::parse(text).unwrap());
        Server::launch(kind, settings, Config { jwt, ..doors() }).await
    }

    async fn launch(kind: Kind, settings: Settings, config: Config) -> Server {
        let folder = TemporaryFolder::create();
        let postgres = (kind == Kind::Postgres).then(PostgresDatabase::create);
        let url = match &postgres {
            Some(database) => database.url(),
            None => format!("sqlite:{}", folder.path().join("data.db").display()),
        };
        let text = std::fs::read_to_string(model()).unwrap();
        let sources = [Source { path: "schema/notes.graphql".to_owned(), text }];
        let catalog = {
            let model = ModelSettings { api: settings.api.clone(), ..ModelSettings::default() };
            purlin_model::compile(&sources, &model).expect("a model").catalog
        };
        let database = Arc::new(Database::connect(&url, Options::default()).await.unwrap());
        let migrations = folder.path().join("migrations");
        let plan = plan_diff(&migrations, &catalog, &[Dialect::Sqlite, Dialect::Postgres]).unwrap();
        write_diff(&migrations, &plan, None, jiff::Timestamp::UNIX_EPOCH, false).unwrap();
        migrate::apply(&database, &migrations, migrate::ApplyOptions::default()).await.unwrap();
        let catalog = Arc::new(catalog);
        let document = match settings.allow_list {
            true => settings.document.only(saved(&catalog)),
            false => settings.document,
        };
        let service = Service::new(Arc::clone(&database), catalog, document);
        let limits = settings.http;
        let guard = Guard::new(config).unwrap();
        let state = Arc::new(transport::State::new(service, guard, database, limits.clone()));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let (stop, stopped) = oneshot::channel();
        let ended = tokio::spawn(async move {
            let stopped = async { drop(stopped.await) };
            let door = serve::Door { listener, certificates: None, metrics: Arc::clone(&state.observer.metrics) };
            serve::serve(door, transport::router(state), &limits, stopped).await;
        });
        Server { address, stop: Some(stop), ended: Some(ended), _postgres: postgres, _folder: folder }
    }

    /// Sends a request and reads the answer to its end.
    pub async fn send(&self, request: &[u8]) -> String {
        let mut connection = TcpStream::connect(&self.address).await.unwrap();
        // A server that refuses early may close before everything is sent.
        let _ = connection.write_all(request).await;
        let mut answer = Vec::new();
        let _ = connection.read_to_end(&mut answer).await;
        String::from_utf8(answer).expect("an answer in UTF-8")
    }

    /// Sends GraphQL as admin and gives the body.
    pub async fn admin(&self, query: &str) -> String {
        let body = serde_json::json!({ "query": query }).to_string();
        let request = format!(
            "POST /v1/graphql HTTP/1.1\r\nhost: test\r\nconnection: close\r\ncontent-type: application/json\r\n\
             x-hasura-admin-secret: {SECRET}\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        let answer = self.send(request.as_bytes()).await;
        answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default()
    }

    /// Asks the server to stop and waits for it.
    pub async fn stop(mut self) {
        drop(self.stop.take());
        if let Some(ended) = self.ended.take() {
            ended.await.unwrap();
        }
    }
}

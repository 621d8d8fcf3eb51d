//! The binary as a server: started, asked, and asked to stop.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use purlin_testkit::{PostgresDatabase, TemporaryFolder};
use serde_json::{Value as Json, json};

/// A server that runs apart, its log in a file.
pub struct Running {
    process: Child,
    log: PathBuf,
    /// Where it is.
    pub address: String,
}

impl Running {
    /// Starts one on a free port, with a log in JSON.
    pub fn start(arguments: &[&str], folder: &Path) -> Running {
        let log = folder.join("log");
        let arguments = [arguments, &["--bind", "127.0.0.1:0", "--format", "json"]].concat();
        let mut process = purlin(&arguments, folder)
            .stdout(Stdio::piped())
            .stderr(std::fs::File::create(&log).unwrap())
            .spawn()
            .expect("the binary");
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let about: Json = serde_json::from_str(&line)
            .unwrap_or_else(|error| panic!("{error}: {line}{}", std::fs::read_to_string(&log).unwrap()));
        let url = about["url"].as_str().unwrap();
        let address = url.split_once("://").unwrap().1.strip_suffix("/v1/graphql").unwrap().to_owned();
        Running { process, log, address }
    }

    /// Sends a request and reads the answer to its end.
    pub fn send(&self, request: &str) -> String {
        exchange(&self.address, request)
    }

    /// Sends a signal.
    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([format!("-{name}"), self.process.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }

    /// Kills it, as a crash would, and waits until it is gone.
    pub fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Waits for a line of the log.
    pub fn log_line(&self, wanted: impl Fn(&Json) -> bool) -> Json {
        loop {
            let log = std::fs::read_to_string(&self.log).unwrap();
            let mut lines = log.lines().filter_map(|line| serde_json::from_str(line).ok());
            if let Some(line) = lines.find(&wanted) {
                return line;
            }
            std::thread::yield_now();
        }
    }

    /// Asks it to stop, expects that it does so in order, and gives its log.
    pub fn stop(mut self) -> String {
        self.signal("TERM");
        assert_eq!(self.process.wait().unwrap().code(), Some(0));
        std::fs::read_to_string(&self.log).unwrap()
    }
}

/// A test that fails leaves no server behind.
impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Sends a request and reads the answer to its end.
pub fn exchange(address: &str, request: &str) -> String {
    let mut connection = TcpStream::connect(address).unwrap();
    connection.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    let _ = connection.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

/// The binary with these arguments in this folder, without environment.
pub fn purlin(arguments: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_purlin"));
    command.args(arguments).current_dir(folder).env_clear();
    command
}

/// Starts a server and reads where it is.
pub fn start(arguments: &[&str], folder: &Path) -> (Child, Json) {
    let mut arguments = arguments.to_vec();
    arguments.extend(["--bind", "127.0.0.1:0", "--format", "json", "--log", "error"]);
    let mut server = purlin(&arguments, folder).stdout(Stdio::piped()).spawn().expect("the binary");
    let mut line = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
    (server, serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}")))
}

fn ask(url: &Json, headers: &str, query: &str) -> Json {
    let address = url.as_str().unwrap().strip_prefix("http://").unwrap().strip_suffix("/v1/graphql").unwrap();
    let body = json!({ "query": query }).to_string();
    let mut connection = TcpStream::connect(address).unwrap();
    let request = format!(
        "POST /v1/graphql HTTP/1.1\r\nhost: test\r\nconnection: close\r\ncontent-type: application/json\r\n{headers}\
         content-length: {}\r\n\r\n{body}",
        body.len()
    );
    connection.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
}

/// Asks it to stop as a service manager does, and expects that it does so in order.
pub fn stop(mut server: Child) {
    let asked = Command::new("kill").args(["-TERM", &server.id().to_string()]).status().unwrap();
    assert!(asked.success());
    assert_eq!(server.wait().unwrap().code(), Some(0));
}

const NOTES: &str = "{ notes(order_by: {id: asc}) { title author { name } } }";

/// `init`, `dev`, three roles, `serve`: the same answers on any database.
fn a_new_project(url: &str) {
    let folder = TemporaryFolder::create();
    assert!(purlin(&["init", "."], folder.path()).stdout(Stdio::null()).status().unwrap().success());
    let (server, about) = start(&["--database-url", url], folder.path());
    let secret = format!("x-hasura-admin-secret: {}\r\n", about["admin_secret"].as_str().unwrap());
    let all = json!({ "data": { "notes": [
        { "title": "Welcome", "author": { "name": "Ada" } }, { "title": "Draft", "author": { "name": "Bo" } }
    ] } });
    assert_eq!(ask(&about["url"], &secret, NOTES), all);
    assert_eq!(ask(&about["url"], "", "{ notes { title } }"), json!({ "data": { "notes": [{ "title": "Welcome" }] } }));
    let bo = format!("{secret}x-hasura-role: user\r\nx-hasura-user-id: 00000000-0000-7000-8000-000000000002\r\n");
    let change = "mutation { update_notes(where: {}, _set: {body: \"by Bo\"}) { affected_rows } }";
    assert_eq!(ask(&about["url"], &bo, change), json!({ "data": { "update_notes": { "affected_rows": 1 } } }));
    let refused = ask(&about["url"], "", change);
    assert_eq!(refused["errors"][0]["message"], "no mutations exist");
    stop(server);

    let (server, about) = start(&["serve", "--database-url", url], folder.path());
    assert_eq!(about["admin_secret"], Json::Null);
    assert_eq!(ask(&about["url"], "", "{ notes { title } }"), json!({ "data": { "notes": [{ "title": "Welcome" }] } }));
    stop(server);
}

#[test]
fn a_new_project_is_served_from_sqlite() {
    a_new_project("sqlite:./.purlin/data.db");
}

#[test]
fn a_new_project_is_served_from_postgres() {
    a_new_project(&PostgresDatabase::create().url());
}

/// The public key and the signed text of RFC 8037, appendix A.
const KEYS: &str = r#"{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}"#;
const SIGNED: &str = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.\
    hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";

#[test]
fn the_keys_of_a_url_are_there_before_anybody_is_served() {
    let provider = TcpListener::bind("127.0.0.1:0").unwrap();
    let keys_url = format!("http://{}/keys", provider.local_addr().unwrap());
    std::thread::spawn(move || {
        let (mut connection, _) = provider.accept().unwrap();
        let _ = connection.read(&mut [0; 4096]).unwrap();
        let answer = format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{KEYS}", KEYS.len());
        connection.write_all(answer.as_bytes()).unwrap();
    });
    let folder = TemporaryFolder::create();
    assert!(purlin(&["init", "."], folder.path()).stdout(Stdio::null()).status().unwrap().success());
    let jwt = json!({ "jwk_url": keys_url }).to_string();
    let (server, about) = start(&["--jwt-secret", &jwt], folder.path());
    let message = |token: &str| {
        let answer = ask(&about["url"], &format!("authorization: Bearer {token}\r\n"), NOTES);
        answer["errors"][0]["message"].as_str().unwrap().to_owned()
    };
    // The signature is the key's, and what is signed is no set of claims.
    assert_eq!(
        message(SIGNED),
        "Could not verify JWT: JWSError (CompactDecodeError: the payload is not a JSON object)"
    );
    assert_eq!(message(&SIGNED.replace("hgyY0", "hgyY1")), "Could not verify JWT: JWSError JWSInvalidSignature");
    stop(server);
}

#[test]
fn an_imported_database_is_served_without_changing_it() {
    let database = PostgresDatabase::create();
    database.execute(
        "create table artist (id int primary key, name text not null);
         create table album (id int primary key, title text, artist_id int not null references artist);
         insert into artist values (1, 'A'); insert into album values (1, 'One', 1), (2, 'Two', 1);",
    );
    let folder = TemporaryFolder::create();
    let url = database.url();
    let import = ["import", "database", "--database-url", &url, "--out", "."];
    assert!(purlin(&import, folder.path()).stdout(Stdio::null()).status().unwrap().success());
    for command in ["serve", "dev"] {
        let (server, about) = start(&[command, "--database-url", &url, "--admin-secret", "s"], folder.path());
        let answer = ask(
            &about["url"],
            "x-hasura-admin-secret: s\r\n",
            "{ artist { name albums(order_by: {id: asc}) { title artist { id } } } }",
        );
        let albums = json!([{ "title": "One", "artist": { "id": 1 } }, { "title": "Two", "artist": { "id": 1 } }]);
        assert_eq!(answer, json!({ "data": { "artist": [{ "name": "A", "albums": albums }] } }));
        stop(server);
    }
    assert!(!folder.path().join("migrations").exists());
    assert_eq!(database.query(TABLES), "2");

    // Adopted, it evolves like any other.
    let run = |arguments: &[&str]| {
        let arguments = [arguments, &["--database-url", &url]].concat();
        assert!(purlin(&arguments, folder.path()).stdout(Stdio::null()).status().unwrap().success(), "{arguments:?}");
    };
    run(&["migrate", "baseline"]);
    run(&["migrate", "status"]);
    let model = folder.path().join("schema/model.graphql");
    let text = std::fs::read_to_string(&model).unwrap();
    std::fs::write(&model, text.replacen("  title: String", "  year: Int\n  title: String", 1)).unwrap();
    run(&["migrate", "diff"]);
    run(&["migrate", "apply"]);
    let (server, about) = start(&["serve", "--database-url", &url, "--admin-secret", "s"], folder.path());
    let query = "mutation { update_album_by_pk(pk_columns: {id: 1}, _set: {year: 1973}) { year title } }";
    let expected = json!({ "data": { "update_album_by_pk": { "year": 1973, "title": "One" } } });
    assert_eq!(ask(&about["url"], "x-hasura-admin-secret: s\r\n", query), expected);
    stop(server);
}

/// How many tables there are.
const TABLES: &str =
    "select count(*) from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema')";

/// Runs a server that logs all it can, asks it in every way that could leave something in the log, and gives the log.
fn everything_logged(url: &str) -> String {
    let folder = TemporaryFolder::create();
    assert!(purlin(&["init", "."], folder.path()).stdout(Stdio::null()).status().unwrap().success());
    let log = folder.path().join("log");
    let jwt = r#"{"type": "HS256", "key": "needle-key-0123456789abcdef-0123456789abcdef"}"#;
    let arguments = ["dev", "--bind", "127.0.0.1:0", "--format", "json", "--log", "trace", "--database-url", url];
    let credentials = ["--admin-secret", "needle-secret", "--jwt-secret", jwt];
    let mut server = purlin(&[&arguments[..], &credentials[..]].concat(), folder.path())
        .stdout(Stdio::piped())
        .stderr(std::fs::File::create(&log).unwrap())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let about: Json = serde_json::from_str(&line).unwrap();
    let secret = "x-hasura-admin-secret: needle-secret\r\nx-hasura-user-id: needle-variable\r\n";
    let id = "00000000-0000-7000-8000-000000000001";
    for (headers, query) in [
        (
            secret,
            format!(
                "mutation {{ insert_notes_one(object: {{title: \"needle-row\", author_id: \"{id}\"}}) {{ title }} }}"
            ),
        ),
        (secret, "{ notes { title body } }".to_owned()),
        (
            secret,
            "mutation { insert_notes_one(object: {title: \"needle-refused\", author_id: \"needle-id\"}) { id } }"
                .to_owned(),
        ),
        ("x-hasura-admin-secret: needle-wrong\r\n", "{ notes { title } }".to_owned()),
        ("authorization: Bearer needle.needle.needle\r\n", "{ notes { title } }".to_owned()),
        ("cookie: needle=1\r\n", "{ needle_field }".to_owned()),
    ] {
        ask(&about["url"], headers, &query);
    }
    stop(server);
    std::fs::read_to_string(&log).unwrap()
}

#[test]
fn the_log_holds_no_secrets_values_or_rows() {
    let postgres = PostgresDatabase::create();
    for url in ["sqlite:./.purlin/data.db", &postgres.url()] {
        let log = everything_logged(url);
        assert_eq!(log.matches("\"answered\"").count(), 6, "{log}");
        let told: Vec<&str> = log.lines().filter(|line| line.contains("needle")).collect();
        assert!(told.is_empty(), "{told:#?}");
    }
}

//! What operators see: metrics, log lines, how a process stops.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::Stdio;

use purlin_auth::Config;
use purlin_testkit::TemporaryFolder;
use serde_json::Value as Json;

use crate::process::{Running, purlin};
use crate::server::{Kind, SECRET, Server, limits};

fn get(path: &str, headers: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n{headers}\r\n").into_bytes()
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or("no answer")
}

#[tokio::test]
async fn metrics_are_for_admins() {
    let server = Server::start(Kind::Sqlite, limits(&[])).await;
    assert_eq!(status(&server.send(&get("/metrics", "")).await), "403");
    assert_eq!(status(&server.send(&get("/metrics", "x-hasura-admin-secret: wrong\r\n")).await), "401");
    let user = format!("x-hasura-admin-secret: {SECRET}\r\nx-hasura-role: user\r\n");
    assert_eq!(status(&server.send(&get("/metrics", &user)).await), "403");
    assert_eq!(status(&server.send(&get("/metrics", &format!("x-hasura-admin-secret: {SECRET}\r\n"))).await), "200");
    let guarded = Config { admin_secret: Some(purlin_auth::Secret::new(SECRET)), ..Config::default() };
    let server = Server::start_with(Kind::Sqlite, limits(&[]), guarded).await;
    assert_eq!(status(&server.send(&get("/metrics", "")).await), "401");
}

/// The value of a line of the exposition.
fn value(text: &str, name: &str) -> Option<f64> {
    text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')?.parse().ok())
}

async fn requests_are_counted(kind: Kind) {
    let server = Server::start(kind, limits(&[])).await;
    for _ in 0..3 {
        server.admin("{ notes { id } }").await;
    }
    server.admin("mutation { delete_notes(where: {}) { affected_rows } }").await;
    server.admin("{ nothing }").await;
    server.send(&get("/nowhere", "")).await;
    let text = server.send(&get("/metrics", &format!("x-hasura-admin-secret: {SECRET}\r\n"))).await;
    for (name, expected) in [
        (r#"purlin_requests_total{operation="query",role="admin",status="200"}"#, 4.0),
        (r#"purlin_requests_total{operation="mutation",role="admin",status="200"}"#, 1.0),
        (r#"purlin_requests_total{operation="other",role="none",status="404"}"#, 1.0),
        (r#"purlin_request_duration_seconds_count{operation="query"}"#, 4.0),
        (r#"purlin_request_duration_seconds_bucket{le="+Inf",operation="query"}"#, 4.0),
        (r#"purlin_database_duration_seconds_count{operation="query"}"#, 3.0),
        (r#"purlin_errors_total{code="validation-failed"}"#, 1.0),
        (r#"purlin_errors_total{code="not-found"}"#, 1.0),
        ("purlin_prepared_hits_total", 2.0),
        ("purlin_requests_under_way", 1.0),
        ("purlin_connections", 1.0),
        ("purlin_database_pool_size", 4.0),
    ] {
        assert_eq!(value(&text, name), Some(expected), "{name}\n{text}");
    }
    assert!(value(&text, "purlin_process_resident_memory_bytes").is_some_and(|bytes| bytes > 1e6), "{text}");
    if kind == Kind::Sqlite {
        assert_eq!(value(&text, "purlin_database_group_writes_count"), Some(1.0), "{text}");
    }
}

#[tokio::test]
async fn requests_are_counted_on_sqlite() {
    requests_are_counted(Kind::Sqlite).await;
}

#[tokio::test]
async fn requests_are_counted_on_postgres() {
    requests_are_counted(Kind::Postgres).await;
}

#[tokio::test]
async fn the_documentation_lists_every_metric() {
    let server = Server::start(Kind::Sqlite, limits(&[])).await;
    let text = server.send(&get("/metrics", &format!("x-hasura-admin-secret: {SECRET}\r\n"))).await;
    let exposed = text.lines().filter_map(|line| line.strip_prefix("# TYPE ")).map(|line| {
        let (name, kind) = line.split_once(' ').unwrap();
        (name.to_owned(), kind.to_owned())
    });
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/operations.md");
    let documentation = std::fs::read_to_string(path).unwrap();
    let listed = documentation.lines().filter_map(|line| {
        let (name, rest) = line.strip_prefix("| `")?.split_once("` | ")?;
        let kind = rest.split(' ').next()?;
        name.starts_with("purlin_").then(|| (name.to_owned(), kind.to_owned()))
    });
    assert_eq!(exposed.collect::<BTreeSet<_>>(), listed.collect::<BTreeSet<_>>());
}

/// A project whose server is started with these arguments.
fn project() -> TemporaryFolder {
    let folder = TemporaryFolder::create();
    assert!(purlin(&["init", "."], folder.path()).stdout(Stdio::null()).status().unwrap().success());
    folder
}

#[test]
fn a_request_is_one_line_with_its_facts() {
    let folder = project();
    let server = Running::start(&["dev", "--admin-secret", "s", "--log", "info"], folder.path());
    let query = r#"{"query": "query Titles { notes { title } }"}"#;
    let answer = server.send(&format!(
        "POST /v1/graphql HTTP/1.1\r\nhost: test\r\nconnection: close\r\ncontent-type: application/json\r\n\
         x-request-id: abc\r\nx-hasura-admin-secret: s\r\nx-hasura-role: forged\\nrole\r\ncontent-length: {}\r\n\r\n{query}",
        query.len()
    ));
    assert!(answer.contains("x-request-id: abc\r\n"), "{answer}");
    server.send("GET /a%0Ab HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n");
    let log = server.stop();
    let lines: Vec<Json> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let answered: Vec<&Json> = lines.iter().filter(|line| line["message"] == "answered").collect();
    assert_eq!(answered.len(), 2, "{log}");
    let first = answered[0];
    for (field, expected) in [
        ("method", Json::from("POST")),
        ("path", "/v1/graphql".into()),
        ("status", 200.into()),
        ("role", "forged\\nrole".into()),
        ("kind", "query".into()),
        ("operation", "Titles".into()),
        ("received", query.len().into()),
    ] {
        assert_eq!(first[field], expected, "{first}");
    }
    assert_eq!(first["span"]["id"], "abc");
    assert!(first["milliseconds"].as_f64().is_some_and(|time| time > 0.0), "{first}");
    assert_eq!((&answered[1]["code"], &answered[1]["path"]), (&"not-found".into(), &"/a%0Ab".into()));
}

#[test]
fn a_server_that_is_to_stop_sends_load_balancers_elsewhere_first() {
    let folder = project();
    let server = Running::start(&["dev", "--admin-secret", "s", "--shutdown-delay", "1h"], folder.path());
    let ready = || server.send("GET /readyz HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n");
    assert!(ready().starts_with("HTTP/1.1 200 "));
    server.signal("TERM");
    // The signal is on its way.
    while ready().starts_with("HTTP/1.1 200 ") {}
    assert!(ready().contains("500 Internal Server Error") && ready().ends_with("STOPPING"), "{}", ready());
    let healthy = server.send("GET /healthz HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n");
    assert!(healthy.starts_with("HTTP/1.1 200 "), "{healthy}");
    // The second signal ends the delay.
    server.stop();
}

#[test]
fn a_client_that_does_not_finish_does_not_keep_the_process() {
    let folder = project();
    let server = Running::start(&["dev", "--admin-secret", "s", "--shutdown-grace", "50ms"], folder.path());
    let mut stuck = TcpStream::connect(&server.address).unwrap();
    let head = "POST /v1/graphql HTTP/1.1\r\nhost: test\r\nexpect: 100-continue\r\ncontent-type: application/json\r\n\
                content-length: 100\r\n\r\n";
    stuck.write_all(head.as_bytes()).unwrap();
    let mut interim = [0; 25];
    stuck.read_exact(&mut interim).unwrap();
    server.stop();
    assert_eq!(stuck.read(&mut interim).unwrap_or(0), 0, "it was broken off");
}

#[test]
fn metrics_have_an_address_of_their_own_if_one_is_set() {
    let folder = project();
    let arguments = ["dev", "--admin-secret", "s", "--log", "info", "--metrics-bind", "127.0.0.1:0"];
    let server = Running::start(&arguments, folder.path());
    let line: Json = server.log_line(|line| line["message"] == "serving metrics");
    let mut inner = TcpStream::connect(line["address"].as_str().unwrap()).unwrap();
    inner.write_all(&get("/metrics", "")).unwrap();
    let mut text = String::new();
    inner.read_to_string(&mut text).unwrap();
    assert!(text.ends_with("# EOF\n"), "{text}");
    server.stop();
}

fn a_slow_operation_is_told_with_its_plan(url: &str, expected: &str) {
    let folder = project();
    let arguments = ["dev", "--admin-secret", "s", "--slow-query-threshold", "1ms", "--database-url", url];
    let server = Running::start(&arguments, folder.path());
    // Enough to take longer than a millisecond.
    let fields: String = (0..40).map(|index| format!("a{index}: notes {{ title author {{ name }} }} ")).collect();
    let body = serde_json::json!({ "query": format!("query Wide {{ {fields} }}") }).to_string();
    server.send(&format!(
        "POST /v1/graphql HTTP/1.1\r\nhost: test\r\nconnection: close\r\ncontent-type: application/json\r\n\
         x-request-id: slow\r\nx-hasura-admin-secret: s\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    ));
    let line = server.log_line(|line| line["message"] == "slow operation");
    assert_eq!(
        (&line["operation"], &line["role"], &line["span"]["id"]),
        (&"Wide".into(), &"admin".into(), &"slow".into())
    );
    assert!(line["sql"].as_str().unwrap().to_lowercase().starts_with("select "), "{line}");
    assert!(line["plan"].as_str().unwrap().starts_with(expected), "{line}");
    server.stop();
}

#[test]
fn a_slow_operation_is_told_with_the_plan_of_sqlite() {
    a_slow_operation_is_told_with_its_plan("sqlite:./.purlin/data.db", "a0: SCAN ");
}

#[test]
fn a_slow_operation_is_told_with_the_plan_of_postgres() {
    a_slow_operation_is_told_with_its_plan(&purlin_testkit::PostgresDatabase::create().url(), "a0: ");
}

#[tokio::test]
async fn two_admin_secrets_hold_at_once() {
    let secret = |text| Some(purlin_auth::Secret::new(text));
    let config = Config { admin_secret: secret("new"), second_admin_secret: secret("old"), ..Config::default() };
    let server = Server::start_with(Kind::Sqlite, limits(&[]), config).await;
    for (headers, expected) in [
        ("x-hasura-admin-secret: new\r\n", "200"),
        ("x-hasura-admin-secret: old\r\n", "200"),
        ("x-hasura-admin-secret: old\r\nx-hasura-access-key: new\r\n", "200"),
        ("x-hasura-admin-secret: older\r\n", "401"),
        ("x-hasura-admin-secret: old\r\nx-hasura-access-key: older\r\n", "401"),
        ("x-hasura-admin-secret: \r\n", "401"),
        ("", "401"),
    ] {
        assert_eq!(status(&server.send(&get("/metrics", headers)).await), expected, "{headers}");
    }
}

/// A collector of traces; gives every body it was sent.
fn collector() -> (String, std::sync::mpsc::Receiver<(String, Json)>) {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (sender, received) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        while let Ok((mut connection, _)) = listener.accept() {
            let mut text = Vec::new();
            let mut chunk = [0; 65536];
            let body = loop {
                let length = connection.read(&mut chunk).unwrap();
                text.extend_from_slice(&chunk[..length]);
                let Some(head) = text.windows(4).position(|bytes| bytes == b"\r\n\r\n") else { continue };
                let fields = String::from_utf8_lossy(&text[..head]).to_lowercase();
                let wanted = fields.split("content-length: ").nth(1).and_then(|rest| rest.lines().next());
                let wanted: usize = wanted.unwrap().parse().unwrap();
                if text.len() >= head + 4 + wanted {
                    break (fields, serde_json::from_slice(&text[head + 4..]).unwrap());
                }
            };
            let answer = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}";
            connection.write_all(answer.as_bytes()).unwrap();
            if sender.send(body).is_err() {
                return;
            }
        }
    });
    (url, received)
}

/// Sends one request to a server that traces and gives its spans.
fn traced(arguments: &[&str]) -> Vec<Json> {
    let folder = project();
    let (url, received) = collector();
    let arguments = [&["dev", "--admin-secret", "s", "--traces-endpoint", &url], arguments].concat();
    let server = Running::start(&arguments, folder.path());
    let query = r#"{"query": "query Titles { notes(where: {title: {_eq: \"needle\"}}) { title } }"}"#;
    server.send(&format!(
        "POST /v1/graphql HTTP/1.1\r\nhost: test\r\nconnection: close\r\ncontent-type: application/json\r\n\
         x-request-id: abc\r\nx-hasura-admin-secret: s\r\ncontent-length: {}\r\n\
         traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n\r\n{query}",
        query.len()
    ));
    server.stop();
    let (head, body) = received.recv().unwrap();
    assert!(head.starts_with("post /v1/traces http/1.1"), "{head}");
    assert!(!body.to_string().contains("needle"), "{body}");
    let resource = body["resourceSpans"][0]["resource"]["attributes"].to_string();
    assert!(resource.contains(r#""service.name","value":{"stringValue":"purlin"}"#), "{resource}");
    body["resourceSpans"][0]["scopeSpans"][0]["spans"].as_array().unwrap().clone()
}

fn span<'a>(spans: &'a [Json], name: &str) -> &'a Json {
    spans.iter().find(|span| span["name"] == name).unwrap_or_else(|| panic!("no span {name}: {spans:#?}"))
}

const CLIENTS_TRACE: &str = "0af7651916cd43dd8448eb211c80319c";

#[test]
fn a_request_is_a_trace_that_links_to_the_clients() {
    let spans = traced(&[]);
    let request = span(&spans, "query Titles");
    assert_ne!(request["traceId"], CLIENTS_TRACE);
    assert_eq!(request["links"][0]["traceId"], CLIENTS_TRACE, "{request:#}");
    assert!(request["attributes"].to_string().contains(r#""purlin.request_id","value":{"stringValue":"abc"}"#));
    for part in ["prepare", "database"] {
        let part = span(&spans, part);
        assert_eq!((&part["traceId"], &part["parentSpanId"]), (&request["traceId"], &request["spanId"]));
    }
}

#[test]
fn a_request_is_part_of_the_clients_trace_where_that_is_trusted() {
    let spans = traced(&["--traces-parent", "parent"]);
    let request = span(&spans, "query Titles");
    assert_eq!((&request["traceId"], &request["parentSpanId"]), (&CLIENTS_TRACE.into(), &"b7ad6b7169203331".into()));
}

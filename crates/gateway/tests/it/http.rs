//! `tests/http/*.http` → the `.txt` beside it, once for each database with one expected answer.
//!
//! A file begins with the text of a `purlin.toml`, or nothing. It holds requests, each behind a line `### NAME`: request line, headers, an empty line, the body. `host`,
//! `connection` and `content-length` are added unless they are there. `{{secret}}` is the admin secret,
//! `{{repeat TEXT COUNT}}` a long text. Of the answer, status, the headers listed below and the body are compared.

use std::fmt::Write;
use std::path::Path;

use purlin_testkit::{Expectations, cases};

use crate::server::{Kind, SECRET, Server};

/// Headers that are part of the contract.
const HEADERS: [&str; 12] = [
    "content-type",
    "allow",
    "retry-after",
    "x-request-id",
    "cache-control",
    "vary",
    "access-control-allow-origin",
    "access-control-allow-credentials",
    "access-control-allow-methods",
    "access-control-allow-headers",
    "access-control-expose-headers",
    "access-control-max-age",
];
/// Rows that the requests find.
const ROWS: &str = "mutation { insert_notes(objects: [
    {id: 1, title: \"shared\", shared: true, size: \"9223372036854775807\"}, {id: 2, title: \"hidden\"}
]) { affected_rows } }";

#[tokio::test]
async fn requests_get_the_same_answers_on_sqlite() {
    every_file(Kind::Sqlite).await;
}

#[tokio::test]
async fn requests_get_the_same_answers_on_postgres() {
    every_file(Kind::Postgres).await;
}

async fn every_file(kind: Kind) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/http");
    let mut expectations = Expectations::new();
    for path in cases(&folder, |path| path.extension().is_some_and(|extension| extension == "http")) {
        let text = std::fs::read_to_string(&path).unwrap();
        let (settings, _) = text.split_once("### ").expect("a case");
        let server = Server::start_as(kind, settings).await;
        assert_eq!(server.admin(ROWS).await, r#"{"data":{"insert_notes":{"affected_rows":2}}}"#);
        let mut answers = String::new();
        for case in text.split("### ").skip(1) {
            let (name, request) = case.split_once('\n').expect("a name");
            let answer = server.send(&wire(request)).await;
            writeln!(answers, "### {name}\n{}\n", shown(&answer)).unwrap();
        }
        expectations.check(&path.with_extension("txt"), &answers);
        server.stop().await;
    }
    expectations.finish();
}

/// The request as bytes.
fn wire(case: &str) -> Vec<u8> {
    let (head, body) = case.split_once("\n\n").unwrap_or((case, ""));
    let body = expanded(body.trim_end_matches('\n'));
    let mut lines = head.trim_end().lines();
    let mut request = format!("{} HTTP/1.1\r\n", lines.next().expect("a request line"));
    let headers: Vec<String> = lines.map(expanded).collect();
    let given = |name: &str| headers.iter().any(|line| line.to_ascii_lowercase().starts_with(&format!("{name}:")));
    for line in &headers {
        request.push_str(&format!("{line}\r\n"));
    }
    for (name, value) in
        [("host", "test".to_owned()), ("connection", "close".to_owned()), ("content-length", body.len().to_string())]
    {
        if !given(name) {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
    }
    format!("{request}\r\n{body}").into_bytes()
}

fn expanded(text: &str) -> String {
    let text = text.replace("{{secret}}", SECRET);
    let Some((before, rest)) = text.split_once("{{repeat ") else { return text };
    let (what, after) = rest.split_once("}}").expect("`}}`");
    let (what, count) = what.rsplit_once(' ').expect("text and count");
    format!("{before}{}{}", what.repeat(count.parse().expect("a count")), expanded(after))
}

fn shown(answer: &str) -> String {
    let Some((head, body)) = answer.split_once("\r\n\r\n") else { return format!("no answer: {answer:?}") };
    let mut lines = head.lines();
    let mut text = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        let (name, value) = line.split_once(": ").expect("a header");
        if !HEADERS.contains(&name) {
            continue;
        }
        // A generated id differs each time; that it is one is what counts.
        let generated = name == "x-request-id" && value.len() == 36 && value.matches('-').count() == 4;
        if !generated {
            write!(text, "\n{line}").unwrap();
        }
    }
    format!("{text}\n\n{body}")
}

//! What a connection may cost, what open doors let in, and how a server ends.

use purlin_auth::Config;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::server::{Kind, Server, limits};

fn status(answer: &str) -> &str {
    answer.lines().next().unwrap_or("no answer")
}

const POST: &str = "POST /v1/graphql HTTP/1.1\r\nhost: test\r\nconnection: close\r\ncontent-type: application/json\r\n";

#[tokio::test]
async fn a_body_that_does_not_come_is_not_waited_for() {
    let server = Server::start(Kind::Sqlite, limits(&[("limits.body_timeout", "20ms")])).await;
    let answer = server.send(format!("{POST}content-length: 20\r\n\r\n{{\"query\"").as_bytes()).await;
    assert_eq!(status(&answer), "HTTP/1.1 408 Request Timeout");
}

#[tokio::test]
async fn headers_that_do_not_end_are_not_waited_for() {
    let server = Server::start(Kind::Sqlite, limits(&[("limits.header_timeout", "20ms")])).await;
    let answer = server.send(b"POST /v1/graphql HTTP/1.1\r\nhost: te").await;
    assert!(!answer.contains("200 OK"), "{answer}");
}

#[tokio::test]
async fn a_request_that_takes_too_long_is_ended() {
    let flags = [("limits.request_timeout", "20ms"), ("limits.body_timeout", "1h")];
    let server = Server::start(Kind::Sqlite, limits(&flags)).await;
    let answer = server.send(format!("{POST}content-length: 20\r\n\r\n").as_bytes()).await;
    assert_eq!(status(&answer), "HTTP/1.1 504 Gateway Timeout");
}

#[tokio::test]
async fn more_requests_than_allowed_are_refused_and_served_again_later() {
    let server = Server::start(Kind::Sqlite, limits(&[("limits.requests", "1")])).await;
    // The first request is under way until its body is complete: the interim answer shows that it is read.
    let mut first = TcpStream::connect(&server.address).await.unwrap();
    let body = r#"{"query": "{ __typename }"}"#;
    let head = format!("{POST}expect: 100-continue\r\ncontent-length: {}\r\n\r\n", body.len());
    first.write_all(head.as_bytes()).await.unwrap();
    let mut interim = [0; 25];
    first.read_exact(&mut interim).await.unwrap();
    assert_eq!(&interim, b"HTTP/1.1 100 Continue\r\n\r\n");

    let second = server.send(format!("{POST}content-length: {}\r\n\r\n{body}", body.len()).as_bytes()).await;
    assert_eq!(status(&second), "HTTP/1.1 503 Service Unavailable");
    assert!(second.contains("retry-after: 1\r\n"), "{second}");
    assert!(second.contains(r#""code":"busy""#), "{second}");

    first.write_all(body.as_bytes()).await.unwrap();
    let mut answer = String::new();
    first.read_to_string(&mut answer).await.unwrap();
    assert_eq!(status(&answer), "HTTP/1.1 200 OK");
    assert_eq!(server.admin("{ __typename }").await, r#"{"data":{"__typename":"query_root"}}"#);
}

#[tokio::test]
async fn more_connections_than_allowed_are_refused() {
    let server = Server::start(Kind::Sqlite, limits(&[("limits.connections", "1")])).await;
    let mut first = TcpStream::connect(&server.address).await.unwrap();
    first.write_all(b"GET /v1/version HTTP/1.1\r\nhost: test\r\n\r\n").await.unwrap();
    let mut beginning = [0; 15];
    first.read_exact(&mut beginning).await.unwrap();
    assert_eq!(&beginning, b"HTTP/1.1 200 OK");
    let second = server.send(b"").await;
    assert_eq!(status(&second), "HTTP/1.1 503 Service Unavailable");
}

#[tokio::test]
async fn a_request_under_way_is_answered_before_the_server_ends() {
    let server = Server::start(Kind::Sqlite, limits(&[])).await;
    let mut connection = TcpStream::connect(&server.address).await.unwrap();
    let body = r#"{"query": "{ __typename }"}"#;
    let head = format!("{POST}expect: 100-continue\r\ncontent-length: {}\r\n\r\n", body.len());
    connection.write_all(head.as_bytes()).await.unwrap();
    let mut interim = [0; 25];
    connection.read_exact(&mut interim).await.unwrap();
    let stopped = tokio::spawn(server.stop());
    connection.write_all(body.as_bytes()).await.unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).await.unwrap();
    assert_eq!(status(&answer), "HTTP/1.1 200 OK");
    stopped.await.unwrap();
}

#[tokio::test]
async fn where_everybody_is_admin_only_local_names_are_served() {
    let config = Config { insecure_admin: true, ..Config::default() };
    let server = Server::start_with(Kind::Sqlite, limits(&[]), config).await;
    for (host, expected) in [
        ("localhost:8080", "HTTP/1.1 200 OK"),
        ("127.0.0.1", "HTTP/1.1 200 OK"),
        ("evil.example", "HTTP/1.1 403 Forbidden"),
        ("localhost.evil.example", "HTTP/1.1 403 Forbidden"),
    ] {
        let request = format!("GET /v1/version HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
        assert_eq!(status(&server.send(request.as_bytes()).await), expected, "{host}");
    }
    let unnamed = server.send(b"GET /v1/version HTTP/1.0\r\n\r\n").await;
    assert_eq!(status(&unnamed), "HTTP/1.0 403 Forbidden");
}

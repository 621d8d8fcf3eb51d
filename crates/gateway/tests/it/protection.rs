//! Rates, addresses behind proxies, clients that do not go on, and floods.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::server::{Kind, SECRET, Server, limits};

fn ask(body: &str, headers: &[&str]) -> Vec<u8> {
    let headers: String = headers.iter().map(|header| format!("{header}\r\n")).collect();
    format!(
        "POST /v1/graphql HTTP/1.1\r\nhost: test\r\nconnection: close\r\ncontent-type: application/json\r\n\
         {headers}content-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

const ONE: &str = r#"{"query": "{ __typename }"}"#;

fn granted(answer: &str) -> bool {
    answer.starts_with("HTTP/1.1 200 OK")
}

/// A refusal for asking too often: it names the rate, its setting, and when to come back.
fn refused(answer: &str, per_minute: u64, setting: &str) -> bool {
    let limit = format!(r#""limit":{{"name":"requests_per_minute","value":{per_minute},"setting":"{setting}"}}"#);
    let after = answer.lines().find_map(|line| line.strip_prefix("retry-after: ")?.parse::<u64>().ok());
    answer.starts_with("HTTP/1.1 429 Too Many Requests")
        && answer.contains(r#""code":"limit-exceeded""#)
        && answer.contains(&limit)
        && after.is_some_and(|seconds| (1..=120).contains(&seconds))
}

#[tokio::test]
async fn an_address_that_asks_too_often_is_told_when_to_come_back() {
    let server = Server::start_as(Kind::Sqlite, "[limits]\nrequests_per_minute = 1\nburst = 2").await;
    let first = server.send(&ask(ONE, &[])).await;
    assert!(granted(&first) && first.contains("ratelimit-policy: \"default\";q=1;w=60\r\n"), "{first}");
    assert!(first.contains("ratelimit: \"default\";r=1;t="), "{first}");
    // A wrong secret counts as well, and its owner has no bucket of their own.
    let wrong = server.send(&ask(ONE, &["x-hasura-admin-secret: wrong"])).await;
    assert!(granted(&wrong) && wrong.contains("access-denied"), "{wrong}");
    let third = server.send(&ask(ONE, &[])).await;
    assert!(refused(&third, 1, "limits.requests_per_minute"), "{third}");
    let guess = server.send(&ask(ONE, &["x-hasura-admin-secret: again"])).await;
    assert!(refused(&guess, 1, "limits.requests_per_minute"), "{guess}");
    // Whether there is a body, a role or a name in it changes nothing: the bucket is the address's.
    let other = r#"{"query": "query other { notes { id } }", "variables": {"a": 1}}"#;
    assert!(refused(&server.send(&ask(other, &["x-hasura-user-id: 9"])).await, 1, "limits.requests_per_minute"));
}

#[tokio::test]
async fn each_of_a_batch_counts() {
    let server = Server::start_as(Kind::Sqlite, "[limits]\nrequests_per_minute = 1\nburst = 4").await;
    let batch = format!("[{ONE}, {ONE}, {ONE}]");
    assert!(granted(&server.send(&ask(&batch, &[])).await));
    assert!(refused(&server.send(&ask(&batch, &[])).await, 1, "limits.requests_per_minute"));
}

#[tokio::test]
async fn a_role_has_a_rate_and_buckets_of_its_own() {
    let settings = "[limits]\nrequests_per_minute = 1\nburst = 1\n\
                    [limits.roles.admin]\nrequests_per_minute = 0\n[limits.roles.other]\nrequests_per_minute = 2";
    let server = Server::start_as(Kind::Sqlite, settings).await;
    assert!(granted(&server.send(&ask(ONE, &[])).await));
    assert!(refused(&server.send(&ask(ONE, &[])).await, 1, "limits.requests_per_minute"));
    let secret = format!("x-hasura-admin-secret: {SECRET}");
    for _ in 0..5 {
        let answer = server.send(&ask(ONE, &[&secret])).await;
        assert!(granted(&answer) && !answer.contains("ratelimit"), "{answer}");
    }
    assert!(granted(&server.send(&ask(ONE, &[&secret, "x-hasura-role: other"])).await));
    let again = server.send(&ask(ONE, &[&secret, "x-hasura-role: other"])).await;
    assert!(refused(&again, 2, "limits.roles.other.requests_per_minute"), "{again}");
}

#[tokio::test]
async fn without_trusted_proxies_a_header_gives_no_new_address() {
    let server = Server::start_as(Kind::Sqlite, "[limits]\nrequests_per_minute = 1\nburst = 1").await;
    assert!(granted(&server.send(&ask(ONE, &["x-forwarded-for: 192.0.2.1"])).await));
    let forged = server.send(&ask(ONE, &["x-forwarded-for: 192.0.2.2"])).await;
    assert!(refused(&forged, 1, "limits.requests_per_minute"), "{forged}");
}

#[tokio::test]
async fn behind_a_trusted_proxy_each_client_has_its_bucket() {
    let settings = "[limits]\nrequests_per_minute = 1\nburst = 1\n[http]\ntrusted_proxies = [\"127.0.0.1\"]";
    let server = Server::start_as(Kind::Sqlite, settings).await;
    for address in ["192.0.2.1", "192.0.2.2", "2001:db8:0:1::1", "2001:db8:0:2::1"] {
        let header = format!("x-forwarded-for: 203.0.113.1, {address}");
        assert!(granted(&server.send(&ask(ONE, &[&header])).await), "{address}");
    }
    // What the client wrote in front changes nothing, nor does another address of its network.
    for address in ["203.0.113.7, 192.0.2.1", "2001:db8:0:1::2"] {
        let answer = server.send(&ask(ONE, &[&format!("x-forwarded-for: {address}")])).await;
        assert!(refused(&answer, 1, "limits.requests_per_minute"), "{answer}");
    }
}

#[tokio::test]
async fn a_connection_without_requests_is_closed() {
    let server = Server::start(Kind::Sqlite, limits(&[("limits.idle_timeout", "20ms")])).await;
    assert_eq!(server.send(b"").await, "");
    let mut connection = TcpStream::connect(&server.address).await.unwrap();
    connection.write_all(b"GET /v1/version HTTP/1.1\r\nhost: test\r\n\r\n").await.unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).await.unwrap();
    assert!(granted(&answer), "{answer}");
}

#[tokio::test]
async fn a_refused_connection_is_told_why() {
    let server = Server::start(Kind::Sqlite, limits(&[("limits.connections", "1")])).await;
    let mut first = TcpStream::connect(&server.address).await.unwrap();
    first.write_all(b"GET /v1/version HTTP/1.1\r\nhost: test\r\n\r\n").await.unwrap();
    first.read_exact(&mut [0; 15]).await.unwrap();
    let answer = server.send(b"").await;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.contains("retry-after: 1"), "{head}");
    let expected = r#"{"errors":[{"message":"too many connections are open","extensions":{"path":"$","code":"busy","limit":{"name":"connections","value":1,"setting":"limits.connections"},"hint":"try again later"}}]}"#;
    assert_eq!(body, expected);
}

#[tokio::test]
async fn more_headers_than_allowed_are_refused() {
    let server = Server::start(Kind::Sqlite, limits(&[])).await;
    let many: Vec<String> = (0..101).map(|number| format!("x-header-{number}: 1")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert!(server.send(&ask(ONE, &many)).await.starts_with("HTTP/1.1 431 "));
    let long = format!("x-header: {}", "x".repeat(100_000));
    assert!(server.send(&ask(ONE, &[&long])).await.starts_with("HTTP/1.1 431 "));
}

#[tokio::test]
async fn bodies_whose_length_is_told_in_two_ways_are_refused() {
    let server = Server::start(Kind::Sqlite, limits(&[])).await;
    for lengths in [
        "content-length: 5\r\ncontent-length: 6",
        "content-length: +5",
        "content-length: 5, 6",
        "content-length: 0x5",
        "transfer-encoding: chunked, identity",
        "transfer-encoding: xchunked",
    ] {
        let request = format!(
            "POST /v1/graphql HTTP/1.1\r\nhost: test\r\nconnection: close\r\ncontent-type: application/json\r\n\
             {lengths}\r\n\r\n{ONE}"
        );
        let answer = server.send(request.as_bytes()).await;
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{lengths}: {answer}");
    }
}

/// A frame of HTTP/2 (RFC 9113, section 4.1).
fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let mut frame = (payload.len() as u32).to_be_bytes()[1..].to_vec();
    frame.extend([kind, flags]);
    frame.extend(stream.to_be_bytes());
    frame.extend(payload);
    frame
}

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RESET: u8 = 3;
const SETTINGS: u8 = 4;
const CONTINUATION: u8 = 9;
const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;
/// `:method: POST`, `:scheme: http`, `:path: /`, by their numbers in the static table of HPACK.
const HEAD: &[u8] = &[0x83, 0x86, 0x84];

fn begun() -> Vec<u8> {
    let mut bytes = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec();
    bytes.extend(frame(SETTINGS, 0, 0, &[]));
    bytes
}

/// Sends frames until the server ends the connection. Far more are sent than are allowed; were they all taken, the
/// server would go on answering pings and this would not end.
async fn is_ended(server: &Server, frames: impl Iterator<Item = Vec<u8>>) {
    let (mut read, mut write) = TcpStream::connect(&server.address).await.unwrap().into_split();
    let sent = async {
        write.write_all(&begun()).await?;
        for frame in frames {
            write.write_all(&frame).await?;
        }
        Ok::<_, std::io::Error>(())
    };
    let mut answers = Vec::new();
    let (_, ended) = tokio::join!(sent, read.read_to_end(&mut answers));
    drop(ended);
    // Others are served.
    assert_eq!(server.admin("{ __typename }").await, r#"{"data":{"__typename":"query_root"}}"#);
}

#[tokio::test]
async fn requests_that_are_taken_back_at_once_end_the_connection() {
    let server = Server::start(Kind::Sqlite, limits(&[])).await;
    let flood = (0..10_000u32).map(|number| {
        let stream = number * 2 + 1;
        let mut both = frame(HEADERS, END_HEADERS, stream, HEAD);
        both.extend(frame(RESET, 0, stream, &8u32.to_be_bytes()));
        both
    });
    is_ended(&server, flood).await;
}

#[tokio::test]
async fn a_head_of_many_frames_ends_the_connection() {
    let server = Server::start(Kind::Sqlite, limits(&[])).await;
    // A literal header without indexing: a name of 1 byte, a value of 100.
    let mut header = vec![0x00, 0x01, b'x', 100];
    header.extend([b'v'; 100]);
    let head = std::iter::once(frame(HEADERS, END_STREAM, 1, HEAD));
    is_ended(&server, head.chain((0..100_000).map(move |_| frame(CONTINUATION, 0, 1, &header)))).await;
}

#[tokio::test]
async fn a_head_that_never_ends_is_not_waited_for() {
    let server = Server::start(Kind::Sqlite, limits(&[("limits.idle_timeout", "50ms")])).await;
    is_ended(&server, std::iter::once(frame(HEADERS, 0, 1, HEAD))).await;
    is_ended(&server, std::iter::empty()).await;
}

#[tokio::test]
async fn a_body_of_empty_frames_is_not_waited_for() {
    let server = Server::start(Kind::Sqlite, limits(&[("limits.body_timeout", "50ms")])).await;
    // `:path: /graphql` and `content-type: application/json`: names by their numbers, values as text.
    let mut head = vec![0x83, 0x86, 0x04, 8];
    head.extend(b"/graphql");
    head.extend([0x0f, 0x10, 16]);
    head.extend(b"application/json");
    let mut request = begun();
    request.extend(frame(HEADERS, END_HEADERS, 1, &head));
    let (mut read, mut write) = TcpStream::connect(&server.address).await.unwrap().into_split();
    write.write_all(&request).await.unwrap();
    let flood = tokio::spawn(async move { while write.write_all(&frame(DATA, 0, 1, &[])).await.is_ok() {} });
    // Either the answer or the end of the connection comes.
    let mut answers: Vec<u8> = Vec::new();
    let mut piece = [0; 4096];
    while !answers.windows(12).any(|text| text == b"body_timeout") {
        match read.read(&mut piece).await {
            Ok(0) | Err(_) => break,
            Ok(count) => answers.extend(&piece[..count]),
        }
    }
    flood.abort();
    assert_eq!(server.admin("{ __typename }").await, r#"{"data":{"__typename":"query_root"}}"#);
}

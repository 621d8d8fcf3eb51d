//! HTTPS served by the binary: what is spoken, and how a certificate is replaced.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;

use purlin_testkit::TemporaryFolder;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::process::{Running, purlin};

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tls").join(name)
}

fn install(name: &str, folder: &Path) {
    std::fs::copy(file(&format!("{name}.pem")), folder.join("chain.pem")).unwrap();
    std::fs::copy(file(&format!("{name}.key")), folder.join("key.pem")).unwrap();
}

/// A connection that trusts the test authority and offers these protocols.
async fn connect(server: &Running, protocols: &[&str]) -> TlsStream<TcpStream> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(file("ca.pem")).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let mut config = config.with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = protocols.iter().map(|protocol| protocol.as_bytes().to_vec()).collect();
    let stream = TcpStream::connect(&server.address).await.unwrap();
    let name = ServerName::try_from("localhost").unwrap();
    TlsConnector::from(Arc::new(config)).connect(name, stream).await.unwrap()
}

/// Whose certificate a connection has seen.
fn shown(connection: &TlsStream<TcpStream>) -> CertificateDer<'static> {
    connection.get_ref().1.peer_certificates().unwrap()[0].clone().into_owned()
}

fn certificate(name: &str) -> CertificateDer<'static> {
    CertificateDer::from_pem_file(file(&format!("{name}.pem"))).unwrap()
}

/// Asks on a connection that stays open.
async fn ask(connection: &mut TlsStream<TcpStream>) -> String {
    connection.write_all(b"GET /v1/version HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
    let mut answer = vec![0; 4096];
    let length = connection.read(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer[..length]).into_owned()
}

#[tokio::test]
async fn a_certificate_is_replaced_without_losing_a_connection() {
    let folder = TemporaryFolder::create();
    assert!(purlin(&["init", "."], folder.path()).stdout(Stdio::null()).status().unwrap().success());
    install("first", folder.path());
    let arguments =
        ["dev", "--admin-secret", "s", "--tls-certificate", "chain.pem", "--tls-key", "key.pem", "--log", "info"];
    let server = Running::start(&arguments, folder.path());
    let mut old = connect(&server, &["http/1.1"]).await;
    assert_eq!(shown(&old), certificate("first"));
    assert!(ask(&mut old).await.starts_with("HTTP/1.1 200 OK"));

    // Files that do not belong together change nothing.
    std::fs::copy(file("second.pem"), folder.path().join("chain.pem")).unwrap();
    server.signal("HUP");
    server.log_line(|line| line["message"].as_str().is_some_and(|text| text.contains("cannot be replaced")));
    assert_eq!(shown(&connect(&server, &[]).await), certificate("first"));

    install("second", folder.path());
    server.signal("HUP");
    server.log_line(|line| line["message"] == "a new certificate is in force");
    let new = connect(&server, &["h2", "http/1.1"]).await;
    assert_eq!(shown(&new), certificate("second"));
    assert_eq!(new.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));
    assert!(ask(&mut old).await.starts_with("HTTP/1.1 200 OK"), "the old connection goes on");

    // Who does not speak TLS is not answered, and nobody else is kept from it.
    let plain = server.send("GET /v1/version HTTP/1.1\r\nhost: localhost\r\n\r\n");
    assert!(!plain.contains("HTTP/1.1"), "{plain}");
    let mut still = connect(&server, &["http/1.1"]).await;
    assert!(ask(&mut still).await.starts_with("HTTP/1.1 200 OK"));
    drop((old, new, still));
    server.stop();
}

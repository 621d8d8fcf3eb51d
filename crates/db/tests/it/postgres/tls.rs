//! Encrypted connections: what `sslmode` and `sslrootcert` ask for, against a server that speaks TLS.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use purlin_db::DatabaseError;
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use super::*;

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/postgres/tls").join(name)
}

/// Speaks TLS before the server of `url`, with a certificate for `localhost`; gives its port.
async fn encrypting(url: &str) -> u16 {
    let certificate = CertificateDer::from_pem_file(file("server.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_file(file("server.key")).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = config.with_no_client_auth().with_single_cert(vec![certificate], key).unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let target = url.split('@').nth(1).and_then(|rest| rest.split('/').next()).unwrap().to_owned();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            let (acceptor, target) = (acceptor.clone(), target.clone());
            tokio::spawn(async move {
                const SSL_REQUEST: [u8; 8] = [0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f];
                let mut request = [0; 8];
                client.read_exact(&mut request).await.unwrap();
                assert_eq!(request, SSL_REQUEST);
                client.write_all(b"S").await.unwrap();
                // A client that does not trust the certificate ends it here.
                let Ok(mut client) = acceptor.accept(client).await else { return };
                let mut server = TcpStream::connect(target).await.unwrap();
                let _ = copy_bidirectional(&mut client, &mut server).await;
            });
        }
    });
    port
}

async fn connect(database: &PostgresDatabase, port: u16, host: &str, query: &str) -> Result<Engine, DatabaseError> {
    let url = database.url();
    let name = url.rsplit('/').next().unwrap();
    Engine::connect(&format!("postgres://postgres@{host}:{port}/{name}?{query}"), Options::default()).await
}

#[tokio::test]
async fn certificates_are_verified_when_asked() {
    let database = PostgresDatabase::create();
    let port = encrypting(&database.url()).await;
    let authority = format!("sslrootcert={}", file("ca.pem").display());
    for (host, query) in [
        ("localhost", "sslmode=prefer"),
        ("127.0.0.1", "sslmode=require"),
        ("localhost", &*format!("sslmode=verify-full&{authority}")),
    ] {
        let engine = connect(&database, port, host, query).await.unwrap();
        let plan = read_plan(vec![("x", rows(statement("select 1", vec![]), Correlation::Root, cell(0, Scalar::Int)))]);
        let answer = engine.run(Arc::new(plan), Bindings::default(), Vec::new()).await.unwrap();
        assert_eq!(answer, br#"{"x":[1]}"#);
    }
    for (host, query, reason) in [
        ("localhost", "sslmode=verify-full", "UnknownIssuer"),
        ("127.0.0.1", &*format!("sslmode=verify-full&{authority}"), "not valid for name"),
    ] {
        let Err(error) = connect(&database, port, host, query).await else { panic!("{host} {query} was trusted") };
        let text = error.to_string();
        assert!(matches!(error, DatabaseError::Unavailable(_)) && text.contains(reason), "{text}");
    }
}

#[tokio::test]
async fn a_server_without_tls_is_refused_when_tls_is_required() {
    let database = PostgresDatabase::create();
    let url = database.url();
    assert!(Engine::connect(&format!("{url}?sslmode=prefer"), Options::default()).await.is_ok());
    for mode in ["require", "verify-full"] {
        let Err(error) = Engine::connect(&format!("{url}?sslmode={mode}"), Options::default()).await else {
            panic!("connected without TLS");
        };
        assert!(error.to_string().contains("server does not support TLS"), "{error}");
    }
}

#[tokio::test]
async fn unix_sockets_need_no_tls() {
    let database = PostgresDatabase::create();
    let folder = database.query("select split_part(current_setting('unix_socket_directories'), ',', 1)");
    if folder.is_empty() {
        println!("skipped: the server has no unix socket");
        return;
    }
    let (url, port) = (database.url(), database.query("show port"));
    let name = url.rsplit('/').next().unwrap();
    let url = format!("postgres:///{name}?user=postgres&host={folder}&port={port}&sslmode=require");
    assert!(Engine::connect(&url, Options::default()).await.is_ok());
}

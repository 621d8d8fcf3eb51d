//! Keys from a URL: fetched, exchanged, kept when the provider is gone.

use std::sync::{Arc, Mutex};

use aws_lc_rs::signature::{self, EcdsaKeyPair, Ed25519KeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use purlin_auth::{Config, Guard, jwt};
use serde_json::{Value as Json, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::signing;

/// A provider whose answer can be exchanged.
struct Provider {
    url: String,
    answer: Arc<Mutex<(&'static str, String)>>,
}

impl Provider {
    async fn start() -> Provider {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/keys", listener.local_addr().unwrap());
        let answer = Arc::new(Mutex::new(("200 OK", String::new())));
        let shared = Arc::clone(&answer);
        tokio::spawn(async move {
            loop {
                let (mut connection, _) = listener.accept().await.unwrap();
                let mut request = [0; 4096];
                let _ = connection.read(&mut request).await;
                let (status, body) = shared.lock().unwrap().clone();
                let length = body.len();
                let head = format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n");
                let _ = connection.write_all((head + &body).as_bytes()).await;
            }
        });
        Provider { url, answer }
    }

    fn answers(&self, status: &'static str, keys: &[Json]) {
        *self.answer.lock().unwrap() = (status, json!({ "keys": keys }).to_string());
    }
}

fn part(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn ed25519(id: &str) -> Json {
    let pair = Ed25519KeyPair::from_pkcs8(&signing::private_key("@ed25519.pem")).unwrap();
    json!({ "kty": "OKP", "crv": "Ed25519", "kid": id, "x": part(pair.public_key().as_ref()) })
}

fn ec256(id: &str) -> Json {
    let algorithm = &signature::ECDSA_P256_SHA256_FIXED_SIGNING;
    let pair = EcdsaKeyPair::from_pkcs8(algorithm, &signing::private_key("@ec256.pem")).unwrap();
    let point = pair.public_key().as_ref();
    json!({ "kty": "EC", "crv": "P-256", "kid": id, "alg": "ES256", "x": part(&point[1..33]), "y": part(&point[33..]) })
}

fn rsa(id: &str) -> Json {
    let mut key: Json = serde_json::from_str(&signing::resolve("@rsa.jwk.json")).unwrap();
    key["kid"] = Json::from(id);
    key
}

/// Role or error code for a token signed like this.
fn outcome(guard: &Guard, with: &str, key: &str, id: Option<&str>) -> String {
    let mut header = json!({ "alg": with });
    if let Some(id) = id {
        header["kid"] = Json::from(id);
    }
    let claims = json!({ "https://hasura.io/jwt/claims":
        { "x-hasura-allowed-roles": ["user"], "x-hasura-default-role": "user" } });
    let token = format!("Bearer {}", signing::token(&header, &claims, with, key));
    match guard.authenticate([("authorization", token.as_bytes())].into_iter()) {
        Ok(session) => session.role.name().to_owned(),
        Err(error) => error.code.text().to_owned(),
    }
}

#[tokio::test]
async fn keys_come_from_the_url_and_are_exchanged_and_kept() {
    let provider = Provider::start().await;
    let jwt = jwt::Config::parse(&json!({ "jwk_url": provider.url }).to_string()).unwrap();
    let guard = Guard::new(Config { jwt: Some(jwt), ..Config::default() }).unwrap();
    let client = purlin_egress::Client::new().unwrap();
    let fetch = || guard.keep_keys_fresh(&client, || {});

    assert_eq!(outcome(&guard, "EdDSA", "@ed25519.pem", Some("a")), "invalid-jwt", "before any key is there");

    provider.answers("200 OK", &[ed25519("a"), ec256("b"), rsa("c")]);
    fetch().await;
    assert_eq!(outcome(&guard, "EdDSA", "@ed25519.pem", Some("a")), "user");
    assert_eq!(outcome(&guard, "ES256", "@ec256.pem", Some("b")), "user");
    assert_eq!(outcome(&guard, "RS256", "@rsa.pem", Some("c")), "user");
    assert_eq!(outcome(&guard, "RS256", "@rsa.pem", None), "user", "without `kid` every fitting key is tried");
    assert_eq!(outcome(&guard, "RS512", "@rsa.pem", Some("c")), "invalid-jwt", "the key is for RS256");
    assert_eq!(outcome(&guard, "ES256", "@ec256.pem", Some("a")), "invalid-jwt", "another key's name");
    assert_eq!(outcome(&guard, "ES256", "@ec256.pem", Some("../b")), "invalid-jwt", "an unknown name");
    assert_eq!(outcome(&guard, "RS256", "@other.pem", Some("c")), "invalid-jwt", "a foreign key");

    provider.answers("200 OK", &[ec256("b")]);
    fetch().await;
    assert_eq!(outcome(&guard, "EdDSA", "@ed25519.pem", Some("a")), "invalid-jwt", "a withdrawn key");
    assert_eq!(outcome(&guard, "ES256", "@ec256.pem", Some("b")), "user");
}

#[tokio::test]
async fn a_failed_fetch_keeps_the_keys_and_is_tried_again_later() {
    let provider = Provider::start().await;
    let jwt = jwt::Config::parse(&json!({ "jwk_url": provider.url }).to_string()).unwrap();
    let guard = Guard::new(Config { jwt: Some(jwt), ..Config::default() }).unwrap();
    let client = purlin_egress::Client::new().unwrap();
    provider.answers("200 OK", &[ec256("b")]);
    guard.keep_keys_fresh(&client, || {}).await;

    provider.answers("500 Internal Server Error", &[]);
    let (attempted, mut attempts) = tokio::sync::mpsc::unbounded_channel();
    let refresh = guard.keep_keys_fresh(&client, || attempted.send(()).expect("the test listens"));
    tokio::select! {
        () = refresh => panic!("a failed fetch must be tried again"),
        attempt = attempts.recv() => assert_eq!(attempt, Some(())),
    }
    assert_eq!(outcome(&guard, "ES256", "@ec256.pem", Some("b")), "user");
}

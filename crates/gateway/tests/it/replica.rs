//! The binary with a streaming replica.

use std::path::Path;
use std::process::Stdio;

use purlin_testkit::{PostgresServer, TemporaryFolder, until};
use serde_json::{Value as Json, json};

use crate::deployment::ask;
use crate::process::{Running, purlin};

fn run(arguments: &[&str], folder: &Path) -> Json {
    let output = purlin(&[arguments, &["--format", "json"]].concat(), folder).output().unwrap();
    let text = if output.stdout.is_empty() { output.stderr } else { output.stdout };
    serde_json::from_slice(&text).unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&text)))
}

fn metric(server: &Running, name: &str) -> f64 {
    let asked = "GET /metrics HTTP/1.1\r\nhost: test\r\nconnection: close\r\nx-hasura-admin-secret: s\r\n\r\n";
    let text = server.send(asked);
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    line.unwrap_or_else(|| panic!("no {name} in {text}")).parse().unwrap()
}

#[test]
fn queries_go_to_a_replica_that_shows_what_was_written() {
    let folder = TemporaryFolder::create();
    assert!(purlin(&["init", "."], folder.path()).stdout(Stdio::null()).status().unwrap().success());
    let primary = PostgresServer::start(&["fsync = off", "max_connections = 60"]);
    let database = primary.create_database();
    let replica = primary.create_replica();
    let on_replica = replica.database(database.name());
    let (url, replica_url) = (database.url(), on_replica.url());
    run(&["migrate", "diff"], folder.path());
    run(&["migrate", "apply", "--database-url", &url], folder.path());
    let secret = folder.path().join("replicas");
    std::fs::write(&secret, format!("{replica_url}\n")).unwrap();
    let through = ["--database-url", &url, "--database-replicas", &replica_url, "--admin-secret", "s"];

    let server = Running::start(&[&["serve"], &through[..]].concat(), folder.path());
    let used = |is: f64| metric(&server, "purlin_database_replicas_used") == is;
    let on = |server_name: &str| metric(&server, &format!("purlin_database_reads_total{{server=\"{server_name}\"}}"));
    until("the replica is read from", || used(1.0));
    on_replica.query("select pg_wal_replay_pause()");
    let paused = || on_replica.query("select pg_get_wal_replay_pause_state()") == "paused";
    until("replaying is paused", paused);
    let insert = "mutation { insert_authors_one(object: {name: \"Cy\"}) { name notes { title } } }";
    let written = json!({ "data": { "insert_authors_one": { "name": "Cy", "notes": [] } } });
    assert_eq!(ask(&server.address, "s", insert), written);
    let query = "{ authors { name notes { title } } }";
    let expected = json!({ "data": { "authors": [{ "name": "Cy", "notes": [] }] } });
    let before = on("primary");
    assert_eq!(ask(&server.address, "s", query), expected);
    assert_eq!((on("primary"), used(0.0)), (before + 1.0, true));
    on_replica.query("select pg_wal_replay_resume()");
    until("the replica is read from", || used(1.0));
    let before = on("replica-1");
    assert_eq!(ask(&server.address, "s", query), expected);
    assert_eq!(on("replica-1"), before + 1.0);
    assert!(metric(&server, "purlin_database_replica_lag_seconds{server=\"replica-1\"}") < 5.0);
    server.stop();

    let found = |arguments: &[&str], variables: &[(&str, &Path)]| {
        let mut doctor =
            purlin(&[&["doctor", "--format", "json", "--database-url", &url], arguments].concat(), folder.path());
        doctor.envs(variables.iter().copied());
        let output = doctor.output().unwrap();
        let text = if output.stdout.is_empty() { output.stderr } else { output.stdout };
        let told: Json = serde_json::from_slice(&text).unwrap();
        // An error among them makes it one.
        let findings = told["findings"].as_array().or(told["error"]["details"]["findings"].as_array());
        let findings = findings.unwrap_or_else(|| panic!("{told}")).clone();
        let messages = findings.iter().filter(|one| one["code"] == "doctor-replica").map(|one| one["message"].clone());
        messages.collect::<Vec<_>>()
    };
    assert_eq!(found(&[], &[("PURLIN_DATABASE_REPLICAS_FILE", &secret)]), [""; 0]);
    let both = format!("{replica_url},{url}");
    assert_eq!(found(&["--database-replicas", &both], &[]), ["replica 2 of `database.replicas` is none"]);
    let told = run(&["doctor", "--database-replicas", "sqlite:x", "--database-url", &url], folder.path());
    assert!(told.to_string().contains("`database.replicas` has a value it cannot have"), "{told}");
}

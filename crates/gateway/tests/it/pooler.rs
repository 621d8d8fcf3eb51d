//! The binary behind PgBouncer.

use std::path::Path;
use std::process::Stdio;

use purlin_testkit::{PgBouncer, PostgresDatabase, TemporaryFolder};
use serde_json::{Value as Json, json};

use crate::deployment::ask;
use crate::process::{Running, purlin};

/// Connections that the pooler has; we open more.
const SERVERS: usize = 2;

fn project() -> TemporaryFolder {
    let folder = TemporaryFolder::create();
    assert!(purlin(&["init", "."], folder.path()).stdout(Stdio::null()).status().unwrap().success());
    folder
}

/// What a command prints as JSON.
fn run(arguments: &[&str], folder: &Path) -> Json {
    let output = purlin(&[arguments, &["--format", "json"]].concat(), folder).output().unwrap();
    let text = if output.stdout.is_empty() { output.stderr } else { output.stdout };
    serde_json::from_slice(&text).unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&text)))
}

/// The codes of what `doctor` finds about poolers.
fn found(arguments: &[&str], folder: &Path) -> Vec<String> {
    let told = run(&[&["doctor"], arguments].concat(), folder);
    // An error among them makes it one.
    let findings = told["findings"].as_array().or(told["error"]["details"]["findings"].as_array());
    let findings = findings.unwrap_or_else(|| panic!("{told}"));
    let codes = findings.iter().map(|one| one["code"].as_str().unwrap().to_owned());
    codes.filter(|code| ["doctor-pooler", "doctor-direct-url"].contains(&&**code)).collect()
}

#[test]
fn a_project_is_developed_and_served_behind_a_pooler() {
    let (folder, database) = (project(), PostgresDatabase::create());
    let bouncer = PgBouncer::start(&database, SERVERS);
    let (pooled, direct) = (bouncer.pooled(&database).url(), database.url());
    let through = ["--database-url", &pooled, "--database-pooler", "transaction", "--admin-secret", "s"];
    let around = [&through[..], &["--database-direct-url", &direct]].concat();

    // What needs a session says what to set, and has done nothing.
    for arguments in [&["migrate", "apply"][..], &["serve", "--migrate", "--bind", "127.0.0.1:0"]] {
        let folder = project();
        run(&["migrate", "diff"], folder.path());
        let told = run(&[arguments, &through].concat(), folder.path());
        assert!(told.to_string().contains("set `database.direct_url`"), "{told}");
    }
    assert_eq!(database.query("select count(*) from pg_tables where schemaname = 'public'"), "0");

    let server = Running::start(&around, folder.path());
    let notes = "{ notes(order_by: {id: asc}) { title author { name } } notes_aggregate { aggregate { count } } }";
    let expected = json!({ "data": {
        "notes": [{ "title": "Welcome", "author": { "name": "Ada" } }, { "title": "Draft", "author": { "name": "Bo" } }],
        "notes_aggregate": { "aggregate": { "count": 2 } },
    } });
    assert_eq!(ask(&server.address, "s", notes), expected);
    server.stop();
    run(&["migrate", "status"], folder.path());

    // Without a way around it serves what is there.
    let server = Running::start(&[&["serve"], &through[..]].concat(), folder.path());
    let ready = server.send("GET /readyz HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n");
    assert!(ready.starts_with("HTTP/1.1 200 "), "{ready}");
    std::thread::scope(|scope| {
        for client in 0..16 {
            let (address, expected) = (&server.address, &expected);
            scope.spawn(move || {
                for round in 0..10 {
                    assert_eq!(ask(address, "s", notes), *expected);
                    let name = format!("{client}:{round}");
                    let query = format!("mutation {{ insert_authors_one(object: {{name: \"{name}\"}}) {{ name }} }}");
                    let written = json!({ "data": { "insert_authors_one": { "name": name } } });
                    assert_eq!(ask(address, "s", &query), written);
                }
            });
        }
    });
    let log = server.stop();
    assert!(!log.contains("\"WARN\"") && !log.contains("\"ERROR\""), "{log}");
    assert_eq!(database.query("select count(*) from authors where name like '%:%'"), "160");
    let sessions = bouncer.pooled(&database);
    for _ in 0..2 * SERVERS {
        assert_eq!(sessions.query("select count(*) from pg_prepared_statements"), "0");
    }
    let planned = run(&[&["plan", notes][..], &through].concat(), folder.path());
    assert!(planned.to_string().contains("Scan"), "{planned}");
}

#[test]
fn doctor_sees_a_pooler() {
    let (folder, database) = (project(), PostgresDatabase::create());
    run(&["migrate", "diff"], folder.path());
    let direct = database.url();
    run(&["migrate", "apply", "--database-url", &direct], folder.path());
    let bouncer = PgBouncer::start(&database, SERVERS);
    let pooled = bouncer.pooled(&database).url();
    for (arguments, expected) in [
        (&["--database-url", &direct][..], &[][..]),
        (&["--database-url", &pooled], &["doctor-pooler"]),
        (&["--database-url", &direct, "--database-pooler", "transaction"], &["doctor-pooler", "doctor-direct-url"]),
        (&["--database-url", &pooled, "--database-pooler", "transaction"], &["doctor-direct-url"]),
        (&["--database-url", &pooled, "--database-pooler", "transaction", "--database-direct-url", &direct], &[]),
        (
            &["--database-url", &pooled, "--database-pooler", "transaction", "--database-direct-url", &pooled],
            &["doctor-direct-url"],
        ),
    ] {
        assert_eq!(found(arguments, folder.path()), expected, "{arguments:?}");
    }
    let told = run(&["doctor", "--database-url", &direct, "--database-direct-url", "sqlite:x"], folder.path());
    assert!(told.to_string().contains("`database.direct_url` names no PostgreSQL database"), "{told}");
}

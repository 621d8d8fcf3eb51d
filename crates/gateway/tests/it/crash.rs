//! Crash loops: the server is killed while it writes. What was acknowledged is there, and no mutation is half there.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::Stdio;
use std::sync::mpsc::{Sender, channel};

use purlin_testkit::{PostgresDatabase, TemporaryFolder, proof};
use serde_json::{Value as Json, json};

use crate::process::{Running, purlin};

/// Kills of one whole proof.
const ROUNDS: u64 = 120;
/// Clients that write at the same time.
const WRITERS: u64 = 8;
/// A kill comes after at most so many acknowledged mutations of its round.
const MOST_BEFORE_A_KILL: u64 = 60;
/// Root fields of a mutation that is a batch; every other mutation has one.
const BATCH: usize = 3;

/// What the seed says for this round: a number that looks random (SplitMix64, Steele et al. 2014).
fn random(seed: u64, round: u64) -> u64 {
    let mut bits = seed.wrapping_mul(1_000_003).wrapping_add(round).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

/// The names of the rows that one mutation inserts: `ROUND:WRITER:NUMBER:PART`.
pub fn names(round: u64, writer: u64, number: usize) -> Vec<String> {
    let parts = if number.is_multiple_of(2) { BATCH } else { 1 };
    (0..parts).map(|part| format!("{round}:{writer}:{number}:{part}")).collect()
}

/// The mutation that inserts rows of these names, each by a root field of its own.
pub fn insertion(names: &[String]) -> String {
    let fields = names.iter().enumerate();
    let fields =
        fields.map(|(part, name)| format!("p{part}: insert_authors_one(object: {{name: \"{name}\"}}) {{ name }} "));
    format!("mutation {{ {} }}", fields.collect::<String>())
}

/// Posts a document as admin. `None` where the server went away before its answer was whole.
pub fn post(address: &str, query: &str) -> Option<Json> {
    let body = json!({ "query": query }).to_string();
    let request = format!(
        "POST /v1/graphql HTTP/1.1\r\nhost: test\r\nconnection: close\r\ncontent-type: application/json\r\n\
         x-hasura-admin-secret: s\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut connection = TcpStream::connect(address).ok()?;
    connection.write_all(request.as_bytes()).ok()?;
    let mut answer = String::new();
    connection.read_to_string(&mut answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let answer = serde_json::from_str(body).ok()?;
    assert!(head.starts_with("HTTP/1.1 200 "), "{head} {answer}");
    Some(answer)
}

/// Writes until the server is gone, and tells of each mutation that it acknowledged.
fn write(address: &str, round: u64, writer: u64, acknowledged: &Sender<Vec<String>>) {
    for number in 0.. {
        let names = names(round, writer, number);
        let Some(answer) = post(address, &insertion(&names)) else { return };
        for (part, name) in names.iter().enumerate() {
            assert_eq!(answer["data"][format!("p{part}")]["name"], **name, "{answer}");
        }
        acknowledged.send(names).unwrap();
    }
}

/// Writes from all sides, kills the server after so many acknowledged mutations, and gives those that were.
fn write_and_kill(server: Running, round: u64, kill_after: u64) -> Vec<Vec<String>> {
    let (acknowledged, arrived) = channel();
    let address = server.address.clone();
    std::thread::scope(|scope| {
        for writer in 0..WRITERS {
            let (acknowledged, address) = (acknowledged.clone(), &address);
            scope.spawn(move || write(address, round, writer, &acknowledged));
        }
        drop(acknowledged);
        let mut all: Vec<_> = arrived.iter().take(usize::try_from(kill_after).unwrap()).collect();
        server.kill();
        all.extend(arrived);
        all
    })
}

/// The names that are there and match the pattern.
pub fn there(address: &str, pattern: &str) -> BTreeSet<String> {
    let query = format!("{{ authors(where: {{name: {{_like: \"{pattern}\"}}}}) {{ name }} }}");
    let answer = post(address, &query).expect("an answer");
    let rows = answer["data"]["authors"].as_array().unwrap_or_else(|| panic!("{answer}"));
    let found: BTreeSet<_> = rows.iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect();
    assert_eq!(found.len(), rows.len(), "a row is there twice");
    found
}

/// Expects what was acknowledged to be there, and every mutation wholly or not at all.
pub fn check(found: &BTreeSet<String>, acknowledged: &[Vec<String>]) {
    for name in acknowledged.iter().flatten() {
        assert!(found.contains(name), "{name} was acknowledged and is lost");
    }
    for name in found {
        let parts: Vec<usize> = name.split(':').map(|part| part.parse().unwrap()).collect();
        let whole = names(parts[0] as u64, parts[1] as u64, parts[2]);
        assert!(whole.iter().all(|part| found.contains(part)), "{name} is there without the rest of its mutation");
    }
}

/// A new project in this folder, its tables in this database.
pub fn make_project(url: &str, folder: &Path) {
    for arguments in [&["init", "."][..], &["migrate", "diff"], &["migrate", "apply", "--database-url", url]] {
        assert!(purlin(arguments, folder).stdout(Stdio::null()).status().unwrap().success(), "{arguments:?}");
    }
}

fn crash_loop(url: &str, folder: &Path, intact: impl Fn()) {
    let (seed, rounds) = (proof::seed(), proof::part_of(ROUNDS));
    make_project(url, folder);
    let start = || Running::start(&["serve", "--database-url", url, "--admin-secret", "s"], folder);
    let mut server = start();
    let mut everything = Vec::new();
    for round in 0..rounds {
        let acknowledged = write_and_kill(server, round, 1 + random(seed, round) % MOST_BEFORE_A_KILL);
        server = start();
        let ready = server.send("GET /readyz HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n");
        assert!(ready.starts_with("HTTP/1.1 200 "), "{ready}");
        check(&there(&server.address, &format!("{round}:%")), &acknowledged);
        intact();
        everything.extend(acknowledged);
    }
    check(&there(&server.address, "%:%:%:%"), &everything);
    server.stop();
    println!("{rounds} kills, {} acknowledged mutations kept, seed {seed}", everything.len());
}

#[test]
fn prove_that_sqlite_keeps_what_was_acknowledged() {
    let folder = TemporaryFolder::create();
    let file = folder.path().join("data.db");
    crash_loop(&format!("sqlite:{}", file.display()), folder.path(), || {
        let database = rusqlite::Connection::open(&file).unwrap();
        let verdict: String = database.query_row("pragma integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(verdict, "ok");
    });
}

#[test]
fn prove_that_postgres_keeps_what_was_acknowledged() {
    let folder = TemporaryFolder::create();
    crash_loop(&PostgresDatabase::create().url(), folder.path(), || {});
}

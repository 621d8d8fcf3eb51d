//! PostgreSQL goes away and comes back under load: the gateway stays, every request is answered, nothing acknowledged is
//! lost, and nothing is there whose mutation was refused.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::ScopedJoinHandle;
use std::time::{Duration, Instant};

use purlin_testkit::{PostgresDatabase, PostgresServer, Shutdown, TemporaryFolder, proof};
use serde_json::Value as Json;

use crate::crash::{check, insertion, make_project, names, post, there};
use crate::process::Running;

/// Rounds of one whole proof, each with both ways to stop a server.
const ROUNDS: u64 = 10;
/// Clients that write, and as many that read, at the same time.
const CLIENTS: usize = 6;
/// Connections for one request at a time: fewer than clients, so that more of them are shared ones.
const EXCLUSIVE: usize = 2;
/// Answers that every client gets before the server is stopped, and again after it has come back.
const ANSWERS: usize = 40;
/// Longest time any request may take: `limits.request_timeout` of the server, and the client's own patience.
const LONGEST_REQUEST: Duration = Duration::from_secs(30);

/// What one client has seen so far.
#[derive(Default)]
struct Seen {
    answered: AtomicUsize,
    refused: AtomicUsize,
    gone: AtomicBool,
}

/// Says so when it ends, in order or by a panic: nobody waits for who is gone.
struct SetWhenDropped<'a>(&'a AtomicBool);

impl Drop for SetWhenDropped<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// What became of one client's mutations, by the names of their rows.
#[derive(Default)]
struct Written {
    acknowledged: Vec<Vec<String>>,
    /// Refused with the word that nothing was written.
    refused: Vec<Vec<String>>,
    /// Refused with the word that nobody knows.
    unknown: usize,
    longest_request: Duration,
}

/// An error that a client can act on.
fn expect_clear(answer: &Json) {
    let error = &answer["errors"][0];
    assert!(["postgres-error", "busy"].contains(&error["extensions"]["code"].as_str().unwrap_or_default()), "{answer}");
    assert!(error["extensions"]["hint"].is_string(), "{answer}");
}

/// Sends requests until told to end; each is answered, well or with a clear error.
fn go_on(
    address: &str,
    seen: &Seen,
    end: &AtomicBool,
    mut request: impl FnMut(usize) -> String,
    mut told: impl FnMut(usize, &Json, Duration),
) {
    let _gone = SetWhenDropped(&seen.gone);
    for number in 0.. {
        if end.load(Ordering::Relaxed) {
            return;
        }
        let began = Instant::now();
        let answer = post(address, &request(number)).expect("the gateway stays and answers");
        told(number, &answer, began.elapsed());
        if answer["data"].is_object() {
            seen.answered.fetch_add(1, Ordering::Relaxed);
        } else {
            expect_clear(&answer);
            seen.refused.fetch_add(1, Ordering::Relaxed);
        }
    }
}

fn write(address: &str, round: u64, writer: u64, seen: &Seen, end: &AtomicBool) -> Written {
    let mut written = Written::default();
    go_on(
        address,
        seen,
        end,
        |number| insertion(&names(round, writer, number)),
        |number, answer, time| {
            let names = names(round, writer, number);
            written.longest_request = written.longest_request.max(time);
            if answer["data"].is_object() {
                written.acknowledged.push(names);
            } else if answer["errors"][0]["message"].as_str().is_some_and(|message| message.contains("before it said"))
            {
                written.unknown += 1;
            } else {
                written.refused.push(names);
            }
        },
    );
    written
}

fn read(address: &str, seen: &Seen, end: &AtomicBool) -> Duration {
    let mut longest = Duration::ZERO;
    let query = "{ authors(limit: 3) { name } }";
    go_on(address, seen, end, |_| query.to_owned(), |_, _, time| longest = longest.max(time));
    longest
}

/// Waits until every client has seen so many more.
fn wait_for(clients: &[Seen], count: impl Fn(&Seen) -> &AtomicUsize, more: usize) {
    let before: Vec<_> = clients.iter().map(|seen| count(seen).load(Ordering::Relaxed)).collect();
    for (seen, before) in clients.iter().zip(before) {
        while count(seen).load(Ordering::Relaxed) < before + more {
            assert!(!seen.gone.load(Ordering::Relaxed), "a client has failed");
            std::thread::yield_now();
        }
    }
}

/// Waits until the gateway has more connections than those for one request at a time: some are shared.
fn wait_for_shared(database: &PostgresDatabase) {
    let count = "select count(*) from pg_stat_activity where application_name = 'purlin'";
    while database.query(count).parse::<usize>().unwrap() <= EXCLUSIVE {}
}

/// Stops the server under load and starts it again. Gives how long the clients waited once it was ready.
fn stop_and_start(
    server: &mut PostgresServer,
    database: &PostgresDatabase,
    shutdown: Shutdown,
    clients: &[Seen],
) -> Duration {
    wait_for(clients, |seen| &seen.answered, ANSWERS);
    wait_for_shared(database);
    server.stop(shutdown);
    wait_for(clients, |seen| &seen.refused, 2);
    server.start_again();
    let ready = Instant::now();
    wait_for(clients, |seen| &seen.answered, 1);
    let healed = ready.elapsed();
    wait_for(clients, |seen| &seen.answered, ANSWERS);
    wait_for_shared(database);
    healed
}

/// One server's end and return under load, and what is there afterwards.
fn round(server: &mut PostgresServer, database: &PostgresDatabase, gateway: &Running, number: u64, shutdown: Shutdown) {
    let clients: Vec<Seen> = (0..2 * CLIENTS).map(|_| Seen::default()).collect();
    let (writers, readers) = clients.split_at(CLIENTS);
    let (end, address) = (AtomicBool::new(false), &gateway.address);
    let (healed, written, longest_read) = std::thread::scope(|scope| {
        let end = &end;
        let writers: Vec<ScopedJoinHandle<'_, Written>> = (0..)
            .zip(writers)
            .map(|(writer, seen)| scope.spawn(move || write(address, number, writer, seen, end)))
            .collect();
        let readers: Vec<ScopedJoinHandle<'_, Duration>> =
            readers.iter().map(|seen| scope.spawn(move || read(address, seen, end))).collect();
        let healed = {
            let _end = SetWhenDropped(end);
            stop_and_start(server, database, shutdown, &clients)
        };
        let written: Vec<Written> = writers.into_iter().map(|writer| writer.join().unwrap()).collect();
        let longest_read = readers.into_iter().map(|reader| reader.join().unwrap()).max().unwrap_or_default();
        (healed, written, longest_read)
    });
    let found = there(address, &format!("{number}:%"));
    let refused: BTreeSet<&String> = written.iter().flat_map(|written| &written.refused).flatten().collect();
    let acknowledged: Vec<_> = written.iter().flat_map(|written| written.acknowledged.iter().cloned()).collect();
    check(&found, &acknowledged);
    assert_eq!(found.iter().find(|name| refused.contains(name)), None, "it was refused and is there");
    let longest_write = written.iter().map(|written| written.longest_request).max().unwrap_or_default();
    let (longest, unknown) =
        (longest_write.max(longest_read), written.iter().map(|written| written.unknown).sum::<usize>());
    assert!(longest < LONGEST_REQUEST, "a request took {longest:?}");
    println!(
        "{shutdown:?}: all clients answered {healed:?} after the server was ready, longest request {longest:?}, \
         {} mutations acknowledged, {} refused, {unknown} of unknown outcome",
        acknowledged.len(),
        written.iter().map(|written| written.refused.len()).sum::<usize>(),
    );
}

#[test]
fn prove_that_a_restart_of_postgres_is_survived() {
    let folder = TemporaryFolder::create();
    let mut server = PostgresServer::start(&["max_connections = 40"]);
    let database = server.create_database();
    let url = database.url();
    make_project(&url, folder.path());
    let connections = EXCLUSIVE.to_string();
    let arguments = ["serve", "--database-url", &url, "--admin-secret", "s", "--database-connections", &connections];
    let gateway = Running::start(&arguments, folder.path());
    for number in 0..proof::part_of(ROUNDS) {
        round(&mut server, &database, &gateway, 2 * number, Shutdown::Immediate);
        round(&mut server, &database, &gateway, 2 * number + 1, Shutdown::Fast);
    }
    gateway.stop();
}

//! `purlin dev` from outside: files are saved, and what it tells and answers is read.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use purlin_testkit::{PostgresDatabase, TemporaryFolder};
use serde_json::{Value as Json, json};

const SECRET: &str = "dev-secret";

fn purlin(arguments: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_purlin"));
    command.args(arguments).current_dir(folder).env_clear();
    command
}

/// A project under development.
struct Dev {
    folder: TemporaryFolder,
    process: Child,
    events: BufReader<ChildStdout>,
    address: String,
}

impl Dev {
    /// Makes a project and starts `dev` in it.
    fn start(url: &str) -> Dev {
        let folder = TemporaryFolder::create();
        assert!(purlin(&["init", "."], folder.path()).stdout(Stdio::null()).status().unwrap().success());
        let arguments = ["dev", "--bind", "127.0.0.1:0", "--format", "json", "--log", "error", "--database-url", url];
        let mut process = purlin(&[&arguments[..], &["--admin-secret", SECRET]].concat(), folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the binary");
        let events = BufReader::new(process.stdout.take().unwrap());
        let mut dev = Dev { folder, process, events, address: String::new() };
        let serving = dev.event();
        assert_eq!(serving["event"], "serving", "{serving}");
        let url = serving["url"].as_str().unwrap();
        dev.address = url.strip_prefix("http://").unwrap().strip_suffix("/v1/graphql").unwrap().to_owned();
        dev
    }

    /// The next thing it tells; waits for it.
    fn event(&mut self) -> Json {
        let mut line = String::new();
        self.events.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"))
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.path().join(name)).unwrap()
    }

    /// Saves as careful editors do: a new file takes the place of the old one.
    fn save(&self, name: &str, text: &str) {
        let path = self.folder.path().join(name);
        let beside = path.with_extension("tmp");
        std::fs::write(&beside, text).unwrap();
        std::fs::rename(&beside, &path).unwrap();
    }

    /// Replaces a text in a file once, and gives what is told of it.
    fn edit(&mut self, name: &str, from: &str, to: &str) -> Json {
        let text = self.read(name);
        assert!(text.contains(from), "{from} is not in {text}");
        self.save(name, &text.replacen(from, to, 1));
        self.event()
    }

    fn ask(&self, headers: &str, query: &str) -> Json {
        ask(&self.address, headers, query)
    }

    fn migrations(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path().join("migrations/sqlite")).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|it| it.contains(".up."))
            .collect();
        names.sort();
        names.iter().map(|name| name[15..].trim_end_matches(".up.sql").to_owned()).collect()
    }

    /// Asks it to stop as Ctrl-C does; it ends in order and says nothing more than that.
    fn stop(mut self) {
        let asked = Command::new("kill").args(["-INT", &self.process.id().to_string()]).status().unwrap();
        assert!(asked.success());
        let mut rest = String::new();
        self.events.read_to_string(&mut rest).unwrap();
        assert_eq!(rest, "{\"event\":\"stopped\",\"ok\":true}\n");
        assert_eq!(self.process.wait().unwrap().code(), Some(0));
    }
}

impl Drop for Dev {
    fn drop(&mut self) {
        // Of a test that failed.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn ask(address: &str, headers: &str, query: &str) -> Json {
    let body = json!({ "query": query }).to_string();
    let mut connection = TcpStream::connect(address).unwrap();
    let request = format!(
        "POST /v1/graphql HTTP/1.1\r\nhost: test\r\nconnection: close\r\ncontent-type: application/json\r\n{headers}\
         content-length: {}\r\n\r\n{body}",
        body.len()
    );
    connection.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
}

const MODEL: &str = "schema/notes.graphql";
const ADMIN: &str = "x-hasura-admin-secret: dev-secret\r\n";

/// `init`, `dev`, a change, a mistake, its mending, a loss, rules, settings, seeds.
fn a_day_of_work(url: &str) {
    let mut dev = Dev::start(url);
    let bo = format!("{ADMIN}x-hasura-role: user\r\nx-hasura-user-id: 00000000-0000-7000-8000-000000000002\r\n");
    let draft = "{ notes(where: {title: {_eq: \"Draft\"}}) { title stars } }";
    assert_eq!(dev.ask(&bo, draft)["errors"][0]["extensions"]["code"], "validation-failed");

    let changed = dev.edit(MODEL, "  body: String!", "  stars: Int\n  body: String!");
    assert_eq!(changed["event"], "changed", "{changed}");
    assert_eq!(changed["saved"], json!([MODEL]));
    assert!(changed["sql"].as_str().unwrap().contains("ADD COLUMN \"stars\""), "{changed}");
    let added = json!({ "change": "added", "type": "notes", "member": "stars", "after": "Int", "breaking": false,
        "roles": ["admin", "user"] });
    assert!(changed["api"]["changes"].as_array().unwrap().contains(&added), "{changed}");
    let gained = json!({ "roles": ["user"], "table": "notes", "operation": "select", "effect": "gains",
        "what": "columns", "columns": ["stars"] });
    assert_eq!(changed["access"], json!([gained]));
    assert_eq!(dev.migrations(), ["initial", "add_notes_stars"]);
    let bos = json!({ "data": { "notes": [{ "title": "Draft", "stars": null }] } });
    assert_eq!(dev.ask(&bo, draft), bos);

    let mistakes = dev.edit(MODEL, "stars: Int", "stars: Imt");
    assert_eq!(mistakes["event"], "mistakes");
    assert_eq!(mistakes["errors"][0]["details"][0]["code"], "unknown-type", "{mistakes}");
    // What was served before goes on.
    assert_eq!(dev.ask(&bo, draft), bos);
    assert_eq!(dev.edit(MODEL, "stars: Imt", "stars: Int"), json!({ "event": "fixed" }));

    // Nobody is at a terminal who could agree to a loss.
    let refused = dev.edit(MODEL, "  stars: Int\n", "");
    assert_eq!(refused["event"], "refused");
    assert_eq!(refused["losses"], json!(["`notes.stars` is dropped with all of its values (0 rows)"]));
    assert_eq!(refused["hint"], "if this is meant: `purlin migrate diff --allow-destructive`; `dev` applies it");
    assert_eq!(refused["api"]["breaking"], true);
    assert_eq!(dev.ask(&bo, draft), bos);
    let diff = ["migrate", "diff", "--allow-destructive"];
    assert!(purlin(&diff, dev.folder.path()).stdout(Stdio::null()).status().unwrap().success());
    let changed = dev.event();
    assert_eq!(changed["event"], "changed", "{changed}");
    assert_eq!(dev.migrations(), ["initial", "add_notes_stars", "drop_notes_stars"]);
    assert_eq!(dev.ask(&bo, draft)["errors"][0]["extensions"]["code"], "validation-failed");

    // A rule alone changes no table.
    let changed = dev.edit(MODEL, "delete: {where: {author_id: {_eq: \"X-Hasura-User-Id\"}}}", "");
    assert_eq!((&changed["event"], &changed["sql"]), (&json!("changed"), &json!("")));
    assert_eq!(changed["access"][0]["what"], "operation");
    assert_eq!(changed["access"][0]["effect"], "loses");
    assert_eq!(dev.migrations().len(), 3);

    settings_and_seeds(&mut dev);
    dev.stop();
}

fn settings_and_seeds(dev: &mut Dev) {
    let told = dev.edit("purlin.toml", "databases", "log = \"debug\"\nlimits.depth = 2\ndatabases");
    assert_eq!(told, json!({ "event": "settings", "taken": ["limits.depth"], "restart": [] }));
    let deep = "{ notes { author { notes { title } } } }";
    assert_eq!(dev.ask(ADMIN, deep)["errors"][0]["extensions"]["code"], "limit-exceeded");
    let told = dev.edit("purlin.toml", "limits.depth = 2", "database.connections = 3");
    assert_eq!(told, json!({ "event": "settings", "taken": ["limits.depth"], "restart": ["database.connections"] }));
    assert!(dev.ask(ADMIN, deep)["data"].is_object());
    let mistakes = dev.edit("purlin.toml", "database.connections", "database.conections");
    assert_eq!(mistakes["errors"][0]["code"], "setting-unknown");
    assert_eq!(dev.edit("purlin.toml", "database.conections", "database.connections"), json!({ "event": "fixed" }));

    let seeds = "schema/seeds/02_more.json";
    let author = "00000000-0000-7000-8000-000000000001";
    let row = |id: &str| json!({ "notes": [{ "id": id, "title": "Seeded", "author_id": author }] }).to_string();
    dev.save(seeds, &row("nonsense"));
    let mistakes = dev.event();
    assert_eq!(mistakes["event"], "mistakes", "{mistakes}");
    dev.save(seeds, &row("00000000-0000-7000-8000-000000000021"));
    assert_eq!(dev.event(), json!({ "event": "fixed" }));
    assert_eq!(dev.event(), json!({ "event": "loaded", "loaded": [{ "file": "02_more.json", "added": 1 }] }));
}

#[test]
fn a_project_is_served_while_it_is_written_on_sqlite() {
    a_day_of_work("sqlite:./.purlin/data.db");
}

#[test]
fn a_project_is_served_while_it_is_written_on_postgres() {
    let database = PostgresDatabase::create();
    a_day_of_work(&database.url());
}

/// Tables that change under running requests.
fn requests_while_tables_change(url: &str) {
    let mut dev = Dev::start(url);
    let ended = Arc::new(AtomicBool::new(false));
    let clients: Vec<_> = (0..2)
        .map(|_| {
            let (ended, address) = (Arc::clone(&ended), dev.address.clone());
            std::thread::spawn(move || {
                let mut answers = 0;
                while !ended.load(Ordering::Relaxed) {
                    let answer = ask(&address, "", "{ notes { title author { name } } }");
                    assert_eq!(
                        answer,
                        json!({ "data": { "notes": [{ "title": "Welcome", "author": { "name": "Ada" } }] } })
                    );
                    answers += 1;
                }
                answers
            })
        })
        .collect();
    for number in 0..6 {
        // A column comes, its type becomes a wider one, it gets another name.
        let changed = match number % 3 {
            0 => dev.edit(MODEL, "  body: String!", &format!("  c{number}: Int\n  body: String!")),
            1 => dev.edit(MODEL, &format!("c{}: Int", number - 1), &format!("c{}: String", number - 1)),
            _ => {
                let former = format!("c{}", number - 2);
                let to = format!("d{former}: String @renamed(from: \"{former}\")");
                dev.edit(MODEL, &format!("{former}: String"), &to)
            }
        };
        assert_eq!(changed["event"], "changed", "{changed}");
    }
    ended.store(true, Ordering::Relaxed);
    for client in clients {
        assert!(client.join().unwrap() > 0);
    }
    assert_eq!(dev.migrations().len(), 7);
    assert_eq!(dev.migrations().last().unwrap(), "rename_notes_c3_to_dc3");
    dev.stop();
}

#[test]
fn no_request_fails_while_tables_change_on_sqlite() {
    requests_while_tables_change("sqlite:./.purlin/data.db");
}

#[test]
fn no_request_fails_while_tables_change_on_postgres() {
    let database = PostgresDatabase::create();
    requests_while_tables_change(&database.url());
}

#[test]
fn what_cannot_be_applied_leaves_nothing_behind() {
    let mut dev = Dev::start("sqlite:./.purlin/data.db");
    let insert = "mutation { insert_authors(objects: [{name: \"Ada\"}]) { affected_rows } }";
    assert!(dev.ask(ADMIN, insert)["data"].is_object());
    let before = dev.read("migrations/model.graphql");
    // Two rows have this name.
    let mistakes = dev.edit(MODEL, "name: String! @length", "name: String! @unique @length");
    assert_eq!(mistakes["errors"][0]["code"], "migrate-statement", "{mistakes}");
    assert_eq!(dev.read("migrations/model.graphql"), before);
    assert_eq!(dev.migrations(), ["initial"]);
    assert_eq!(dev.edit(MODEL, "@unique ", ""), json!({ "event": "fixed" }));
    dev.stop();
}

#[test]
fn sql_that_the_database_refuses_leaves_nothing_behind() {
    let database = PostgresDatabase::create();
    let mut dev = Dev::start(&database.url());
    let before = dev.read("migrations/model.graphql");
    // The column is new, and the computed field beside it is wrong on this database alone.
    let fields =
        "  stars: Int\n  twice: Int @computed(postgres: \"starz * 2\", sqlite: \"stars * 2\")\n  body: String!";
    let mistakes = dev.edit(MODEL, "  body: String!", fields);
    assert_eq!(mistakes["event"], "mistakes", "{mistakes}");
    assert_eq!(dev.read("migrations/model.graphql"), before);
    assert_eq!(dev.migrations(), ["initial"]);
    let all = dev.ask(ADMIN, "{ notes_aggregate { aggregate { count } nodes { title } } }");
    assert_eq!(all["data"]["notes_aggregate"]["aggregate"]["count"], 2, "{all}");
    let changed = dev.edit(MODEL, "starz", "stars");
    assert_eq!((&changed["event"], dev.migrations().len()), (&json!("changed"), 2), "{changed}");
    assert!(dev.ask(ADMIN, "{ notes { twice } }")["data"].is_object());
    dev.stop();
}

#[test]
fn folders_that_go_and_come_are_watched_on() {
    let mut dev = Dev::start("sqlite:./.purlin/data.db");
    let (schema, aside) = (dev.folder.path().join("schema"), dev.folder.path().join("aside"));
    std::fs::rename(&schema, &aside).unwrap();
    assert_eq!(dev.event()["errors"][0]["code"], "project");
    std::fs::rename(&aside, &schema).unwrap();
    assert_eq!(dev.event(), json!({ "event": "fixed" }));
    dev.save("schema/tags.graphql", "type tags @table { id: Int! @id }");
    let changed = dev.event();
    assert_eq!(changed["saved"], json!(["schema/tags.graphql"]));
    assert_eq!(dev.migrations(), ["initial", "create_tags"]);
    dev.stop();
}

#[test]
fn a_database_that_was_changed_elsewhere_is_told() {
    let database = PostgresDatabase::create();
    let mut dev = Dev::start(&database.url());
    let folder = dev.folder.path().to_owned();
    // This one has looked at the database before it tells of anything saved.
    assert_eq!(dev.edit(MODEL, "limit: 50", "limit: 49")["event"], "changed");
    database.execute("alter table notes drop column body");
    let arguments = ["dev", "--bind", "127.0.0.1:0", "--format", "json", "--log", "error", "--database-url"];
    let url = database.url();
    let mut second = purlin(&[&arguments[..], &[&url, "--admin-secret", SECRET]].concat(), &folder)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut events = BufReader::new(second.stdout.take().unwrap()).lines();
    assert!(events.next().unwrap().unwrap().contains("\"serving\""));
    let drift: Json = serde_json::from_str(&events.next().unwrap().unwrap()).unwrap();
    assert_eq!(drift, json!({ "event": "drift", "differences": ["column `notes.body` is not there"] }));
    second.kill().unwrap();
    second.wait().unwrap();
    dev.stop();
}

/// Reads until a text appears.
fn read_until(output: &mut impl Read, text: &str) {
    let mut seen = String::new();
    let mut byte = [0; 1];
    while !seen.ends_with(text) {
        assert_eq!(output.read(&mut byte).unwrap(), 1, "{text} is not in {seen}");
        seen.push(char::from(byte[0]));
    }
}

#[test]
fn somebody_at_a_terminal_is_asked_and_may_begin_with_a_mistake() {
    let folder = TemporaryFolder::create();
    assert!(purlin(&["init", "."], folder.path()).stdout(Stdio::null()).status().unwrap().success());
    let model = folder.path().join(MODEL);
    let text = std::fs::read_to_string(&model).unwrap();
    std::fs::write(&model, text.replace("  body: String!", "  body: Strang!")).unwrap();
    // `script` runs it at a terminal of its own.
    let line = format!("exec '{}' dev --bind 127.0.0.1:0", env!("CARGO_BIN_EXE_purlin"));
    let mut process = Command::new("script")
        .args(["-qefc", &line, "/dev/null"])
        .current_dir(folder.path())
        .env_clear()
        .env("NO_COLOR", "1")
        .env("PATH", "/usr/bin:/bin")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the command `script`");
    let mut output = BufReader::new(process.stdout.take().unwrap());
    let mut input = process.stdin.take().unwrap();
    read_until(&mut output, "waiting for the next save");
    std::fs::write(&model, &text).unwrap();
    read_until(&mut output, "Ctrl-C ends");
    std::fs::write(&model, text.replace("  body: String!", "  stars: Int\n  body: String!")).unwrap();
    read_until(&mut output, "served after ");
    std::fs::write(&model, &text).unwrap();
    read_until(&mut output, "`notes.stars` is dropped with all of its values (0 rows)");
    read_until(&mut output, "do it? [y/N] ");
    input.write_all(b"n\n").unwrap();
    read_until(&mut output, "not done; what was served before goes on");
    // Saved again, it is asked again.
    std::fs::write(&model, format!("{text}\n")).unwrap();
    read_until(&mut output, "do it? [y/N] ");
    input.write_all(b"y\n").unwrap();
    read_until(&mut output, "_drop_notes_stars");
    read_until(&mut output, "served after ");
    input.write_all(b"\x03").unwrap();
    let mut rest = Vec::new();
    output.read_to_end(&mut rest).unwrap();
    assert_eq!(process.wait().unwrap().code(), Some(0));
}

#[test]
fn dev_is_not_for_others_unless_somebody_means_it() {
    let folder = TemporaryFolder::create();
    assert!(purlin(&["init", "."], folder.path()).stdout(Stdio::null()).status().unwrap().success());
    let output = purlin(&["dev", "--bind", "0.0.0.0:0", "--format", "json"], folder.path()).output().unwrap();
    let error: Json = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(error["error"]["code"], "dev-exposed");
    assert_eq!(output.status.code(), Some(1));
    assert!(!folder.path().join(".purlin/data.db").exists());
}

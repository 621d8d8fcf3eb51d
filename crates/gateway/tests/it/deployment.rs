//! The files by which others run Purlin say what is true: the compose file's processes, the unit of systemd.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use purlin_testkit::{PostgresDatabase, TemporaryFolder};
use serde_json::{Value as Json, json};

use crate::process::purlin;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The compose file as JSON, read by Python's YAML.
fn compose() -> Json {
    let program = "import json, sys, yaml; json.dump(yaml.safe_load(open(sys.argv[1])), sys.stdout)";
    let output = Command::new("python3").args(["-c", program]).arg(repository().join("docker-compose.yml")).output();
    let output = output.expect("python3 with PyYAML: ./scripts/test installs it");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A service's process, as the compose file starts it, but here.
fn start(service: &Json, database: &str) -> Child {
    let mut variables: BTreeMap<String, String> = service["environment"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned()))
        .collect();
    for (name, here) in [
        ("PURLIN_PROJECT", repository().display().to_string()),
        ("PURLIN_BIND", "127.0.0.1:0".to_owned()),
        ("PURLIN_DATABASE_URL", database.to_owned()),
        ("PURLIN_ADMIN_SECRET", "compose-secret".to_owned()),
        ("PURLIN_SHUTDOWN_DELAY", "0".to_owned()),
    ] {
        assert!(variables.insert(name.to_owned(), here).is_some(), "the compose file does not set {name}");
    }
    let command: Vec<&str> = service["command"].as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect();
    let mut process = purlin(&command, Path::new("/"));
    process.envs(variables).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
}

fn address(process: &mut Child) -> String {
    let mut line = String::new();
    BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let about: Json = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"));
    let url = about["url"].as_str().unwrap();
    url.strip_prefix("http://").unwrap().strip_suffix("/v1/graphql").unwrap().to_owned()
}

/// Asks GraphQL as admin.
pub fn ask(address: &str, secret: &str, query: &str) -> Json {
    let body = json!({ "query": query }).to_string();
    let request = format!(
        "POST /v1/graphql HTTP/1.1\r\nhost: test\r\nconnection: close\r\ncontent-type: application/json\r\n\
         x-hasura-admin-secret: {secret}\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let answer = crate::process::exchange(address, &request);
    serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap_or_else(|error| panic!("{error}: {answer}"))
}

#[test]
fn the_compose_file_starts_two_gateways_that_migrate_once() {
    let compose = compose();
    let services = compose["services"].as_object().unwrap();
    let names: Vec<&str> = services.keys().map(String::as_str).filter(|name| name.starts_with("purlin")).collect();
    assert_eq!(names, ["purlin-1", "purlin-2"]);
    for name in &names {
        let mounts = services[*name]["volumes"].as_array().unwrap();
        for mount in mounts {
            let source = mount.as_str().unwrap().split(':').next().unwrap();
            assert!(repository().join(source).exists(), "{source} is not there to be mounted");
        }
        assert_eq!(services[*name]["depends_on"]["postgres"]["condition"], "service_healthy");
    }
    let database = PostgresDatabase::create();
    let mut processes: Vec<Child> = names.iter().map(|name| start(&services[*name], &database.url())).collect();
    for process in &mut processes {
        let address = address(process);
        let answer = ask(&address, "compose-secret", "{ projects { name } }");
        assert_eq!(answer, json!({ "data": { "projects": [] } }));
    }
    let migrations = std::fs::read_dir(repository().join("migrations/postgres")).unwrap();
    let files = migrations.filter(|entry| entry.as_ref().unwrap().path().to_string_lossy().ends_with(".up.sql"));
    assert_eq!(database.query("select count(*) from purlin.migrations"), files.count().to_string());
    for mut process in processes {
        assert!(Command::new("kill").args(["-TERM", &process.id().to_string()]).status().unwrap().success());
        assert_eq!(process.wait().unwrap().code(), Some(0));
    }
}

#[test]
fn systemd_understands_the_unit() {
    let Ok(version) = Command::new("systemd-analyze").arg("--version").output() else {
        eprintln!("skipped: systemd-analyze is not installed");
        return;
    };
    assert!(version.status.success());
    let text = std::fs::read_to_string(repository().join("scripts/purlin.service")).unwrap();
    assert!(text.contains("ExecStart=/usr/local/bin/purlin serve"), "{text}");
    let folder = TemporaryFolder::create();
    let unit = folder.path().join("purlin.service");
    // The binary is where it is built, not where it would be installed.
    std::fs::write(&unit, text.replace("/usr/local/bin/purlin", env!("CARGO_BIN_EXE_purlin"))).unwrap();
    let output = Command::new("systemd-analyze").arg("verify").arg(&unit).output().unwrap();
    let complaints = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && complaints.is_empty(), "{complaints}");
    // Every variable it sets is a setting.
    for name in text.lines().filter_map(|line| line.strip_prefix("Environment=")?.split('=').next()) {
        let known = purlin_gateway::settings::table::all()
            .any(|setting| setting.variable() == name || (setting.secret && setting.file_variable() == name));
        assert!(known, "{name}");
    }
}

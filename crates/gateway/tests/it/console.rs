//! The console over HTTP: who gets it, under which headers, and what it tells to whom. What the page does in a browser
//! is tested by `crates/console/web/test`.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Stdio;

use purlin_testkit::TemporaryFolder;
use serde_json::{Value as Json, json};

use crate::process::{purlin, start, stop};

/// The head and the body of an answer to a GET.
fn get(about: &Json, path: &str, headers: &str) -> (String, Vec<u8>) {
    let address = about["url"].as_str().unwrap().strip_prefix("http://").unwrap().strip_suffix("/v1/graphql").unwrap();
    let mut connection = TcpStream::connect(address).unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nhost: test\r\nconnection: close\r\n{headers}\r\n");
    connection.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    connection.read_to_end(&mut answer).unwrap();
    let end = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").unwrap();
    let body = answer.split_off(end + 4);
    (String::from_utf8(answer).unwrap(), body)
}

fn project(about: &Json, headers: &str) -> Json {
    let (head, body) = get(about, "/console/project.json", headers);
    assert!(head.contains("cache-control: no-store"), "{head}");
    serde_json::from_slice(&body).unwrap()
}

fn new_project() -> TemporaryFolder {
    let folder = TemporaryFolder::create();
    assert!(purlin(&["init", "."], folder.path()).stdout(Stdio::null()).status().unwrap().success());
    folder
}

#[test]
fn dev_serves_the_console_and_serve_only_when_told() {
    let folder = new_project();
    let (server, about) = start(&["dev"], folder.path());
    let url = about["url"].as_str().unwrap().replace("/v1/graphql", "/console");
    assert_eq!(about["console"], json!(url));
    let (head, _) = get(&about, "/", "");
    assert!(head.starts_with("HTTP/1.1 307") && head.contains("location: /console\r\n"), "{head}");
    assert!(get(&about, "/console", "").0.starts_with("HTTP/1.1 200"));
    stop(server);

    let (server, about) = start(&["serve", "--admin-secret", "s"], folder.path());
    assert_eq!(about["console"], Json::Null);
    for path in ["/", "/console", "/console/", "/console/index.html", "/console/project.json"] {
        let (head, _) = get(&about, path, "x-hasura-admin-secret: s\r\n");
        assert!(head.starts_with("HTTP/1.1 404"), "{path}: {head}");
    }
    stop(server);

    let (server, about) = start(&["serve", "--admin-secret", "s", "--console-enabled"], folder.path());
    assert!(get(&about, "/console", "").0.starts_with("HTTP/1.1 200"));
    stop(server);
}

#[test]
fn everything_of_the_console_comes_under_a_strict_policy() {
    let folder = new_project();
    let (server, about) = start(&["dev"], folder.path());
    let mut paths = vec!["/console".to_owned(), "/console/project.json".to_owned(), "/console/none.js".to_owned()];
    paths.extend(purlin_console::files().iter().map(|file| format!("/console/{}", file.path)));
    for path in paths {
        let (head, _) = get(&about, &path, "");
        for header in [
            "content-security-policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
             connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'\r\n",
            "x-content-type-options: nosniff\r\n",
            "referrer-policy: no-referrer\r\n",
            "cross-origin-opener-policy: same-origin\r\n",
        ] {
            assert!(head.contains(header), "{path}: {header}: {head}");
        }
        let kept = if path.starts_with("/console/assets/") { "max-age=31536000, immutable" } else { "no-store" };
        assert!(head.contains(kept), "{path}: {head}");
    }
    for file in purlin_console::files() {
        let path = format!("/console/{}", file.path);
        let (head, body) = get(&about, &path, "accept-encoding: br, gzip\r\n");
        assert!(head.contains("content-encoding: gzip\r\n") && body == file.gzip, "{path}");
        let (head, body) = get(&about, &path, "accept-encoding: gzip;q=0\r\n");
        assert!(!head.contains("content-encoding") && body == file.content(), "{path}");
        assert!(head.contains("vary: accept-encoding\r\n"), "{path}");
    }
    stop(server);
}

#[test]
fn only_admins_learn_which_roles_there_are() {
    let folder = new_project();
    let (server, about) = start(&["dev"], folder.path());
    let secret = format!("x-hasura-admin-secret: {}\r\n", about["admin_secret"].as_str().unwrap());
    let name = folder.path().file_name().unwrap().to_str().unwrap();
    let all = json!({ "project": name, "role": "admin", "roles": ["public", "user"] });
    assert_eq!(project(&about, &secret), all);
    let own = |role: &str| json!({ "project": name, "role": role, "roles": null });
    assert_eq!(project(&about, &format!("{secret}x-hasura-role: user\r\n")), own("user"));
    // The role of everybody, and nothing more.
    assert_eq!(project(&about, ""), own("public"));
    let refused = project(&about, "x-hasura-admin-secret: wrong\r\n");
    assert_eq!(refused["errors"][0]["extensions"]["code"], "access-denied");
    assert_eq!(refused.as_object().unwrap().len(), 1, "{refused}");
    stop(server);
}

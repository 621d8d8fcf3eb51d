//! `cases/*.json` → one line per case in the `.txt` beside it.
//!
//! A file has a `config`, a `now` (seconds since 1970), perhaps `claims` that every token has, and named `cases` with
//! `headers` and perhaps a `token`: `with` and `key` sign it, `header` and `claims` change it, `raw` replaces it.
//! `$TOKEN` in a header is the token; a token that no header names is sent as `Authorization: Bearer`.
//! A file with `configs` instead checks what configurations are refused.

use std::fmt::Write;
use std::path::Path;

use purlin_auth::{Config, ConfigError, Guard, Secret, jwt};
use purlin_model::Session;
use purlin_testkit::{Expectations, cases};
use serde_json::{Map, Value as Json, json};

use crate::signing;

#[test]
fn headers_become_sessions_or_errors() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut expectations = Expectations::new();
    for path in cases(&folder, |path| path.extension().is_some_and(|extension| extension == "json")) {
        let text = std::fs::read_to_string(&path).unwrap();
        let file: Json = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let lines = match file.get("configs") {
            Some(configs) => configurations(configs.as_object().unwrap()),
            None => sessions(&file),
        };
        expectations.check(&path.with_extension("txt"), &lines);
    }
    expectations.finish();
}

fn configurations(configs: &Map<String, Json>) -> String {
    let mut lines = String::new();
    for (name, config) in configs {
        match guard(config) {
            Ok(_) => writeln!(lines, "{name}: accepted").unwrap(),
            Err(error) => writeln!(lines, "{name}: {}; hint: {}", error.message, error.hint).unwrap(),
        }
    }
    lines
}

fn sessions(file: &Json) -> String {
    let guard = guard(&file["config"]).expect("a configuration");
    let now = file["now"].as_u64().unwrap_or(1_000_000);
    let mut lines = String::new();
    for (name, case) in file["cases"].as_object().unwrap() {
        let headers = headers(case, &file["claims"]);
        let pairs = headers.iter().map(|(name, value)| (name.as_str(), value.as_slice()));
        match guard.authenticate_at(pairs, now) {
            Ok(session) => writeln!(lines, "{name}: {}", shown(&session)).unwrap(),
            Err(error) => writeln!(lines, "{name}: {}: {}", error.code.text(), error.message).unwrap(),
        }
    }
    lines
}

fn guard(config: &Json) -> Result<Guard, ConfigError> {
    let text = |name: &str| config[name].as_str();
    let jwt = match &config["jwt_secret"] {
        Json::Null => None,
        Json::String(raw) => Some(jwt::Config::parse(raw)?),
        fields => {
            let mut fields = fields.clone();
            if let Some(key) = fields["key"].as_str() {
                fields["key"] = Json::from(signing::resolve(key));
            }
            Some(jwt::Config::parse(&without_nulls(fields).to_string())?)
        }
    };
    Guard::new(Config {
        admin_secret: text("admin_secret").map(Secret::new),
        second_admin_secret: text("second_admin_secret").map(Secret::new),
        jwt,
        unauthorized_role: text("unauthorized_role").map(str::to_owned),
        insecure_admin: config["insecure_admin"].as_bool().unwrap_or(false),
    })
}

fn without_nulls(mut fields: Json) -> Json {
    fields.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    fields
}

fn headers(case: &Json, common_claims: &Json) -> Vec<(String, Vec<u8>)> {
    let token = case.get("token").map(|token| token_text(token, common_claims));
    let mut sent = token.is_none();
    let mut headers = Vec::new();
    for pair in case["headers"].as_array().map_or(&[][..], Vec::as_slice) {
        let (name, value) = (pair[0].as_str().unwrap(), pair[1].as_str().unwrap());
        let value = match &token {
            Some(token) if value.contains("$TOKEN") => {
                sent = true;
                value.replace("$TOKEN", token)
            }
            _ => value.to_owned(),
        };
        // `\xff` stands for a byte that is not UTF-8.
        let value = if value == "\\xff" { vec![0xff] } else { value.into_bytes() };
        headers.push((name.to_owned(), value));
    }
    if !sent {
        headers.push(("Authorization".to_owned(), format!("Bearer {}", token.unwrap()).into_bytes()));
    }
    headers
}

fn token_text(token: &Json, common_claims: &Json) -> String {
    if let Some(raw) = token["raw"].as_str() {
        return raw.repeat(token["times"].as_u64().unwrap_or(1) as usize);
    }
    let with = token["with"].as_str().expect("`with`");
    let header = merged(&json!({ "alg": with, "typ": "JWT" }), &token["header"]);
    let claims = merged(common_claims, &token["claims"]);
    signing::token(&header, &claims, with, token["key"].as_str().unwrap_or(""))
}

/// `base` with the fields of `change`; a field that is the string `(absent)` is removed.
fn merged(base: &Json, change: &Json) -> Json {
    let Some(change) = change.as_object() else {
        return if change.is_null() { base.clone() } else { change.clone() };
    };
    let mut all = base.as_object().cloned().unwrap_or_default();
    for (name, value) in change {
        match value.as_str() {
            Some("(absent)") => drop(all.remove(name)),
            _ => drop(all.insert(name.clone(), value.clone())),
        }
    }
    Json::Object(all)
}

fn shown(session: &Session) -> String {
    let variables: Vec<String> = session.variables.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let backend = if session.backend { " backend" } else { "" };
    format!("{}{backend} {{{}}}", session.role.name(), variables.join(", "))
}

//! What the settings alone show.

use std::net::ToSocketAddrs;
use std::time::Duration;

use super::{Finding, Severity, finding};
use crate::project;
use crate::settings::{Settings, table};

/// Shortest admin secret, in characters.
const SECRET_CHARACTERS: usize = 16;
/// Secrets of examples.
const EXAMPLES: [&str; 10] = [
    "admin",
    "changeme",
    "hasura",
    "myadminsecretkey",
    "nhost-admin-secret",
    "password",
    "postgres",
    "purlin",
    "secret",
    "test",
];
/// Limits beyond this many times their default are hardly meant.
const ABSURD: usize = 100;

/// What is to be mended in the settings.
pub fn findings(settings: &Settings) -> Vec<Finding> {
    let mut findings = secrets(settings);
    findings.extend(doors(settings));
    findings.extend(limits(settings));
    findings.extend(time_outs(settings));
    findings
}

fn secrets(settings: &Settings) -> Vec<Finding> {
    let mut findings = Vec::new();
    if settings.insecure_admin {
        let message = "everybody is admin";
        let reason = "`insecure_admin` is set";
        let hint = "unset it, and set `admin_secret`";
        findings.push(finding(Severity::Error, "doctor-insecure-admin", message, reason, hint));
    }
    let development = project::development_secret(&settings.project).ok().flatten();
    let given = [("admin_secret", &settings.admin_secret), ("second_admin_secret", &settings.second_admin_secret)];
    for (key, secret) in given.into_iter().filter_map(|(key, secret)| Some((key, secret.as_deref()?))) {
        let reason = if EXAMPLES.contains(&secret.to_lowercase().as_str()) {
            "it is one of those that are tried first".to_owned()
        } else if development.as_deref() == Some(secret) {
            "it is the development secret in `.purlin/admin_secret`".to_owned()
        } else if secret.chars().count() < SECRET_CHARACTERS {
            format!("it is shorter than {SECRET_CHARACTERS} characters")
        } else {
            continue;
        };
        let message = format!("`{key}` can be guessed");
        let hint = "make one with `openssl rand -hex 32` and keep it in a file: `PURLIN_ADMIN_SECRET_FILE`";
        findings.push(finding(Severity::Error, "doctor-weak-secret", message, reason, hint));
    }
    if !settings.insecure_admin
        && settings.admin_secret.is_none()
        && settings.jwt_secret.is_none()
        && settings.unauthorized_role.is_none()
    {
        let message = "nobody could be let in";
        let reason = "neither `admin_secret` nor `jwt_secret` nor `unauthorized_role` is set";
        let hint = "set `admin_secret`";
        findings.push(finding(Severity::Error, "doctor-no-credentials", message, reason, hint));
    }
    findings
}

fn doors(settings: &Settings) -> Vec<Finding> {
    let mut findings = Vec::new();
    if is_public(&settings.bind) && settings.tls.is_none() && settings.http.trusted_proxies.is_empty() {
        let message = "secrets and rows cross the network unencrypted";
        let reason = format!("`bind` is `{}`, and neither TLS nor a trusted proxy is set", settings.bind);
        let hint = "set `tls.certificate` and `tls.key`, or name the proxy in `http.trusted_proxies`";
        findings.push(finding(Severity::Error, "doctor-plain-http", message, reason, hint));
    }
    if let Some(bind) = settings.metrics_bind.as_deref().filter(|bind| is_public(bind)) {
        let message = "metrics are served without credentials beyond this machine";
        let hint = "bind them to loopback or an inner network";
        let reason = format!("`metrics.bind` is `{bind}`");
        findings.push(finding(Severity::Warning, "doctor-public-metrics", message, reason, hint));
    }
    if settings.console == Some(true) {
        let message = "the console is served to everybody who reaches the server";
        let reason = "`console.enabled` is true";
        let hint = "leave it out: `purlin dev` serves the console anyway";
        findings.push(finding(Severity::Warning, "doctor-console", message, reason, hint));
    }
    if settings.unauthorized_role.is_some() {
        let message = "everybody can read the schema of the unauthorized role";
        let reason = "introspection answers every role with what its rules open";
        let hint = "leave out rules that the public does not need: no rule, no field";
        findings.push(finding(Severity::Warning, "doctor-public-introspection", message, reason, hint));
    }
    let url = settings.database_url.reveal();
    let encrypted = ["sslmode=verify-full", "sslmode=verify-ca", "sslrootcert="].iter().any(|part| url.contains(part));
    if settings.database_url.sqlite_path().is_none() && !encrypted && !is_local_database(url) {
        let message = "the connection to PostgreSQL may be listened to";
        let reason = "`database_url` does not ask for a verified certificate";
        let hint = "add `sslmode=verify-full`, and `sslrootcert=FILE` for an authority of your own";
        findings.push(finding(Severity::Warning, "doctor-database-tls", message, reason, hint));
    }
    findings
}

/// Whether others than this machine reach the address.
fn is_public(bind: &str) -> bool {
    bind.to_socket_addrs().is_ok_and(|mut addresses| addresses.any(|address| !address.ip().is_loopback()))
}

fn is_local_database(url: &str) -> bool {
    let host = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = host.split(['/', '?']).next().unwrap_or_default();
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let local = ["localhost", "127.", "[::1]", "%2F", "%2f"];
    host.is_empty() || local.iter().any(|start| host.starts_with(start))
}

fn limits(settings: &Settings) -> Vec<Finding> {
    let mut document = settings.document.everybody().clone();
    let of_documents = table::DOCUMENT.iter().map(|(setting, field)| (setting, *field(&mut document)));
    let of_http = [
        (&table::BODY_BYTES, settings.http.body_bytes),
        (&table::RESPONSE_BYTES, settings.http.response_bytes),
        (&table::ROWS, usize::try_from(settings.api.rows).unwrap_or(usize::MAX)),
        (&table::DATABASE_QUEUE, settings.database.queue),
    ];
    let absurd = of_documents.chain(of_http).filter_map(|(setting, value)| {
        let default: usize = setting.default?.parse().ok()?;
        (value / ABSURD > default).then(|| format!("`{}` is {value}, by default {default}", setting.key))
    });
    let absurd: Vec<String> = absurd.collect();
    if absurd.is_empty() {
        return Vec::new();
    }
    let message = "limits are raised so far that they limit nothing";
    let hint = "choose what your largest honest request needs, and a little more";
    vec![finding(Severity::Warning, "doctor-limits", message, absurd.join("; "), hint)]
}

fn time_outs(settings: &Settings) -> Vec<Finding> {
    let (http, database) = (&settings.http, &settings.database);
    let shown = |time: Duration| format!("{time:?}");
    let mut findings = Vec::new();
    for (shorter, longer) in [
        (("limits.write_timeout", database.write_timeout), ("limits.statement_timeout", database.statement_timeout)),
        (("limits.statement_timeout", database.statement_timeout), ("limits.request_timeout", http.request_timeout)),
    ] {
        if shorter.1 > longer.1 {
            let message = format!("`{}` is longer than `{}`", shorter.0, longer.0);
            let reason = format!(
                "{} and {}: the inner time-out never tells what took so long",
                shown(shorter.1),
                shown(longer.1)
            );
            let hint = "let each time-out be longer than the one inside it";
            findings.push(finding(Severity::Warning, "doctor-time-outs", message, reason, hint));
        }
    }
    findings
}

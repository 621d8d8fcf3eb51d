//! `purlin doctor`: what to mend before production. Nothing is changed.
//!
//! ```text
//! settings, model, files, database → findings → text or JSON
//! ```

mod machine;
mod settings;

use std::time::{SystemTime, UNIX_EPOCH};

use purlin_db::facts::Facts;
use purlin_db::{Database, Pooler, migrate as migrations};
use purlin_model::{Catalog, Role};
use serde_json::{Value as Json, json};

use super::database::{self, Missing};
use super::{Outcome, Output, done, migrate};
use crate::problem::{Listing, Problem};
use crate::project;
use crate::settings::Settings;

/// Oldest version of PostgreSQL that is tested.
const POSTGRES_VERSION: i32 = 150_000;
/// Connections for short reads that PostgreSQL's pool opens besides `database.connections`.
const SHARED_CONNECTIONS: i32 = 8;
/// Difference of clocks that matters, in seconds: tokens forgive five.
const CLOCK_SECONDS: f64 = 2.0;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Severity {
    Error,
    Warning,
}

/// Something to mend.
#[derive(Debug)]
struct Finding {
    severity: Severity,
    /// A code of the table of codes.
    code: &'static str,
    message: String,
    reason: String,
    hint: &'static str,
}

fn finding(
    severity: Severity,
    code: &'static str,
    message: impl Into<String>,
    reason: impl Into<String>,
    hint: &'static str,
) -> Finding {
    Finding { severity, code, message: message.into(), reason: reason.into(), hint }
}

/// Looks at everything; an error if one of the findings is.
pub fn run(settings: &Settings) -> Outcome {
    let catalog = project::compile(settings)?.catalog;
    let mut findings = settings::findings(settings);
    findings.extend(public_writes(settings, &catalog));
    findings.extend(machine::findings(settings));
    findings.extend(database::runtime()?.block_on(asked(settings, &catalog)));
    report(&findings)
}

/// What the role of everybody may change.
fn public_writes(settings: &Settings, catalog: &Catalog) -> Option<Finding> {
    let role = Role::new(settings.unauthorized_role.as_deref()?);
    let writable = catalog.tables.iter().filter(|table| {
        table
            .permissions_of(&role)
            .is_some_and(|rules| rules.insert.is_some() || rules.update.is_some() || rules.delete.is_some())
    });
    let names: Vec<String> = writable.map(|table| format!("`{}`", table.name)).collect();
    (!names.is_empty()).then(|| {
        finding(
            Severity::Warning,
            "doctor-public-writes",
            format!("everybody may write as `{}`, without any credential", role.name()),
            format!("its rules open {}", names.join(", ")),
            "let signed-in roles write, and limit `limits.requests_per_minute` where the public has to",
        )
    })
}

/// What only the database and other machines know.
async fn asked(settings: &Settings, catalog: &Catalog) -> Vec<Finding> {
    let mut findings = keys(settings).await.into_iter().collect::<Vec<_>>();
    let database = match database::open_for_reads(settings, Missing::Refuse).await {
        Ok(database) => database,
        Err(problem) => {
            let reason = problem.reasons.join("; ");
            let hint = "check `database_url`; a new database is made by `purlin migrate apply`";
            findings.push(finding(Severity::Error, "doctor-database", problem.message, reason, hint));
            return findings;
        }
    };
    match database.facts().await {
        Ok(facts) => findings.extend(of_facts(settings, &facts)),
        Err(error) => {
            let message = "the database does not answer";
            let hint = "check that it runs and can be reached from here";
            findings.push(finding(Severity::Error, "doctor-database", message, error.to_string(), hint));
        }
    }
    findings.extend(of_replicas(&database).await);
    findings.extend(of_migrations(settings, catalog, &database).await);
    findings
}

/// Whether each replica is one, and of this database.
async fn of_replicas(database: &Database) -> Vec<Finding> {
    let facts = database.replica_facts().await;
    let told = facts.into_iter().enumerate().filter_map(|(index, facts)| {
        let (what, reason) = match facts {
            Err(error) => ("cannot be asked", error.to_string()),
            Ok(facts) if !facts.in_recovery => ("is none", "it is a primary: it is not in recovery".to_owned()),
            Ok(facts) if !facts.same_system => {
                ("is of another database", "its system identifier is not that of the primary".to_owned())
            }
            Ok(_) => return None,
        };
        let message = format!("replica {} of `database.replicas` {what}", index + 1);
        let hint = "name servers that `pg_basebackup` has made of the primary, or leave it out";
        Some(finding(Severity::Error, "doctor-replica", message, reason, hint))
    });
    told.collect()
}

/// Whether the keys of tokens can be fetched.
async fn keys(settings: &Settings) -> Option<Finding> {
    let config: Json = serde_json::from_str(settings.jwt_secret.as_deref()?).ok()?;
    let url = config["jwk_url"].as_str()?;
    let client = purlin_egress::Client::new().ok()?;
    let error = client.get(url, purlin_egress::Limits::default()).await.err()?;
    let message = "the keys of tokens cannot be fetched";
    let hint = "check `jwk_url` in `jwt_secret`, and that this machine may reach it";
    Some(finding(Severity::Error, "doctor-keys", message, error.to_string(), hint))
}

fn of_facts(settings: &Settings, facts: &Facts) -> Vec<Finding> {
    let mut findings = Vec::new();
    match facts {
        Facts::Sqlite { journal_mode } if journal_mode != "wal" => findings.push(finding(
            Severity::Warning,
            "doctor-sqlite-journal",
            "SQLite has no write-ahead log here: readers and the writer take turns",
            format!("its journal mode is `{journal_mode}`"),
            "put the file on a local file system",
        )),
        Facts::Sqlite { .. } => {}
        Facts::Postgres { version, connections, superuser, now, pooled, direct_is_pooled } => {
            findings.extend(of_pooler(settings, *pooled, *direct_is_pooled));
            if *version < POSTGRES_VERSION {
                let (message, hint) = ("this PostgreSQL is older than those Purlin is tested with", "upgrade it to 15");
                let reason = format!("it is version {}.{}", version / 10_000, version % 10_000);
                findings.push(finding(Severity::Warning, "doctor-postgres-version", message, reason, hint));
            }
            let wanted = i32::try_from(settings.database.connections).unwrap_or(i32::MAX);
            let wanted = wanted.saturating_add(SHARED_CONNECTIONS);
            if wanted > *connections && settings.postgres.pooler == Pooler::None {
                let message = "the pool is larger than the database allows";
                let reason = format!("it may open {wanted} connections, and roles may have {connections}");
                let hint = "lower `database.connections`, or raise `max_connections` in PostgreSQL";
                findings.push(finding(Severity::Error, "doctor-pool", message, reason, hint));
            }
            if *superuser {
                let message = "Purlin connects as a superuser";
                let reason = "whoever gets its password may do everything on the server";
                let hint = "make a role that owns the database only, and name it in `database_url`";
                findings.push(finding(Severity::Warning, "doctor-superuser", message, reason, hint));
            }
            let here = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64();
            if (here - now).abs() > CLOCK_SECONDS {
                let message = "the clocks of this machine and of the database differ";
                let reason = format!("by {:.1} s", here - now);
                let hint = "let both follow the same time server (NTP)";
                findings.push(finding(Severity::Error, "doctor-clock", message, reason, hint));
            }
        }
    }
    findings
}

/// What stands between, and whether the settings know.
fn of_pooler(settings: &Settings, pooled: bool, direct_is_pooled: Option<bool>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut warn = |code, message, reason, hint| {
        findings.push(finding(Severity::Warning, code, message, reason, hint));
    };
    match (settings.postgres.pooler, pooled) {
        (Pooler::None, true) => warn(
            "doctor-pooler",
            "a pooler seems to be between Purlin and PostgreSQL",
            "what a connection says when it begins does not reach the server",
            "set `database.pooler` to `transaction`, and `database.direct_url` to PostgreSQL itself",
        ),
        (Pooler::Transaction, false) => warn(
            "doctor-pooler",
            "`database.pooler` is set, and there seems to be no pooler",
            "what a connection says when it begins reaches the server",
            "unset `database.pooler`: without it statements are prepared once, and short reads share connections",
        ),
        _ => {}
    }
    match (settings.postgres.pooler, direct_is_pooled) {
        (_, Some(true)) => findings.push(finding(
            Severity::Error,
            "doctor-direct-url",
            "`database.direct_url` leads through a pooler too",
            "what a connection says when it begins does not reach the server",
            "name PostgreSQL itself",
        )),
        (Pooler::Transaction, None) => findings.push(finding(
            Severity::Warning,
            "doctor-direct-url",
            "nothing leads around the pooler",
            "migrations and data commands need a session of their own",
            "set `database.direct_url` to PostgreSQL itself",
        )),
        _ => {}
    }
    findings
}

async fn of_migrations(settings: &Settings, catalog: &Catalog, database: &Database) -> Vec<Finding> {
    if let Err(problem) = migrate::refuse_pending(settings, catalog, database).await {
        let hint = "run `purlin migrate diff` and `purlin migrate apply`";
        let reason = problem.reasons.join("; ");
        return vec![finding(Severity::Error, "doctor-migrations", problem.message, reason, hint)];
    }
    match migrations::drift(database, &project::migrations(settings)).await {
        Ok(Some(differences)) if !differences.is_empty() => vec![finding(
            Severity::Error,
            "doctor-drift",
            "the database is not as its migrations left it",
            differences.join("; "),
            "bring the change into the model, or undo it in the database",
        )],
        Ok(_) => Vec::new(),
        Err(error) => vec![finding(
            Severity::Error,
            "doctor-migrations",
            error.to_string(),
            error.reasons().join("; "),
            "`purlin migrate status` says more",
        )],
    }
}

fn report(findings: &[Finding]) -> Outcome {
    let word = |severity| if severity == Severity::Error { "error" } else { "warning" };
    let count = |severity| findings.iter().filter(|one| one.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let shown = findings.iter().map(|one| {
        let Finding { severity, code, message, reason, hint } = one;
        let reason = if reason.is_empty() { String::new() } else { format!("  = {reason}\n") };
        format!("{}[{code}]: {message}\n{reason}help: {hint}\n\n", word(*severity))
    });
    let text = format!("{}errors: {errors}, warnings: {warnings}\n", shown.collect::<String>());
    let list = findings.iter().map(|one| {
        json!({ "severity": word(one.severity), "code": one.code, "message": one.message, "reason": one.reason,
            "hint": one.hint })
    });
    let json = json!({ "findings": list.collect::<Vec<_>>() });
    match errors {
        0 => Ok(Output::new(text, done(json))),
        _ => {
            let listing = Some(Box::new(Listing { text, json }));
            Err(Problem { listing, ..Problem::new("doctor", "there is something to mend before production") }.into())
        }
    }
}

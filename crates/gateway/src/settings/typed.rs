//! Resolved values → what the wiring takes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use ipnet::IpNet;
use purlin_cluster::Rate;
use purlin_db::{Pooler, Url};
use purlin_model::catalog::ApiSettings;
use purlin_model::{DatabaseKind, Ignored, Role};
use purlin_schema::{Limits, RoleLimits};

use super::resolve::Origin;
use super::{RoleLimitValues, Setting, Values, network, table};
use crate::problem::Problem;
use crate::traces::Parent;

/// How commands print.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For people.
    #[default]
    Human,
    /// JSON.
    Json,
}

/// Everything that can be set.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The project's folder.
    pub project: PathBuf,
    /// How commands print.
    pub format: Format,
    /// The databases the project is for.
    pub databases: Vec<DatabaseKind>,
    /// The database.
    pub database_url: DatabaseUrl,
    /// Where HTTP is served.
    pub bind: String,
    /// Opens everything.
    pub admin_secret: Option<String>,
    /// Opens everything as well.
    pub second_admin_secret: Option<String>,
    /// Certificate and key, if HTTPS is served.
    pub tls: Option<(PathBuf, PathBuf)>,
    /// Where traces are sent.
    pub traces_endpoint: Option<String>,
    /// What a client's trace is good for.
    pub traces_parent: Parent,
    /// JSON that says how tokens are verified.
    pub jwt_secret: Option<String>,
    /// The role of requests without credentials.
    pub unauthorized_role: Option<String>,
    /// Everybody is admin.
    pub insecure_admin: bool,
    /// `dev` may listen beyond loopback.
    pub expose: bool,
    /// `serve` applies pending migrations.
    pub migrate: bool,
    /// Whether the console is served; where nobody says, `dev` does and `serve` does not.
    pub console: Option<bool>,
    /// What is logged.
    pub log: String,
    /// Operations that take as long are logged with their plan; zero: none is.
    pub slow_query: Duration,
    /// Where metrics are served without credentials.
    pub metrics_bind: Option<String>,
    /// The `[api]` settings.
    pub api: ApiSettings,
    /// Whether only saved operations are answered.
    pub allow_list: bool,
    /// What `check` is silent about.
    pub ignored: Vec<Ignored>,
    /// How databases are opened, whichever they are.
    pub database: purlin_db::Options,
    /// What is around `database_url`, if it is PostgreSQL, and no other database.
    pub postgres: PostgresSettings,
    /// Limits of documents.
    pub document: RoleLimits,
    /// Limits and rules of HTTP.
    pub http: HttpLimits,
    /// The roles that have their own limits, and where they are given.
    pub roles: BTreeMap<String, String>,
}

/// What is around a PostgreSQL database.
#[derive(Clone, Debug, Default)]
pub struct PostgresSettings {
    /// What stands between.
    pub pooler: Pooler,
    /// The same database without a pooler between.
    pub direct_url: Option<Url>,
    /// Its replicas.
    pub replicas: Vec<Url>,
    /// Oldest state of a replica that is read from.
    pub replica_lag: Duration,
}

/// The limits and rules of HTTP.
#[derive(Clone, Debug)]
pub struct HttpLimits {
    /// Longest time from a request's headers to its answer.
    pub request_timeout: Duration,
    /// Longest time for headers.
    pub header_timeout: Duration,
    /// Longest time without a request under way.
    pub idle_timeout: Duration,
    /// Longest time for a body.
    pub body_timeout: Duration,
    /// Bytes per second that a body must come with; 0 is any number.
    pub body_rate: usize,
    /// Longest time in which a client may read nothing of its answer.
    pub send_timeout: Duration,
    /// Largest body in bytes.
    pub body_bytes: usize,
    /// Largest answer in bytes, a batch as a whole.
    pub response_bytes: usize,
    /// Requests in one array.
    pub batch: usize,
    /// Requests under way.
    pub requests: usize,
    /// Open connections.
    pub connections: usize,
    /// Open connections of one address.
    pub connections_per_address: usize,
    /// How long requests are still taken once the server is asked to stop.
    pub shutdown_delay: Duration,
    /// Longest time requests under way may take then.
    pub shutdown_grace: Duration,
    /// How often one address may ask.
    pub rate: Option<RateLimit>,
    /// The same in roles that have their own; `None` is as often as it likes.
    pub rate_by_role: BTreeMap<Box<str>, Option<RateLimit>>,
    /// Proxies that are believed about addresses.
    pub trusted_proxies: Vec<IpNet>,
    /// The header in which they say them, in lower case.
    pub forwarded_header: String,
    /// Origins whose pages may ask and read, or `*`.
    pub cors_origins: Vec<String>,
    /// Whether pages of this machine may ask and read.
    pub cors_loopback: bool,
    /// Whether addresses are logged.
    pub log_address: bool,
    /// Memory for documents that are asked for by hash, in bytes.
    pub persisted_bytes: usize,
}

/// A rate, and the setting it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// The rate.
    pub rate: Rate,
    /// The setting.
    pub setting: String,
}

/// The URL of a database, with a path that does not depend on the current folder. It may hold a password, so it is
/// not shown.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(String);

impl DatabaseUrl {
    /// The URL; a relative SQLite path begins at `base`.
    ///
    /// # Errors
    /// Neither `sqlite:PATH` nor `postgres://…`.
    pub fn parse(text: &str, base: &Path) -> Result<DatabaseUrl, Problem> {
        if let Some(path) = text.strip_prefix("sqlite:").filter(|path| !path.is_empty()) {
            let path = base.join(path.strip_prefix("./").unwrap_or(path));
            return Ok(DatabaseUrl(format!("sqlite:{}", path.display())));
        }
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(DatabaseUrl(text.to_owned()));
        }
        Err(Problem::new("database-url", "`database_url` names no database")
            .because("expected `sqlite:PATH` or `postgres://USER:PASSWORD@HOST:PORT/DATABASE`"))
    }

    /// The whole URL, for opening it.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The file, if it is SQLite.
    pub fn sqlite_path(&self) -> Option<&Path> {
        self.0.strip_prefix("sqlite:").map(Path::new)
    }

    /// Which kind of database it is.
    pub fn kind(&self) -> DatabaseKind {
        if self.sqlite_path().is_some() { DatabaseKind::Sqlite } else { DatabaseKind::Postgres }
    }
}

impl std::fmt::Debug for DatabaseUrl {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.sqlite_path() {
            Some(path) => write!(formatter, "sqlite:{}", path.display()),
            None => formatter.write_str("postgres://…"),
        }
    }
}

impl Settings {
    /// The settings with these values.
    ///
    /// # Errors
    /// A database URL that names none.
    pub fn from_values(values: &Values, project: PathBuf) -> Result<Settings, Problem> {
        let text = |setting| values.text(setting).map(str::to_owned);
        let base = match values.origin(&table::DATABASE_URL) {
            Origin::File | Origin::Default => project.clone(),
            Origin::Flag | Origin::Environment => PathBuf::new(),
        };
        let database_url = DatabaseUrl::parse(values.text(&table::DATABASE_URL).unwrap_or_default(), &base)?;
        Ok(Settings {
            format: if values.text(&table::FORMAT) == Some("json") { Format::Json } else { Format::Human },
            databases: databases(values.list(&table::DATABASES)),
            bind: text(&table::BIND).unwrap_or_default(),
            admin_secret: text(&table::ADMIN_SECRET),
            second_admin_secret: text(&table::SECOND_ADMIN_SECRET),
            tls: tls(values, &project)?,
            traces_endpoint: text(&table::TRACES_ENDPOINT),
            traces_parent: match values.text(&table::TRACES_PARENT) {
                Some("parent") => Parent::Parent,
                Some("ignore") => Parent::Ignore,
                _ => Parent::Link,
            },
            jwt_secret: text(&table::JWT_SECRET),
            unauthorized_role: text(&table::UNAUTHORIZED_ROLE),
            insecure_admin: values.flag(&table::INSECURE_ADMIN),
            expose: values.flag(&table::EXPOSE),
            migrate: values.flag(&table::MIGRATE),
            console: values.given_flag(&table::CONSOLE),
            log: text(&table::LOG).unwrap_or_default(),
            slow_query: values.duration(&table::SLOW_QUERY),
            metrics_bind: text(&table::METRICS_BIND),
            api: ApiSettings {
                stringify_numeric: values.flag(&table::STRINGIFY_NUMERIC),
                infer_function_permissions: values.flag(&table::INFER_FUNCTION_PERMISSIONS),
                rows: values.count(&table::ROWS) as u64,
                rows_by_role: rows_by_role(values),
            },
            allow_list: values.flag(&table::ALLOW_LIST),
            ignored: values.list(&table::CHECK_IGNORE).iter().filter_map(|text| Ignored::read(text)).collect(),
            database: database(values, database_url.kind()),
            postgres: match database_url.kind() {
                DatabaseKind::Postgres => postgres(values)?,
                DatabaseKind::Sqlite => PostgresSettings::default(),
            },
            database_url,
            document: document(values),
            http: http(values),
            roles: values.roles().iter().map(|(role, own)| (role.clone(), own.place.clone())).collect(),
            project,
        })
    }

    /// How `database_url` is opened.
    pub fn options(&self) -> purlin_db::Options {
        let PostgresSettings { pooler, direct_url, .. } = self.postgres.clone();
        purlin_db::Options { pooler, direct_url, ..self.database.clone() }
    }

    /// The same for who reads much: with its replicas.
    pub fn options_for_reads(&self) -> purlin_db::Options {
        let PostgresSettings { replicas, replica_lag, .. } = self.postgres.clone();
        purlin_db::Options { replicas, replica_lag, ..self.options() }
    }
}

/// Certificate and key: both or none.
fn tls(values: &Values, project: &Path) -> Result<Option<(PathBuf, PathBuf)>, Problem> {
    let path = |setting| {
        let base = if values.origin(setting) == Origin::File { project } else { Path::new("") };
        values.text(setting).map(|text| base.join(text))
    };
    match (path(&table::TLS_CERTIFICATE), path(&table::TLS_KEY)) {
        (Some(certificate), Some(key)) => Ok(Some((certificate, key))),
        (None, None) => Ok(None),
        _ => Err(Problem::new("tls", "`tls.certificate` and `tls.key` go together").hint("set both, or none")),
    }
}

fn databases(names: &[String]) -> Vec<DatabaseKind> {
    let kind = |name: &String| if name == "sqlite" { DatabaseKind::Sqlite } else { DatabaseKind::Postgres };
    names.iter().map(kind).collect()
}

/// Reader threads on SQLite unless the setting says otherwise.
const SQLITE_READERS: usize = 4;
/// Connections to PostgreSQL unless the setting says otherwise: writes commit together when several are under way.
const POSTGRES_CONNECTIONS: usize = 8;

fn database(values: &Values, kind: DatabaseKind) -> purlin_db::Options {
    let connections = match (values.count(&table::DATABASE_CONNECTIONS), kind) {
        (0, DatabaseKind::Sqlite) => SQLITE_READERS,
        (0, DatabaseKind::Postgres) => POSTGRES_CONNECTIONS,
        (given, _) => given,
    };
    purlin_db::Options {
        connections,
        queue: values.count(&table::DATABASE_QUEUE),
        statement_timeout: values.duration(&table::STATEMENT_TIMEOUT),
        write_timeout: values.duration(&table::WRITE_TIMEOUT),
        response_bytes: values.count(&table::RESPONSE_BYTES),
        ..purlin_db::Options::default()
    }
}

fn postgres(values: &Values) -> Result<PostgresSettings, Problem> {
    let pooler = match values.text(&table::DATABASE_POOLER) {
        Some("transaction") => Pooler::Transaction,
        _ => Pooler::None,
    };
    let direct_url =
        values.text(&table::DATABASE_DIRECT_URL).map(|text| postgres_url(text, &table::DATABASE_DIRECT_URL));
    Ok(PostgresSettings {
        pooler,
        direct_url: direct_url.transpose()?,
        replicas: values.list(&table::DATABASE_REPLICAS).iter().map(Url::new).collect(),
        replica_lag: values.duration(&table::DATABASE_REPLICA_LAG),
    })
}

/// The URL of a PostgreSQL database beside `database_url`.
fn postgres_url(text: &str, setting: &Setting) -> Result<Url, Problem> {
    match DatabaseUrl::parse(text, Path::new("")) {
        Ok(url) if url.kind() == DatabaseKind::Postgres => Ok(Url::new(text)),
        _ => Err(Problem::new("database-url", format!("`{}` names no PostgreSQL database", setting.key))
            .because("expected `postgres://USER:PASSWORD@HOST:PORT/DATABASE`")),
    }
}

fn rows_by_role(values: &Values) -> BTreeMap<Role, u64> {
    let rows = |(role, own): (&String, &RoleLimitValues)| Some((Role::new(role), own.count(&table::ROWS)? as u64));
    values.roles().iter().filter_map(rows).collect()
}

fn document(values: &Values) -> RoleLimits {
    let mut everybody = Limits::default();
    for (setting, field) in table::DOCUMENT {
        *field(&mut everybody) = values.count(setting);
    }
    let roles = values.roles().iter().map(|(role, own)| (Box::from(role.as_str()), document_of(role, own, &everybody)));
    let roles = roles.collect();
    RoleLimits::new(everybody, roles)
}

/// The limits of a role: its own where it has any, else everybody's.
fn document_of(role: &str, own: &RoleLimitValues, everybody: &Limits) -> Limits {
    let mut limits = everybody.clone();
    for (setting, field) in table::DOCUMENT {
        if let Some(value) = own.count(setting) {
            *field(&mut limits) = value;
        }
    }
    limits.statement_timeout = own.duration(&table::STATEMENT_TIMEOUT);
    for setting in table::all().filter(|setting| own.count(setting).is_some() || own.duration(setting).is_some()) {
        limits.own.insert(&setting.key["limits.".len()..], table::role_key(role, setting).into());
    }
    limits
}

/// A rate from its two settings; none if any number of requests is allowed.
fn rate(per_minute: usize, burst: usize, setting: String) -> Option<RateLimit> {
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    (per_minute > 0).then(|| RateLimit { rate: Rate { per_minute: number(per_minute), burst: number(burst) }, setting })
}

fn rate_by_role(values: &Values) -> BTreeMap<Box<str>, Option<RateLimit>> {
    let of_role = |(role, own): (&String, &RoleLimitValues)| {
        let (per_minute, burst) = (own.count(&table::REQUESTS_PER_MINUTE), own.count(&table::BURST));
        per_minute.or(burst)?;
        let setting = match per_minute {
            Some(_) => table::role_key(role, &table::REQUESTS_PER_MINUTE),
            None => table::REQUESTS_PER_MINUTE.key.to_owned(),
        };
        let per_minute = per_minute.unwrap_or(values.count(&table::REQUESTS_PER_MINUTE));
        let burst = burst.unwrap_or(values.count(&table::BURST));
        Some((Box::from(role.as_str()), rate(per_minute, burst, setting)))
    };
    values.roles().iter().filter_map(of_role).collect()
}

fn http(values: &Values) -> HttpLimits {
    HttpLimits {
        request_timeout: values.duration(&table::REQUEST_TIMEOUT),
        header_timeout: values.duration(&table::HEADER_TIMEOUT),
        idle_timeout: values.duration(&table::IDLE_TIMEOUT),
        body_rate: values.count(&table::BODY_RATE),
        body_timeout: values.duration(&table::BODY_TIMEOUT),
        send_timeout: values.duration(&table::SEND_TIMEOUT),
        body_bytes: values.count(&table::BODY_BYTES),
        response_bytes: values.count(&table::RESPONSE_BYTES),
        batch: values.count(&table::BATCH),
        requests: values.count(&table::REQUESTS),
        connections: values.count(&table::CONNECTIONS),
        connections_per_address: values.count(&table::CONNECTIONS_PER_ADDRESS),
        shutdown_delay: values.duration(&table::SHUTDOWN_DELAY),
        shutdown_grace: values.duration(&table::SHUTDOWN_GRACE),
        rate: rate(
            values.count(&table::REQUESTS_PER_MINUTE),
            values.count(&table::BURST),
            table::REQUESTS_PER_MINUTE.key.to_owned(),
        ),
        rate_by_role: rate_by_role(values),
        trusted_proxies: values.list(&table::TRUSTED_PROXIES).iter().filter_map(|text| network(text)).collect(),
        forwarded_header: values.text(&table::FORWARDED_HEADER).unwrap_or_default().to_owned(),
        cors_origins: values.list(&table::CORS_ORIGINS).to_vec(),
        cors_loopback: false,
        log_address: values.flag(&table::LOG_ADDRESS),
        persisted_bytes: values.count(&table::PERSISTED_BYTES),
    }
}

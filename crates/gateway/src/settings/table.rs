//! Every setting, declared once: key, variable, flag, help, `docs/settings.md` and error texts come from here.

use std::fmt::Write;

use super::{FILE, Kind, Setting};

const ANY: Kind = Kind::Count { least: 1, most: u32::MAX as u64 };

/// The project's folder.
pub const PROJECT: Setting =
    Setting::new("project", Kind::Text, "folder of the project: `purlin.toml`, `schema`, `migrations`")
        .default(".")
        .not_in_file();
/// How commands print.
pub const FORMAT: Setting = Setting::new(
    "format",
    Kind::Choice(&["human", "json"]),
    "how results, errors and the log are printed: for people, or as JSON",
)
.default("human")
.not_in_file();
/// The databases the project is for.
pub const DATABASES: Setting = Setting::new(
    "databases",
    Kind::Choices(&["sqlite", "postgres"]),
    "databases the project is for; `check` refuses what one of them cannot do",
)
.default("sqlite,postgres");
/// The database.
pub const DATABASE_URL: Setting = Setting::new(
    "database_url",
    Kind::Text,
    "the database: `sqlite:PATH` or `postgres://…`; a relative path in `purlin.toml` or the default begins at the \
     project, elsewhere at the current folder",
)
.default("sqlite:./.purlin/data.db")
.aliases(&["HASURA_GRAPHQL_DATABASE_URL"])
.secret();
/// Where HTTP is served.
pub const BIND: Setting = Setting::new("bind", Kind::Text, "where HTTP is served: HOST:PORT; port 0 takes a free one")
    .default("127.0.0.1:8080");
/// The certificate.
pub const TLS_CERTIFICATE: Setting = Setting::new(
    "tls.certificate",
    Kind::Text,
    "PEM file with the certificate chain: with it and `tls.key`, `bind` speaks HTTPS (TLS 1.2 and 1.3)",
);
/// Its key.
pub const TLS_KEY: Setting = Setting::new("tls.key", Kind::Text, "PEM file with the certificate's private key");
/// The admin secret.
pub const ADMIN_SECRET: Setting =
    Setting::new("admin_secret", Kind::Text, "who sends it as `X-Hasura-Admin-Secret` is admin; without it nobody is")
        .aliases(&["HASURA_GRAPHQL_ADMIN_SECRET"])
        .secret();
/// A second admin secret.
pub const SECOND_ADMIN_SECRET: Setting = Setting::new(
    "second_admin_secret",
    Kind::Text,
    "an admin secret that holds beside `admin_secret`, while clients move from one to the other",
)
.secret();
/// How tokens are verified.
pub const JWT_SECRET: Setting = Setting::new(
    "jwt_secret",
    Kind::Text,
    "how bearer tokens are verified, as JSON: `{\"type\": \"HS256\", \"key\": \"…\"}` or `{\"jwk_url\": \"https://…\"}`",
)
.aliases(&["HASURA_GRAPHQL_JWT_SECRET"])
.secret();
/// The role of requests without credentials.
pub const UNAUTHORIZED_ROLE: Setting = Setting::new(
    "unauthorized_role",
    Kind::Text,
    "the role of requests without any credential; without it they are refused",
)
.aliases(&["HASURA_GRAPHQL_UNAUTHORIZED_ROLE"]);
/// Everybody is admin.
pub const INSECURE_ADMIN: Setting = Setting::new(
    "insecure_admin",
    Kind::Flag,
    "everybody is admin: for experiments, on a loopback address and under a local host name only",
)
.default("false")
.not_in_file();
/// Whether `dev` may be reached from elsewhere.
pub const EXPOSE: Setting = Setting::new(
    "expose",
    Kind::Flag,
    "`dev` may listen beyond loopback, where others can reach it with its development admin secret",
)
.default("false")
.not_in_file();
/// Whether `serve` applies migrations.
pub const MIGRATE: Setting =
    Setting::new("migrate", Kind::Flag, "`serve` applies pending migrations before it serves").default("false");
/// The console.
pub const CONSOLE: Setting = Setting::new(
    "console.enabled",
    Kind::Flag,
    "whether the console is served at `/console`; without a word `dev` does and `serve` does not",
);
/// What is logged.
pub const LOG: Setting = Setting::new(
    "log",
    Kind::Text,
    "what is logged, to standard error: `error`, `warn`, `info`, `debug`, or directives such as `info,purlin_db=debug`",
)
.default("info");
/// How long a server that is asked to stop goes on before it does.
pub const SHUTDOWN_DELAY: Setting = Setting::new(
    "shutdown.delay",
    Kind::DurationOrNone,
    "how long a server that is asked to stop goes on taking requests while `/readyz` already says 500, so that load \
     balancers send them elsewhere",
)
.default("0");
/// How long requests under way may take then.
pub const SHUTDOWN_GRACE: Setting = Setting::new(
    "shutdown.grace",
    Kind::Duration,
    "longest time requests under way may take once no new ones are taken",
)
.default("9s");
/// What is slow.
pub const SLOW_QUERY: Setting = Setting::new(
    "slow_query.threshold",
    Kind::DurationOrNone,
    "operations that take as long are logged with their SQL and the database's plan",
)
.default("1s");
/// Where metrics are served without credentials.
pub const METRICS_BIND: Setting = Setting::new(
    "metrics.bind",
    Kind::Text,
    "where `/metrics` is served without credentials: HOST:PORT of an inner network, such as `127.0.0.1:9100`; on `bind` \
     it is for admins only",
);
/// Where traces go.
pub const TRACES_ENDPOINT: Setting = Setting::new(
    "traces.endpoint",
    Kind::Text,
    "where traces are sent by OTLP over HTTP, such as `http://127.0.0.1:4318`; without it none are made",
)
.aliases(&["OTEL_EXPORTER_OTLP_ENDPOINT"])
.secret();
/// What a client's trace is good for.
pub const TRACES_PARENT: Setting = Setting::new(
    "traces.parent",
    Kind::Choice(&["link", "parent", "ignore"]),
    "what the header `traceparent` does: the request's own trace links to it, the request is part of it, or nothing",
)
.default("link");
/// `[api] stringify_numeric`.
pub const STRINGIFY_NUMERIC: Setting = Setting::new(
    "api.stringify_numeric",
    Kind::Flag,
    "`bigint`, `numeric` and `float8` are JSON strings, so that no client loses digits",
)
.default("false")
.aliases(&["HASURA_GRAPHQL_STRINGIFY_NUMERIC_TYPES"])
.live();
/// `[api] infer_function_permissions`.
pub const INFER_FUNCTION_PERMISSIONS: Setting = Setting::new(
    "api.infer_function_permissions",
    Kind::Flag,
    "who may select a table may call the queries by `@function` that give its rows, where `allow` does not say who",
)
.default("true")
.aliases(&["HASURA_GRAPHQL_INFER_FUNCTION_PERMISSIONS"])
.live();
/// `[api] allow_list`.
pub const ALLOW_LIST: Setting = Setting::new(
    "api.allow_list",
    Kind::Flag,
    "only operations saved in `schema/operations` are answered, except for `admin`",
)
.default("false")
.aliases(&["HASURA_GRAPHQL_ENABLE_ALLOWLIST"])
.live();
/// What `check` is silent about.
pub const CHECK_IGNORE: Setting = Setting::new(
    "check.ignore",
    Kind::Warnings,
    "warnings and advice that `check` does not give, because they are meant",
)
.live();
/// Readers or connections.
pub const DATABASE_CONNECTIONS: Setting = Setting::new(
    "database.connections",
    Kind::Count { least: 1, most: 1000 },
    "reader threads on SQLite (unless set: 4), connections on PostgreSQL (unless set: 8)",
);
/// What stands between.
pub const DATABASE_POOLER: Setting = Setting::new(
    "database.pooler",
    Kind::Choice(&["none", "transaction"]),
    "what stands between Purlin and PostgreSQL: `transaction` is PgBouncer with `pool_mode = transaction`, or the like",
)
.default("none");
/// The way around it.
pub const DATABASE_DIRECT_URL: Setting = Setting::new(
    "database.direct_url",
    Kind::Text,
    "the PostgreSQL behind `database_url` without a pooler between, for what needs a session of its own: migrations, \
     data commands, plans",
)
.secret();
/// Where reads may go.
pub const DATABASE_REPLICAS: Setting = Setting::new(
    "database.replicas",
    Kind::Urls,
    "streaming replicas of `database_url`, for reads of queries; each URL leads to one server, without a pooler between",
)
.secret();
/// Oldest state of a replica.
pub const DATABASE_REPLICA_LAG: Setting = Setting::new(
    "database.replica_lag",
    Kind::Duration,
    "a replica that may show what is older is not read from; what this process has written is always shown",
)
.default("5s");
/// Waiting requests.
pub const DATABASE_QUEUE: Setting =
    Setting::new("database.queue", ANY, "requests that wait for the database; one more is refused with 503")
        .default("1024");
/// Statement time.
pub const STATEMENT_TIMEOUT: Setting =
    Setting::new("limits.statement_timeout", Kind::Duration, "longest run of one request's statements")
        .default("10s")
        .per_role();
/// Write time on SQLite.
pub const WRITE_TIMEOUT: Setting = Setting::new(
    "limits.write_timeout",
    Kind::Duration,
    "longest run of one write on SQLite, where it blocks all others",
)
.default("2s");
/// Whole request time.
pub const REQUEST_TIMEOUT: Setting =
    Setting::new("limits.request_timeout", Kind::Duration, "longest time from a request's headers to its answer")
        .default("30s");
/// Header time.
pub const HEADER_TIMEOUT: Setting = Setting::new(
    "limits.header_timeout",
    Kind::Duration,
    "longest time a client may take for its headers once it has begun to send them",
)
.default("10s");
/// Idle time.
pub const IDLE_TIMEOUT: Setting = Setting::new(
    "limits.idle_timeout",
    Kind::Duration,
    "longest time a connection may stay open without a request under way",
)
.default("75s");
/// Body time.
pub const BODY_TIMEOUT: Setting =
    Setting::new("limits.body_timeout", Kind::Duration, "longest time a client may take for its body").default("30s");
/// Slowest body.
pub const BODY_RATE: Setting = Setting::new(
    "limits.body_rate",
    Kind::Count { least: 0, most: u32::MAX as u64 },
    "bytes per second that a body must come with on average, after its first 5 seconds",
)
.default("1000");
/// Sending time.
pub const SEND_TIMEOUT: Setting = Setting::new(
    "limits.send_timeout",
    Kind::Duration,
    "longest time in which a client may read nothing of its answer",
)
.default("30s");
/// Body size.
pub const BODY_BYTES: Setting =
    Setting::new("limits.body_bytes", ANY, "largest request body, in bytes").default("2000000");
/// Answer size.
pub const RESPONSE_BYTES: Setting =
    Setting::new("limits.response_bytes", ANY, "largest answer, in bytes; of a batch, all answers together")
        .default("67108864");
/// Batch size.
pub const BATCH: Setting =
    Setting::new("limits.batch", Kind::Count { least: 1, most: 1000 }, "requests in one JSON array").default("10");
/// Requests under way.
pub const REQUESTS: Setting =
    Setting::new("limits.requests", ANY, "requests under way at once; one more is refused with 503").default("4096");
/// Connections.
pub const CONNECTIONS: Setting =
    Setting::new("limits.connections", ANY, "open connections; one more is refused with 503").default("10000");
/// Connections of one address.
pub const CONNECTIONS_PER_ADDRESS: Setting = Setting::new(
    "limits.connections_per_address",
    ANY,
    "open connections of one address; loopback and trusted proxies are not counted",
)
.default("200");
/// Requests of one address.
pub const REQUESTS_PER_MINUTE: Setting = Setting::new(
    "limits.requests_per_minute",
    Kind::Count { least: 0, most: 60_000_000 },
    "requests of one address per minute in the long run, each of a batch counted; one more is refused with 429; 0 is \
     any number; a role's own are counted apart",
)
.default("0")
.per_role();
/// Requests of one address at once.
pub const BURST: Setting = Setting::new(
    "limits.burst",
    Kind::Count { least: 1, most: 100_000 },
    "requests of one address that may come at once before their rate counts",
)
.default("50")
.per_role();
/// Who is believed about addresses.
pub const TRUSTED_PROXIES: Setting =
    Setting::new("http.trusted_proxies", Kind::Networks, "proxies that are believed about whom they ask for");
/// How proxies say it.
pub const FORWARDED_HEADER: Setting = Setting::new(
    "http.forwarded_header",
    Kind::Choice(&["x-forwarded-for", "forwarded"]),
    "the header to which trusted proxies add the address that asked them; all others are ignored",
)
.default("x-forwarded-for");
/// Who may read answers in a browser.
pub const CORS_ORIGINS: Setting = Setting::new(
    "http.cors_origins",
    Kind::Origins,
    "origins whose pages may ask and read; `*` is every origin, without credentials; none by default",
);
/// Whether addresses are logged.
pub const LOG_ADDRESS: Setting =
    Setting::new("http.log_address", Kind::Flag, "the log has the address of who asks GraphQL").default("false");
/// Memory for documents kept by hash.
pub const PERSISTED_BYTES: Setting = Setting::new(
    "http.persisted_bytes",
    Kind::Count { least: 0, most: u32::MAX as u64 },
    "memory for documents that clients ask for by hash, in bytes; 0 switches this off",
)
.default("16777216");
/// Rows.
pub const ROWS: Setting =
    Setting::new("limits.rows", ANY, "rows of one list for roles other than `admin`; more is an error, never a cut")
        .default("10000")
        .per_role()
        .live();

macro_rules! document_limits {
    ($($field:ident $default:literal $help:literal;)+) => {
        /// The limits of a document; each is a field of [`purlin_schema::Limits`].
        pub const DOCUMENT: &[(Setting, fn(&mut purlin_schema::Limits) -> &mut usize)] = &[$((
            Setting::new(concat!("limits.", stringify!($field)), ANY, $help).default($default).per_role().live(),
            |limits| &mut limits.$field,
        )),+];
    };
}

document_limits! {
    query_bytes "262144" "bytes of a document's text";
    tokens "15000" "tokens of a document";
    nesting "64" "brackets of any kind inside each other in a document";
    depth "25" "fields inside each other, fragments expanded";
    selections "10000" "selections of all operations, fragments counted as often as they are used";
    aliases "200" "aliases of a document";
    root_fields "50" "root fields of an operation, fragments expanded";
    directives "50" "directives of a document";
    directives_per_place "10" "directives of one field, fragment or operation";
    operations "50" "operations of a document";
    fragments "200" "fragments of a document";
    variables "200" "variables of an operation";
    list_members "10000" "members of a list that a column is compared with";
    branches "1000" "conditions in one `_and` or `_or`";
    pattern_bytes "1024" "bytes of a pattern that is a regular expression (`_regex`, `_similar`)";
    inputs "50000" "members of input objects and lists, counted as often as fragments repeat them";
    hops "10" "relations inside each other in one filter or sort key";
}

const PLAIN: &[&Setting] = &[
    &PROJECT,
    &FORMAT,
    &DATABASE_URL,
    &DATABASES,
    &BIND,
    &TLS_CERTIFICATE,
    &TLS_KEY,
    &ADMIN_SECRET,
    &SECOND_ADMIN_SECRET,
    &JWT_SECRET,
    &UNAUTHORIZED_ROLE,
    &INSECURE_ADMIN,
    &EXPOSE,
    &MIGRATE,
    &CONSOLE,
    &LOG,
    &SHUTDOWN_DELAY,
    &SHUTDOWN_GRACE,
    &SLOW_QUERY,
    &METRICS_BIND,
    &TRACES_ENDPOINT,
    &TRACES_PARENT,
    &STRINGIFY_NUMERIC,
    &INFER_FUNCTION_PERMISSIONS,
    &ALLOW_LIST,
    &CHECK_IGNORE,
    &DATABASE_CONNECTIONS,
    &DATABASE_POOLER,
    &DATABASE_DIRECT_URL,
    &DATABASE_REPLICAS,
    &DATABASE_REPLICA_LAG,
    &DATABASE_QUEUE,
    &STATEMENT_TIMEOUT,
    &WRITE_TIMEOUT,
    &REQUEST_TIMEOUT,
    &HEADER_TIMEOUT,
    &IDLE_TIMEOUT,
    &BODY_TIMEOUT,
    &BODY_RATE,
    &SEND_TIMEOUT,
    &BODY_BYTES,
    &RESPONSE_BYTES,
    &BATCH,
    &REQUESTS,
    &CONNECTIONS,
    &CONNECTIONS_PER_ADDRESS,
    &REQUESTS_PER_MINUTE,
    &BURST,
    &TRUSTED_PROXIES,
    &FORWARDED_HEADER,
    &CORS_ORIGINS,
    &LOG_ADDRESS,
    &PERSISTED_BYTES,
    &ROWS,
];

/// Every setting, in the order of help and documentation.
pub fn all() -> impl Iterator<Item = &'static Setting> {
    PLAIN.iter().copied().chain(DOCUMENT.iter().map(|(setting, _)| setting))
}

/// The setting with this key in `purlin.toml`.
pub fn by_key(key: &str) -> Option<&'static Setting> {
    all().find(|setting| setting.key == key && setting.in_file)
}

/// Where roles have their own limits in `purlin.toml`.
pub const ROLES: &str = "limits.roles";

/// The setting that a role has under this key in `[limits.roles.NAME]`.
pub fn of_role(key: &str) -> Option<&'static Setting> {
    by_key(&format!("limits.{key}")).filter(|setting| setting.per_role)
}

/// What a role's own setting is called: `limits.roles.NAME.depth`.
pub fn role_key(role: &str, setting: &Setting) -> String {
    format!("{ROLES}.{role}.{}", setting.key.trim_start_matches("limits."))
}

/// `docs/settings.md`.
pub fn reference() -> String {
    let mut text = String::from(
        "# Settings\n\nEvery setting has a key in `purlin.toml`, an environment variable and a flag. A flag wins over the \
         environment, the\nenvironment over the file, the file over the default. Relative paths in `purlin.toml` begin at \
         the project's folder.\nA variable that ends in `_FILE` names a file whose content is the value, without the line break at its end.\n\n| key | variable | flag | default | what it is for |\n|---|---|---|---|---|\n",
    );
    for setting in all() {
        let key = if setting.in_file { format!("`{}`", setting.key) } else { "–".to_owned() };
        let file = setting.secret.then(|| setting.file_variable());
        let variables: Vec<String> = std::iter::once(setting.variable())
            .chain(file)
            .chain(setting.aliases.iter().map(|alias| (*alias).to_owned()))
            .map(|variable| format!("`{variable}`"))
            .collect();
        let default = setting.default.map_or("–".to_owned(), |default| format!("`{default}`"));
        let kind = match setting.kind {
            Kind::Text => String::new(),
            kind => format!(" ({})", kind.expectation()),
        };
        let help = format!("{}{kind}", setting.help).replace('|', "\\|");
        let _ = writeln!(text, "| {key} | {} | `--{}` | {default} | {help} |", variables.join(", "), setting.flag());
    }
    let own: Vec<String> = all()
        .filter(|setting| setting.per_role)
        .map(|setting| format!("`{}`", setting.key.trim_start_matches("limits.")))
        .collect();
    let _ = writeln!(
        text,
        "\nA role has limits of its own in a table `[{ROLES}.NAME]` of `{FILE}`; what is not in it holds for the role as \
         for\neverybody. It takes {}.",
        own.join(", ")
    );
    let _ = writeln!(text, "\nAn unknown key in `{FILE}` is an error that names the nearest known one.");
    text
}

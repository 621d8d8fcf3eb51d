//! The grammar of the command line, built from the table of settings.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches, Command as Grammar};

use super::data_arguments::{self, Data};
use crate::settings::{Kind, Setting, table};

/// A command and what it takes besides settings.
#[derive(Debug)]
pub enum Command {
    /// `init DIR`
    Init {
        /// The folder to make.
        folder: PathBuf,
    },
    /// `check`
    Check {
        /// Whether a warning is a failure.
        strict: bool,
    },
    /// `dev`, and no command at all.
    Dev,
    /// `serve`
    Serve,
    /// `seed`
    Seed,
    /// `import database --out DIR`
    Import {
        /// The folder to make.
        out: PathBuf,
    },
    /// `migrate …`
    Migrate(Migrate),
    /// `data …`, `move`, `backup`, `restore`
    Data(Data),
    /// `token`
    Token(TokenArguments),
    /// `plan QUERY`
    Plan(PlanArguments),
    /// `doctor`
    Doctor,
    /// `schema print --role ROLE`
    SchemaPrint {
        /// Whose schema.
        role: String,
    },
    /// `schema directives`
    SchemaDirectives,
    /// `explain CODE`
    Explain {
        /// The code.
        code: String,
    },
}

/// A command about migrations.
#[derive(Debug)]
pub enum Migrate {
    /// `diff [NAME]`
    Diff {
        /// What the files are called, instead of a name after what changes.
        name: Option<String>,
        /// Whether a change may lose data.
        allow_destructive: bool,
    },
    /// `new NAME`
    New {
        /// What the files are called.
        name: String,
        /// Whether the hand-written SQL leads to the model as it is now.
        model: bool,
    },
    /// `apply`
    Apply {
        /// Whether a database that was changed by hand is migrated nevertheless.
        allow_drift: bool,
    },
    /// `status`
    Status,
    /// `down`
    Down,
    /// `baseline`
    Baseline,
}

/// What `token` takes.
#[derive(Debug)]
pub struct TokenArguments {
    /// The role it acts in by default.
    pub role: String,
    /// Further roles it may choose.
    pub allowed: Vec<String>,
    /// Session variables: `name=value`.
    pub variables: Vec<String>,
    /// How long it holds.
    pub valid: String,
}

/// What `plan` takes.
#[derive(Debug)]
pub struct PlanArguments {
    /// The document; `-` is standard input.
    pub query: String,
    /// Who asks.
    pub role: String,
    /// Its variables, as JSON.
    pub variables: Option<String>,
    /// Which of the document's operations.
    pub operation: Option<String>,
    /// Session variables: `name=value`.
    pub session: Vec<String>,
    /// Whether fields of `backend_only` rules exist.
    pub backend: bool,
    /// Whether the operation is run.
    pub analyze: bool,
}

impl Command {
    /// Whether it works on a project's folder.
    pub fn needs_project(&self) -> bool {
        !matches!(
            self,
            Command::Init { .. } | Command::Import { .. } | Command::Explain { .. } | Command::SchemaDirectives
        )
    }
}

/// A command with its flags.
#[derive(Debug)]
pub struct Invocation {
    /// What to do.
    pub command: Command,
    /// Settings given as flags, by key.
    pub flags: BTreeMap<&'static str, String>,
}

/// What the arguments mean.
pub enum Parsed {
    /// A command to run.
    Invocation(Invocation),
    /// Help, version or a usage error: text that says it all.
    Answered {
        /// The text.
        text: String,
        /// Whether the arguments were wrong.
        usage_error: bool,
    },
}

/// Reads the arguments, the program's name first.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Parsed {
    match grammar().try_get_matches_from(arguments) {
        Ok(matches) => Parsed::Invocation(Invocation { flags: flags(&matches), command: command(&matches) }),
        Err(error) => {
            let usage_error = !matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
            Parsed::Answered { text: error.render().to_string(), usage_error }
        }
    }
}

fn grammar() -> Grammar {
    let text = |id: &'static str, help: &'static str| Arg::new(id).help(help);
    let role = Arg::new("role").long("role").required(true).value_name("ROLE");
    Grammar::new("purlin")
        .version(env!("CARGO_PKG_VERSION"))
        .about("A GraphQL backend from a folder of SDL files, on SQLite or PostgreSQL. Without a command: `dev`.")
        .after_help("`--help` shows every setting; docs/settings.md explains them.")
        .args(table::all().map(flag))
        .subcommand(Grammar::new("init").about("make a small project in a new folder").arg(
            text("folder", "the folder").required(true).value_name("DIR").value_parser(clap::value_parser!(PathBuf)),
        ))
        .subcommand(
            Grammar::new("check").about("compile the model, say everything that is wrong with it, and advise").arg(
                Arg::new("strict")
                    .long("strict")
                    .action(ArgAction::SetTrue)
                    .help("fail if there is a warning or advice"),
            ),
        )
        .subcommand(
            Grammar::new("dev").about(
                "migrate, load seeds and serve, again whenever a file is saved; with a development admin secret",
            ),
        )
        .subcommand(Grammar::new("serve").about("serve; never changes tables unless told to migrate"))
        .subcommand(Grammar::new("seed").about("load what is in `schema/seeds`, each file once"))
        .subcommand(migrate())
        .subcommand(import())
        .subcommands(data_arguments::grammars())
        .subcommand(token())
        .subcommand(plan())
        .subcommand(Grammar::new("doctor").about("say what to mend before production; nothing is changed"))
        .subcommand(
            Grammar::new("schema")
                .about("print what the API or the model language has")
                .subcommand_required(true)
                .subcommand(Grammar::new("print").about("the GraphQL schema of a role").arg(role.help("whose schema")))
                .subcommand(
                    Grammar::new("directives").about("the model language's directives and scalars, for editors"),
                ),
        )
        .subcommand(
            Grammar::new("explain")
                .about("what an error code means")
                .arg(text("code", "the code, such as `validation-failed`").required(true).value_name("CODE")),
        )
}

fn migrate() -> Grammar {
    let name = |required| {
        Arg::new("name").value_name("NAME").required(required).help("what the files are called behind their time")
    };
    let switch = |id: &'static str| Arg::new(id).long(id).action(ArgAction::SetTrue);
    Grammar::new("migrate")
        .about("bring changes of the model into the database")
        .subcommand_required(true)
        .subcommand(
            Grammar::new("diff")
                .about("write SQL that leads from the last migration to the model")
                .arg(name(false))
                .arg(switch("allow-destructive").help("also write what loses data or may fail on rows that exist")),
        )
        .subcommand(
            Grammar::new("new")
                .about("make an empty pair of scripts for hand-written SQL")
                .arg(name(true))
                .arg(switch("model").help("the SQL leads to the model as it is now, so that `diff` has nothing to do")),
        )
        .subcommand(
            Grammar::new("apply")
                .about("apply what is pending, each migration whole or not at all")
                .arg(switch("allow-drift").help("apply even if the database is not as the migrations left it")),
        )
        .subcommand(Grammar::new("status").about("which migrations are applied, pending, changed or missing"))
        .subcommand(Grammar::new("down").about("take the last migration back"))
        .subcommand(Grammar::new("baseline").about("adopt an imported database: count its tables as migrated"))
}

fn import() -> Grammar {
    let out = Arg::new("out").long("out").required(true).value_name("DIR").value_parser(clap::value_parser!(PathBuf));
    Grammar::new("import").about("make a project from what exists").subcommand_required(true).subcommand(
        Grammar::new("database")
            .about("describe the tables of the database that `--database-url` names; it is only read")
            .arg(out.help("the project's folder")),
    )
}

fn token() -> Grammar {
    Grammar::new("token")
        .about("mint a development token, or the headers that stand for one where no JWT secret is set")
        .arg(Arg::new("role").long("role").value_name("ROLE").default_value("user").help("the role it acts in"))
        .arg(
            Arg::new("allow")
                .long("allow")
                .value_name("ROLE")
                .action(ArgAction::Append)
                .help("a further role it may choose"),
        )
        .arg(
            Arg::new("variable")
                .long("variable")
                .value_name("NAME=VALUE")
                .action(ArgAction::Append)
                .help("a session variable: `user-id=7` is `X-Hasura-User-Id`"),
        )
        .arg(Arg::new("valid").long("valid").value_name("TIME").default_value("1h").help("how long it holds"))
}

fn plan() -> Grammar {
    let text = |id: &'static str, value: &'static str| Arg::new(id).long(id).value_name(value);
    let switch = |id: &'static str| Arg::new(id).long(id).action(ArgAction::SetTrue);
    Grammar::new("plan")
        .about("what an operation becomes: the role's rules, SQL, the database's own plan; nothing is run")
        .arg(
            Arg::new("query")
                .value_name("QUERY")
                .required(true)
                .help("the GraphQL document; `-` reads it from standard input"),
        )
        .arg(text("role", "ROLE").default_value("admin").help("who asks"))
        .arg(text("variables", "JSON").help("the operation's variables"))
        .arg(text("operation", "NAME").help("which of the document's operations"))
        .arg(
            text("session", "NAME=VALUE")
                .action(ArgAction::Append)
                .help("a session variable: `user-id=7` is `X-Hasura-User-Id`"),
        )
        .arg(switch("backend").help("with the fields of `backend_only` rules"))
        .arg(switch("analyze").help("run the query and tell how that went"))
}

/// A setting's flag. A flag without a value is `true` where that is a value.
fn flag(setting: &'static Setting) -> Arg {
    let mut help = format!("{} [{}]", setting.help, setting.variable());
    if let Some(default) = setting.default {
        help.push_str(&format!(" [default: {default}]"));
    }
    let arg = Arg::new(setting.key)
        .long(setting.flag())
        .help(help)
        .help_heading("Settings")
        .global(true)
        .hide_short_help(setting.key.contains('.'));
    match setting.kind {
        Kind::Flag => arg.num_args(0..=1).require_equals(true).default_missing_value("true").value_name("true|false"),
        Kind::Text => arg.value_name("TEXT"),
        Kind::Count { .. } => arg.value_name("NUMBER"),
        Kind::Duration | Kind::DurationOrNone => arg.value_name("TIME"),
        Kind::Networks => arg.value_name("NETWORK,…"),
        Kind::Urls => arg.value_name("URL,…"),
        Kind::Origins => arg.value_name("ORIGIN,…"),
        Kind::Choice(words) | Kind::Choices(words) => arg.value_name(words.join("|")),
        Kind::Warnings => arg.value_name("CODES"),
    }
}

fn flags(matches: &ArgMatches) -> BTreeMap<&'static str, String> {
    // Global arguments are found at the innermost command.
    let mut innermost = matches;
    while let Some((_, inner)) = innermost.subcommand() {
        innermost = inner;
    }
    // A word given twice is that of the innermost command's own argument of this name.
    let last = |key| innermost.get_many::<String>(key)?.rev().find(|word| data_arguments::is_setting(word)).cloned();
    let given = |setting: &'static Setting| Some((setting.key, last(setting.key)?));
    table::all().filter_map(given).collect()
}

fn command(matches: &ArgMatches) -> Command {
    let text = |matches: &ArgMatches, id: &str| matches.get_one::<String>(id).cloned().unwrap_or_default();
    let list = |matches: &ArgMatches, id: &str| {
        matches.get_many::<String>(id).map_or_else(Vec::new, |values| values.cloned().collect())
    };
    match matches.subcommand() {
        Some(("init", inner)) => {
            Command::Init { folder: inner.get_one::<PathBuf>("folder").cloned().unwrap_or_default() }
        }
        Some(("check", inner)) => Command::Check { strict: inner.get_flag("strict") },
        Some(("serve", _)) => Command::Serve,
        Some(("seed", _)) => Command::Seed,
        Some(("import", inner)) => {
            let out = inner.subcommand().and_then(|(_, inner)| inner.get_one::<PathBuf>("out").cloned());
            Command::Import { out: out.unwrap_or_default() }
        }
        Some(("migrate", inner)) => Command::Migrate(match inner.subcommand() {
            Some(("diff", inner)) => Migrate::Diff {
                name: inner.get_one::<String>("name").cloned(),
                allow_destructive: inner.get_flag("allow-destructive"),
            },
            Some(("new", inner)) => Migrate::New { name: text(inner, "name"), model: inner.get_flag("model") },
            Some(("apply", inner)) => Migrate::Apply { allow_drift: inner.get_flag("allow-drift") },
            Some(("down", _)) => Migrate::Down,
            Some(("baseline", _)) => Migrate::Baseline,
            _ => Migrate::Status,
        }),
        Some(("token", inner)) => Command::Token(TokenArguments {
            role: text(inner, "role"),
            allowed: list(inner, "allow"),
            variables: list(inner, "variable"),
            valid: text(inner, "valid"),
        }),
        Some(("doctor", _)) => Command::Doctor,
        Some(("plan", inner)) => Command::Plan(PlanArguments {
            query: text(inner, "query"),
            role: text(inner, "role"),
            variables: inner.get_one("variables").cloned(),
            operation: inner.get_one("operation").cloned(),
            session: list(inner, "session"),
            backend: inner.get_flag("backend"),
            analyze: inner.get_flag("analyze"),
        }),
        Some(("schema", inner)) => match inner.subcommand() {
            Some(("print", inner)) => Command::SchemaPrint { role: text(inner, "role") },
            _ => Command::SchemaDirectives,
        },
        Some(("explain", inner)) => Command::Explain { code: text(inner, "code") },
        Some((name, inner)) => data_arguments::command(name, inner).map_or(Command::Dev, Command::Data),
        _ => Command::Dev,
    }
}

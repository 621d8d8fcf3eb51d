//! The command line: arguments → settings → one command → its output and exit status.

mod arguments;
mod check;
mod data;
mod data_arguments;
mod database;
mod dev;
mod doctor;
mod explain;
mod files;
mod import;
mod init;
mod migrate;
mod plan;
mod schema;
mod seed;
mod server;
mod token;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;

use serde_json::{Value as Json, json};

use crate::problem::{Exit, Problem};
use crate::settings::{self, FileContent, Format, Settings, Sources, Values, table};
use arguments::{Command, Invocation, Parsed};

/// What a command says when it is done.
struct Output {
    text: String,
    json: Json,
}

impl Output {
    /// For people and for programs.
    fn new(text: impl Into<String>, json: Json) -> Output {
        Output { text: text.into(), json }
    }

    /// Nothing more than what was written already.
    fn silent() -> Output {
        Output { text: String::new(), json: Json::Null }
    }
}

/// Why a command ended early: at least one problem.
struct Problems(Vec<Problem>);

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Problems {
        Problems(vec![problem])
    }
}

impl From<Vec<Problem>> for Problems {
    fn from(problems: Vec<Problem>) -> Problems {
        Problems(problems)
    }
}

type Outcome = Result<Output, Problems>;

/// Runs a command line; returns the exit status.
pub fn run(arguments: impl IntoIterator<Item = OsString>, environment: &dyn Fn(&str) -> Option<String>) -> u8 {
    let invocation = match arguments::parse(arguments) {
        Parsed::Invocation(invocation) => invocation,
        Parsed::Answered { text, usage_error } => {
            return if usage_error {
                write(&mut std::io::stderr(), &text);
                Exit::Usage as u8
            } else {
                write(&mut std::io::stdout(), &text);
                0
            };
        }
    };
    let format = format_asked(&invocation, environment);
    let given = Given::new(&invocation, environment);
    report(execute(invocation.command, &given), format)
}

/// The format of errors that come before the settings are known.
fn format_asked(invocation: &Invocation, environment: &dyn Fn(&str) -> Option<String>) -> Format {
    let flag = invocation.flags.get(table::FORMAT.key).cloned();
    match flag.or_else(|| environment(&table::FORMAT.variable())).as_deref() {
        Some("json") => Format::Json,
        _ => Format::Human,
    }
}

/// What a command line says of settings; with the file, which may change, it is all of them.
struct Given<'a> {
    flags: BTreeMap<&'static str, String>,
    environment: &'a dyn Fn(&str) -> Option<String>,
    project: PathBuf,
    /// `init` and `import` make projects, and an explanation needs none.
    has_file: bool,
}

impl<'a> Given<'a> {
    fn new(invocation: &Invocation, environment: &'a dyn Fn(&str) -> Option<String>) -> Given<'a> {
        let project = invocation.flags.get(table::PROJECT.key).cloned();
        let project = project.or_else(|| environment(&table::PROJECT.variable())).unwrap_or_else(|| ".".to_owned());
        Given {
            flags: invocation.flags.clone(),
            environment,
            project: project.into(),
            has_file: invocation.command.needs_project(),
        }
    }

    /// The settings, with the file as it is now.
    fn read(&self) -> Result<(Settings, Values), Problems> {
        let file = if self.has_file { settings::read_file(&self.project) } else { FileContent::default() };
        let sources =
            Sources { flags: self.flags.clone(), environment: self.environment, file: file.values, roles: file.roles };
        let mut problems = file.problems;
        let values = match settings::resolve(&sources) {
            Ok(values) if problems.is_empty() => values,
            Ok(_) => return Err(Problems(problems)),
            Err(more) => {
                problems.extend(more);
                return Err(Problems(problems));
            }
        };
        Ok((Settings::from_values(&values, self.project.clone())?, values))
    }
}

fn execute(command: Command, given: &Given<'_>) -> Outcome {
    let (settings, values) = given.read()?;
    match command {
        Command::Init { folder } => init::run(&folder),
        Command::Check { strict } => check::run(&settings, strict),
        Command::Dev => dev::run(given, settings, values),
        Command::Serve => server::serve(&settings),
        Command::Seed => seed::run(&settings),
        Command::Import { out } => import::run(&settings, &out),
        Command::Migrate(command) => migrate::run(&settings, command),
        Command::Data(command) => data::run(&settings, command),
        Command::Token(arguments) => token::run(&settings, &arguments),
        Command::Plan(arguments) => plan::run(&settings, &arguments),
        Command::Doctor => doctor::run(&settings),
        Command::SchemaPrint { role } => schema::print(&settings, &role),
        Command::SchemaDirectives => Ok(schema::directives()),
        Command::Explain { code } => explain::run(&code),
    }
}

fn report(outcome: Outcome, format: Format) -> u8 {
    match (outcome, format) {
        (Ok(output), Format::Human) => {
            write(&mut std::io::stdout(), &output.text);
            0
        }
        (Ok(output), Format::Json) if output.json.is_null() => 0,
        (Ok(output), Format::Json) => {
            write(&mut std::io::stdout(), &format!("{}\n", output.json));
            0
        }
        (Err(Problems(problems)), format) => {
            for problem in &problems {
                match format {
                    Format::Human => write(&mut std::io::stderr(), &problem.human()),
                    Format::Json => write(&mut std::io::stdout(), &format!("{}\n", problem.json())),
                }
            }
            problems.iter().map(|problem| problem.exit as u8).max().unwrap_or(Exit::Mistake as u8)
        }
    }
}

/// A closed pipe is not worth a complaint.
fn write(stream: &mut dyn Write, text: &str) {
    let _ = stream.write_all(text.as_bytes()).and_then(|()| stream.flush());
}

/// `{"ok": true}` and more.
fn done(mut fields: Json) -> Json {
    fields["ok"] = json!(true);
    fields
}

//! The grammar of the commands that move data: `data export|import`, `move`, `backup`, `restore`.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command as Grammar, value_parser};
use purlin_db::data::import::BATCH_ROWS;
use purlin_db::data::{Conflict, Format};

/// A command that moves data.
#[derive(Debug)]
pub enum Data {
    /// `data export`
    Export {
        /// The tables; none: all.
        tables: Vec<String>,
        /// A file, a folder or `-`.
        out: String,
        /// How rows are written, if it is said.
        format: Option<Format>,
    },
    /// `data import FILE…`
    Import {
        /// The files and folders.
        paths: Vec<PathBuf>,
        /// The table, if it is not in the file's name.
        table: Option<String>,
        /// How rows are written, if it is said.
        format: Option<Format>,
        /// What happens to rows that are there.
        options: purlin_db::data::import::Options,
    },
    /// `move`
    Move {
        /// The database that is read.
        from: String,
        /// The database that is filled.
        to: String,
    },
    /// `backup`
    Backup {
        /// The file.
        out: PathBuf,
    },
    /// `restore FILE`
    Restore {
        /// The file.
        file: PathBuf,
        /// The database that is filled, if it is not the project's.
        to: Option<String>,
    },
}

/// The grammars, one for each word of the command line.
pub fn grammars() -> Vec<Grammar> {
    let url = |id: &'static str, help| Arg::new(id).long(id).value_name("URL").help(help);
    let path = |id: &'static str| Arg::new(id).value_name("FILE").required(true).value_parser(value_parser!(PathBuf));
    vec![
        data(),
        Grammar::new("move")
            .about("copy everything into an empty database of either kind, and compare both")
            .arg(url("from", "the database that is read").required(true))
            .arg(url("to", "the database that is filled").required(true)),
        Grammar::new("backup")
            .about("write everything into one file, while others read and write")
            .arg(path("out").long("out").help("the file: `NAME.tar.gz`")),
        Grammar::new("restore")
            .about("fill an empty database from a backup, of whichever kind either is")
            .arg(path("file").help("the backup"))
            .arg(url("to", "the database that is filled, instead of `--database-url`")),
    ]
}

fn data() -> Grammar {
    let table = |help| Arg::new("table").long("table").value_name("TYPE").help(help);
    // Stands in for the setting of the same name, whose words it takes too.
    let format = Arg::new("format")
        .long("format")
        .value_name("csv|ndjson|human|json")
        .value_parser(["csv", "ndjson", "human", "json"])
        .action(ArgAction::Append)
        .help("how rows are written in files (csv, ndjson); and how the result is printed (human, json)");
    let path = value_parser!(PathBuf);
    Grammar::new("data")
        .about("rows from and to files")
        .subcommand_required(true)
        .subcommand(
            Grammar::new("export")
                .about("write tables as CSV or NDJSON, as they are at one moment")
                .arg(table("a table; without, all of the model").action(ArgAction::Append))
                .arg(
                    Arg::new("out")
                        .long("out")
                        .value_name("FILE|DIR|-")
                        .required(true)
                        .help("a file (`.gz`: packed), a folder for a file of each table, or `-`"),
                )
                .arg(format.clone()),
        )
        .subcommand(
            Grammar::new("import")
                .about("load files of CSV or NDJSON; interrupted, the same command goes on")
                .arg(
                    Arg::new("path")
                        .value_name("FILE|DIR")
                        .required(true)
                        .num_args(1..)
                        .value_parser(path)
                        .help("called as the table: `tasks.csv`, `tasks.ndjson.gz`"),
                )
                .arg(table("the table, if the file is not called so"))
                .arg(format)
                .arg(
                    Arg::new("on-conflict")
                        .long("on-conflict")
                        .value_name("error|skip|update")
                        .value_parser(["error", "skip", "update"])
                        .default_value("error")
                        .help("what happens to a row whose primary key is there already"),
                )
                .arg(
                    Arg::new("batch")
                        .long("batch")
                        .value_name("ROWS")
                        .value_parser(value_parser!(u64))
                        .help(format!("rows of one transaction; 0: all of them [default: {BATCH_ROWS}]")),
                )
                .arg(
                    Arg::new("restart")
                        .long("restart")
                        .action(ArgAction::SetTrue)
                        .help("forget how far an earlier import of these files has come"),
                ),
        )
}

/// The command that was given, if it is one of these.
pub fn command(name: &str, inner: &ArgMatches) -> Option<Data> {
    let text = |id: &str| inner.get_one::<String>(id).cloned();
    let path = |id: &str| inner.get_one::<PathBuf>(id).cloned().unwrap_or_default();
    match (name, inner.subcommand()) {
        ("move", _) => Some(Data::Move { from: text("from")?, to: text("to")? }),
        ("backup", _) => Some(Data::Backup { out: path("out") }),
        ("restore", _) => Some(Data::Restore { file: path("file"), to: text("to") }),
        ("data", Some(("export", inner))) => Some(Data::Export {
            tables: inner.get_many::<String>("table").map_or_else(Vec::new, |names| names.cloned().collect()),
            out: inner.get_one::<String>("out").cloned().unwrap_or_default(),
            format: row_format(inner),
        }),
        ("data", Some(("import", inner))) => Some(Data::Import {
            paths: inner.get_many::<PathBuf>("path").map_or_else(Vec::new, |paths| paths.cloned().collect()),
            table: inner.get_one::<String>("table").cloned(),
            format: row_format(inner),
            options: purlin_db::data::import::Options {
                conflict: match inner.get_one::<String>("on-conflict").map(String::as_str) {
                    Some("skip") => Conflict::Skip,
                    Some("update") => Conflict::Update,
                    _ => Conflict::Error,
                },
                batch: inner.get_one("batch").copied().unwrap_or(BATCH_ROWS),
                restart: inner.get_flag("restart"),
            },
        }),
        _ => None,
    }
}

fn row_format(inner: &ArgMatches) -> Option<Format> {
    inner.get_many::<String>("format")?.rev().find_map(|word| match word.as_str() {
        "csv" => Some(Format::Csv),
        "ndjson" => Some(Format::Ndjson),
        _ => None,
    })
}

/// The words of `--format` that are not for rows: the setting.
pub fn is_setting(word: &str) -> bool {
    !matches!(word, "csv" | "ndjson")
}

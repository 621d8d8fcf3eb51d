//! Files with mistakes: the trailing comment of each is exactly what is printed about it (`UPDATE=1` rewrites it).
//! Those under `advice` are what only `check` says.
//! A first line `# databases: postgres` says what the project is for; otherwise it is for both databases.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use purlin_model::code::{self, CODES, Origin};
use purlin_model::{ColumnIndex, Diagnostics, Ignored, Settings, Source, SqlOwner, TableId, check, compile};
use purlin_testkit::{Expectations, cases};

use crate::files::{MARK, is_model, model, settings};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

/// What is said of a model, with advice if wanted; a line `# ignore:` names what is not to be said.
fn told(path: &Path, text: &str, advice: bool) -> Result<Diagnostics, Diagnostics> {
    let path = format!("schema/{}", path.file_name().expect("a file").to_string_lossy());
    let source = Source { path, text: format!("{}\n", model(text)) };
    let ignored = text.lines().find_map(|line| line.strip_prefix("# ignore: ")).unwrap_or_default();
    let ignored: Vec<Ignored> = ignored.split_whitespace().filter_map(Ignored::read).collect();
    match advice {
        true => check(&[source], &settings(text), &ignored),
        false => compile(&[source], &settings(text)),
    }
    .map(|compiled| compiled.warnings)
}

fn as_comment(diagnostics: &Diagnostics) -> String {
    let rendered = diagnostics.render(false);
    rendered.trim_end().lines().map(|line| format!("# {line}").trim_end().to_owned() + "\n").collect()
}

#[test]
fn every_mistake_is_shown_as_its_file_says() {
    let mut expectations = Expectations::new();
    let mut codes = BTreeSet::new();
    for (name, fails) in [("invalid", true), ("warning", false), ("advice", false)] {
        for path in cases(&folder(name), is_model) {
            let text = fs::read_to_string(&path).expect("a readable file");
            let diagnostics = match (told(&path, &text, name == "advice"), fails) {
                (Err(diagnostics), true) | (Ok(diagnostics), false) => diagnostics,
                (Ok(_), true) => {
                    expectations.fail(format!("{} has no mistakes", path.display()));
                    continue;
                }
                (Err(diagnostics), false) => {
                    expectations.fail(format!("{} has mistakes:\n{}", path.display(), diagnostics.render(false)));
                    continue;
                }
            };
            if diagnostics.is_empty() {
                expectations.fail(format!("{} has no warnings", path.display()));
            }
            codes.extend(diagnostics.iter().map(|diagnostic| diagnostic.code));
            expectations.check(&path, &format!("{}\n{MARK}{}", model(&text), as_comment(&diagnostics)));
        }
    }
    for code in &codes {
        if code::by_name(code).is_none() {
            expectations.fail(format!("the code {code} is not explained in code.rs"));
        }
    }
    // These need files too large for a folder of cases, or a database; tests of their own make them.
    let made = ["file-too-large", "too-many-columns", "refused-sql"];
    for code in CODES.iter().filter(|code| code.origin == Origin::Model && !made.contains(&code.code)) {
        if !codes.contains(code.code) {
            expectations.fail(format!("no case shows the code {}", code.code));
        }
    }
    expectations.finish();
}

fn only_code(text: String) -> String {
    let source = Source { path: "schema/large.graphql".to_owned(), text };
    let mistakes = compile(&[source], &Settings::default()).expect_err("mistakes");
    let codes: Vec<&str> = mistakes.iter().map(|mistake| mistake.code).collect();
    codes.join(" ")
}

#[test]
fn a_file_may_be_too_large() {
    assert_eq!(only_code(" ".repeat(16 * 1024 * 1024 + 1)), "file-too-large");
}

#[test]
fn a_table_may_have_too_many_columns() {
    let fields: String = (0..1700).map(|number| format!("  c{number}: Int\n")).collect();
    assert_eq!(only_code(format!("type wide @table {{\n  id: Int! @id\n{fields}}}\n")), "too-many-columns");
}

#[test]
fn sql_that_a_database_refuses_is_shown_where_it_is_written() {
    let text = "type a @table {\n  id: Int! @id\n  b: Int @computed(sql: \"idd + 1\")\n}\n\
                type v @view(sql: \"select 1 as id fromm a\") {\n  id: Int!\n}\n";
    let source = Source { path: "schema/a.graphql".to_owned(), text: text.to_owned() };
    let compiled = compile(&[source], &Settings::default()).expect("a model");
    let refusals = [
        (SqlOwner::Computed(TableId(0), ColumnIndex(1)), "no such column: idd".to_owned()),
        (SqlOwner::View(TableId(1)), "near \"a\": syntax error".to_owned()),
    ];
    let shown = compiled.refused(&refusals).render(false);
    purlin_testkit::check_text(&folder("printed").join("refused_sql.txt"), &shown);
}

#[test]
fn mistakes_of_several_files_come_in_one_run_with_their_places() {
    let file = |path: &str, text: &str| Source { path: path.to_owned(), text: text.to_owned() };
    let sources = [
        file(
            "schema/a.graphql",
            "type a @table {\n  id: Int! @id\n  b_id: Int!\n  b: bee @relation(fields: [b_id])\n}\n",
        ),
        file("schema/b.graphql", "type b @table {\n  id: Int @id\n}\n"),
        file("schema/c.graphql", "type b @table {\n  id: Int! @id\n}\n"),
    ];
    let mistakes = compile(&sources, &Settings::default()).expect_err("mistakes");
    purlin_testkit::check_text(&folder("printed").join("several_files.txt"), &mistakes.render(false));
    let json = serde_json::to_string_pretty(&mistakes.to_json()).expect("JSON");
    purlin_testkit::check_text(&folder("printed").join("several_files.json"), &format!("{json}\n"));
    let colored = mistakes.render(true);
    assert!(colored.contains("\u{1b}["), "colours are asked for");
    assert!(!mistakes.render(false).contains('\u{1b}'), "no colours are asked for");
}

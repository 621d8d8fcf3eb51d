//! The reference for users: its examples compile, it names everything there is, and the codes in it are those of the
//! compiler.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use purlin_model::code::{CODES, Origin};
use purlin_model::directive::{Argument, DIRECTIVES, Kind};
use purlin_model::{DatabaseKind, Scalar, Settings, Source, compile};

fn docs(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(name)
}

fn reference() -> String {
    fs::read_to_string(docs("model-language.md")).expect("the reference")
}

#[test]
fn the_examples_compile() {
    let text = reference();
    let examples = text.split("```graphql\n").skip(1).filter_map(|rest| rest.split("```").next());
    let (of_postgres, of_both): (Vec<Source>, Vec<Source>) = examples
        .map(|example| Source { path: "docs/model-language.md".to_owned(), text: example.to_owned() })
        .partition(|source| source.text.starts_with("# for PostgreSQL alone\n"));
    assert!(of_both.len() > 1 && !of_postgres.is_empty(), "the reference has examples");
    let postgres = Settings { databases: vec![DatabaseKind::Postgres], ..Settings::default() };
    for (sources, settings) in [(of_both, Settings::default()), (of_postgres, postgres)] {
        compile(&sources, &settings).unwrap_or_else(|mistakes| panic!("{}", mistakes.render(false)));
    }
}

#[test]
fn everything_there_is_is_named() {
    let text = reference();
    let mut missing = Vec::new();
    for directive in DIRECTIVES {
        if !text.contains(&format!("@{}", directive.name)) {
            missing.push(format!("@{}", directive.name));
        }
        check_arguments(&text, directive.name, directive.arguments, &mut missing);
    }
    let scalars = Scalar::ALL.into_iter().filter(|scalar| !text.contains(&format!("| `{}` |", scalar.name())));
    missing.extend(scalars.map(|scalar| scalar.name().to_owned()));
    assert!(missing.is_empty(), "the reference does not name {missing:?}");
}

fn check_arguments(text: &str, owner: &str, arguments: &[Argument], missing: &mut Vec<String>) {
    for argument in arguments {
        let named = [format!("{}:", argument.name), format!("`{}`", argument.name)];
        if !named.iter().any(|name| text.contains(name.as_str())) {
            missing.push(format!("{owner}.{}", argument.name));
        }
        if let Kind::Object(keys) | Kind::Objects(keys) = argument.kind {
            check_arguments(text, argument.name, keys, missing);
        }
    }
}

#[test]
fn the_page_of_codes_is_the_table_of_codes() {
    let mut page = String::from(
        "# Codes\n\nEvery mistake of a model and every error of the API has a code; `purlin explain CODE` prints its entry.\n\
         This page is made from the table of codes in `crates/model/src/code.rs`.\n",
    );
    for (origin, title) in [(Origin::Model, "Mistakes of a model"), (Origin::Api, "Errors of the API")] {
        writeln!(page, "\n## {title}\n").expect("text");
        for code in CODES.iter().filter(|code| code.origin == origin) {
            let entry = (code.code, code.title, code.explanation, code.example);
            writeln!(page, "### `{}`\n\n{}\n\n{}\n\nFor example: `{}`\n", entry.0, entry.1, entry.2, entry.3)
                .expect("text");
        }
    }
    purlin_testkit::check_text(&docs("codes.md"), &format!("{}\n", page.trim_end()));
}

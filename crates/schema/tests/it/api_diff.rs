//! `tests/api_diff/*`: two models, and what changes in the API between them, for people and for programs.

use std::path::Path;

use purlin_model::{Catalog, Settings, Source, compile};
use purlin_schema::diff;
use purlin_testkit::{Expectations, cases};

fn model(folder: &Path, name: &str) -> Catalog {
    let path = folder.join(name);
    let text = std::fs::read_to_string(&path).expect("a readable model");
    let sources = [Source { path: path.display().to_string(), text }];
    match compile(&sources, &Settings::default()) {
        Ok(compiled) => compiled.catalog,
        Err(mistakes) => panic!("{}", mistakes.render(false)),
    }
}

#[test]
fn changes_of_the_api_are_told() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/api_diff");
    let mut expectations = Expectations::new();
    for case in cases(&folder, Path::is_dir) {
        let found = diff::diff(&model(&case, "before.graphql"), &model(&case, "after.graphql"));
        let text: String = found.lines().iter().map(|line| format!("{line}\n")).collect();
        expectations.check(&case.join("api.txt"), &text);
        let json = serde_json::to_string_pretty(&found.to_json()).expect("JSON");
        expectations.check(&case.join("api.json"), &format!("{json}\n"));
    }
    expectations.finish();
}

#[test]
fn nothing_changes_between_a_model_and_itself() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/api_diff");
    for case in cases(&folder, Path::is_dir) {
        let model = model(&case, "after.graphql");
        assert!(diff::diff(&model, &model).is_empty());
    }
}

//! `tests/access/*`: two models, and what each role gains and loses between them, for people and for programs.

use std::path::Path;

use purlin_model::{Catalog, Settings, Source, access, compile};
use purlin_testkit::{Expectations, cases};
use serde_json::Value as Json;

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
fn changes_of_access_are_told() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/access");
    let mut expectations = Expectations::new();
    for case in cases(&folder, Path::is_dir) {
        let changes = access::diff(&model(&case, "before.graphql"), &model(&case, "after.graphql"));
        let text: String = changes.iter().map(|change| format!("{change}\n")).collect();
        expectations.check(&case.join("access.txt"), &text);
        let json: Json = changes.iter().map(access::AccessChange::to_json).collect();
        expectations
            .check(&case.join("access.json"), &format!("{}\n", serde_json::to_string_pretty(&json).expect("JSON")));
    }
    expectations.finish();
}

#[test]
fn nothing_changes_between_a_model_and_itself() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/access");
    for case in cases(&folder, Path::is_dir) {
        let model = model(&case, "after.graphql");
        assert_eq!(access::diff(&model, &model), []);
    }
}

//! Files without mistakes: the trailing comment of each is the model as it is printed, which shows what was understood
//! (`UPDATE=1` rewrites it). Printed models compile to the same catalog.

use std::fs;
use std::path::Path;

use purlin_model::{PrintOptions, Source, compile, print};
use purlin_testkit::{Expectations, cases};

use crate::files::{MARK, assert_prints_itself, is_model, model, settings};

#[test]
fn every_model_means_what_its_file_says() {
    let mut expectations = Expectations::new();
    for path in cases(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/valid"), is_model) {
        let text = fs::read_to_string(&path).expect("a readable file");
        let source = Source { path: path.display().to_string(), text: model(&text).to_owned() };
        match compile(&[source], &settings(&text)) {
            Err(mistakes) => expectations.fail(mistakes.render(false)),
            Ok(compiled) => {
                let printed = print(&compiled.catalog, PrintOptions { permissions: true });
                let printed: String =
                    printed.lines().map(|line| format!("# {line}").trim_end().to_owned() + "\n").collect();
                expectations.check(&path, &format!("{}\n{MARK}{printed}", model(&text)));
                assert_prints_itself(&compiled.catalog, &settings(&text));
            }
        }
    }
    expectations.finish();
}

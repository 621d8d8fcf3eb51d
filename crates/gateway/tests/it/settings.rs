//! `docs/settings.md` is what the table of settings says.

use std::path::Path;

use purlin_gateway::settings::table;

#[test]
fn the_reference_is_the_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/settings.md");
    purlin_testkit::check_text(&path, &table::reference());
}

#[test]
fn every_default_is_a_value_and_every_key_is_there_once() {
    let mut keys = Vec::new();
    for setting in table::all() {
        if let Some(default) = setting.default {
            assert!(setting.kind.parse(default).is_ok(), "{}", setting.key);
        }
        keys.push(setting.variable());
        keys.extend(setting.aliases.iter().map(|alias| (*alias).to_owned()));
    }
    let all = keys.len();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), all);
}

#[test]
fn document_limits_are_those_of_the_schema_crate() {
    let (defaults, mut limits) = (purlin_schema::Limits::default(), purlin_schema::Limits::default());
    for (setting, field) in table::DOCUMENT {
        *field(&mut limits) = setting.default.and_then(|text| text.parse().ok()).expect("a number");
    }
    assert_eq!(limits, defaults);
}

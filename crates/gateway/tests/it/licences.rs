//! Dependencies are what `deny.toml` lets them be: their licences by SPDX expression, and where they come from.

use std::collections::BTreeMap;
use std::path::Path;

use cargo_metadata::MetadataCommand;
use spdx::{Expression, ParseMode};

/// The lists of `deny.toml`.
struct Allowed {
    licences: Vec<String>,
    registries: Vec<String>,
}

impl Allowed {
    fn read() -> Allowed {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deny.toml");
        let file: toml::Table = std::fs::read_to_string(path).unwrap().parse().unwrap();
        let list = |section: &str, key: &str| {
            let list = file[section][key].as_array().unwrap();
            list.iter().map(|item| item.as_str().unwrap().to_owned()).collect()
        };
        Allowed { licences: list("licenses", "allow"), registries: list("sources", "allow-registry") }
    }

    /// Why a licence is refused.
    fn refusal(&self, licence: Option<&str>) -> Option<String> {
        let Some(licence) = licence else { return Some("says no licence".to_owned()) };
        // Older crates separate licences by a slash.
        let expression = match Expression::parse_mode(licence, ParseMode::LAX) {
            Ok(expression) => expression,
            Err(error) => return Some(format!("has the unknown licence `{licence}`: {}", error.reason)),
        };
        let failed = expression.evaluate_with_failures(|needed| self.licences.contains(&needed.to_string()));
        failed.err().map(|failed| {
            let names: Vec<String> = failed.iter().map(|failed| failed.req.to_string()).collect();
            format!("is under `{licence}`, and {} is not allowed", names.join(", "))
        })
    }
}

#[test]
fn every_dependency_is_allowed() {
    let allowed = Allowed::read();
    let metadata = MetadataCommand::new().other_options(["--locked".to_owned()]).exec().expect("cargo metadata");
    let (mut refused, mut counts) = (Vec::new(), BTreeMap::<&str, usize>::new());
    for package in &metadata.packages {
        let Some(source) = &package.source else { continue };
        let licence = package.license.as_deref();
        if let Some(reason) = allowed.refusal(licence) {
            refused.push(format!("{} {} {reason}", package.name, package.version));
        }
        if !allowed.registries.iter().any(|registry| source.repr == format!("registry+{registry}")) {
            refused.push(format!("{} {} comes from {source}", package.name, package.version));
        }
        *counts.entry(licence.unwrap_or_default()).or_default() += 1;
    }
    for (licence, count) in counts {
        println!("{count:4} {licence}");
    }
    assert!(refused.is_empty(), "see deny.toml:\n{}", refused.join("\n"));
}

#[test]
fn what_is_copyleft_or_unknown_is_refused() {
    let allowed = Allowed::read();
    for fine in ["MIT", "MIT/Apache-2.0", "MPL-2.0", "MIT OR GPL-3.0-only", "Apache-2.0 WITH LLVM-exception"] {
        assert_eq!(allowed.refusal(Some(fine)), None);
    }
    for (licence, reason) in [
        (None, "says no licence"),
        (Some("GPL-3.0-only"), "is under `GPL-3.0-only`, and GPL-3.0-only is not allowed"),
        (
            Some("MIT AND AGPL-3.0-or-later"),
            "is under `MIT AND AGPL-3.0-or-later`, and AGPL-3.0-or-later is not allowed",
        ),
        (
            Some("GPL-2.0-only WITH Classpath-exception-2.0"),
            "is under `GPL-2.0-only WITH Classpath-exception-2.0`, and GPL-2.0-only WITH Classpath-exception-2.0 is not allowed",
        ),
        (Some("Mine"), "has the unknown licence `Mine`: unknown term"),
    ] {
        assert_eq!(allowed.refusal(licence).as_deref(), Some(reason));
    }
}

//! What is embedded keeps the promises that the page's content security policy relies on.

#![allow(clippy::unwrap_used, missing_docs)]

use purlin_console::{INDEX, file, files};

/// Largest size of all files together, compressed, in bytes.
const MOST_BYTES: usize = 2 << 20;

/// The page, or the word that this binary has none.
fn page() -> Option<String> {
    let Some(index) = file(INDEX) else {
        eprintln!("skipped: built without the console, which needs Node");
        return None;
    };
    Some(String::from_utf8(index.content()).unwrap())
}

#[test]
fn the_page_has_nothing_inline_and_nothing_from_elsewhere() {
    let Some(page) = page() else { return };
    assert!(!page.contains("<style") && !page.contains("style=") && !page.contains("//"), "{page}");
    for tag in page.split("<script").skip(1) {
        let (attributes, content) = tag.split_once('>').unwrap();
        assert!(attributes.contains("src=\"/console/assets/"), "{attributes}");
        assert!(content.starts_with("</script>"), "an inline script: {content}");
    }
}

#[test]
fn every_file_the_page_names_is_there() {
    let Some(page) = page() else { return };
    let named: Vec<&str> =
        page.split("\"/console/").skip(1).map(|rest| rest.split('"').next().unwrap_or_default()).collect();
    assert!(named.len() >= 3, "{named:?}");
    for path in named {
        let named = file(path).unwrap_or_else(|| panic!("{path} is not embedded"));
        assert!(named.is_immutable(), "{path} is not named after its content");
    }
}

#[test]
fn every_file_is_small_and_decompresses() {
    let bytes: usize = files().iter().map(|file| file.gzip.len()).sum();
    assert!(bytes <= MOST_BYTES, "{bytes} bytes");
    for file in files() {
        assert!(!file.content().is_empty(), "{}", file.path);
        assert!(purlin_console::file(file.path).is_some(), "{} is not found by its path", file.path);
    }
}

#[test]
fn the_licences_of_what_is_embedded_are_embedded() {
    if page().is_none() {
        return;
    }
    let licences = String::from_utf8(file("licenses.md").unwrap().content()).unwrap();
    for package in ["graphiql", "react", "codemirror", "graphql"] {
        assert!(licences.contains(&format!("## {package} ")), "{package}");
    }
}

//! Whatever stands in a model folder, the compiler answers: it never panics, and what it shows has places in the text.

use std::path::Path;

use proptest::prelude::*;
use proptest::sample::Index;
use purlin_model::{Settings, Source, compile};

use crate::files::sources;

/// What is put in the place of a piece of text.
const PIECES: &[&str] = &[
    "",
    " ",
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    "\"",
    "\"\"\"",
    "!",
    ":",
    "@",
    "$",
    "#",
    "type ",
    "extend ",
    "enum ",
    "null",
    "-1",
    "99999999999999999999",
    "1.5",
    "\u{0}",
    "é",
    "\u{feff}",
    "tasks",
    "id",
    "@relation(fields: [id])",
    "@id",
    "@table",
    "{_eq: 1}",
    "[\"$\", id]",
    "\"X-Hasura-User-Id\"",
    "\\u0000",
    "\\ud800",
];

fn damaged(text: &str, from: usize, length: usize, piece: &str) -> String {
    let boundary = |mut offset: usize| {
        while !text.is_char_boundary(offset) {
            offset += 1;
        }
        offset
    };
    let start = boundary(from);
    let end = boundary((start + length).min(text.len()));
    format!("{}{piece}{}", &text[..start], &text[end..])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_projects_get_an_answer(
        damages in prop::collection::vec((any::<Index>(), any::<Index>(), 0usize..40, any::<Index>()), 1..4),
    ) {
        let mut files = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/shop/schema"));
        for (file, place, length, piece) in damages {
            let file = &mut files[file.index(3)];
            let from = place.index(file.text.len() + 1);
            file.text = damaged(&file.text, from, length, PIECES[piece.index(PIECES.len())]);
        }
        if let Err(mistakes) = compile(&files, &Settings::default()) {
            prop_assert!(!mistakes.is_empty());
            for mistake in mistakes.iter() {
                let text = &files[mistake.span.file as usize].text;
                prop_assert!(text.get(mistake.span.start as usize..mistake.span.end as usize).is_some(), "{mistake:?}");
            }
            prop_assert!(mistakes.render(false).contains("error["));
            mistakes.to_json();
        }
    }

    #[test]
    fn any_text_gets_an_answer(text in "[a-z@{}()\\[\\]:!\"#\\\\ \n\u{0}-\u{7f}é]{0,200}") {
        let source = Source { path: "schema/any.graphql".to_owned(), text };
        if let Err(mistakes) = compile(&[source], &Settings::default()) {
            mistakes.render(false);
        }
    }
}

//! Model files → a catalog that prints itself, or mistakes with places in the text.

use purlin_model::{PrintOptions, Settings, Source, compile, print};

/// What begins the line before another file.
const NEXT_FILE: &str = "#@ file";

/// Expects an answer: a catalog whose text compiles to the same, or mistakes that can be shown.
pub fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let sources = sources(text);
    match compile(&sources, &Settings::default()) {
        Ok(compiled) => {
            let options = PrintOptions { permissions: true };
            let printed = print(&compiled.catalog, options);
            let source = Source { path: "printed.graphql".to_owned(), text: printed.clone() };
            let again = compile(&[source], &Settings::default())
                .unwrap_or_else(|mistakes| panic!("printed with mistakes:\n{printed}\n{}", mistakes.render(false)));
            assert!(again.catalog == compiled.catalog, "the printed model means something else:\n{printed}");
            assert_eq!(print(&again.catalog, options), printed);
        }
        Err(mistakes) => {
            assert!(!mistakes.is_empty());
            for mistake in mistakes.iter() {
                let text = &sources[mistake.span.file as usize].text;
                let range = mistake.span.start as usize..mistake.span.end as usize;
                assert!(text.get(range).is_some(), "{mistake:?} is in no place");
            }
            assert!(mistakes.render(false).contains("error["));
            mistakes.to_json();
        }
    }
}

fn sources(text: &str) -> Vec<Source> {
    let mut sources = vec![Source { path: "schema/0.graphql".to_owned(), text: String::new() }];
    for line in text.split_inclusive('\n') {
        if line.starts_with(NEXT_FILE) {
            let path = format!("schema/{}.graphql", sources.len());
            sources.push(Source { path, text: String::new() });
        } else if let Some(source) = sources.last_mut() {
            source.text.push_str(line);
        }
    }
    sources
}

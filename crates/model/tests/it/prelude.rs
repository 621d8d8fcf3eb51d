//! The prelude for editors is GraphQL and holds every directive.

use std::path::Path;

use apollo_parser::Parser;
use purlin_model::{directive::DIRECTIVES, prelude};

#[test]
fn the_prelude_is_graphql_and_complete() {
    let text = prelude();
    let tree = Parser::new(&text).parse();
    assert_eq!(tree.errors().count(), 0, "{:?}", tree.errors().collect::<Vec<_>>());
    for directive in DIRECTIVES {
        assert!(text.contains(&format!("directive @{}", directive.name)));
    }
    purlin_testkit::check_text(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/printed/prelude.graphql"), &text);
}

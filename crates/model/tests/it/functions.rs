//! Who has root fields that are functions.

use purlin_model::catalog::ApiSettings;
use purlin_model::{DatabaseKind, Role, Settings, Source, compile};

const MODEL: &str = r#"
type films @table { id: Int! @id }
extend type films @allow(role: "user", select: {where: {}, columns: all})
extend type Query {
  by_list: [films!]! @function(allow: ["user"])
  inferred: [films!]! @function
}
"#;

/// The functions that a role has by what the model says of them, whatever it may select.
fn allowed(infer_function_permissions: bool, role: &str) -> Vec<String> {
    let api = ApiSettings { infer_function_permissions, ..ApiSettings::default() };
    let settings = Settings { databases: vec![DatabaseKind::Postgres], api };
    let source = Source { path: "schema/films.graphql".to_owned(), text: MODEL.to_owned() };
    let compiled = compile(&[source], &settings).unwrap_or_else(|mistakes| panic!("{}", mistakes.render(false)));
    let catalog = compiled.catalog;
    let ids = catalog.native_ids().filter(|id| catalog.allows(*id, &Role::new(role)));
    ids.map(|id| catalog.native(id).name.to_string()).collect()
}

#[test]
fn queries_are_inferred_unless_a_setting_says_no() {
    assert_eq!(allowed(true, "user"), ["by_list", "inferred"]);
    assert_eq!(allowed(false, "user"), ["by_list"]);
    assert_eq!(allowed(true, "other"), ["inferred"]);
    assert_eq!(allowed(false, "other"), [""; 0]);
    assert_eq!(allowed(false, "admin"), ["by_list", "inferred"]);
}

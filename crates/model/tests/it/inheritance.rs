//! What roles that inherit may do, worked out from the rules of their parents.

use purlin_model::catalog::{Catalog, ColumnIndex};
use purlin_model::permission::{Permissions, SelectRootFields, SelectRule};
use purlin_model::{Filter, Role, Settings, Source, compile};

/// The table `t (id, a, b)` with rules.
fn catalog(rules: &str) -> Catalog {
    let table = "type t @table { id: Int! @id  a: Int  b: Int }\n";
    let source = Source { path: "schema/t.graphql".to_owned(), text: format!("{table}{rules}") };
    compile(&[source], &Settings::default()).unwrap_or_else(|mistakes| panic!("{}", mistakes.render(false))).catalog
}

fn permissions(catalog: &Catalog, role: &str) -> Permissions {
    let table = catalog.table_by_name("t").expect("a table");
    catalog.table(table).permissions_of(&Role::new(role)).cloned().unwrap_or_default()
}

fn select(catalog: &Catalog, role: &str) -> SelectRule {
    permissions(catalog, role).select.expect("a rule to select")
}

fn columns(indexes: &[u16]) -> Vec<ColumnIndex> {
    indexes.iter().map(|index| ColumnIndex(*index)).collect()
}

const SEVERAL: &str = r#"
extend schema @role(name: "heir", inherits: ["one", "two", "stranger"]) @role(name: "child", inherits: ["heir", "three"])
extend type t
  @allow(role: "one", select: {where: {a: {_eq: 1}}, columns: [id, a], limit: 5, root_fields: [select]})
  @allow(role: "two", select: {where: {b: {_eq: 2}}, columns: [id, b], limit: 7, aggregations: true, root_fields: [by_pk]})
  @allow(role: "three", select: {where: {}, columns: [id]})
extend type other @allow(role: "stranger", select: {where: {}, columns: all})
type other @table { id: Int! @id }
"#;

#[test]
fn rows_columns_and_the_rest_are_united() {
    let catalog = catalog(SEVERAL);
    let (one, two, heir) = (select(&catalog, "one"), select(&catalog, "two"), select(&catalog, "heir"));
    assert_eq!(heir.filter, Filter::Or(vec![one.filter.clone(), two.filter.clone()]));
    assert_eq!(heir.columns, columns(&[0, 1, 2]));
    assert_eq!(heir.mask(ColumnIndex(0)), None);
    assert_eq!(heir.mask(ColumnIndex(1)), Some(&one.filter));
    assert_eq!(heir.mask(ColumnIndex(2)), Some(&two.filter));
    assert_eq!((heir.limit, heir.aggregations), (Some(7), true));
    assert_eq!(heir.root_fields, SelectRootFields { select: true, by_pk: true, aggregate: false });
}

#[test]
fn what_is_inherited_is_inherited_in_turn() {
    let catalog = catalog(SEVERAL);
    let (one, two, child) = (select(&catalog, "one"), select(&catalog, "two"), select(&catalog, "child"));
    assert!(child.filter.is_always());
    assert_eq!(child.mask(ColumnIndex(0)), None);
    assert_eq!(child.mask(ColumnIndex(1)), Some(&one.filter));
    assert_eq!(child.mask(ColumnIndex(2)), Some(&two.filter));
    assert_eq!(child.limit, None);
}

#[test]
fn equal_rules_are_one() {
    let catalog = catalog(
        r#"
        extend schema @role(name: "heir", inherits: ["one", "two"])
        extend type t
          @allow(role: "one", select: {where: {a: {_eq: 1}}, columns: [id, a]})
          @allow(role: "two", select: {where: {a: {_eq: 1}}, columns: [id, b]})
        "#,
    );
    let heir = select(&catalog, "heir");
    assert_eq!(heir.filter, select(&catalog, "one").filter);
    assert_eq!((heir.columns, heir.masks), (columns(&[0, 1, 2]), Vec::new()));
}

#[test]
fn columns_that_all_parents_grant_have_no_mask() {
    let catalog = catalog(
        r#"
        extend schema @role(name: "heir", inherits: ["one", "two", "none"])
        extend type t
          @allow(role: "one", select: {where: {a: {_eq: 1}}, columns: all})
          @allow(role: "two", select: {where: {b: {_eq: 1}}, columns: all})
          @allow(role: "none", select: {where: {_or: []}, columns: [id]})
        "#,
    );
    let heir = select(&catalog, "heir");
    assert_eq!(heir.filter, Filter::Or(vec![select(&catalog, "one").filter, select(&catalog, "two").filter]));
    assert_eq!(heir.masks, Vec::new());
}

#[test]
fn a_rule_of_its_own_stands_instead_for_that_operation() {
    let catalog = catalog(
        r#"
        extend schema @role(name: "heir", inherits: ["one"]) @role(name: "child", inherits: ["heir", "one"])
        extend type t
          @allow(role: "one", select: {where: {a: {_eq: 1}}, columns: all}, delete: {where: {a: {_eq: 1}}})
          @allow(role: "heir", select: {where: {b: {_eq: 1}}, columns: [id]})
        "#,
    );
    let (one, heir, child) =
        (permissions(&catalog, "one"), permissions(&catalog, "heir"), permissions(&catalog, "child"));
    assert_eq!(heir.delete, one.delete);
    assert_eq!(heir.select.expect("a rule").columns, columns(&[0]));
    // The child has both, each in its rows.
    let select = child.select.expect("a rule");
    assert_eq!(select.mask(ColumnIndex(1)), one.select.as_ref().map(|rule| &rule.filter));
    assert_eq!(child.delete, one.delete);
}

#[test]
fn writing_is_what_all_parents_that_write_agree_on() {
    let catalog = catalog(
        r#"
        extend schema @role(name: "heir", inherits: ["one", "two", "three"])
        extend type t
          @allow(role: "one", insert: {check: {}, columns: [id]}, update: {where: {}, columns: [a]}, delete: {where: {}})
          @allow(role: "two", insert: {check: {}, columns: [id]}, update: {where: {}, columns: [b]})
          @allow(role: "three", select: {where: {}, columns: [id]})
        "#,
    );
    let (one, heir) = (permissions(&catalog, "one"), permissions(&catalog, "heir"));
    assert_eq!(heir.insert, one.insert);
    assert_eq!(heir.delete, one.delete);
    assert_eq!(heir.update, None);
}

//! Any filter a rule may hold prints as a condition that means the same filter, part for part.

use std::path::Path;

use proptest::prelude::*;
use purlin_model::catalog::ColumnIndex;
use purlin_model::permission::{DeleteRule, Permissions};
use purlin_model::{Catalog, Comparison, Filter, Operand, Role, Settings, TableId, Value, compile};

use crate::files::{assert_prints_itself, clear_rules, sources};

fn shop() -> Catalog {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/shop/schema");
    let mut catalog = compile(&sources(&folder), &Settings::default()).expect("a model").catalog;
    clear_rules(&mut catalog);
    catalog
}

fn column(catalog: &Catalog, table: TableId, name: &str) -> ColumnIndex {
    catalog.table(table).column_by_name(name).expect("a column")
}

fn comparison(column: ColumnIndex, comparison: Comparison, operand: Operand) -> Filter {
    Filter::Compare { column, comparison, operand }
}

/// Conditions on single columns of `orders` or `order_lines`; both have `branch` and `number`.
fn leaf(catalog: &Catalog, root: TableId, here: TableId) -> BoxedStrategy<Filter> {
    let (branch, number) = (column(catalog, here, "branch"), column(catalog, here, "number"));
    let (root_branch, root_number) = (column(catalog, root, "branch"), column(catalog, root, "number"));
    let text = "[ -~é]{0,6}".prop_map(|text| Operand::Literal(Value::Text(text.into())));
    let ordered = prop::sample::select(vec![
        Comparison::Equal,
        Comparison::NotEqual,
        Comparison::Less,
        Comparison::GreaterOrEqual,
    ]);
    let pattern = prop::sample::select(vec![
        Comparison::Like,
        Comparison::NotILike,
        Comparison::Greater,
        Comparison::Similar,
        Comparison::NotIRegex,
    ]);
    let member = prop::sample::select(vec![Comparison::In, Comparison::NotIn]);
    let variable = "x-hasura-[a-z]{1,3}(-[a-z0-9]{1,3})?".prop_map(|name| Operand::Session(name.into()));
    let numbers = prop::collection::vec(any::<i64>().prop_map(Value::Integer), 0..3);
    let columns = prop::sample::select(vec![
        (branch, Operand::Column(branch)),
        (number, Operand::Column(number)),
        (branch, Operand::RootColumn(root_branch)),
        (number, Operand::RootColumn(root_number)),
    ]);
    let boolean = prop_oneof![any::<bool>().prop_map(|flag| Operand::Literal(Value::Boolean(flag))), variable.clone()];
    prop_oneof![
        (pattern, text).prop_map(move |(how, operand)| comparison(branch, how, operand)),
        (ordered.clone(), any::<i64>()).prop_map(move |(how, value)| comparison(
            number,
            how,
            Operand::Literal(Value::Integer(value))
        )),
        (member.clone(), numbers).prop_map(move |(how, values)| comparison(
            number,
            how,
            Operand::Literal(Value::List(values))
        )),
        (prop_oneof![ordered.clone(), member], variable)
            .prop_map(move |(how, operand)| comparison(branch, how, operand)),
        (ordered, columns).prop_map(|(how, (column, operand))| comparison(column, how, operand)),
        boolean.prop_map(move |operand| Filter::IsNull { column: number, operand }),
    ]
    .boxed()
}

fn filter(catalog: &Catalog, root: TableId, here: TableId, depth: u32) -> BoxedStrategy<Filter> {
    let leaf = leaf(catalog, root, here);
    if depth == 0 {
        return leaf;
    }
    let inner = filter(catalog, root, here, depth - 1);
    let list = prop::collection::vec(inner.clone(), 0..4);
    let (orders, lines) =
        (catalog.table_by_name("orders").expect("orders"), catalog.table_by_name("order_lines").expect("lines"));
    let there = if here == orders { lines } else { orders };
    let name = if here == orders { "lines" } else { "order" };
    let relation = catalog.table(here).relation_by_name(name).expect("a relation");
    let across = filter(catalog, root, there, depth - 1);
    prop_oneof![
        leaf,
        list.clone().prop_map(Filter::And),
        list.prop_map(Filter::Or),
        inner.prop_map(|inner| Filter::Not(Box::new(inner))),
        across.clone().prop_map(move |inner| Filter::Relation { relation, filter: Box::new(inner) }),
        across.prop_map(move |inner| Filter::Exists { table: there, filter: Box::new(inner) }),
    ]
    .boxed()
}

fn any_filter() -> BoxedStrategy<Filter> {
    let catalog = shop();
    let orders = catalog.table_by_name("orders").expect("orders");
    filter(&catalog, orders, orders, 4)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn filters_print_as_themselves(filters in prop::collection::vec(any_filter(), 40)) {
        let mut catalog = shop();
        let orders = catalog.table_by_name("orders").expect("orders");
        for (number, filter) in filters.into_iter().enumerate() {
            let role = Role::new(&format!("tester{number:02}"));
            let delete = Some(DeleteRule { filter, backend_only: false });
            let permissions = Permissions { delete, ..Permissions::default() };
            catalog.roles.push(role.clone());
            catalog.tables[orders.0 as usize].permissions.insert(role, permissions);
        }
        assert_prints_itself(&catalog, &Settings::default());
    }
}

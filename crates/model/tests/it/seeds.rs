//! The seeds of the projects fit their models: `{ "<type>": [ {column: value} ] }`, parents before children.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use purlin_model::value::coerce;
use purlin_model::{Settings, compile};
use purlin_testkit::{Expectations, cases};
use serde_json::{Map, Value as Json};

use crate::files::sources;

type Rows = Map<String, Json>;

#[test]
fn every_row_fits_its_table() {
    let mut expectations = Expectations::new();
    for project in ["schema", "examples/shop/schema"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(project);
        let catalog = compile(&sources(&folder), &Settings::default()).expect("a model").catalog;
        let mut seeded: BTreeSet<String> = BTreeSet::new();
        for path in cases(&folder.join("seeds"), |path| path.extension().is_some_and(|extension| extension == "json")) {
            let text = fs::read_to_string(&path).expect("a readable file");
            for (name, rows) in serde_json::from_str::<Rows>(&text).expect("an object of tables") {
                let place = format!("{}: {name}", path.display());
                let Some(table) = catalog.table_by_name(&name).map(|id| catalog.table(id)) else {
                    expectations.fail(format!("{place} is no table"));
                    continue;
                };
                for row in rows.as_array().expect("a list of rows") {
                    for problem in problems(table, row.as_object().expect("a row")) {
                        expectations.fail(format!("{place}: {problem}"));
                    }
                }
                seeded.insert(name);
            }
        }
        // Views hold no rows of their own.
        let tables = catalog.tables.iter().filter(|table| table.view.is_none());
        let unseeded: Vec<&str> = tables.map(|table| &*table.name).filter(|name| !seeded.contains(*name)).collect();
        assert!(unseeded.is_empty(), "{project} has no rows for {unseeded:?}");
    }
    expectations.finish();
}

fn problems(table: &purlin_model::Table, row: &Rows) -> Vec<String> {
    let mut problems = Vec::new();
    for (name, value) in row {
        match table.column_by_name(name).map(|index| table.column(index)) {
            None => problems.push(format!("no column {name}")),
            Some(column) => {
                if let Err(error) = coerce(column.codec(), value) {
                    problems.push(format!("{name}: {}", error.message));
                }
            }
        }
    }
    let filled = |column: &&purlin_model::Column| {
        let given = column.default.is_some() || column.computed.is_some();
        !column.nullable && !given && !row.contains_key(&*column.name)
    };
    problems.extend(table.columns.iter().filter(filled).map(|column| format!("{} is missing", column.name)));
    problems
}

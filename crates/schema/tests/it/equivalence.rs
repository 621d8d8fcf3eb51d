//! A value in the variables means what it means in the document, however often the operation has been prepared before:
//! random filters, orders and rows, once as variables of one kept operation, once written out in a document of its own.

use purlin_plan::plan::Dialect;
use purlin_schema::Request;
use serde_json::{Map, Value as Json, json};

use crate::cases::{Project, admin, folder};
use crate::parity::Chance;
use crate::proof;

/// An enum value: bare in a document, a string in variables.
fn bare(name: &str) -> Json {
    Json::String(format!("@{name}"))
}

/// A value as the document has it.
fn literal(value: &Json) -> String {
    match value {
        Json::String(text) => match text.strip_prefix('@') {
            Some(name) => name.to_owned(),
            None => value.to_string(),
        },
        Json::Array(items) => format!("[{}]", items.iter().map(literal).collect::<Vec<_>>().join(" ")),
        Json::Object(members) => {
            let members = members.iter().map(|(name, value)| format!("{name}: {}", literal(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(" "))
        }
        plain => plain.to_string(),
    }
}

/// A value as variables have it.
fn variable(value: &Json) -> Json {
    match value {
        Json::String(text) => Json::from(text.strip_prefix('@').unwrap_or(text)),
        Json::Array(items) => items.iter().map(variable).collect(),
        Json::Object(members) => members.iter().map(|(name, value)| (name.clone(), variable(value))).collect(),
        plain => plain.clone(),
    }
}

/// Writes random inputs with at most one mistake each.
struct Writer {
    chance: Chance,
    mistakes: usize,
}

impl Writer {
    fn value(&mut self, column: &str) -> Json {
        if self.mistakes > 0 && self.chance.one_in(6) {
            self.mistakes -= 1;
            let wrong = [Json::Null, json!({"a": 1}), json!(true), json!([[1]]), json!(99999999999999999999999.5)];
            return wrong[self.chance.below(wrong.len())].clone();
        }
        let values = match column {
            "status" => vec![bare("draft"), bare("published"), bare("withdrawn")],
            "title" => vec![json!("Notes"), json!("Poems"), json!("%o%"), json!("")],
            "name" => vec![json!("Ada"), json!("dora"), json!("_da")],
            "rating" => vec![json!(4.25), json!("3"), json!(5)],
            "meta" => vec![json!({"robots": true}), json!("text"), json!([1, "two"]), json!(1.5)],
            _ => vec![json!(1), json!(3), json!("6"), json!(120), json!(0)],
        };
        values[self.chance.below(values.len())].clone()
    }

    fn comparison(&mut self, column: &str) -> Json {
        let operators: &[&str] = match column {
            "status" => &["_eq", "_neq", "_in", "_nin", "_is_null"],
            "title" | "name" => &["_eq", "_neq", "_like", "_ilike", "_in", "_gt", "_is_null"],
            _ => &["_eq", "_neq", "_gt", "_lt", "_gte", "_lte", "_in", "_nin", "_is_null"],
        };
        let mut members = Map::new();
        for _ in 0..1 + self.chance.below(2) {
            let operator = operators[self.chance.below(operators.len())];
            let operand = match operator {
                "_is_null" => json!(self.chance.one_in(2)),
                "_in" | "_nin" => (0..self.chance.below(4)).map(|_| self.value(column)).collect(),
                _ => self.value(column),
            };
            members.insert(operator.to_owned(), operand);
        }
        Json::Object(members)
    }

    fn filter(&mut self, table: &str, depth: usize) -> Json {
        let (columns, relations): (&[&str], &[(&str, &str)]) = match table {
            "books" => (&["id", "title", "status", "pages", "rating", "sold", "meta"], &[("author", "authors")]),
            _ => (&["id", "name", "mentor_id"], &[("books", "books"), ("mentor", "authors")]),
        };
        let mut members = Map::new();
        for _ in 0..self.chance.below(3) {
            let kind = if depth == 0 { 0 } else { self.chance.below(6) };
            let (name, value) = match kind {
                3 => {
                    let name = ["_and", "_or"][self.chance.below(2)];
                    let branches = (0..self.chance.below(3)).map(|_| self.filter(table, depth - 1)).collect();
                    (name, if self.chance.one_in(4) { self.filter(table, depth - 1) } else { branches })
                }
                4 => ("_not", self.filter(table, depth - 1)),
                5 => {
                    let (name, target) = relations[self.chance.below(relations.len())];
                    (name, self.filter(target, depth - 1))
                }
                _ => {
                    let column = columns[self.chance.below(columns.len())];
                    (column, self.comparison(column))
                }
            };
            members.insert(name.to_owned(), value);
        }
        Json::Object(members)
    }

    fn order(&mut self) -> Json {
        let directions = ["asc", "desc", "asc_nulls_first", "desc_nulls_last"];
        let mut orders: Vec<Json> = Vec::new();
        for _ in 0..self.chance.below(3) {
            let direction = bare(directions[self.chance.below(directions.len())]);
            orders.push(match self.chance.below(4) {
                0 => json!({"pages": direction}),
                1 => json!({"author": {"name": direction}}),
                2 => json!({"author": {"books_aggregate": {"max": {"pages": direction}}}}),
                _ => json!({"status": direction, "title": null}),
            });
        }
        orders.push(json!({"id": bare("asc")}));
        Json::Array(orders)
    }

    fn book(&mut self) -> Json {
        let mut row = Map::from_iter([("title".to_owned(), json!(format!("t{}", self.chance.below(1_000_000))))]);
        for column in ["status", "pages", "rating", "meta"] {
            if self.chance.one_in(3) {
                row.insert(column.to_owned(), self.value(column));
            }
        }
        Json::Object(row)
    }

    fn authors(&mut self) -> Json {
        let mut next = 100;
        let mut row = |writer: &mut Writer| {
            next += 2;
            let mut row = Map::from_iter([("id".to_owned(), json!(next)), ("name".to_owned(), json!("n"))]);
            if writer.chance.one_in(3) {
                let country = if writer.chance.one_in(2) { Json::Null } else { json!("DE") };
                row.insert("country".to_owned(), country);
            }
            if writer.chance.one_in(3) {
                let books = (0..writer.chance.below(4)).map(|_| writer.book()).collect();
                row.insert("books".to_owned(), json!({"data": Json::Array(books)}));
            }
            if writer.chance.one_in(4) {
                row.insert("mentor".to_owned(), json!({"data": {"id": next + 1, "name": "m"}}));
            }
            if writer.chance.one_in(6) {
                row.insert("profile".to_owned(), json!({"data": {"bio": "b"}}));
            }
            Json::Object(row)
        };
        (0..self.chance.below(6)).map(|_| row(self)).collect()
    }
}

async fn ask(project: &Project, query: &str, variables: &[(&str, &Json)]) -> Json {
    let given = variables.iter().map(|(name, value)| ((*name).to_owned(), variable(value)));
    let request = Request { query: query.to_owned(), variables: given.collect(), operation_name: None };
    let response = project.service.execute(&request, &admin(), false).await;
    let internal = response.failed.and_then(|refusal| refusal.internal);
    assert!(internal.is_none(), "{query}: {internal:?}");
    serde_json::from_slice(&response.body).expect("JSON")
}

/// An answer without the words of a mistake, which tell an integer of the document from a number of the variables.
fn comparable(answer: Json) -> Json {
    match answer["errors"][0].get("extensions") {
        Some(extensions) => extensions.clone(),
        None => answer,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_variable_reads_as_what_it_holds() {
    compare_filters(600, 1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn prove_that_a_variable_reads_as_what_it_holds() {
    compare_filters(proof::part_of(20_000), proof::seed()).await;
}

async fn compare_filters(filters: u64, seed: u64) {
    let project = Project::load(&folder("shelf"), Dialect::Sqlite).await;
    let kept = "query ($w: books_bool_exp!, $o: [books_order_by!], $n: Int) { books(where: $w, order_by: $o, limit: $n) { id } }";
    for number in 1..=filters {
        let mut writer = Writer { chance: Chance((seed << 32) | number), mistakes: usize::from(number % 3 == 0) };
        let (filter, order) = (writer.filter("books", 3), writer.order());
        let limit = if writer.chance.one_in(3) { Json::Null } else { json!(writer.chance.below(8)) };
        let document = format!(
            "{{ books(where: {} order_by: {} limit: {}) {{ id }} }}",
            literal(&filter),
            literal(&order),
            literal(&limit)
        );
        let as_variables = ask(&project, kept, &[("w", &filter), ("o", &order), ("n", &limit)]).await;
        let as_document = ask(&project, &document, &[]).await;
        assert_eq!(comparable(as_variables), comparable(as_document), "seed {seed}, number {number}: {document}");
    }
    assert!(project.service.statistics().hits > 0, "some filters have had the same shape");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_in_variables_are_the_rows_they_spell() {
    compare_rows(150, 1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn prove_that_rows_in_variables_are_the_rows_they_spell() {
    compare_rows(proof::part_of(4_000), proof::seed()).await;
}

async fn compare_rows(inserts: u64, seed: u64) {
    let project = Project::load(&folder("shelf"), Dialect::Sqlite).await;
    let answer = "{ affected_rows returning { id name country mentor_id mentor { name } profile { bio } \
                  books(order_by: {title: asc}) { title status pages rating meta author_id } } }";
    let kept = format!("mutation ($o: [authors_insert_input!]!) {{ insert_authors(objects: $o) {answer} }}");
    for number in 1..=inserts {
        let mut writer = Writer { chance: Chance((seed << 32) | number), mistakes: usize::from(number % 5 == 0) };
        let rows = writer.authors();
        let document = format!("mutation {{ insert_authors(objects: {}) {answer} }}", literal(&rows));
        project.restore().await;
        let as_variables = ask(&project, &kept, &[("o", &rows)]).await;
        project.restore().await;
        let as_document = ask(&project, &document, &[]).await;
        assert_eq!(comparable(as_variables), comparable(as_document), "seed {seed}, number {number}: {document}");
    }
    assert!(project.service.statistics().hits > 0, "some rows have had the same shape");
}

//! Random conditions over rows with NULLs: SQLite, PostgreSQL and a reading of the filters in plain Rust agree on every
//! row, and so on three-valued logic, empty lists, missing related rows and join tables.

mod random;
mod reading;

use std::collections::BTreeMap;

use purlin_model::ColumnIndex;
use purlin_model::catalog::{Catalog, TableId};
use purlin_model::filter::Filter;
use purlin_model::permission::{Permissions, SelectRootFields, SelectRule};
use purlin_model::scalar::Stored;
use purlin_model::session::Role;
use purlin_model::value::Value;
use purlin_plan::plan::{BoundSlot, Dialect, RootBody, Slot, Statement};
use purlin_plan::query::{Parameter, RootField, Source};
use purlin_testkit::PostgresDatabase;

use crate::build::{Build, constant};
use crate::catalog::{LABELS, MEMBERS, PEOPLE, PROJECTS, TASK_LABELS, TASKS, catalog};
use crate::prepare::{create_table, register};
use random::{Chance, random_filter, random_rule};
use reading::Reading;

const CONDITIONS: usize = 300;

fn person(number: u8) -> Value {
    Value::Text(format!("00000000-0000-0000-0000-00000000000{number}").into())
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

/// Values of a column, among them some that no row has.
fn pool(table: TableId, name: &str) -> Vec<Value> {
    match (table, name) {
        (TASKS | PROJECTS | LABELS, "id") | (_, "project_id" | "task_id" | "label_id") => {
            (1..=4).map(Value::Integer).collect()
        }
        (_, "estimate" | "limit_hours") => ["0.00", "1.50", "12.25", "-3.10"].map(text).to_vec(),
        (_, "budget") => ["9", "10", "10.0", "10.50"].map(text).to_vec(),
        (_, "spent" | "age") => [-5, 0, 7, 40].map(Value::Integer).to_vec(),
        (_, "weight") => [0.5, 1.0, 1.25].map(Value::Float).to_vec(),
        (_, "status") => ["todo", "doing", "done"].map(text).to_vec(),
        (_, "title" | "name" | "role") => ["a", "B", "é", "b"].map(text).to_vec(),
        (_, "public" | "hidden") => vec![Value::Boolean(true), Value::Boolean(false)],
        (_, "updated_at") => vec![text("2024-01-02T03:04:05.000006Z")],
        _ => (1..=3).map(person).collect(),
    }
}

struct Data {
    catalog: Catalog,
    /// Rows of each table, by table id.
    rows: Vec<Vec<Vec<Value>>>,
}

fn data(chance: &mut Chance) -> Data {
    let catalog = catalog();
    let mut rows = vec![Vec::new(); catalog.tables.len()];
    for (table, count) in [(PEOPLE, 3), (PROJECTS, 3), (LABELS, 3), (TASKS, 12), (TASK_LABELS, 9), (MEMBERS, 4)] {
        let definition = catalog.table(table);
        for number in 0..count {
            let mut row = Vec::new();
            for (index, column) in definition.columns.iter().enumerate() {
                let values = pool(table, &column.name);
                let single_key = definition.primary_key == [ColumnIndex(index as u16)];
                row.push(match &*column.name {
                    "id" if single_key && table == PEOPLE => person(number as u8 + 1),
                    "id" if single_key => Value::Integer(number as i64 + 1),
                    "task_id" => Value::Integer(number as i64 / 2 + 1),
                    "label_id" => Value::Integer(number as i64 % 2 + 1),
                    "project_id" if table == MEMBERS => Value::Integer(number as i64 / 2 + 1),
                    "person_id" => person(number as u8 % 2 + 1),
                    "email" | "meta" => Value::Null,
                    "name" if table == PROJECTS => text(["a", "B", "é"][number]),
                    "title" => text(&format!("{number:02}")),
                    _ if column.nullable && chance.below(3) == 0 => Value::Null,
                    _ => chance.pick(&values).clone(),
                });
            }
            rows[table.0 as usize].push(row);
        }
    }
    Data { catalog, rows }
}

impl Data {
    fn of(&self, table: TableId) -> &[Vec<Value>] {
        &self.rows[table.0 as usize]
    }
}

/// A value as each database holds it.
fn scaled(value: &Value, column_stored: Stored) -> Value {
    match (value, column_stored) {
        (Value::Text(digits), Stored::Scaled { scale } | Stored::ScaledOperand { scale }) => {
            let number: f64 = digits.parse().expect("a number");
            Value::Integer((number * 10_f64.powi(i32::from(scale))).round() as i64)
        }
        (Value::List(members), stored) => Value::List(members.iter().map(|member| scaled(member, stored)).collect()),
        (other, _) => other.clone(),
    }
}

fn for_sqlite(value: &Value, stored: Stored) -> rusqlite::types::Value {
    use rusqlite::types::Value as Held;
    match scaled(value, stored) {
        Value::Null => Held::Null,
        Value::Boolean(boolean) => Held::Integer(i64::from(boolean)),
        Value::Integer(integer) => Held::Integer(integer),
        Value::Float(float) => Held::Real(float),
        Value::Text(text) => Held::Text(text.into()),
        Value::Bytes(bytes) => Held::Blob(bytes.into()),
        Value::List(members) => {
            let members: Vec<String> = members
                .iter()
                .map(|member| match member {
                    Value::Text(text) => format!("\"{text}\""),
                    Value::Integer(integer) => integer.to_string(),
                    Value::Float(float) => float.to_string(),
                    Value::Boolean(boolean) => boolean.to_string(),
                    other => panic!("{other:?} in a list"),
                })
                .collect();
            Held::Text(format!("[{}]", members.join(",")))
        }
    }
}

fn for_postgres(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Boolean(boolean) => boolean.to_string(),
        Value::Integer(integer) => format!("'{integer}'"),
        Value::Float(float) => format!("'{float}'"),
        Value::Text(text) => format!("'{text}'"),
        Value::Bytes(_) => panic!("no bytes here"),
        Value::List(members) => {
            let members: Vec<String> = members.iter().map(for_postgres).collect();
            format!("array[{}]", members.join(","))
        }
    }
}

fn values(statement: &Statement, parameters: &[Parameter]) -> Vec<(BoundSlot, Value)> {
    let value = |slot: Slot| match slot {
        Slot::Binding(index) => match &parameters[index].source {
            Source::Constant(value) => value.clone(),
            Source::AtMost(None, bound) => Value::Integer(*bound as i64),
            other => panic!("{other:?} is no constant"),
        },
        other => panic!("{other:?} in a root statement"),
    };
    statement.slots.iter().map(|bound| (bound.clone(), value(bound.slot))).collect()
}

fn root_statement(plan: &purlin_plan::Plan) -> &Statement {
    match &plan.roots[0].body {
        RootBody::Read { children, .. } => &children[0].statement,
        other => panic!("{other:?} is no read"),
    }
}

fn ids(rows: impl Iterator<Item = i64>) -> String {
    rows.map(|id| id.to_string()).collect::<Vec<_>>().join(",")
}

fn sqlite(data: &Data) -> rusqlite::Connection {
    let connection = rusqlite::Connection::open_in_memory().expect("a database");
    let by_value = |left: &str, right: &str| {
        let number = |text: &str| text.parse::<f64>().unwrap_or_default();
        number(left).total_cmp(&number(right))
    };
    connection.create_collation("decimal", by_value).expect("a collation");
    register(&connection);
    for (table, rows) in data.catalog.tables.iter().zip(&data.rows) {
        connection.execute(&create_table(table, Dialect::Sqlite), []).expect("a table");
        for row in rows {
            let marks = vec!["?"; row.len()].join(",");
            let held = row.iter().zip(&table.columns).map(|(value, column)| for_sqlite(value, column.stored));
            let sql = format!("insert into \"{}\" values ({marks})", table.db_name);
            connection.execute(&sql, rusqlite::params_from_iter(held)).expect("a row");
        }
    }
    connection
}

fn postgres(data: &Data) -> PostgresDatabase {
    let database = PostgresDatabase::create();
    let mut script = String::from("create extension citext;");
    for (table, rows) in data.catalog.tables.iter().zip(&data.rows) {
        script.push_str(&format!("{};", create_table(table, Dialect::Postgres)));
        for row in rows {
            let held: Vec<String> = row.iter().map(for_postgres).collect();
            script.push_str(&format!("insert into \"{}\" values ({});", table.db_name, held.join(",")));
        }
    }
    database.execute(&script);
    database
}

/// The statement with its values in place, for a test's own eyes.
fn inlined(statement: &Statement, parameters: &[Parameter]) -> String {
    let mut sql = statement.sql.to_string();
    for (position, (bound, value)) in values(statement, parameters).iter().enumerate().rev() {
        let kind = bound.codec.scalar.postgres_type();
        let literal = format!("{}::{kind}{}", for_postgres(value), if bound.many { "[]" } else { "" });
        sql = sql.replace(&format!("${}", position + 1), &literal);
    }
    sql
}

/// The catalog with random select rules for a role, and the rules.
fn with_rules(data: &Data, chance: &mut Chance, role: &Role) -> (Catalog, BTreeMap<TableId, Filter>) {
    let mut catalog = data.catalog.clone();
    let mut rules = BTreeMap::new();
    for table in [PEOPLE, PROJECTS, TASKS, LABELS, TASK_LABELS, MEMBERS] {
        // Mostly open, or nothing would ever be seen.
        let rule = match chance.below(3) {
            0 => random_rule(&data.catalog, chance, table),
            1 => Filter::Not(Box::new(random_rule(&data.catalog, chance, table))),
            _ => Filter::always(),
        };
        let select = Some(SelectRule {
            filter: rule.clone(),
            columns: Vec::new(),
            masks: Vec::new(),
            limit: None,
            aggregations: false,
            root_fields: SelectRootFields::ALL,
        });
        let permissions = Permissions { select, ..Permissions::default() };
        catalog.tables[table.0 as usize].permissions.insert(role.clone(), permissions);
        rules.insert(table, rule);
    }
    (catalog, rules)
}

/// What one request finds: in Rust, on SQLite, and how PostgreSQL is asked.
struct Found {
    in_rust: String,
    on_sqlite: String,
    for_postgres: String,
    tells_apart: bool,
    described: String,
}

fn find(data: &Data, chance: &mut Chance, small: &rusqlite::Connection, ruled: bool) -> Found {
    let role = Role::new(if ruled { "ruled" } else { Role::ADMIN });
    let (catalog, rules) =
        if ruled { with_rules(data, chance, &role) } else { (data.catalog.clone(), BTreeMap::new()) };
    let mut build = Build::new(&data.catalog);
    let filter = random_filter(&mut build, chance, TASKS, 3);
    // Skipping rows is the client's affair; that each is skipped once is the database's.
    let offset = chance.below(3);
    let skipped = build.count(constant(Value::Integer(offset as i64)));
    let reading = Reading { data, parameters: &build.parameters, rules: ruled.then_some(&rules) };
    let all = data.of(TASKS);
    let matches = |row: &&Vec<Value>| reading.sees(TASKS, row) && reading.asked(TASKS, row, &filter) == Some(true);
    let matching: Vec<&Vec<Value>> = all.iter().filter(matches).collect();
    let tells_apart = !matching.is_empty() && matching.len() < all.len();
    let in_rust = ids(matching.iter().skip(offset).map(|row| match row[0] {
        Value::Integer(id) => id,
        _ => panic!("an id"),
    }));
    let mut select = build.select(TASKS, "id");
    select.arguments.filter = filter.clone();
    select.arguments.order_by = vec![build.ascending(TASKS, "id")];
    select.arguments.offset = Some(skipped);
    let query = build.read(RootField::Select(select));
    let plan = purlin_plan::compile(&catalog, &role, query.clone(), Dialect::Sqlite);
    let statement = root_statement(&plan);
    let held = values(statement, &plan.parameters);
    let held = held.iter().map(|(bound, value)| for_sqlite(value, bound.codec.stored));
    let mut prepared = small.prepare(&statement.sql).expect("a statement");
    let found = prepared.query_map(rusqlite::params_from_iter(held), |row| row.get::<_, i64>(0)).expect("rows");
    let on_sqlite = ids(found.map(|id| id.expect("an id")));
    let plan = purlin_plan::compile(&catalog, &role, query, Dialect::Postgres);
    let for_postgres = inlined(root_statement(&plan), &plan.parameters);
    let described = format!("{filter:?}\n{rules:?}\n{}", statement.sql);
    Found { in_rust, on_sqlite, for_postgres, tells_apart, described }
}

fn check(seed: u64, ruled: bool) {
    let mut chance = Chance(seed);
    let data = data(&mut chance);
    let (small, large) = (sqlite(&data), postgres(&data));
    let mut expected = Vec::new();
    let mut asked = Vec::new();
    let mut telling = 0;
    for number in 0..CONDITIONS {
        let found = find(&data, &mut chance, &small, ruled);
        assert_eq!(found.on_sqlite, found.in_rust, "SQLite on {}", found.described);
        telling += usize::from(found.tells_apart);
        let sql = found.for_postgres;
        asked.push(format!(
            "select {number} as n, coalesce(string_agg(id::text, ',' order by id), '') as ids from ({sql}) as q{number}"
        ));
        expected.push((format!("{number} {}", found.in_rust), found.described));
    }
    assert!(telling > CONDITIONS / 5, "only {telling} conditions told rows apart");
    let sql = format!("select n || ' ' || ids from ({}) as answers order by n", asked.join(" union all "));
    let answers = large.query(&sql);
    for (answer, (expected, described)) in answers.lines().zip(&expected) {
        assert_eq!(answer.trim_end(), expected.trim_end(), "PostgreSQL on {described}");
    }
    assert_eq!(answers.lines().count(), CONDITIONS);
}

#[test]
fn conditions_are_as_true_on_both_databases_as_in_rust() {
    check(0x9e37_79b9_7f4a_7c15, false);
}

#[test]
fn rules_hide_the_same_rows_on_both_databases_as_in_rust() {
    check(0x2545_f491_4f6c_dd1d, true);
}

//! Both databases take every statement of every case: names, types, functions and syntax are right.

use std::collections::BTreeSet;

use purlin_model::catalog::{Catalog, ColumnDefault, Table};
use purlin_model::filter::{Comparison, Filter};
use purlin_model::scalar::{ColumnType, Scalar, Stored};
use purlin_model::session::Role;
use purlin_plan::plan::{
    BoundSlot, Dialect, InsertPlan, Plan, Returning, RootBody, RowCheck, Rows, Statement, WritePlan, WriteResponse,
};
use purlin_plan::query::RootField;
use purlin_plan::sqlite_functions::{DECIMAL_COLLATION, FUNCTIONS, JSONB_COLLATION, LIST_COLLATION};
use purlin_testkit::PostgresDatabase;

use crate::build::{Build, variable};
use crate::catalog::PEOPLE;
use crate::computed::catalog;
use crate::read::Case;

fn all_cases(catalog: &Catalog) -> Vec<Case> {
    let mut cases = crate::read::cases(catalog);
    cases.extend(crate::write::cases(catalog));
    cases.extend(crate::computed::cases(catalog));
    cases.extend(crate::native::cases(catalog));
    cases
}

fn statements(catalog: &Catalog, dialect: Dialect) -> Vec<(&'static str, Statement)> {
    let mut found = Vec::new();
    for case in all_cases(catalog) {
        let plan = purlin_plan::compile(catalog, &Role::new(case.role), case.query, dialect);
        found.extend(of_plan(&plan).into_iter().map(|statement| (case.name, statement)));
    }
    found
}

/// Every statement of a plan.
pub fn of_plan(plan: &Plan) -> Vec<Statement> {
    let mut found = Vec::new();
    for root in &plan.roots {
        match &root.body {
            RootBody::Read { children, .. } => of_rows(children, &mut found),
            RootBody::Insert { rows, response, .. } => {
                of_insert(rows, &mut found);
                of_response(response, &mut found);
            }
            RootBody::Write(write) => of_write(write, &mut found),
            RootBody::WriteMany(writes) => writes.iter().for_each(|write| of_write(write, &mut found)),
            RootBody::Native(native) => {
                found.extend(native.steps.iter().map(|step| step.statement.clone()));
                of_response(&native.response, &mut found);
            }
        }
    }
    found.extend(plan.flat.iter().map(|flat| flat.statement.clone()));
    found
}

fn of_rows(rows: &[Rows], found: &mut Vec<Statement>) {
    for rows in rows {
        found.push(rows.statement.clone());
        of_rows(&rows.children, found);
    }
}

fn of_insert(plan: &InsertPlan, found: &mut Vec<Statement>) {
    for template in &plan.templates {
        template.objects.iter().for_each(|object| of_insert(object, found));
        found.extend(template.probe.clone());
        found.push(template.statement.clone());
        of_check(&template.insert_check, found);
        of_check(&template.update_check, found);
        template.arrays.iter().for_each(|array| of_insert(array, found));
    }
}

fn of_check(check: &RowCheck, found: &mut Vec<Statement>) {
    if let RowCheck::Statement(statement) = check {
        found.push(statement.clone());
    }
}

fn of_write(write: &WritePlan, found: &mut Vec<Statement>) {
    found.extend(write.select_keys.clone());
    found.extend(write.statement.clone());
    of_check(&write.check, found);
    of_response(&write.response, found);
}

fn of_response(response: &WriteResponse, found: &mut Vec<Statement>) {
    for returning in &response.returning {
        if let Returning::Reread(rows) = returning {
            of_rows(std::slice::from_ref(rows), found);
        }
    }
}

pub fn create_table(table: &Table, dialect: Dialect) -> String {
    if let Some(sql) = table.view.as_ref().and_then(|view| view.sql.as_ref()) {
        return format!("create view \"{}\" as {}", table.db_name, sql.texts().next().expect("a query"));
    }
    let mut parts: Vec<String> = Vec::new();
    for column in table.columns.iter().filter(|column| column.computed.is_none()) {
        let kind = match (dialect, &column.column_type) {
            (Dialect::Postgres, ColumnType::Native(name)) => name.to_string(),
            (Dialect::Postgres, ColumnType::Enum(_)) => "text".to_owned(),
            (Dialect::Postgres, ColumnType::List(scalar)) => format!("{}[]", scalar.postgres_type()),
            (Dialect::Postgres, other) => other.scalar().postgres_type().to_owned(),
            (Dialect::Sqlite, _) => match (column.stored, column.column_type.scalar()) {
                (Stored::Decimal { .. }, _) => "text collate decimal".to_owned(),
                (Stored::Scaled { .. }, _) | (_, Scalar::SmallInt | Scalar::Int | Scalar::BigInt | Scalar::Boolean) => {
                    "integer".to_owned()
                }
                (_, Scalar::Float | Scalar::Float8) => "real".to_owned(),
                (_, Scalar::Bytea) => "blob".to_owned(),
                _ => "text".to_owned(),
            },
        };
        let null = if column.nullable { "" } else { " not null" };
        let default = match (&column.default, dialect) {
            (Some(ColumnDefault::Autoincrement), Dialect::Postgres) => " generated by default as identity",
            (Some(ColumnDefault::Value(_)), _) => " default 'todo'",
            _ => "",
        };
        parts.push(format!("\"{}\" {kind}{null}{default}", column.db_name));
    }
    let names = |columns: &[purlin_model::ColumnIndex]| {
        let names: Vec<String> =
            columns.iter().map(|column| format!("\"{}\"", table.column(*column).db_name)).collect();
        names.join(", ")
    };
    if !table.primary_key.is_empty() {
        parts.push(format!("constraint \"{}\" primary key ({})", table.primary_key_name, names(&table.primary_key)));
    }
    for unique in &table.uniques {
        parts.push(format!("constraint \"{}\" unique ({})", unique.name, names(&unique.columns)));
    }
    let strict = if dialect == Dialect::Sqlite { " strict" } else { "" };
    format!("create table \"{}\" ({}){strict}", table.db_name, parts.join(", "))
}

fn parameter_type(slot: &BoundSlot) -> String {
    let name = slot.postgres_type.as_deref().unwrap_or(slot.codec.scalar.postgres_type());
    format!("{name}{}", if slot.many || slot.codec.list { "[]" } else { "" })
}

#[test]
fn postgres_takes_every_statement() {
    let catalog = catalog();
    let database = PostgresDatabase::create();
    let mut script = String::from("create extension citext;\n");
    for table in &catalog.tables {
        script.push_str(&format!("{};\n", create_table(table, Dialect::Postgres)));
    }
    for (number, (case, statement)) in statements(&catalog, Dialect::Postgres).iter().enumerate() {
        let types: Vec<String> = statement.slots.iter().map(parameter_type).collect();
        let types = if types.is_empty() { String::new() } else { format!("({})", types.join(", ")) };
        script.push_str(&format!("/* {case} */ prepare s{number}{types} as {};\n", statement.sql));
    }
    let folder = purlin_testkit::TemporaryFolder::create();
    let file = folder.path().join("statements.sql");
    std::fs::write(&file, script).expect("a file");
    database.execute_file(&file);
}

#[test]
fn sqlite_takes_every_statement() {
    let catalog = catalog();
    let connection = rusqlite::Connection::open_in_memory().expect("a database");
    for name in [DECIMAL_COLLATION, JSONB_COLLATION, LIST_COLLATION] {
        connection.create_collation(name, |left, right| left.cmp(right)).expect("a collation");
    }
    register(&connection);
    for table in &catalog.tables {
        connection.execute(&create_table(table, Dialect::Sqlite), []).expect("a table");
    }
    let mut called = BTreeSet::new();
    for (case, statement) in statements(&catalog, Dialect::Sqlite) {
        let prepared =
            connection.prepare(&statement.sql).unwrap_or_else(|error| panic!("{case}: {error}\n{}", statement.sql));
        assert_eq!(prepared.parameter_count(), statement.slots.len(), "{case}: {}", statement.sql);
        called.extend(FUNCTIONS.iter().filter(|function| statement.sql.contains(function.name)).map(|f| f.name));
    }
    let named: BTreeSet<&str> = FUNCTIONS.iter().map(|function| function.name).collect();
    assert_eq!(called, named, "the cases call every function the engine has to register");
}

/// As wide and deep as the limits of documents allow, and beyond SQLite's own for one expression and one join.
#[test]
fn sqlite_takes_wide_conditions_and_many_object_relations() {
    let catalog = catalog();
    let mut build = Build::new(&catalog);
    let mut alternatives = Vec::new();
    for number in 0..1000 {
        let part = build.compare(PEOPLE, "name", Comparison::Equal, variable(&number.to_string()));
        alternatives.push(Filter::And(vec![part.clone(), Filter::Not(Box::new(part))]));
    }
    let mut select = build.one(PEOPLE, "name");
    for _ in 0..80 {
        let mut outer = build.one(PEOPLE, "name");
        outer.fields.push(build.related(PEOPLE, "boss", select));
        select = outer;
    }
    select.many = true;
    select.arguments.filter = Filter::Or(alternatives);
    let query = build.read(RootField::Select(select));
    let plan = purlin_plan::compile(&catalog, &Role::new(Role::ADMIN), query, Dialect::Sqlite);
    let statements = of_plan(&plan);
    assert_eq!(statements.len(), 3, "80 levels in statements of 32 joins each");
    let connection = rusqlite::Connection::open_in_memory().expect("a database");
    connection.execute(&create_table(catalog.table(PEOPLE), Dialect::Sqlite), []).expect("a table");
    for statement in &statements {
        connection.prepare(&statement.sql).expect("a statement SQLite takes");
    }
}

struct Nothing;

impl rusqlite::functions::Aggregate<(), i64> for Nothing {
    fn init(&self, _: &mut rusqlite::functions::Context<'_>) -> rusqlite::Result<()> {
        Ok(())
    }
    fn step(&self, _: &mut rusqlite::functions::Context<'_>, _: &mut ()) -> rusqlite::Result<()> {
        Ok(())
    }
    fn finalize(&self, _: &mut rusqlite::functions::Context<'_>, _: Option<()>) -> rusqlite::Result<i64> {
        Ok(0)
    }
}

/// Functions of the right names and numbers of arguments; statements are only prepared.
pub fn register(connection: &rusqlite::Connection) {
    let flags = rusqlite::functions::FunctionFlags::SQLITE_DETERMINISTIC;
    for function in FUNCTIONS {
        let arguments = i32::from(function.arguments);
        if function.aggregate {
            connection.create_aggregate_function(function.name, arguments, flags, Nothing).expect("an aggregate");
        } else {
            connection.create_scalar_function(function.name, arguments, flags, |_| Ok(0_i64)).expect("a function");
        }
    }
}

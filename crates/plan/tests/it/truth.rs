//! Random conditions over rows with NULLs: SQLite, PostgreSQL and a reading of the filters in plain Rust agree on every
//! row, and so on three-valued logic, empty lists, missing related rows and join tables.

use purlin_model::ColumnIndex;
use std::collections::BTreeMap;

use purlin_model::catalog::{Catalog, RelationIndex, TableId};
use purlin_model::filter::{Comparison, Filter, Operand};
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

const CONDITIONS: usize = 300;

/// A small deterministic generator (xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }

    fn pick<'v, T>(&mut self, values: &'v [T]) -> &'v T {
        &values[self.below(values.len())]
    }
}

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

/// Reads filters as the documents say, over rows in memory.
struct Reading<'d> {
    data: &'d Data,
    parameters: &'d [Parameter],
    /// The select rules of the asking role; `None` for `admin`.
    rules: Option<&'d BTreeMap<TableId, Filter>>,
}

/// Where in nested filters a condition stands.
#[derive(Clone, Copy)]
struct Standing<'r> {
    root: &'r [Value],
    in_rule: bool,
}

impl Reading<'_> {
    /// Three-valued truth of a client's condition for a row; parameters are constants.
    fn asked(&self, table: TableId, row: &[Value], filter: &Filter) -> Option<bool> {
        self.truth(table, row, filter, Standing { root: row, in_rule: false })
    }

    /// Whether the role may see a row.
    fn sees(&self, table: TableId, row: &[Value]) -> bool {
        self.rules.is_none_or(|rules| {
            let standing = Standing { root: row, in_rule: true };
            rules.get(&table).is_some_and(|rule| self.truth(table, row, rule, standing) == Some(true))
        })
    }

    fn truth(&self, table: TableId, row: &[Value], filter: &Filter, standing: Standing<'_>) -> Option<bool> {
        let part = |part: &Filter| self.truth(table, row, part, standing);
        match filter {
            Filter::And(parts) => any(parts.iter().map(|inner| part(inner).map(|truth| !truth))).map(|any| !any),
            Filter::Or(parts) => any(parts.iter().map(part)),
            Filter::Not(inner) => part(inner).map(|truth| !truth),
            Filter::Rule(_) => panic!("only merging makes rules"),
            Filter::IsNull { column, operand } => {
                let wanted = self.operand(operand, row, standing) == Value::Boolean(true);
                Some((row[column.0 as usize] == Value::Null) == wanted)
            }
            Filter::Compare { column, comparison, operand } => {
                compared(&row[column.0 as usize], *comparison, &self.operand(operand, row, standing))
            }
            Filter::Relation { relation, filter } => {
                let target = self.data.catalog.table(table).relation(*relation).target;
                let mut related = self.data.of(target).iter().filter(|other| {
                    self.is_related(table, row, *relation, other, standing)
                        && (standing.in_rule || self.sees(target, other))
                });
                Some(related.any(|other| self.truth(target, other, filter, standing) == Some(true)))
            }
            Filter::Exists { table, filter } => {
                Some(self.data.of(*table).iter().any(|row| self.truth(*table, row, filter, standing) == Some(true)))
            }
        }
    }

    fn is_related(
        &self,
        table: TableId,
        row: &[Value],
        relation: RelationIndex,
        other: &[Value],
        standing: Standing<'_>,
    ) -> bool {
        let relation = self.data.catalog.table(table).relation(relation);
        let matches = |left: &[Value], right: &[Value], pairs: &[(ColumnIndex, ColumnIndex)]| {
            pairs.iter().all(|(here, there)| {
                compared(&left[here.0 as usize], Comparison::Equal, &right[there.0 as usize]) == Some(true)
            })
        };
        match &relation.through {
            None => matches(row, other, &relation.join),
            Some(through) => self.data.of(through.table).iter().any(|link| {
                (standing.in_rule || self.sees(through.table, link))
                    && matches(row, link, &through.near)
                    && matches(link, other, &through.far)
            }),
        }
    }

    fn operand(&self, operand: &Operand, row: &[Value], standing: Standing<'_>) -> Value {
        match operand {
            Operand::Literal(value) => value.clone(),
            Operand::Column(column) => row[column.0 as usize].clone(),
            Operand::RootColumn(column) => standing.root[column.0 as usize].clone(),
            Operand::Parameter(index) => match &self.parameters[*index].source {
                Source::Constant(value) => value.clone(),
                other => panic!("{other:?} is no constant"),
            },
            Operand::Session(name) => panic!("no session variable {name} here"),
        }
    }
}

/// True if one is, unknown if none is but one may be.
fn any(truths: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let truths: Vec<Option<bool>> = truths.collect();
    if truths.contains(&Some(true)) {
        return Some(true);
    }
    if truths.contains(&None) { None } else { Some(false) }
}

fn compared(left: &Value, comparison: Comparison, right: &Value) -> Option<bool> {
    if let Value::List(members) = right {
        let is_in = any(members.iter().map(|member| compared(left, Comparison::Equal, member)));
        return is_in.map(|is_in| is_in == (comparison == Comparison::In));
    }
    let order = match (left, right) {
        (Value::Null, _) | (_, Value::Null) => return None,
        (Value::Text(left), Value::Text(right)) => match (left.parse::<f64>(), right.parse::<f64>()) {
            (Ok(left), Ok(right)) => left.total_cmp(&right),
            _ => left.cmp(right),
        },
        (Value::Integer(left), Value::Integer(right)) => left.cmp(right),
        (Value::Float(left), Value::Float(right)) => left.total_cmp(right),
        (Value::Boolean(left), Value::Boolean(right)) => left.cmp(right),
        other => panic!("{other:?} do not compare"),
    };
    Some(match comparison {
        Comparison::Equal => order.is_eq(),
        Comparison::NotEqual => order.is_ne(),
        Comparison::Greater => order.is_gt(),
        Comparison::Less => order.is_lt(),
        Comparison::GreaterOrEqual => order.is_ge(),
        Comparison::LessOrEqual => order.is_le(),
        other => panic!("{other:?} is not compared here"),
    })
}

fn random_filter(build: &mut Build<'_>, chance: &mut Chance, table: TableId, depth: usize) -> Filter {
    let many = |build: &mut Build<'_>, chance: &mut Chance| {
        (0..chance.below(4)).map(|_| random_filter(build, chance, table, depth - 1)).collect()
    };
    match if depth == 0 { chance.below(4) } else { chance.below(9) } {
        4 => Filter::And(many(build, chance)),
        5 => Filter::Or(many(build, chance)),
        6 => Filter::Not(Box::new(random_filter(build, chance, table, depth - 1))),
        7 | 8 => {
            let relations = ["project", "assignee", "labels", "owner", "tasks", "members", "boss", "reports", "links"];
            let own: Vec<&str> =
                relations.into_iter().filter(|name| build.table(table).relation_by_name(name).is_some()).collect();
            if own.is_empty() {
                return random_filter(build, chance, table, 0);
            }
            let name = chance.pick(&own);
            let inner = random_filter(build, chance, build.target(table, name), depth - 1);
            build.reach(table, name, inner)
        }
        3 => random_comparison_of_columns(build, chance, table),
        leaf => {
            let names: Vec<Box<str>> = build
                .table(table)
                .columns
                .iter()
                .filter(|column| !matches!(&*column.name, "email" | "meta" | "by"))
                .map(|column| column.name.clone())
                .collect();
            let name = chance.pick(&names).clone();
            if leaf == 0 {
                return build.is_null(table, &name, constant(Value::Boolean(chance.below(2) == 0)));
            }
            let values = pool(table, &name);
            let (_, comparison) = Comparison::ALL[chance.below(8)];
            let value = if comparison.takes_list() {
                Value::List((0..chance.below(3)).map(|_| chance.pick(&values).clone()).collect())
            } else {
                chance.pick(&values).clone()
            };
            build.compare(table, &name, comparison, constant(value))
        }
    }
}

fn random_comparison_of_columns(build: &Build<'_>, chance: &mut Chance, table: TableId) -> Filter {
    let (left, right) = match table {
        TASKS => *chance.pick(&[("estimate", "limit_hours"), ("id", "project_id"), ("title", "status")]),
        PEOPLE => ("id", "boss_id"),
        MEMBERS => ("person_id", "person_id"),
        _ => ("name", "name"),
    };
    if build.table(table).column_by_name(left).is_none() {
        return Filter::always();
    }
    let (_, comparison) = Comparison::ALL[chance.below(6)];
    let operand = Operand::Column(build.column(table, right));
    Filter::Compare { column: build.column(table, left), comparison, operand }
}

/// A random rule of a table: literals instead of parameters, and columns of the row it is about from deep inside.
fn random_rule(catalog: &Catalog, chance: &mut Chance, root: TableId) -> Filter {
    let mut build = Build::new(catalog);
    let filter = random_filter(&mut build, chance, root, 2);
    let parameters = build.parameters;
    as_rule(catalog, chance, (root, root), &parameters, filter)
}

fn as_rule(
    catalog: &Catalog,
    chance: &mut Chance,
    (root, table): (TableId, TableId),
    parameters: &[Parameter],
    filter: Filter,
) -> Filter {
    let literal = |index: usize| match &parameters[index].source {
        Source::Constant(value) => Operand::Literal(value.clone()),
        other => panic!("{other:?} is no constant"),
    };
    let mut all = |parts: Vec<Filter>, table: TableId| -> Vec<Filter> {
        parts.into_iter().map(|part| as_rule(catalog, chance, (root, table), parameters, part)).collect()
    };
    match filter {
        Filter::And(parts) => Filter::And(all(parts, table)),
        Filter::Or(parts) => Filter::Or(all(parts, table)),
        Filter::Not(inner) => Filter::Not(Box::new(as_rule(catalog, chance, (root, table), parameters, *inner))),
        Filter::Relation { relation, filter } => {
            let target = catalog.table(table).relation(relation).target;
            let filter = Box::new(as_rule(catalog, chance, (root, target), parameters, *filter));
            Filter::Relation { relation, filter }
        }
        Filter::Compare { column, comparison, operand: Operand::Parameter(index) } => {
            let mine = catalog.table(table).column(column);
            let alike: Vec<ColumnIndex> = catalog
                .table(root)
                .column_indexes()
                .filter(|other| catalog.table(root).column(*other).codec() == mine.codec())
                .collect();
            let operand = match alike.is_empty() || comparison.takes_list() {
                true => literal(index),
                false => Operand::RootColumn(*chance.pick(&alike)),
            };
            Filter::Compare { column, comparison, operand }
        }
        Filter::IsNull { column, operand: Operand::Parameter(index) } => {
            Filter::IsNull { column, operand: literal(index) }
        }
        other => other,
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

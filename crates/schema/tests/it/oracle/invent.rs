//! Random models with their rows: every kind of column, key and relation, and rules for two roles.

use std::collections::BTreeMap;

use super::author::Author;
use super::filter::Condition;
use super::model::{
    Column, InsertRule, Model, OnDelete, Origin, Preset, ROLES, Relation, Rules, SelectRule, Table, UpdateRule,
};
use super::permission::Session;
use super::read::{Row, Tables, matches};
use super::value::{Kind, MOODS, Value};
use crate::parity::Chance;

/// Rows of a table at the start.
const ROWS: usize = 9;

const TEXTS: [&str; 14] = ["", "a", "b", "A", "B", "ab", "Ab", "ä", "Ä", "a%b", "a_b", "10", "9", "it's \"\\\" 🎉"];
const KINDS: [Kind; 13] = [
    Kind::SmallInt,
    Kind::Int,
    Kind::Int,
    Kind::BigInt,
    Kind::Numeric(8, 2),
    Kind::Numeric(30, 4),
    Kind::Float8,
    Kind::Text,
    Kind::Text,
    Kind::Boolean,
    Kind::Instant,
    Kind::Date,
    Kind::Mood,
];
const KEYS: [&[Kind]; 6] =
    [&[Kind::Int], &[Kind::Int], &[Kind::BigInt], &[Kind::Uuid], &[Kind::Text], &[Kind::Int, Kind::Text]];

/// A value of a kind, out of so few that they meet.
pub fn value(chance: &mut Chance, kind: Kind) -> Value {
    let small = chance.below(9) as i128 - 2;
    match kind {
        Kind::SmallInt if chance.one_in(40) => Value::Exact(i16::MAX.into(), 0),
        Kind::Int if chance.one_in(40) => Value::Exact(i32::MAX.into(), 0),
        Kind::BigInt if chance.one_in(8) => {
            Value::Exact([i64::MAX.into(), i64::MIN.into(), 9_007_199_254_740_993][chance.below(3)], 0)
        }
        Kind::SmallInt | Kind::Int | Kind::BigInt => Value::Exact(small, 0),
        Kind::Numeric(30, scale) if chance.one_in(3) => {
            Value::Exact(123_456_789_012_345_678_901_234_000_000 + small, scale)
        }
        Kind::Numeric(_, scale) => Value::Exact(small * 25 + [0, 1][chance.below(2)], scale),
        Kind::Float8 => Value::Double(small as f64 / 4.0),
        Kind::Text => Value::text(TEXTS[chance.below(TEXTS.len())]),
        Kind::Boolean => Value::Boolean(chance.one_in(2)),
        Kind::Uuid => Value::Text(format!("{:08x}-0000-4000-8000-00000000000a", chance.below(9) * 0x1fff_ffff)),
        Kind::Instant => {
            let fraction = ["", ".25", ".000001"][chance.below(3)];
            Value::Text(format!("2024-0{}-10T09:30:0{}{fraction}+00:00", 1 + chance.below(3), chance.below(3)))
        }
        Kind::Date => Value::Text(format!("20{}0-02-0{}", chance.below(3), 1 + chance.below(3))),
        Kind::Mood => Value::text(MOODS[chance.below(3)]),
    }
}

/// A model without rules.
fn tables(chance: &mut Chance, schema: String) -> Model {
    let mut model = Model { schema, tables: Vec::new() };
    for number in 0..2 + chance.below(3) {
        let table = table(chance, &model, number);
        model.tables.push(table);
        inverses(&mut model, number);
    }
    for table in 0..model.tables.len() {
        ways_over(chance, &mut model, table);
    }
    if chance.one_in(2) {
        manual(chance, &mut model);
    }
    model
}

fn column(name: String, kind: Kind, nullable: bool) -> Column {
    Column { name, kind, nullable, default: None, range: None }
}

fn table(chance: &mut Chance, model: &Model, number: usize) -> Table {
    let mut columns = Vec::new();
    let mut relations = Vec::new();
    let mut uniques = Vec::new();
    let is_join = number >= 1 && chance.one_in(4);
    if !is_join {
        for (part, kind) in KEYS[chance.below(KEYS.len())].iter().enumerate() {
            columns.push(column(format!("k{part}"), *kind, false));
        }
    }
    let own_key: Vec<Kind> = columns.iter().map(|column| column.kind).collect();
    // PostgreSQL checks a key without an action in the order in which rows go, so that it finds or does not find one that
    // an action of another key takes. Keys of one table all act, or none does.
    let acts = chance.one_in(2);
    for relation in 0..if is_join { 2 } else { chance.below(3) } {
        let target = chance.below(if is_join { number } else { number + 1 });
        let keys = match model.tables.get(target) {
            Some(target) => target.key.iter().map(|column| target.columns[*column].kind).collect(),
            None => own_key.clone(),
        };
        let nullable = !is_join && (target == number || chance.one_in(2));
        let first = columns.len();
        for (part, kind) in keys.iter().enumerate() {
            columns.push(column(format!("f{relation}_{part}"), *kind, nullable));
        }
        let there = model.tables.get(target).map_or_else(|| (0..keys.len()).collect(), |target| target.key.clone());
        let here: Vec<usize> = (first..first + keys.len()).collect();
        if !is_join && chance.one_in(6) {
            uniques.push(here.clone());
        }
        let action = match acts {
            false => OnDelete::NoAction,
            true if nullable && chance.one_in(2) => OnDelete::SetNull,
            true => OnDelete::Cascade,
        };
        let join = here.into_iter().zip(there).collect();
        let name = format!("r{relation}");
        relations.push(Relation { name, target, many: false, join, origin: Origin::Own(action) });
    }
    let key = if is_join && chance.one_in(2) || !own_key.is_empty() {
        (0..if is_join { columns.len() } else { own_key.len() }).collect()
    } else {
        // A join table that may name a pair twice.
        columns.push(column("k0".to_owned(), Kind::Int, false));
        vec![columns.len() - 1]
    };
    for extra in 0..1 + chance.below(5) {
        columns.push(plain(chance, extra));
    }
    let last = columns.len() - 1;
    if chance.one_in(3) {
        uniques.push(if chance.one_in(2) && last > 1 && !key.contains(&(last - 1)) {
            vec![last - 1, last]
        } else {
            vec![last]
        });
    }
    Table { name: format!("t{number}"), columns, key, uniques, relations, rules: Default::default() }
}

fn plain(chance: &mut Chance, number: usize) -> Column {
    let kind = KINDS[chance.below(KINDS.len())];
    let mut made = column(format!("c{number}"), kind, !chance.one_in(3));
    if chance.one_in(3) {
        made.default = Some(value(chance, kind));
    }
    if kind == Kind::Int && chance.one_in(3) {
        made.default = None;
        made.range = Some((-1, 6));
    }
    made
}

/// Foreign keys of a table, read the other way.
fn inverses(model: &mut Model, table: usize) {
    for index in 0..model.tables[table].relations.len() {
        let of = &model.tables[table];
        let Relation { target, join, .. } = of.relations[index].clone();
        let here: Vec<usize> = join.iter().map(|(here, _)| *here).collect();
        let many = of.key != here && !of.uniques.contains(&here);
        let join = join.into_iter().map(|(here, there)| (there, here)).collect();
        let name = format!("of_{}_{index}", of.name);
        model.tables[target].relations.push(Relation {
            name,
            target: table,
            many,
            join,
            origin: Origin::Inverse(index),
        });
    }
}

/// Ways over a table whose rows point at two others.
fn ways_over(chance: &mut Chance, model: &mut Model, table: usize) {
    let own = |relation: &Relation| matches!(relation.origin, Origin::Own(_));
    let keys: Vec<usize> =
        (0..model.tables[table].relations.len()).filter(|index| own(&model.tables[table].relations[*index])).collect();
    let &[from, to] = &keys[..] else { return };
    if chance.one_in(4) {
        return;
    }
    let relations = &model.tables[table].relations;
    let (near, target) = (relations[from].target, relations[to].target);
    let name = format!("over_{}", model.tables[table].name);
    let origin = Origin::Through { table, from, to };
    model.tables[near].relations.push(Relation { name, target, many: true, join: Vec::new(), origin });
}

/// A relation over columns of one kind, without a foreign key.
fn manual(chance: &mut Chance, model: &mut Model) {
    let (here, there) = (chance.below(model.tables.len()), chance.below(model.tables.len()));
    let left = chance.below(model.tables[here].columns.len());
    let kind = model.tables[here].columns[left].kind;
    let same = |column: &usize| model.tables[there].columns[*column].kind == kind;
    let columns: Vec<usize> = (0..model.tables[there].columns.len()).filter(same).collect();
    let Some(right) = chance.pick(&columns).copied() else { return };
    let many = model.tables[there].key != [right];
    let join = vec![(left, right)];
    let relation = Relation { name: "like".to_owned(), target: there, many, join, origin: Origin::Manual };
    model.tables[here].relations.push(relation);
}

/// Rows that keep all constraints.
fn rows(chance: &mut Chance, model: &Model) -> Tables {
    let mut tables: Tables = vec![Vec::new(); model.tables.len()];
    for table in 0..model.tables.len() {
        for _ in 0..1 + chance.below(2 * ROWS) {
            if let Some(row) = row(chance, model, &tables, table) {
                tables[table].push(row);
            }
        }
    }
    tables
}

/// A row that fits the others, if chance finds one.
fn row(chance: &mut Chance, model: &Model, tables: &Tables, table: usize) -> Option<Row> {
    let definition = &model.tables[table];
    let mut row: Row = Vec::new();
    for column in &definition.columns {
        let null = column.nullable && chance.one_in(4);
        let mut drawn = if null { Value::Null } else { value(chance, column.kind) };
        if let (Some((least, greatest)), Value::Exact(digits, _)) = (column.range, &mut drawn) {
            *digits = (*digits).clamp(least, greatest);
        }
        row.push(drawn);
    }
    for relation in definition.relations.iter().filter(|relation| matches!(relation.origin, Origin::Own(_))) {
        let nullable = definition.columns[relation.join[0].0].nullable;
        let target = chance.pick(&tables[relation.target]).filter(|_| !nullable || !chance.one_in(4));
        for (here, there) in &relation.join {
            row[*here] = match target {
                Some(target) => target[*there].clone(),
                None if nullable => Value::Null,
                None => return None,
            };
        }
    }
    let meets = |columns: &[usize]| {
        let pairs: Vec<(usize, usize)> = columns.iter().map(|column| (*column, *column)).collect();
        tables[table].iter().any(|other| matches(&row, other, &pairs))
    };
    let met = meets(&definition.key) || definition.uniques.iter().any(|unique| meets(unique));
    (!met).then_some(row)
}

/// A model with rules, its rows, and who asks: `admin` and each role.
pub fn world(chance: &mut Chance, schema: String) -> (Model, Tables, Vec<Session>) {
    let mut model = tables(chance, schema);
    let tables = rows(chance, &model);
    for table in 0..model.tables.len() {
        for role in 0..ROLES.len() {
            let rules = rules(chance, &model, &tables, table);
            model.tables[table].rules[role] = rules;
        }
    }
    let mut sessions = Vec::new();
    for role in [None, Some(0), Some(1)] {
        let number = chance.below(5);
        let list = [chance.below(5), chance.below(5)].map(|number| number.to_string()).join(",");
        let variables = BTreeMap::from([
            ("x-hasura-user-id", number.to_string()),
            ("x-hasura-name", ["a", "b", "ä"][chance.below(3)].to_owned()),
            ("x-hasura-flag", ["true", "false"][chance.below(2)].to_owned()),
            ("x-hasura-numbers", format!("{{{list}}}")),
            ("x-hasura-names", ["{}", "{a}", "{a,b,ä}"][chance.below(3)].to_owned()),
        ]);
        sessions.push(Session { role, variables });
    }
    (model, tables, sessions)
}

fn rules(chance: &mut Chance, model: &Model, tables: &Tables, table: usize) -> Rules {
    let mut author = Author::of_rule_about(model, table, tables, Chance(chance.0));
    let mut rules = Rules::default();
    let definition = &model.tables[table];
    if !author.chance.one_in(7) {
        let columns = some_columns(&mut author.chance, definition, &definition.key);
        rules.select = Some(SelectRule {
            condition: rule(&mut author, table),
            columns,
            limit: author.chance.one_in(3).then(|| 1 + author.chance.below(4)),
            aggregations: !author.chance.one_in(3),
            roots: [(); 3].map(|()| !author.chance.one_in(10)),
        });
    }
    let required: Vec<usize> = (0..definition.columns.len())
        .filter(|column| !definition.columns[*column].nullable && definition.columns[*column].default.is_none())
        .collect();
    if !author.chance.one_in(4) {
        let (columns, presets) = writable(&mut author.chance, definition, &required);
        rules.insert = Some(InsertRule { check: rule(&mut author, table), columns, presets });
    }
    if !author.chance.one_in(4) {
        let (columns, presets) = writable(&mut author.chance, definition, &[]);
        let check = if author.chance.one_in(3) { None } else { Some(rule(&mut author, table)) };
        rules.update = Some(UpdateRule { condition: rule(&mut author, table), check, columns, presets });
    }
    if !author.chance.one_in(3) {
        rules.delete = Some(rule(&mut author, table));
    }
    chance.0 = author.chance.0;
    rules
}

fn rule(author: &mut Author<'_>, table: usize) -> Condition {
    if author.chance.one_in(4) { Condition::always() } else { author.condition(table, 2) }
}

/// Some columns, at least one; mostly those that are needed.
fn some_columns(chance: &mut Chance, table: &Table, needed: &[usize]) -> Vec<usize> {
    let all = !chance.one_in(5);
    let mut columns: Vec<usize> = (0..table.columns.len())
        .filter(|column| if needed.contains(column) { all || chance.one_in(2) } else { !chance.one_in(3) })
        .collect();
    if columns.is_empty() {
        columns.push(chance.below(table.columns.len()));
    }
    columns
}

/// Columns that a role may give, and what its rule gives instead.
fn writable(chance: &mut Chance, table: &Table, needed: &[usize]) -> (Vec<usize>, Vec<(usize, Preset)>) {
    let mut columns = some_columns(chance, table, needed);
    let mut presets = Vec::new();
    if chance.one_in(3) && columns.len() > 1 {
        let column = columns.swap_remove(chance.below(columns.len()));
        columns.sort_unstable();
        let kind = table.columns[column].kind;
        presets.push((
            column,
            match kind {
                Kind::Int | Kind::BigInt | Kind::SmallInt if chance.one_in(2) => Preset::Session("x-hasura-user-id"),
                Kind::Text if chance.one_in(2) => Preset::Session("x-hasura-name"),
                _ => Preset::Value(value(chance, kind)),
            },
        ));
    }
    (columns, presets)
}

//! Random models: what is applied is what the model asks for, in both directions between any two of them.

use std::fmt::Write as _;

use purlin_db::migrate;
use purlin_plan::plan::Dialect;

use super::project::{DIALECTS, Project, model, show};

/// Pairs of models in the whole proof: each is two models.
const PAIRS: u64 = 100;
/// Pairs in the normal run.
const SMALL_SHARE: u64 = 3;

/// SplitMix64: the same models for the same seed, on every machine.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    fn one_in(&mut self, limit: usize) -> bool {
        self.below(limit) == 0
    }

    fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }
}

const TYPES: [&str; 19] = [
    "smallint",
    "Int",
    "bigint",
    "float8",
    "Float",
    "numeric",
    "String",
    "Boolean",
    "uuid",
    "timestamptz",
    "timestamp",
    "date",
    "time",
    "jsonb",
    "bytea",
    "e0",
    "e1",
    "[String!]",
    "[Int!]",
];
const DESCRIPTIONS: [&str; 4] = ["plain", "it's quoted", "with \\\"quotes\\\" and %", "été 🎉 \\\\ back"];
const DATABASE_NAMES: [&str; 4] = ["select", "CamelCase", "a_b", "Table"];

fn random_model(dice: &mut Dice) -> String {
    let mut text = String::new();
    for number in 0..2 {
        let values: Vec<String> = (0..=dice.below(4)).map(|value| format!("v{value}")).collect();
        writeln!(text, "enum e{number} {{ {} }}", values.join(" ")).unwrap();
    }
    let count = 1 + dice.below(5);
    let keys: Vec<&'static str> = (0..count).map(|_| dice.pick(&["Int", "bigint", "uuid", "String", "pair"])).collect();
    for number in 0..count {
        table(dice, number, &keys, &mut text);
    }
    for number in 0..dice.below(4) {
        view(dice, number, count, &mut text);
    }
    text
}

/// A view of a table or of the view before it, both under the name they have in the database.
fn view(dice: &mut Dice, number: usize, tables: usize, text: &mut String) {
    let table = dice.below(tables);
    let named = text.contains(&format!("type t{table} @table(name"));
    let of_table = if named || dice.one_in(3) {
        "select 1 as n".to_owned()
    } else {
        format!("select count(*) as n from t{table}")
    };
    let sql = match number {
        0 => of_table,
        _ if dice.one_in(2) => format!("select n + 1 as n from v{}", number - 1),
        _ => of_table,
    };
    let description = described(dice);
    let computed = if dice.one_in(2) { "  m: Int @computed(sql: \"n * 2\")\n" } else { "" };
    writeln!(text, "{description}type v{number} @view(sql: \"{sql}\") {{\n  n: Int\n{computed}}}").unwrap();
}

fn described(dice: &mut Dice) -> String {
    if dice.one_in(5) { format!("\"{}\"\n", dice.pick(&DESCRIPTIONS)) } else { String::new() }
}

fn table(dice: &mut Dice, number: usize, keys: &[&'static str], text: &mut String) {
    let mut columns = String::new();
    let mut names: Vec<String> = Vec::new();
    match keys[number] {
        "pair" => columns.push_str("  k1: Int! @id\n  k2: String! @id\n"),
        "uuid" => columns.push_str(dice.pick(&["  id: uuid! @id @default(uuid: v7)\n", "  id: uuid! @id\n"])),
        "String" => columns.push_str("  id: String! @id\n"),
        kind => {
            let fill = dice.pick(&["", " @default(autoincrement: true)", " @default(autoincrement: rowid)"]);
            writeln!(columns, "  id: {kind}! @id{fill}").unwrap();
        }
    }
    for position in 0..dice.below(7) {
        let name = format!("c{}", position + dice.below(2) * 10);
        if !names.contains(&name) {
            column(dice, &name, &mut columns);
            names.push(name);
        }
    }
    relations(dice, keys, &mut columns);
    if dice.one_in(4) {
        columns.push_str("  computed: Int @computed(sql: \"1 + 1\")\n");
    }
    let mut directives = String::new();
    if dice.one_in(4) {
        let schema = dice.pick(&["", ", schema: \"s1\"", ", schema: \"S 2\""]);
        write!(directives, "(name: \"n_{number}_{}\"{schema})", dice.pick(&DATABASE_NAMES)).unwrap();
    }
    // Documents and bytes are not indexed.
    let plain: Vec<&String> = names.iter().filter(|name| !columns.contains(&format!("  {name}: jsonb"))).collect();
    if plain.len() >= 2 && dice.one_in(2) {
        let mut condition = dice.pick(&["", ", unique: true"]).to_owned();
        if dice.one_in(3) {
            write!(condition, ", where: \"1 < 2\"").unwrap();
        }
        write!(directives, " @index(fields: [{}, {}]{condition})", plain[0], plain[1]).unwrap();
    }
    if plain.len() >= 2 && dice.one_in(3) {
        write!(directives, " @unique(fields: [{}, {}])", plain[1], plain[0]).unwrap();
    }
    let texts: Vec<&String> = names.iter().filter(|name| columns.contains(&format!("  {name}: String"))).collect();
    if !texts.is_empty() && dice.one_in(2) {
        let fields: Vec<&str> = texts.iter().map(|name| name.as_str()).collect();
        write!(directives, " @search(fields: [{}])", fields.join(", ")).unwrap();
    }
    let description = described(dice);
    writeln!(text, "{description}type t{number} @table{directives} {{\n{columns}}}").unwrap();
}

fn column(dice: &mut Dice, name: &str, columns: &mut String) {
    let kind = dice.pick(&TYPES);
    let default = match kind {
        "smallint" | "Int" | "bigint" => "value: -3",
        "float8" | "Float" => "value: 1.5e-3",
        "numeric" => "value: 1.5",
        "String" => "value: \"it's (odd) \\\"text\\\"\"",
        "Boolean" => "value: true",
        "uuid" => "uuid: v4",
        "timestamptz" | "timestamp" | "date" | "time" => "now: true",
        "jsonb" => "value: {b: [1, null], aa: \"x\"}",
        "bytea" => "value: \"\\\\x00ff\"",
        "e0" | "e1" => "value: v0",
        "[String!]" => "value: [\"a\", \"b'\\\"\"]",
        _ => "value: [1, 2]",
    };
    let mut directives = String::new();
    if dice.one_in(2) {
        write!(directives, " @default({default})").unwrap();
    }
    match kind {
        "numeric" if dice.one_in(2) => {
            let scale = 1 + dice.below(5);
            write!(directives, " @column(precision: {}, scale: {scale})", scale + 1 + dice.below(24)).unwrap();
        }
        "String" if dice.one_in(2) => write!(directives, " @length(max: {})", 50 + dice.below(3)).unwrap(),
        "Int" | "numeric" if dice.one_in(2) => write!(directives, " @range(min: -{})", 5 + dice.below(3)).unwrap(),
        "timestamptz" if !directives.contains("default") && dice.one_in(2) => directives.push_str(" @updated_at"),
        _ => {}
    }
    if !directives.contains("@column") && dice.one_in(5) {
        write!(directives, " @column(name: \"{}_{name}\")", dice.pick(&DATABASE_NAMES)).unwrap();
    }
    if !["jsonb", "[String!]", "[Int!]"].contains(&kind) && dice.one_in(4) {
        directives.push_str(dice.pick(&[" @unique", " @index"]));
    }
    let required = if dice.one_in(2) { "!" } else { "" };
    let description = described(dice);
    writeln!(columns, "{description}  {name}: {kind}{required}{directives}").unwrap();
}

fn relations(dice: &mut Dice, keys: &[&'static str], columns: &mut String) {
    for position in 0..dice.below(3) {
        let target = dice.below(keys.len());
        let required = dice.one_in(2);
        let mark = if required { "!" } else { "" };
        let action = if required {
            dice.pick(&["no_action", "restrict", "cascade"])
        } else {
            dice.pick(&["set_null", "cascade"])
        };
        let deferrable = if dice.one_in(3) { ", deferrable: true" } else { "" };
        let fields = match keys[target] {
            "pair" => {
                writeln!(columns, "  f{position}a: Int{mark}\n  f{position}b: String{mark}").unwrap();
                format!("f{position}a, f{position}b")
            }
            kind => {
                writeln!(columns, "  f{position}: {kind}{mark}").unwrap();
                format!("f{position}")
            }
        };
        let directive = format!("@relation(fields: [{fields}], on_delete: {action}{deferrable})");
        writeln!(columns, "  r{position}: t{target}{mark} {directive}").unwrap();
    }
}

async fn check_pair(dialect: Dialect, seed: u64) {
    let mut dice = Dice(seed);
    let (first, second) = (random_model(&mut dice), random_model(&mut dice));
    let shown = || format!("seed {seed} on {dialect:?}\n{first}\n--- and then\n{second}");
    let (before, after) = (model(&first), model(&second));
    let project = Project::create(dialect);
    let database = project.open().await;
    for catalog in [&before, &after] {
        project.diff(catalog, true).unwrap_or_else(|error| panic!("{}\n{}", show(&error), shown()));
        if let Err(error) = project.apply(&database).await {
            panic!("{}\n{}", show(&error), shown());
        }
        let drift = project.drift(&database).await;
        assert!(drift.is_empty(), "{drift:#?}\n{}", shown());
        let again = migrate::plan_diff(&project.migrations(), catalog, &DIALECTS).unwrap();
        assert!(again.is_empty() && !again.model_changed, "{again:#?}\n{}", shown());
    }
    if migrate::status(&database, &project.migrations()).await.unwrap().len() < 2 {
        return;
    }
    if let Err(error) = migrate::down(&database, &project.migrations()).await {
        panic!("back: {}\n{}", show(&error), shown());
    }
    let drift = project.differences(&database, &before).await;
    assert!(drift.is_empty(), "back: {drift:#?}\n{}", shown());
}

// The proof says what it did.
#[allow(clippy::print_stdout)]
async fn check_pairs(seed: u64, pairs: u64) {
    for number in 0..pairs {
        for dialect in DIALECTS {
            check_pair(dialect, seed.wrapping_mul(1_000_003).wrapping_add(number)).await;
        }
    }
    println!("{pairs} pairs of random models on both databases, seed {seed}");
}

#[tokio::test]
async fn random_models_are_made_and_changed_into_each_other() {
    check_pairs(1, SMALL_SHARE).await;
}

/// `scripts/prove` says the seed and the share.
#[tokio::test]
async fn prove_random_models_are_made_and_changed_into_each_other() {
    let seed = purlin_testkit::proof::seed();
    check_pairs(seed, purlin_testkit::proof::part_of(PAIRS)).await;
}

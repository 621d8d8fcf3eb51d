//! A model as a value: what the text of the model folder is written from, and what the oracle answers by.

use std::fmt::Write as _;

use super::filter::Condition;
use super::value::{Kind, MOODS, Value};

/// The roles that have rules.
pub const ROLES: [&str; 2] = ["clerk", "guest"];

/// Tables with their relations and rules.
#[derive(Clone, Debug)]
pub struct Model {
    /// Schema of the database that holds the tables.
    pub schema: String,
    pub tables: Vec<Table>,
}

#[derive(Clone, Debug)]
pub struct Table {
    pub name: String,
    pub columns: Vec<Column>,
    /// The primary key.
    pub key: Vec<usize>,
    pub uniques: Vec<Vec<usize>>,
    pub relations: Vec<Relation>,
    /// By role, in the order of [`ROLES`].
    pub rules: [Rules; 2],
}

#[derive(Clone, Debug)]
pub struct Column {
    pub name: String,
    pub kind: Kind,
    pub nullable: bool,
    /// What it is when nothing is given.
    pub default: Option<Value>,
    /// `@range` of an `Int`.
    pub range: Option<(i128, i128)>,
}

#[derive(Clone, Debug)]
pub struct Relation {
    pub name: String,
    pub target: usize,
    /// A list, or one row.
    pub many: bool,
    /// Pairs (column here, column there); none over a join table.
    pub join: Vec<(usize, usize)>,
    pub origin: Origin,
}

#[derive(Clone, Debug)]
pub enum Origin {
    /// The table's own foreign key.
    Own(OnDelete),
    /// The relation of the target that is read the other way.
    Inverse(usize),
    Manual,
    /// The join table, its relation to this table and that to the target.
    Through {
        table: usize,
        from: usize,
        to: usize,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnDelete {
    NoAction,
    Cascade,
    SetNull,
}

/// What a role may do with a table.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    pub select: Option<SelectRule>,
    pub insert: Option<InsertRule>,
    pub update: Option<UpdateRule>,
    pub delete: Option<Condition>,
}

#[derive(Clone, Debug)]
pub struct SelectRule {
    pub condition: Condition,
    pub columns: Vec<usize>,
    pub limit: Option<usize>,
    pub aggregations: bool,
    /// `select`, `by_pk`, `aggregate`.
    pub roots: [bool; 3],
}

#[derive(Clone, Debug)]
pub struct InsertRule {
    pub check: Condition,
    pub columns: Vec<usize>,
    pub presets: Vec<(usize, Preset)>,
}

#[derive(Clone, Debug)]
pub struct UpdateRule {
    pub condition: Condition,
    pub check: Option<Condition>,
    pub columns: Vec<usize>,
    pub presets: Vec<(usize, Preset)>,
}

/// What a rule sets a column to.
#[derive(Clone, Debug)]
pub enum Preset {
    Value(Value),
    /// A session variable, lower case.
    Session(&'static str),
}

impl Model {
    pub fn column(&self, table: usize, column: usize) -> &Column {
        &self.tables[table].columns[column]
    }

    /// The text of the model folder.
    pub fn sdl(&self) -> String {
        let mut text = format!("enum mood {{ {} }}\n", MOODS.join(" "));
        for table in 0..self.tables.len() {
            self.write_table(table, &mut text);
            self.write_rules(table, &mut text);
        }
        text
    }

    fn names(&self, table: usize, columns: impl IntoIterator<Item = usize>) -> String {
        let names: Vec<&str> = columns.into_iter().map(|column| &*self.column(table, column).name).collect();
        names.join(", ")
    }

    fn write_table(&self, index: usize, text: &mut String) {
        let table = &self.tables[index];
        write!(text, "type {} @table(schema: \"{}\")", table.name, self.schema).expect("text");
        write!(text, " @id(fields: [{}])", self.names(index, table.key.iter().copied())).expect("text");
        for (number, unique) in table.uniques.iter().enumerate() {
            let names = self.names(index, unique.iter().copied());
            write!(text, " @unique(fields: [{names}], name: \"{}\")", table.unique_name(number)).expect("text");
        }
        text.push_str(" {\n");
        for column in &table.columns {
            write!(text, "  {}: {}{}", column.name, column.kind.name(), if column.nullable { "" } else { "!" })
                .expect("text");
            if let Kind::Numeric(precision, scale) = column.kind {
                write!(text, " @column(precision: {precision}, scale: {scale})").expect("text");
            }
            if let Some(default) = &column.default {
                write!(text, " @default(value: {})", default.literal(column.kind)).expect("text");
            }
            if let Some((least, greatest)) = column.range {
                write!(text, " @range(min: {least}, max: {greatest})").expect("text");
            }
            text.push('\n');
        }
        for relation in &table.relations {
            self.write_relation(index, relation, text);
        }
        text.push_str("}\n");
    }

    fn write_relation(&self, table: usize, relation: &Relation, text: &mut String) {
        let target = &self.tables[relation.target];
        let here = self.names(table, relation.join.iter().map(|(here, _)| *here));
        let there = self.names(relation.target, relation.join.iter().map(|(_, there)| *there));
        let required = relation.join.iter().all(|(here, _)| !self.column(table, *here).nullable);
        let of = match (&relation.origin, relation.many) {
            (_, true) => format!("[{}!]!", target.name),
            (Origin::Own(_), false) if required => format!("{}!", target.name),
            (_, false) => target.name.clone(),
        };
        let arguments = match &relation.origin {
            Origin::Own(action) => format!("fields: [{here}], on_delete: {}", action.name()),
            Origin::Inverse(other) => format!("inverse: {}", target.relations[*other].name),
            Origin::Manual => format!("fields: [{here}], references: [{there}], manual: true"),
            Origin::Through { table, from, to } => {
                let join = &self.tables[*table];
                let (from, to) = (&join.relations[*from].name, &join.relations[*to].name);
                format!("through: {}, from: {from}, to: {to}", join.name)
            }
        };
        writeln!(text, "  {}: {of} @relation({arguments})", relation.name).expect("text");
    }

    fn write_rules(&self, index: usize, text: &mut String) {
        let table = &self.tables[index];
        for (role, rules) in ROLES.iter().zip(&table.rules) {
            let parts = self.rule_parts(index, rules);
            if !parts.is_empty() {
                writeln!(text, "extend type {} @allow(role: \"{role}\", {})", table.name, parts.join(", "))
                    .expect("text");
            }
        }
    }

    fn rule_parts(&self, index: usize, rules: &Rules) -> Vec<String> {
        let names = |columns: &[usize]| self.names(index, columns.iter().copied());
        let mut parts = Vec::new();
        if let Some(select) = &rules.select {
            let limit = select.limit.map_or(String::new(), |limit| format!(", limit: {limit}"));
            let open = ["select", "by_pk", "aggregate"].iter().zip(select.roots);
            let open: Vec<&str> = open.filter(|(_, open)| *open).map(|(name, _)| *name).collect();
            parts.push(format!(
                "select: {{where: {}, columns: [{}], aggregations: {}, root_fields: [{}]{limit}}}",
                select.condition.rule(self, index),
                names(&select.columns),
                select.aggregations,
                open.join(", "),
            ));
        }
        if let Some(insert) = &rules.insert {
            parts.push(format!(
                "insert: {{check: {}, columns: [{}]{}}}",
                insert.check.rule(self, index),
                names(&insert.columns),
                self.presets(index, &insert.presets)
            ));
        }
        if let Some(update) = &rules.update {
            let check = update.check.as_ref();
            let check = check.map_or(String::new(), |check| format!(", check: {}", check.rule(self, index)));
            parts.push(format!(
                "update: {{where: {}, columns: [{}]{check}{}}}",
                update.condition.rule(self, index),
                names(&update.columns),
                self.presets(index, &update.presets)
            ));
        }
        if let Some(delete) = &rules.delete {
            parts.push(format!("delete: {{where: {}}}", delete.rule(self, index)));
        }
        parts
    }

    fn presets(&self, table: usize, presets: &[(usize, Preset)]) -> String {
        let member = |(column, preset): &(usize, Preset)| {
            let column = self.column(table, *column);
            let value = match preset {
                Preset::Value(value) => value.literal(column.kind),
                Preset::Session(name) => format!("\"{name}\""),
            };
            format!("{}: {value}", column.name)
        };
        match presets {
            [] => String::new(),
            _ => format!(", set: {{{}}}", presets.iter().map(member).collect::<Vec<_>>().join(", ")),
        }
    }
}

impl Table {
    /// The name of its primary key's constraint.
    pub fn key_name(&self) -> String {
        format!("{}_pkey", self.name)
    }

    /// Whether a row has this key.
    pub fn has_key(&self, row: &[Value], key: &[Value]) -> bool {
        self.key.iter().zip(key).all(|(column, value)| row[*column].is_same(value))
    }

    /// The name of a unique constraint.
    pub fn unique_name(&self, number: usize) -> String {
        format!("{}_unique_{number}", self.name)
    }

    /// Columns of a constraint by its number: the key, then the unique constraints.
    pub fn constraint(&self, number: usize) -> (String, &[usize]) {
        match number.checked_sub(1) {
            None => (self.key_name(), &self.key),
            Some(number) => (self.unique_name(number), &self.uniques[number]),
        }
    }
}

impl OnDelete {
    fn name(self) -> &'static str {
        match self {
            OnDelete::NoAction => "no_action",
            OnDelete::Cascade => "cascade",
            OnDelete::SetNull => "set_null",
        }
    }
}

impl Relation {
    /// Whether a related row is inserted before this one, because its key fills the columns here.
    pub fn is_inserted_before(&self) -> bool {
        !self.many && !matches!(self.origin, Origin::Inverse(_))
    }
}

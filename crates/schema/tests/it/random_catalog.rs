//! Random catalogs with random rules: every kind of column, key, relation and permission, in no sensible combination.

use std::collections::BTreeMap;

use purlin_model::catalog::{
    Catalog, Column, ColumnIndex, Enum, EnumId, EnumValue, ForeignKey, ReferentialAction, Relation, RelationIndex,
    RelationKind, RelationOrigin, RootFieldNames, Table, TableId, Through, Unique,
};
use purlin_model::filter::{Comparison, Filter, Operand};
use purlin_model::permission::{
    DeleteRule, InsertRule, Mask, Permissions, Preset, SelectRootFields, SelectRule, UpdateRule,
};
use purlin_model::scalar::{ColumnType, Scalar, Stored};
use purlin_model::session::Role;
use purlin_model::value::Value;

/// The roles that have rules.
pub const ROLES: [&str; 2] = ["user", "public"];

/// A catalog of one to six tables.
pub fn random_catalog(seed: u64) -> Catalog {
    let mut random = Random(seed | 1);
    let count = 1 + random.below(6);
    let mut tables: Vec<Table> = (0..count).map(|index| table(&mut random, index)).collect();
    for index in 0..tables.len() {
        relate(&mut random, &mut tables, index);
    }
    if tables.len() >= 3 && random.chance() {
        many_to_many(&mut tables);
    }
    for table in &mut tables {
        permit(&mut random, table);
    }
    let tables_by_name =
        tables.iter().enumerate().map(|(index, table)| (table.name.clone(), TableId(index as u32))).collect();
    let value = |name: &str| EnumValue { name: name.into(), description: None };
    let mood = Enum { name: "mood".into(), description: Some("How \"it\" is\nnow \\ then".into()), values: vec![] };
    let enums = vec![Enum { values: vec![value("happy"), value("angry")], ..mood }];
    let roles = ROLES.map(Role::new).to_vec();
    Catalog { tables, enums, roles, tables_by_name, ..Catalog::default() }
}

struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }

    fn chance(&mut self) -> bool {
        self.below(2) == 0
    }

    fn some(&mut self, columns: usize) -> Vec<ColumnIndex> {
        let density = self.below(4);
        (0..columns as u16).map(ColumnIndex).filter(|_| self.below(3) < density).collect()
    }
}

fn column_type(random: &mut Random) -> ColumnType {
    match random.below(20) {
        index @ 0..15 => ColumnType::Scalar(Scalar::ALL[index]),
        15 => ColumnType::List(Scalar::String),
        16 => ColumnType::List(Scalar::Int),
        17 => ColumnType::Native("citext".into()),
        18 => ColumnType::Native("inet".into()),
        _ => ColumnType::Enum(EnumId(0)),
    }
}

fn column(random: &mut Random, name: String) -> Column {
    Column {
        db_name: name.as_str().into(),
        name: name.into(),
        column_type: column_type(random),
        nullable: random.chance(),
        description: random.chance().then(|| "what \"it\" says".into()),
        renamed_from: None,
        default: None,
        updated_at: random.below(8) == 0,
        generated: random.below(8) == 0,
        precision: None,
        stored: Stored::Standard,
        postgres_type: None,
        sqlite_type: None,
        collation: None,
        pattern: None,
        computed: None,
    }
}

fn table(random: &mut Random, index: usize) -> Table {
    let name = format!("t{index}");
    let columns: Vec<Column> = (0..1 + random.below(6)).map(|number| column(random, format!("c{number}"))).collect();
    let primary_key = match random.below(3) {
        0 => Vec::new(),
        1 => vec![ColumnIndex(0)],
        _ => (0..columns.len().min(2) as u16).map(ColumnIndex).collect(),
    };
    let unique = Unique { name: format!("{name}_c0_key").into(), columns: vec![ColumnIndex(0)] };
    Table {
        view: None,
        db_name: name.as_str().into(),
        db_schema: None,
        strict: true,
        description: random.chance().then(|| "a \"table\"".into()),
        renamed_from: None,
        columns,
        relations: Vec::new(),
        primary_key,
        primary_key_name: format!("{name}_pkey").into(),
        uniques: if random.chance() { vec![unique] } else { Vec::new() },
        foreign_keys: Vec::new(),
        indexes: Vec::new(),
        search: None,
        checks: Vec::new(),
        root_fields: RootFieldNames::of(&name),
        permissions: BTreeMap::new(),
        inherited: BTreeMap::new(),
        system: random.below(10) == 0,
        name: name.into(),
    }
}

/// A foreign key from the table to another (or itself), with the relation and its inverse.
fn relate(random: &mut Random, tables: &mut [Table], from: usize) {
    let to = random.below(tables.len());
    let join = vec![(ColumnIndex(0), ColumnIndex(0))];
    let key = tables[from].foreign_keys.len() as u16;
    let name = format!("{}_c0_fkey_{key}", tables[from].name);
    tables[from].foreign_keys.push(ForeignKey {
        name: name.into(),
        columns: vec![ColumnIndex(0)],
        target: TableId(to as u32),
        target_columns: vec![ColumnIndex(0)],
        on_delete: ReferentialAction::NoAction,
        on_update: ReferentialAction::NoAction,
        deferrable: false,
    });
    let there = tables[from].relations.len() as u16;
    let nullable = tables[from].columns[0].nullable;
    tables[from].relations.push(Relation {
        name: format!("to_t{to}").into(),
        kind: RelationKind::Object,
        target: TableId(to as u32),
        join: join.clone(),
        through: None,
        nullable,
        origin: RelationOrigin::ForeignKey(key),
        description: None,
    });
    let many = random.chance();
    tables[to].relations.push(Relation {
        name: format!("of_t{from}").into(),
        kind: if many { RelationKind::Array } else { RelationKind::Object },
        target: TableId(from as u32),
        join,
        through: None,
        nullable: true,
        origin: RelationOrigin::Inverse(RelationIndex(there)),
        description: Some("the other way".into()),
    });
}

fn many_to_many(tables: &mut [Table]) {
    let pair = || vec![(ColumnIndex(0), ColumnIndex(0))];
    tables[0].relations.push(Relation {
        name: "over_t1".into(),
        kind: RelationKind::Array,
        target: TableId(2),
        join: Vec::new(),
        through: Some(Through { table: TableId(1), near: pair(), far: pair() }),
        nullable: false,
        origin: RelationOrigin::Through,
        description: None,
    });
}

fn filter(random: &mut Random) -> Filter {
    match random.below(3) {
        0 => Filter::always(),
        1 => Filter::never(),
        _ => Filter::Compare {
            column: ColumnIndex(0),
            comparison: Comparison::Equal,
            operand: Operand::Session("x-hasura-user-id".into()),
        },
    }
}

fn permit(random: &mut Random, table: &mut Table) {
    let columns = table.columns.len();
    for role in ROLES {
        if random.below(5) == 0 {
            continue;
        }
        let preset = Preset { column: ColumnIndex(0), operand: Operand::Literal(Value::Null) };
        let select = random.chance().then(|| SelectRule {
            filter: filter(random),
            columns: random.some(columns),
            masks: vec![Mask { columns: random.some(columns), filter: filter(random) }],
            limit: None,
            aggregations: random.chance(),
            root_fields: SelectRootFields {
                select: random.below(4) > 0,
                by_pk: random.below(4) > 0,
                aggregate: random.below(4) > 0,
            },
        });
        let insert = random.chance().then(|| InsertRule {
            check: filter(random),
            columns: random.some(columns),
            presets: if random.chance() { vec![preset.clone()] } else { Vec::new() },
            backend_only: random.below(4) == 0,
        });
        let update = random.chance().then(|| UpdateRule {
            filter: filter(random),
            check: None,
            columns: random.some(columns),
            presets: if random.chance() { vec![preset] } else { Vec::new() },
            backend_only: random.below(4) == 0,
        });
        let delete = random.chance().then(|| DeleteRule { filter: filter(random), backend_only: false });
        table.permissions.insert(Role::new(role), Permissions { select, insert, update, delete });
    }
}

//! A small catalog with every kind of table the compiler tells apart.

use std::collections::{BTreeMap, HashMap};

use purlin_model::catalog::{
    Catalog, Column, ColumnDefault, ColumnIndex, Enum, EnumId, EnumValue, ForeignKey, Index, ReferentialAction,
    Relation, RelationIndex, RelationKind, RelationOrigin, RootFieldNames, Table, TableId, Through, Unique,
};
use purlin_model::filter::{Comparison, Filter, Operand};
use purlin_model::permission::{
    DeleteRule, InsertRule, Mask, Permissions, Preset, SelectRootFields, SelectRule, UpdateRule,
};
use purlin_model::scalar::{ColumnType, Scalar, Stored};
use purlin_model::session::Role;
use purlin_model::value::Value;

/// Makes a table; columns are `name type`, with `!` for NOT NULL.
struct Maker {
    table: Table,
}

pub const PEOPLE: TableId = TableId(0);
pub const PROJECTS: TableId = TableId(1);
pub const TASKS: TableId = TableId(2);
pub const LABELS: TableId = TableId(3);
pub const TASK_LABELS: TableId = TableId(4);
pub const MEMBERS: TableId = TableId(5);
pub const NOTES: TableId = TableId(6);
pub const WATCHERS: TableId = TableId(7);

pub fn column(name: &str, kind: &str) -> Column {
    let nullable = !kind.ends_with('!');
    let kind = kind.trim_end_matches('!');
    let (column_type, stored, precision) = match kind {
        "task_status" => (ColumnType::Enum(EnumId(0)), Stored::Standard, None),
        "money(8,2)" => (ColumnType::Scalar(Scalar::Numeric), Stored::Scaled { scale: 2 }, Some((8, 2))),
        "numeric" => (ColumnType::Scalar(Scalar::Numeric), Stored::Decimal { scale: None }, None),
        "texts" => (ColumnType::List(Scalar::String), Stored::Standard, None),
        "citext" => (ColumnType::Native("citext".into()), Stored::Standard, None),
        other => (ColumnType::Scalar(Scalar::by_name(other).expect("a scalar")), Stored::Standard, None),
    };
    Column {
        name: name.into(),
        db_name: name.into(),
        column_type,
        nullable,
        description: None,
        renamed_from: None,
        default: None,
        updated_at: false,
        generated: false,
        precision,
        stored,
        postgres_type: None,
        sqlite_type: None,
        collation: None,
        pattern: None,
        computed: None,
    }
}

impl Maker {
    fn new(name: &str, columns: &[(&str, &str)], key: &[&str]) -> Maker {
        let mut table = Table {
            name: name.into(),
            view: None,
            db_name: name.into(),
            db_schema: None,
            strict: true,
            description: None,
            renamed_from: None,
            columns: columns.iter().map(|(name, kind)| column(name, kind)).collect(),
            relations: Vec::new(),
            primary_key: Vec::new(),
            primary_key_name: format!("{name}_pkey").into(),
            uniques: Vec::new(),
            foreign_keys: Vec::new(),
            indexes: Vec::new(),
            search: None,
            checks: Vec::new(),
            root_fields: RootFieldNames::of(name),
            permissions: BTreeMap::new(),
            inherited: BTreeMap::new(),
            system: false,
        };
        table.primary_key = key.iter().map(|name| table.column_by_name(name).expect("a key column")).collect();
        Maker { table }
    }

    fn default(mut self, name: &str, default: ColumnDefault) -> Maker {
        let index = self.table.column_by_name(name).expect("a column");
        self.table.columns[index.0 as usize].default = Some(default);
        self
    }

    fn updated_at(mut self, name: &str) -> Maker {
        let index = self.table.column_by_name(name).expect("a column");
        self.table.columns[index.0 as usize].updated_at = true;
        self
    }

    fn unique(mut self, name: &str, columns: &[&str]) -> Maker {
        let columns = columns.iter().map(|name| self.table.column_by_name(name).expect("a column")).collect();
        self.table.uniques.push(Unique { name: name.into(), columns });
        self
    }

    fn index(mut self, columns: &[&str]) -> Maker {
        let name = format!("{}_{}_idx", self.table.name, columns.join("_")).into();
        let columns = columns.iter().map(|name| self.table.column_by_name(name).expect("a column")).collect();
        self.table.indexes.push(Index { name, columns, unique: false, condition: None, using: None });
        self
    }

    fn relation(mut self, name: &str, kind: RelationKind, target: TableId, join: &[(u16, u16)]) -> Maker {
        self.table.relations.push(Relation {
            name: name.into(),
            kind,
            target,
            join: join.iter().map(|(here, there)| (ColumnIndex(*here), ColumnIndex(*there))).collect(),
            through: None,
            nullable: true,
            origin: RelationOrigin::Manual,
            description: None,
        });
        self
    }

    fn foreign_key(mut self, columns: &[u16], target: TableId, target_columns: &[u16], deferrable: bool) -> Maker {
        let indexes = |list: &[u16]| list.iter().map(|index| ColumnIndex(*index)).collect();
        self.table.foreign_keys.push(ForeignKey {
            name: format!("{}_{}_fkey", self.table.name, columns[0]).into(),
            columns: indexes(columns),
            target,
            target_columns: indexes(target_columns),
            on_delete: ReferentialAction::NoAction,
            on_update: ReferentialAction::NoAction,
            deferrable,
        });
        self
    }

    fn allow(mut self, role: &str, permissions: Permissions) -> Maker {
        self.table.permissions.insert(Role::new(role), permissions);
        self
    }
}

pub fn compare(column: ColumnIndex, comparison: Comparison, operand: Operand) -> Filter {
    Filter::Compare { column, comparison, operand }
}

fn session(column: u16) -> Filter {
    compare(ColumnIndex(column), Comparison::Equal, Operand::Session("x-hasura-user-id".into()))
}

fn reach(relation: u16, filter: Filter) -> Filter {
    Filter::Relation { relation: RelationIndex(relation), filter: Box::new(filter) }
}

fn select(filter: Filter, limit: Option<u64>) -> Option<SelectRule> {
    Some(SelectRule {
        filter,
        columns: Vec::new(),
        masks: Vec::new(),
        limit,
        aggregations: true,
        root_fields: SelectRootFields::ALL,
    })
}

/// Rows, and columns that are seen in some of them only.
fn masked(filter: Filter, columns: &[u16], mask: Filter) -> Option<SelectRule> {
    let columns = columns.iter().map(|column| ColumnIndex(*column)).collect();
    Some(SelectRule { masks: vec![Mask { columns, filter: mask }], ..select(filter, None)? })
}

fn preset(column: u16, operand: Operand) -> Preset {
    Preset { column: ColumnIndex(column), operand }
}

/// The catalog of the cases. Role `user` has rules everywhere, `heir` sees some columns of people and tasks in some rows.
pub fn catalog() -> Catalog {
    let user = || Operand::Session("x-hasura-user-id".into());
    let tables = vec![
        Maker::new(
            "people",
            &[("id", "uuid!"), ("name", "String!"), ("boss_id", "uuid"), ("email", "citext"), ("age", "Int")],
            &["id"],
        )
        .default("id", ColumnDefault::UuidV7)
        .unique("people_email_key", &["email"])
        .foreign_key(&[2], PEOPLE, &[0], true)
        .relation("boss", RelationKind::Object, PEOPLE, &[(2, 0)])
        .relation("reports", RelationKind::Array, PEOPLE, &[(0, 2)])
        .relation("namesake", RelationKind::Object, PEOPLE, &[(1, 1)])
        .allow("user", Permissions { select: select(session(0), None), ..Permissions::default() })
        .allow("heir", Permissions { select: masked(Filter::always(), &[3, 4], session(0)), ..Permissions::default() }),
        Maker::new(
            "projects",
            &[
                ("id", "Int!"),
                ("name", "String!"),
                ("owner_id", "uuid!"),
                ("public", "Boolean!"),
                ("budget", "numeric"),
            ],
            &["id"],
        )
        .default("id", ColumnDefault::Autoincrement)
        .unique("projects_name_key", &["name"])
        .foreign_key(&[2], PEOPLE, &[0], false)
        .relation("owner", RelationKind::Object, PEOPLE, &[(2, 0)])
        .relation("tasks", RelationKind::Array, TASKS, &[(0, 2)])
        .relation("members", RelationKind::Array, MEMBERS, &[(0, 0)])
        .allow(
            "user",
            Permissions {
                select: select(reach(2, session(1)), None),
                insert: Some(InsertRule {
                    check: session(2),
                    columns: Vec::new(),
                    presets: vec![preset(2, user())],
                    backend_only: false,
                }),
                update: Some(UpdateRule {
                    filter: session(2),
                    check: Some(session(2)),
                    columns: Vec::new(),
                    presets: Vec::new(),
                    backend_only: false,
                }),
                delete: Some(DeleteRule { filter: session(2), backend_only: false }),
            },
        ),
        tasks(),
        Maker::new("labels", &[("id", "Int!"), ("name", "String!"), ("hidden", "Boolean!")], &["id"])
            .default("id", ColumnDefault::Autoincrement)
            .allow(
                "user",
                Permissions {
                    select: select(
                        compare(ColumnIndex(2), Comparison::Equal, Operand::Literal(Value::Boolean(false))),
                        None,
                    ),
                    ..Permissions::default()
                },
            ),
        Maker::new(
            "task_labels",
            &[("task_id", "Int!"), ("label_id", "Int!"), ("by", "uuid!")],
            &["task_id", "label_id"],
        )
        .relation("task", RelationKind::Object, TASKS, &[(0, 0)])
        .relation("label", RelationKind::Object, LABELS, &[(1, 0)])
        .allow("user", Permissions { select: select(session(2), None), ..Permissions::default() }),
        Maker::new(
            "members",
            &[("project_id", "Int!"), ("person_id", "uuid!"), ("role", "String!")],
            &["project_id", "person_id"],
        )
        .foreign_key(&[0], PROJECTS, &[0], false)
        .relation("project", RelationKind::Object, PROJECTS, &[(0, 0)])
        .relation("person", RelationKind::Object, PEOPLE, &[(1, 0)])
        .relation("watchers", RelationKind::Array, WATCHERS, &[(0, 0), (1, 1)])
        .allow("user", Permissions { select: select(session(1), None), ..Permissions::default() }),
        Maker::new("notes", &[("text", "String!"), ("at", "timestamptz!"), ("data", "bytea"), ("words", "texts")], &[])
            .default("at", ColumnDefault::Now)
            .allow(
                "user",
                Permissions {
                    select: select(Filter::always(), None),
                    insert: Some(InsertRule {
                        check: Filter::always(),
                        columns: Vec::new(),
                        presets: Vec::new(),
                        backend_only: false,
                    }),
                    ..Permissions::default()
                },
            ),
        Maker::new(
            "watchers",
            &[("project_id", "Int!"), ("person_id", "uuid!"), ("watcher_id", "uuid!")],
            &["project_id", "person_id", "watcher_id"],
        )
        .relation("member", RelationKind::Object, MEMBERS, &[(0, 0), (1, 1)]),
    ];
    let tables: Vec<Table> = tables.into_iter().map(|maker| maker.table).collect();
    let tables_by_name: HashMap<Box<str>, TableId> =
        tables.iter().enumerate().map(|(index, table)| (table.name.clone(), TableId(index as u32))).collect();
    let value = |name: &str| EnumValue { name: name.into(), description: None };
    Catalog {
        tables,
        enums: vec![Enum {
            name: "task_status".into(),
            description: None,
            values: vec![value("todo"), value("doing"), value("done")],
        }],
        roles: vec![Role::new("user")],
        tables_by_name,
        ..Catalog::default()
    }
}

fn tasks() -> Maker {
    let columns = [
        ("id", "Int!"),
        ("title", "String!"),
        ("project_id", "Int!"),
        ("assignee_id", "uuid"),
        ("status", "task_status!"),
        ("estimate", "money(8,2)"),
        ("spent", "bigint"),
        ("weight", "float8"),
        ("meta", "jsonb"),
        ("updated_at", "timestamptz!"),
        ("limit_hours", "money(8,2)"),
    ];
    // A member of the task's project, and never one whose estimate is above the limit of another task of the same title.
    let member = reach(0, reach(2, session(1)));
    let own_table = Filter::Not(Box::new(Filter::Exists {
        table: TASKS,
        filter: Box::new(Filter::And(vec![
            compare(ColumnIndex(1), Comparison::Equal, Operand::RootColumn(ColumnIndex(1))),
            compare(ColumnIndex(10), Comparison::Less, Operand::RootColumn(ColumnIndex(5))),
        ])),
    }));
    let mut maker = Maker::new("tasks", &columns, &["id"])
        .index(&["project_id", "status"])
        .default("id", ColumnDefault::Autoincrement)
        .default("status", ColumnDefault::Value(Value::Text("todo".into())))
        .updated_at("updated_at")
        .unique("tasks_project_title_key", &["project_id", "title"])
        .foreign_key(&[2], PROJECTS, &[0], false)
        .foreign_key(&[3], PEOPLE, &[0], false)
        .relation("project", RelationKind::Object, PROJECTS, &[(2, 0)])
        .relation("assignee", RelationKind::Object, PEOPLE, &[(3, 0)])
        .relation("labels", RelationKind::Array, LABELS, &[])
        .relation("links", RelationKind::Array, TASK_LABELS, &[(0, 0)])
        .allow(
            "user",
            Permissions {
                select: select(member.clone(), Some(100)),
                insert: Some(InsertRule {
                    check: member.clone(),
                    columns: Vec::new(),
                    presets: vec![preset(3, Operand::Session("x-hasura-user-id".into()))],
                    backend_only: false,
                }),
                update: Some(UpdateRule {
                    filter: member.clone(),
                    check: Some(own_table),
                    columns: Vec::new(),
                    presets: vec![preset(3, Operand::Session("x-hasura-user-id".into()))],
                    backend_only: false,
                }),
                delete: Some(DeleteRule { filter: member, backend_only: false }),
            },
        );
    let heir = Permissions {
        select: masked(
            Filter::Or(vec![reach(0, reach(2, session(1))), session(3)]),
            &[1, 4, 5, 6, 7, 8],
            reach(0, reach(2, session(1))),
        ),
        update: Some(UpdateRule {
            filter: session(3),
            check: None,
            columns: Vec::new(),
            presets: Vec::new(),
            backend_only: false,
        }),
        delete: Some(DeleteRule { filter: session(3), backend_only: false }),
        ..Permissions::default()
    };
    maker = maker.allow("heir", heir);
    maker.table.relations[2].through = Some(Through {
        table: TASK_LABELS,
        near: vec![(ColumnIndex(0), ColumnIndex(0))],
        far: vec![(ColumnIndex(1), ColumnIndex(0))],
    });
    maker.table.relations[2].origin = RelationOrigin::Through;
    maker
}

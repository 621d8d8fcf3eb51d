//! What exists for one role: root fields, columns, relations, inputs. Cheap walkers over the catalog; nothing is
//! copied or built per role.
//!
//! Lowering and introspection ask the same questions here, so a hidden thing and a missing one are the same bytes.
//! Refuses to know: row conditions (`purlin_plan::permission` merges them), documents, databases.

use std::collections::HashMap;

use purlin_model::catalog::{Catalog, Column, ColumnIndex, NativeId, RelationIndex, RelationKind, Table, TableId};
use purlin_model::filter::Comparison;
use purlin_model::permission::{DeleteRule, InsertRule, Permissions, SelectRule, UpdateRule};
use purlin_model::scalar::{ColumnType, Scalar};
use purlin_model::session::Role;

/// What a root field does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RootFieldKind {
    /// `T`
    Select,
    /// `T_by_pk`
    SelectByPk,
    /// `T_aggregate`
    SelectAggregate,
    /// `insert_T`
    Insert,
    /// `insert_T_one`
    InsertOne,
    /// `update_T`
    Update,
    /// `update_T_by_pk`
    UpdateByPk,
    /// `update_T_many`
    UpdateMany,
    /// `delete_T`
    Delete,
    /// `delete_T_by_pk`
    DeleteByPk,
}

impl RootFieldKind {
    /// All kinds; queries first.
    pub const ALL: [RootFieldKind; 10] = [
        RootFieldKind::Select,
        RootFieldKind::SelectByPk,
        RootFieldKind::SelectAggregate,
        RootFieldKind::Insert,
        RootFieldKind::InsertOne,
        RootFieldKind::Update,
        RootFieldKind::UpdateByPk,
        RootFieldKind::UpdateMany,
        RootFieldKind::Delete,
        RootFieldKind::DeleteByPk,
    ];

    /// Whether it is a field of `mutation_root` (otherwise of `query_root`).
    pub const fn is_mutation(self) -> bool {
        !matches!(self, RootFieldKind::Select | RootFieldKind::SelectByPk | RootFieldKind::SelectAggregate)
    }

    /// The field's name for `table`.
    pub fn name(self, table: &Table) -> &str {
        let names = &table.root_fields;
        match self {
            RootFieldKind::Select => &names.select,
            RootFieldKind::SelectByPk => &names.select_by_pk,
            RootFieldKind::SelectAggregate => &names.select_aggregate,
            RootFieldKind::Insert => &names.insert,
            RootFieldKind::InsertOne => &names.insert_one,
            RootFieldKind::Update => &names.update,
            RootFieldKind::UpdateByPk => &names.update_by_pk,
            RootFieldKind::UpdateMany => &names.update_many,
            RootFieldKind::Delete => &names.delete,
            RootFieldKind::DeleteByPk => &names.delete_by_pk,
        }
    }
}

/// All root field names of a catalog, built once per catalog.
#[derive(Debug, Default)]
pub struct RootFields {
    queries: HashMap<Box<str>, (TableId, RootFieldKind)>,
    mutations: HashMap<Box<str>, (TableId, RootFieldKind)>,
    /// Fields that are SQL of the model, by whether they are mutations.
    natives: HashMap<(bool, Box<str>), (NativeId, NativeForm)>,
}

impl RootFields {
    /// Indexes the tables clients may see at all (Purlin's own tables are not among them).
    pub fn of(catalog: &Catalog) -> RootFields {
        let mut fields = RootFields::default();
        for id in catalog.native_ids() {
            let native = catalog.native(id);
            fields.natives.insert((native.mutation, native.name.clone()), (id, NativeForm::Rows));
            if let Some(name) = native.function.as_ref().and_then(|function| function.aggregate.clone()) {
                fields.natives.insert((native.mutation, name), (id, NativeForm::Aggregate));
            }
        }
        for id in catalog.table_ids() {
            let table = catalog.table(id);
            if table.system {
                continue;
            }
            for kind in RootFieldKind::ALL {
                let names = if kind.is_mutation() { &mut fields.mutations } else { &mut fields.queries };
                names.insert(kind.name(table).into(), (id, kind));
            }
        }
        fields
    }
}

/// How columns may be changed by an update operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UpdateOperator {
    /// `_set`
    Set,
    /// `_inc`
    Inc,
    /// `_append`
    Append,
    /// `_prepend`
    Prepend,
    /// `_delete_key`
    DeleteKey,
    /// `_delete_elem`
    DeleteElem,
    /// `_delete_at_path`
    DeleteAtPath,
}

impl UpdateOperator {
    /// All operators with their argument names, sorted by name.
    pub const ALL: [(&'static str, UpdateOperator); 7] = [
        ("_append", UpdateOperator::Append),
        ("_delete_at_path", UpdateOperator::DeleteAtPath),
        ("_delete_elem", UpdateOperator::DeleteElem),
        ("_delete_key", UpdateOperator::DeleteKey),
        ("_inc", UpdateOperator::Inc),
        ("_prepend", UpdateOperator::Prepend),
        ("_set", UpdateOperator::Set),
    ];

    /// Whether it applies to a column of this type.
    pub fn applies_to(self, column_type: &ColumnType) -> bool {
        match (self, column_type) {
            (UpdateOperator::Set, _) => true,
            (UpdateOperator::Inc, ColumnType::Scalar(scalar)) => scalar.is_numeric(),
            (UpdateOperator::Inc, _) => false,
            (_, ColumnType::Scalar(scalar)) => *scalar == Scalar::Jsonb,
            _ => false,
        }
    }
}

/// What is asked of the rows of a root field that the model says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NativeForm {
    /// Themselves.
    Rows,
    /// Aggregates over them (functions).
    Aggregate,
}

/// A catalog as one role sees it.
#[derive(Clone, Copy)]
pub struct RoleView<'a> {
    /// The catalog.
    pub catalog: &'a Catalog,
    /// Its root field names.
    pub roots: &'a RootFields,
    /// The role.
    pub role: &'a Role,
    /// Whether fields marked `backend_only` exist.
    pub backend: bool,
}

/// What a rule allows: everything (`admin`), or what a rule of the role says.
enum Allowed<'a, T> {
    All,
    Rule(&'a T),
}

impl<'a> RoleView<'a> {
    /// The root field called `name` of `query_root` or, with `mutation`, of `mutation_root`.
    pub fn root_field(&self, name: &str, mutation: bool) -> Option<(TableId, RootFieldKind)> {
        let names = if mutation { &self.roots.mutations } else { &self.roots.queries };
        let (table, kind) = names.get(name).copied()?;
        self.has_root_field(table, kind).then_some((table, kind))
    }

    /// The root field called `name` that is SQL of the model.
    pub fn native_field(&self, name: &str, mutation: bool) -> Option<(NativeId, NativeForm)> {
        let (id, form) = self.roots.natives.get(&(mutation, Box::from(name))).copied()?;
        self.has_native_form(id, form).then_some((id, form))
    }

    /// Whether what a root field gives may be asked for in this form.
    pub fn has_native_form(&self, id: NativeId, form: NativeForm) -> bool {
        let native = self.catalog.native(id);
        self.has_native(id)
            && match form {
                NativeForm::Rows => true,
                NativeForm::Aggregate => {
                    native.function.as_ref().is_some_and(|function| function.aggregate.is_some())
                        && self.aggregations_allowed(native.rows)
                }
            }
    }

    /// Every root field that is SQL of the model, in order.
    pub fn native_fields(&self, mutation: bool) -> impl Iterator<Item = NativeId> + use<'a> {
        let view = *self;
        let ids = view.catalog.native_ids();
        ids.filter(move |id| view.catalog.native(*id).mutation == mutation && view.has_native(*id))
    }

    /// Whether a root field that is SQL of the model exists: its own list opens it, and of rows of a table the role may
    /// read something.
    pub fn has_native(&self, id: NativeId) -> bool {
        let native = self.catalog.native(id);
        self.catalog.allows(id, self.role) && (self.catalog.is_record(native.rows) || self.can_read_rows(native.rows))
    }

    /// Every root field of `query_root` or `mutation_root`, in table order.
    pub fn root_fields(&self, mutation: bool) -> impl Iterator<Item = (TableId, RootFieldKind)> + use<'a> {
        let view = *self;
        view.catalog.table_ids().filter(move |id| !view.catalog.table(*id).system).flat_map(move |id| {
            RootFieldKind::ALL
                .into_iter()
                .filter(move |kind| kind.is_mutation() == mutation && view.has_root_field(id, *kind))
                .map(move |kind| (id, kind))
        })
    }

    /// Whether the role has any mutation at all (otherwise there is no `mutation_root`).
    pub fn has_mutations(&self) -> bool {
        self.root_fields(true).next().is_some() || self.native_fields(true).next().is_some()
    }

    /// Whether the role has any query at all (otherwise `query_root` holds only `no_queries_available`).
    pub fn has_queries(&self) -> bool {
        self.root_fields(false).next().is_some() || self.native_fields(false).next().is_some()
    }

    /// Whether this root field of this table exists.
    pub fn has_root_field(&self, table: TableId, kind: RootFieldKind) -> bool {
        let opened = |open: fn(&SelectRule) -> bool| match self.select_rule(table) {
            Some(Allowed::All) => true,
            Some(Allowed::Rule(rule)) => open(rule),
            None => false,
        };
        match kind {
            RootFieldKind::Select => opened(|rule| rule.root_fields.select) && self.can_read_rows(table),
            RootFieldKind::SelectByPk => opened(|rule| rule.root_fields.by_pk) && self.key_selectable(table),
            RootFieldKind::SelectAggregate => {
                opened(|rule| rule.root_fields.aggregate) && self.aggregations_allowed(table)
            }
            RootFieldKind::Insert => self.can_insert(table),
            RootFieldKind::InsertOne => self.can_insert(table) && self.can_read_rows(table),
            RootFieldKind::Update | RootFieldKind::UpdateMany => self.can_update(table),
            RootFieldKind::UpdateByPk => self.can_update(table) && self.key_selectable(table),
            RootFieldKind::Delete => self.can_delete(table),
            RootFieldKind::DeleteByPk => self.can_delete(table) && self.key_selectable(table),
        }
    }

    /// Whether the role may read the table at all (perhaps no column of it).
    pub fn can_select(&self, table: TableId) -> bool {
        self.select_rule(table).is_some()
    }

    /// Whether the type `T` has a field for the role: a readable column, or a relation to a table that has one.
    pub fn can_read_rows(&self, table: TableId) -> bool {
        let leads_to_columns = |relation| {
            self.may_follow(table, relation) && {
                let target = self.catalog.table(table).relation(relation).target;
                self.selectable_columns(target).next().is_some()
            }
        };
        self.can_select(table)
            && (self.selectable_columns(table).next().is_some()
                || self.catalog.table(table).relation_indexes().any(leads_to_columns))
    }

    /// Whether no row of the table is hidden from the role.
    pub fn sees_every_row(&self, table: TableId) -> bool {
        match self.select_rule(table) {
            Some(Allowed::All) => true,
            Some(Allowed::Rule(rule)) => rule.filter.is_always(),
            None => false,
        }
    }

    /// Whether the role may read this column.
    pub fn can_select_column(&self, table: TableId, column: ColumnIndex) -> bool {
        match self.select_rule(table) {
            Some(Allowed::All) => true,
            Some(Allowed::Rule(rule)) => rule.columns.contains(&column),
            None => false,
        }
    }

    /// Whether the role sees the column in some of the rows only that it sees, and NULL in the others.
    pub fn is_masked(&self, table: TableId, column: ColumnIndex) -> bool {
        match self.select_rule(table) {
            Some(Allowed::Rule(rule)) => rule.mask(column).is_some(),
            Some(Allowed::All) | None => false,
        }
    }

    /// Whether the role may ask for `__schema` and `__type`.
    pub fn may_introspect(&self) -> bool {
        self.catalog.may_introspect(self.role)
    }

    /// Whether `_search` exists: the role may read every text that is searched, so that it finds out nothing by words.
    pub fn can_search(&self, table: TableId) -> bool {
        let search = self.catalog.table(table).search.as_ref();
        search.is_some_and(|search| search.columns.iter().all(|column| self.can_select_column(table, *column)))
    }

    /// The columns the role may read, in table order.
    pub fn selectable_columns(&self, table: TableId) -> impl Iterator<Item = ColumnIndex> + use<'a> {
        let view = *self;
        view.catalog.table(table).column_indexes().filter(move |column| view.can_select_column(table, *column))
    }

    /// The readable column called `name`.
    pub fn selectable_column(&self, table: TableId, name: &str) -> Option<ColumnIndex> {
        self.catalog.table(table).column_by_name(name).filter(|column| self.can_select_column(table, *column))
    }

    /// Whether the relation is a field: the role may read the table it leads to, and the join table on the way.
    /// Columns of the key need not be readable.
    pub fn can_follow(&self, table: TableId, relation: RelationIndex) -> bool {
        let target = self.catalog.table(table).relation(relation).target;
        self.may_follow(table, relation) && self.can_read_rows(target)
    }

    fn may_follow(&self, table: TableId, relation: RelationIndex) -> bool {
        let relation = self.catalog.table(table).relation(relation);
        self.can_select(table)
            && self.can_select(relation.target)
            && relation.through.as_ref().is_none_or(|through| self.can_select(through.table))
    }

    /// The relations that are fields, in table order.
    pub fn visible_relations(&self, table: TableId) -> impl Iterator<Item = RelationIndex> + use<'a> {
        let view = *self;
        view.catalog.table(table).relation_indexes().filter(move |relation| view.can_follow(table, *relation))
    }

    /// The relation field called `name`.
    pub fn visible_relation(&self, table: TableId, name: &str) -> Option<RelationIndex> {
        self.catalog.table(table).relation_by_name(name).filter(|relation| self.can_follow(table, *relation))
    }

    /// Whether `T_aggregate` exists for the role.
    pub fn aggregations_allowed(&self, table: TableId) -> bool {
        match self.select_rule(table) {
            Some(Allowed::All) => true,
            Some(Allowed::Rule(rule)) => rule.aggregations,
            None => false,
        }
    }

    /// Whether the array relation has a field `<relation>_aggregate`.
    pub fn can_aggregate_relation(&self, table: TableId, relation: RelationIndex) -> bool {
        let target = self.catalog.table(table).relation(relation);
        target.kind == RelationKind::Array
            && self.may_follow(table, relation)
            && self.aggregations_allowed(target.target)
    }

    /// The array relation behind a field `<relation>_aggregate`.
    pub fn aggregate_relation(&self, table: TableId, field: &str) -> Option<RelationIndex> {
        let relation = self.catalog.table(table).relation_by_name(field.strip_suffix("_aggregate")?)?;
        self.can_aggregate_relation(table, relation).then_some(relation)
    }

    /// Whether every column of the primary key is readable (and there is one).
    pub fn key_selectable(&self, table: TableId) -> bool {
        let key = &self.catalog.table(table).primary_key;
        !key.is_empty() && key.iter().all(|column| self.can_select_column(table, *column))
    }

    /// Whether the role may add rows by giving something.
    pub fn can_insert(&self, table: TableId) -> bool {
        let leads_to_columns = |relation| {
            self.may_insert_through(table, relation) && {
                let target = self.catalog.table(table).relation(relation).target;
                self.insertable_columns(target).next().is_some()
            }
        };
        self.insert_rule(table).is_some()
            && (self.insertable_columns(table).next().is_some()
                || self.catalog.table(table).relation_indexes().any(leads_to_columns))
    }

    /// The columns that are fields of `T_insert_input`, in table order.
    pub fn insertable_columns(&self, table: TableId) -> impl Iterator<Item = ColumnIndex> + use<'a> {
        let rule = self.insert_rule(table);
        let all = self.catalog.table(table);
        all.column_indexes().filter(move |column| {
            all.column(*column).is_writable()
                && match &rule {
                    Some(Allowed::All) => true,
                    Some(Allowed::Rule(rule)) => {
                        rule.columns.contains(column) && rule.presets.iter().all(|preset| preset.column != *column)
                    }
                    None => false,
                }
        })
    }

    /// The insertable column called `name`.
    pub fn insertable_column(&self, table: TableId, name: &str) -> Option<ColumnIndex> {
        let column = self.catalog.table(table).column_by_name(name)?;
        self.insertable_columns(table).find(|candidate| *candidate == column)
    }

    /// Whether the relation is a field of `T_insert_input`: the role may insert there, and no join table is between.
    pub fn can_insert_through(&self, table: TableId, relation: RelationIndex) -> bool {
        let target = self.catalog.table(table).relation(relation).target;
        self.may_insert_through(table, relation) && self.can_insert(target)
    }

    fn may_insert_through(&self, table: TableId, relation: RelationIndex) -> bool {
        let relation = self.catalog.table(table).relation(relation);
        relation.through.is_none() && self.insert_rule(table).is_some() && self.insert_rule(relation.target).is_some()
    }

    /// The relations that are fields of `T_insert_input`, in table order.
    pub fn insertable_relations(&self, table: TableId) -> impl Iterator<Item = RelationIndex> + use<'a> {
        let view = *self;
        view.catalog.table(table).relation_indexes().filter(move |relation| view.can_insert_through(table, *relation))
    }

    /// Whether `on_conflict` exists: the role may update, and there is a constraint to hit.
    pub fn has_on_conflict(&self, table: TableId) -> bool {
        self.update_rule(table).is_some() && self.constraints(table).next().is_some()
    }

    /// Values of `T_constraint`: the primary key and the unique constraints.
    pub fn constraints(&self, table: TableId) -> impl Iterator<Item = &'a str> + use<'a> {
        let table = self.catalog.table(table);
        let key = (!table.primary_key.is_empty()).then_some(&*table.primary_key_name);
        key.into_iter().chain(table.uniques.iter().map(|unique| &*unique.name))
    }

    /// Whether the role may change rows: it may give a column, or its rule sets one.
    pub fn can_update(&self, table: TableId) -> bool {
        let presets = match self.update_rule(table) {
            Some(Allowed::Rule(rule)) => !rule.presets.is_empty(),
            Some(Allowed::All) => false,
            None => return false,
        };
        presets || self.updatable_columns(table).next().is_some()
    }

    /// The columns that are values of `T_update_column`, in table order.
    pub fn updatable_columns(&self, table: TableId) -> impl Iterator<Item = ColumnIndex> + use<'a> {
        let rule = self.update_rule(table);
        let all = self.catalog.table(table);
        all.column_indexes().filter(move |column| {
            all.column(*column).is_writable()
                && match &rule {
                    Some(Allowed::All) => true,
                    Some(Allowed::Rule(rule)) => {
                        rule.columns.contains(column) && rule.presets.iter().all(|preset| preset.column != *column)
                    }
                    None => false,
                }
        })
    }

    /// The updatable column called `name`.
    pub fn updatable_column(&self, table: TableId, name: &str) -> Option<ColumnIndex> {
        let column = self.catalog.table(table).column_by_name(name)?;
        self.updatable_columns(table).find(|candidate| *candidate == column)
    }

    /// The columns an update operator may change, in table order; the operator exists iff there is one.
    pub fn operator_columns(
        &self,
        table: TableId,
        operator: UpdateOperator,
    ) -> impl Iterator<Item = ColumnIndex> + use<'a> {
        let all = self.catalog.table(table);
        self.updatable_columns(table).filter(move |column| operator.applies_to(&all.column(*column).column_type))
    }

    /// Whether the role's update rule sets columns of its own.
    pub fn has_update_presets(&self, table: TableId) -> bool {
        matches!(self.update_rule(table), Some(Allowed::Rule(rule)) if !rule.presets.is_empty())
    }

    /// Whether the role may remove rows.
    pub fn can_delete(&self, table: TableId) -> bool {
        self.delete_rule(table).is_some()
    }

    fn permissions(&self, table: TableId) -> Option<Allowed<'a, Permissions>> {
        if self.catalog.is_record(table) {
            // Who has the field has its values.
            return Some(Allowed::All);
        }
        let table = self.catalog.table(table);
        match (table.system, self.role.is_admin()) {
            (true, _) => None,
            (false, true) => Some(Allowed::All),
            (false, false) => table.permissions_of(self.role).map(Allowed::Rule),
        }
    }

    fn select_rule(&self, table: TableId) -> Option<Allowed<'a, SelectRule>> {
        self.permissions(table)?.rule(|permissions| permissions.select.as_ref())
    }

    /// The rules on a table that is written; nobody writes a view.
    fn write_permissions(&self, table: TableId) -> Option<Allowed<'a, Permissions>> {
        self.permissions(table).filter(|_| self.catalog.table(table).view.is_none())
    }

    fn insert_rule(&self, table: TableId) -> Option<Allowed<'a, InsertRule>> {
        let rule = self.write_permissions(table)?.rule(|permissions| permissions.insert.as_ref())?;
        rule.open_to(self.backend, |rule| rule.backend_only)
    }

    fn update_rule(&self, table: TableId) -> Option<Allowed<'a, UpdateRule>> {
        let rule = self.write_permissions(table)?.rule(|permissions| permissions.update.as_ref())?;
        rule.open_to(self.backend, |rule| rule.backend_only)
    }

    fn delete_rule(&self, table: TableId) -> Option<Allowed<'a, DeleteRule>> {
        let rule = self.write_permissions(table)?.rule(|permissions| permissions.delete.as_ref())?;
        rule.open_to(self.backend, |rule| rule.backend_only)
    }
}

impl<'a, T> Allowed<'a, T> {
    fn rule<R>(self, pick: impl FnOnce(&'a T) -> Option<&'a R>) -> Option<Allowed<'a, R>> {
        match self {
            Allowed::All => Some(Allowed::All),
            Allowed::Rule(rule) => pick(rule).map(Allowed::Rule),
        }
    }

    fn open_to(self, backend: bool, backend_only: impl FnOnce(&T) -> bool) -> Option<Allowed<'a, T>> {
        match self {
            Allowed::Rule(rule) if backend_only(rule) && !backend => None,
            other => Some(other),
        }
    }
}

/// The comparisons of a column's comparison input, besides `_is_null`, which every type has.
pub fn comparisons(column: &Column) -> impl Iterator<Item = (&'static str, Comparison)> + use<> {
    comparisons_of(&column.column_type)
}

/// The comparisons of a type's comparison input, besides `_is_null`.
pub fn comparisons_of(column_type: &ColumnType) -> impl Iterator<Item = (&'static str, Comparison)> + use<> {
    let column_type = column_type.clone();
    Comparison::ALL.into_iter().filter(move |(_, comparison)| comparison.applies_to(&column_type))
}

/// Whether a column can be compared as its text (`_cast`).
pub fn casts_to_text(column_type: &ColumnType) -> bool {
    *column_type == ColumnType::Scalar(Scalar::Jsonb)
}

/// Whether an aggregate function that needs numbers (`sum`, `avg`, …) applies to the column.
pub fn is_numeric(column: &Column) -> bool {
    column.plain_scalar().is_some_and(Scalar::is_numeric)
}

/// Whether `min` and `max` apply to the column.
pub fn is_comparable(column: &Column) -> bool {
    match &column.column_type {
        ColumnType::Scalar(scalar) => scalar.is_comparable(),
        ColumnType::Enum(_) => true,
        ColumnType::List(_) => false,
        ColumnType::Native(name) => matches!(&**name, "citext" | "bpchar"),
    }
}

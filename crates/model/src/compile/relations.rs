//! Columns and keys → relations and foreign keys: first those that rest on columns, then their inverses, then the
//! ways over join tables.

use super::arguments::{Keys, find};
use super::columns::{Meaning, TableColumns};
use super::constraints::TableConstraints;
use super::declarations::{Declarations, FieldDeclaration, TableDeclaration};
use super::names::{Bearer, ConstraintNames, Parts};
use super::syntax::{Name, TypeReferenceKind};
use crate::catalog::{
    ColumnIndex, ForeignKey, Index, ReferentialAction, Relation, RelationIndex, RelationKind, RelationOrigin, TableId,
    Through, Unique, search_orders, starts_with,
};
use crate::diagnostic::Diagnostic;
use crate::mistakes;
use crate::scalar::{ColumnType, Scalar};

/// A table's relations and foreign keys.
#[derive(Debug, Default)]
pub struct TableRelations {
    /// By [`RelationIndex`]; one with mistakes is absent.
    pub relations: Vec<Option<Relation>>,
    /// In the order of the relations that have one.
    pub foreign_keys: Vec<ForeignKey>,
    /// Whether each foreign key wants an index.
    pub indexed: Vec<bool>,
    /// Indexes for foreign keys that no written index serves.
    pub indexes: Vec<Index>,
}

/// Reads the relations of every table, in the order of [`Declarations::tables`].
pub fn relations(
    declarations: &Declarations,
    columns: &[TableColumns],
    constraints: &[TableConstraints],
    names: &mut ConstraintNames,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<TableRelations> {
    let mut reader = Reader { declarations, columns, constraints, names, diagnostics, done: Vec::new() };
    for columns in columns {
        let relations = vec![None; columns.relations.len()];
        reader.done.push(TableRelations { relations, ..TableRelations::default() });
    }
    for mode in [Mode::Fields, Mode::Inverse, Mode::Through] {
        reader.pass(mode);
    }
    for (table, own) in constraints.iter().enumerate() {
        let foreign_keys = std::mem::take(&mut reader.done[table].foreign_keys);
        let indexed = reader.done[table].indexed.iter();
        let wanted: Vec<&ForeignKey> =
            foreign_keys.iter().zip(indexed).filter(|(_, indexed)| **indexed).map(|(key, _)| key).collect();
        let missing = foreign_key_indexes(&own.primary_key, &own.uniques, &own.indexes, &wanted);
        let index = |columns: Vec<ColumnIndex>| {
            let name = reader.choose(Bearer::Index, table, None, &columns, "idx");
            Index { name, columns, unique: false, condition: None, using: None }
        };
        let indexes = missing.into_iter().map(index).collect();
        let done = &mut reader.done[table];
        done.indexes = indexes;
        done.foreign_keys = foreign_keys;
    }
    reader.done
}

/// Columns of foreign keys that no key and no index starts with.
pub fn foreign_key_indexes(
    primary_key: &[ColumnIndex],
    uniques: &[Unique],
    indexes: &[Index],
    foreign_keys: &[&ForeignKey],
) -> Vec<Vec<ColumnIndex>> {
    let mut missing: Vec<Vec<ColumnIndex>> = Vec::new();
    for foreign_key in foreign_keys {
        let key = &foreign_key.columns;
        let served = search_orders(primary_key, uniques, indexes).any(|order| starts_with(order, key))
            || missing.iter().any(|columns| starts_with(columns, key));
        if !served {
            missing.push(key.clone());
        }
    }
    missing
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Fields,
    Inverse,
    Through,
}

impl Mode {
    const ALL: [(&'static str, Mode); 3] =
        [("fields", Mode::Fields), ("inverse", Mode::Inverse), ("through", Mode::Through)];

    /// Arguments that only mean something elsewhere.
    const fn foreign_arguments(self) -> &'static [&'static str] {
        match self {
            Mode::Fields => &["from", "to"],
            Mode::Inverse => {
                &["references", "manual", "on_delete", "on_update", "deferrable", "index", "name", "from", "to"]
            }
            Mode::Through => &["references", "manual", "on_delete", "on_update", "deferrable", "index", "name"],
        }
    }
}

/// A relation field being read.
#[derive(Clone, Copy)]
struct Place<'r, 'a> {
    table: usize,
    target: TableId,
    field: &'r FieldDeclaration<'a>,
    keys: &'r Keys<'a>,
    kind: RelationKind,
}

struct Reader<'r, 'a> {
    declarations: &'r Declarations<'a>,
    columns: &'r [TableColumns<'a>],
    constraints: &'r [TableConstraints],
    names: &'r mut ConstraintNames,
    diagnostics: &'r mut Vec<Diagnostic>,
    done: Vec<TableRelations>,
}

impl<'r, 'a> Reader<'r, 'a> {
    fn pass(&mut self, pass: Mode) {
        let columns = self.columns;
        for (table, columns) in columns.iter().enumerate() {
            for (index, (field, target)) in columns.relations.iter().enumerate() {
                let declarations = self.declarations;
                let field = &declarations.tables[table].fields[*field];
                let Some(used) = find(&field.directives, "relation") else {
                    if pass == Mode::Fields && !self.has_unknown_directive(field) {
                        let guess = self.guess(table, field);
                        self.diagnostics.push(mistakes::relation_missing(
                            field.name(),
                            &field.definition.field_type,
                            guess,
                        ));
                    }
                    continue;
                };
                let kind = match field.definition.field_type.kind {
                    TypeReferenceKind::Named(_) => RelationKind::Object,
                    TypeReferenceKind::List(_) => RelationKind::Array,
                };
                let place = Place { table, target: *target, field, keys: &used.keys, kind };
                let Some(mode) = self.mode(used.span, place, pass) else { continue };
                if mode == pass {
                    let relation = match mode {
                        Mode::Fields => self.on_fields(place),
                        Mode::Inverse => self.inverse(place),
                        Mode::Through => self.through(place),
                    };
                    self.done[table].relations[index] = relation;
                }
            }
        }
    }

    fn has_unknown_directive(&self, field: &FieldDeclaration) -> bool {
        field.definition.directives.len() != field.directives.len()
    }

    /// `<field>_id`, if there is such a column.
    fn guess(&self, table: usize, field: &FieldDeclaration) -> Option<String> {
        let guess = format!("{}_id", field.name().text);
        self.columns[table].meanings.contains_key(guess.as_str()).then_some(guess)
    }

    /// What the relation rests on; reports, in the first pass, when it is not exactly one thing.
    fn mode(&mut self, span: crate::source::Span, place: Place, pass: Mode) -> Option<Mode> {
        let given: Vec<Mode> =
            Mode::ALL.iter().filter(|(key, _)| place.keys.literal(key).is_some()).map(|(_, mode)| *mode).collect();
        let [mode] = given.as_slice() else {
            if pass == Mode::Fields && (!place.keys.broken || given.len() > 1) {
                self.diagnostics.push(mistakes::relation_without_mode(span, place.field.name(), given.len()));
            }
            return None;
        };
        if pass == Mode::Fields {
            for name in mode.foreign_arguments() {
                if let Some(span) = place.keys.span(name) {
                    let key = Mode::ALL.iter().find(|(_, other)| other == mode).map_or("", |(key, _)| key);
                    self.diagnostics.push(mistakes::relation_argument_elsewhere(span, name, key));
                }
            }
        }
        Some(*mode)
    }

    fn table(&self, id: usize) -> &'r TableDeclaration<'a> {
        let declarations = self.declarations;
        &declarations.tables[id]
    }

    fn choose(
        &mut self,
        bearer: Bearer,
        table: usize,
        written: Option<&str>,
        columns: &[ColumnIndex],
        suffix: &'static str,
    ) -> Box<str> {
        let declaration = self.table(table);
        let schema = declaration.schema().unwrap_or("");
        let columns = columns.iter().map(|index| &*self.columns[table].column(*index).db_name).collect();
        let parts = Parts { table: declaration.database_name(), columns, suffix };
        self.names.choose(bearer, (TableId(table as u32), schema), written, &parts)
    }

    /// A relation over columns of this table: a foreign key, unless `manual`.
    fn on_fields(&mut self, place: Place) -> Option<Relation> {
        let manual = place.keys.flag("manual") == Some(true);
        let names = place.keys.names("fields")?;
        let columns = self.columns[place.table].find_all(&names, self.table(place.table), self.diagnostics);
        if place.kind == RelationKind::Array && !manual {
            let target = &self.table(place.target.0 as usize).name.text;
            self.diagnostics.push(mistakes::list_with_foreign_key(place.field.name(), target));
            return None;
        }
        if !manual && self.rests_on_view(place) {
            return None;
        }
        let targets = self.referenced(place, manual);
        let (columns, targets) = (columns?, targets?);
        if !manual {
            self.refuse_computed(place.table, &names, &columns);
            if let Some(names) = place.keys.names("references") {
                self.refuse_computed(place.target.0 as usize, &names, &targets);
            }
        }
        if columns.len() != targets.len() {
            let span = place.keys.span("fields")?;
            self.diagnostics.push(mistakes::relation_arity(span, columns.len(), targets.len()));
            return None;
        }
        self.check_types(place, &names, &columns, &targets)?;
        let join: Vec<_> = columns.iter().copied().zip(targets.iter().copied()).collect();
        if manual {
            for name in ["on_delete", "on_update", "deferrable", "index", "name"] {
                if let Some(span) = place.keys.span(name) {
                    self.diagnostics.push(mistakes::relation_argument_elsewhere(span, name, "manual"));
                }
            }
            self.check_nullable(place, true, "no foreign key promises that there is a row");
            return Some(self.relation(place, join, None, RelationOrigin::Manual));
        }
        let nullable = columns.iter().any(|index| self.columns[place.table].column(*index).nullable);
        self.check_nullable(place, nullable, "one of its columns may be null");
        let number = self.foreign_key(place, columns, targets, nullable);
        Some(self.relation(place, join, None, RelationOrigin::ForeignKey(number)))
    }

    /// Whether a foreign key would be on a view or lead to one.
    fn rests_on_view(&mut self, place: Place) -> bool {
        let mut tables = [place.target.0 as usize, place.table].into_iter();
        let Some(view) = tables.find(|table| self.table(*table).view().is_some()) else { return false };
        let name = &self.table(view).name.text;
        self.diagnostics.push(mistakes::foreign_key_of_view(place.field.name(), name));
        true
    }

    fn refuse_computed(&mut self, table: usize, names: &[Name], columns: &[ColumnIndex]) {
        for (name, column) in names.iter().zip(columns) {
            if self.columns[table].column(*column).computed.is_some() {
                self.diagnostics.push(mistakes::computed_for_column(name));
            }
        }
    }

    /// The columns a relation points at: those said, or the target's primary key.
    fn referenced(&mut self, place: Place, manual: bool) -> Option<Vec<ColumnIndex>> {
        let target = place.target.0 as usize;
        let constraints = &self.constraints[target];
        let target_name = &self.table(target).name.text;
        let Some(names) = place.keys.names("references") else {
            if constraints.primary_key.is_empty() {
                if !constraints.partial && !place.keys.broken {
                    let span = place.keys.span("fields")?;
                    self.diagnostics.push(mistakes::target_without_key(span, target_name));
                }
                return None;
            }
            return Some(constraints.primary_key.clone());
        };
        let columns = self.columns[target].find_all(&names, self.table(target), self.diagnostics)?;
        if !manual && !constraints.is_key(&columns) && !constraints.partial {
            let span = place.keys.span("references")?;
            self.diagnostics.push(mistakes::target_not_unique(span, target_name));
            return None;
        }
        Some(columns)
    }

    fn check_types(
        &mut self,
        place: Place,
        names: &[Name],
        columns: &[ColumnIndex],
        targets: &[ColumnIndex],
    ) -> Option<()> {
        let is_integer = |column_type: &ColumnType| {
            matches!(column_type, ColumnType::Scalar(Scalar::SmallInt | Scalar::Int | Scalar::BigInt))
        };
        for ((name, own), target) in names.iter().zip(columns).zip(targets) {
            let own = self.columns[place.table].column(*own);
            let other = self.columns[place.target.0 as usize].column(*target);
            let (left, right) = (&own.column_type, &other.column_type);
            if left != right && !(is_integer(left) && is_integer(right)) {
                let enums = &self.declarations.enums;
                self.diagnostics.push(mistakes::relation_types_differ(
                    name,
                    &super::type_name(left, enums),
                    &format!("{}.{}", self.table(place.target.0 as usize).name.text, other.name),
                    &super::type_name(right, enums),
                ));
                return None;
            }
        }
        Some(())
    }

    /// What is written is what the API shows, so `!` must say the truth.
    fn check_nullable(&mut self, place: Place, nullable: bool, reason: &str) {
        let required = place.field.definition.field_type.required;
        if place.kind == RelationKind::Object && required == nullable {
            let reference = &place.field.definition.field_type;
            self.diagnostics.push(match nullable {
                true => mistakes::relation_must_be_nullable(reference, reason),
                false => mistakes::relation_must_be_required(reference),
            });
        }
    }

    fn foreign_key(
        &mut self,
        place: Place,
        columns: Vec<ColumnIndex>,
        target_columns: Vec<ColumnIndex>,
        nullable: bool,
    ) -> u16 {
        let action = |key: &str| match place.keys.text(key) {
            Some("restrict") => ReferentialAction::Restrict,
            Some("cascade") => ReferentialAction::Cascade,
            Some("set_null") => ReferentialAction::SetNull,
            Some("set_default") => ReferentialAction::SetDefault,
            _ => ReferentialAction::NoAction,
        };
        for key in ["on_delete", "on_update"] {
            let all_nullable = columns.iter().all(|index| self.columns[place.table].column(*index).nullable);
            if let (ReferentialAction::SetNull, false, Some(span)) = (action(key), all_nullable, place.keys.span(key)) {
                self.diagnostics.push(mistakes::set_null_on_required(span, nullable));
            }
        }
        let name = self.choose(Bearer::Constraint, place.table, place.keys.text("name"), &columns, "fkey");
        let done = &mut self.done[place.table];
        done.foreign_keys.push(ForeignKey {
            name,
            columns,
            target: place.target,
            target_columns,
            on_delete: action("on_delete"),
            on_update: action("on_update"),
            deferrable: place.keys.flag("deferrable") == Some(true),
        });
        done.indexed.push(place.keys.flag("index") != Some(false));
        done.foreign_keys.len() as u16 - 1
    }

    /// The other direction of a relation on the target.
    fn inverse(&mut self, place: Place) -> Option<Relation> {
        let name = place.keys.name("inverse")?;
        let (index, other) = self.other_relation(&name, place.target, TableId(place.table as u32))?;
        if !matches!(other.origin, RelationOrigin::ForeignKey(_) | RelationOrigin::Manual) {
            let target = &self.table(place.target.0 as usize).name.text;
            self.diagnostics.push(mistakes::inverse_of_inverse(&name, target));
            return None;
        }
        let theirs: Vec<ColumnIndex> = other.join.iter().map(|(column, _)| *column).collect();
        if place.kind == RelationKind::Object {
            let constraints = &self.constraints[place.target.0 as usize];
            let foreign_key = matches!(other.origin, RelationOrigin::ForeignKey(_));
            if foreign_key && !constraints.is_unique(&theirs) && !constraints.partial {
                let target = &self.table(place.target.0 as usize).name.text;
                self.diagnostics.push(mistakes::inverse_not_unique(&place.field.definition.field_type, target, &name));
                return None;
            }
            self.check_nullable(place, true, "the other row may be missing");
        }
        let join = other.join.iter().map(|(theirs, ours)| (*ours, *theirs)).collect();
        Some(self.relation(place, join, None, RelationOrigin::Inverse(index)))
    }

    /// The relation called `name` on `on` that leads to `to`.
    fn other_relation(&mut self, name: &Name, on: TableId, to: TableId) -> Option<(RelationIndex, Relation)> {
        let (on_index, on_name) = (on.0 as usize, &self.table(on.0 as usize).name.text);
        let to_name = &self.table(to.0 as usize).name.text;
        match self.columns[on_index].meanings.get(&*name.text) {
            Some(Meaning::Relation(index)) => {
                let (_, target) = self.columns[on_index].relations[index.0 as usize];
                if target != to {
                    self.diagnostics.push(mistakes::relation_leads_elsewhere(
                        name,
                        on_name,
                        &self.table(target.0 as usize).name.text,
                        to_name,
                    ));
                    return None;
                }
                // Absent: it has mistakes of its own, or it is an inverse that is read in the same pass.
                let relation = self.done[on_index].relations[index.0 as usize].clone();
                if relation.is_none() && self.is_inverse(on_index, *index) {
                    self.diagnostics.push(mistakes::inverse_of_inverse(name, on_name));
                }
                return Some((*index, relation?));
            }
            Some(Meaning::Broken) => {}
            _ if self.table(on_index).partial => {}
            _ => {
                let known = self.relation_names(on_index, to);
                self.diagnostics.push(mistakes::no_such_relation(name, on_name, to_name, &known));
            }
        }
        None
    }

    fn is_inverse(&self, table: usize, index: RelationIndex) -> bool {
        let (field, _) = self.columns[table].relations[index.0 as usize];
        let directives = &self.table(table).fields[field].directives;
        find(directives, "relation").is_some_and(|used| {
            used.keys.literal("fields").is_none() && (used.keys.span("inverse").or(used.keys.span("through"))).is_some()
        })
    }

    fn relation_names(&self, table: usize, to: TableId) -> Vec<&'r str> {
        let fields = &self.table(table).fields;
        let leading = self.columns[table].relations.iter().filter(|(_, target)| *target == to);
        leading.map(|(field, _)| &*fields[*field].definition.name.text).collect()
    }

    /// Many-to-many, over a join table that has a relation to each side.
    fn through(&mut self, place: Place) -> Option<Relation> {
        if place.kind == RelationKind::Object {
            self.diagnostics.push(mistakes::through_needs_list(&place.field.definition.field_type));
            return None;
        }
        let name = place.keys.name("through")?;
        let Some(join_table) = self.declarations.table_ids.get(&*name.text).copied() else {
            if !self.declarations.broken.contains(&*name.text) && !self.declarations.incomplete {
                let known = self.declarations.table_ids.keys().copied();
                self.diagnostics.push(mistakes::unknown_table(&name, known));
            }
            return None;
        };
        let near = self.side(place, &name, join_table, ("from", TableId(place.table as u32)));
        let far = self.side(place, &name, join_table, ("to", place.target));
        let near = near?.join.iter().map(|(theirs, ours)| (*ours, *theirs)).collect();
        let through = Through { table: join_table, near, far: far?.join };
        Some(self.relation(place, Vec::new(), Some(through), RelationOrigin::Through))
    }

    /// One side of a join table: the relation said, or the only one there is.
    fn side(
        &mut self,
        place: Place,
        through: &Name,
        join_table: TableId,
        (key, to): (&str, TableId),
    ) -> Option<Relation> {
        let name = match place.keys.name(key) {
            Some(name) => name,
            None => match self.relation_names(join_table.0 as usize, to).as_slice() {
                [only] => Name { text: (*only).into(), span: through.span },
                several => {
                    let to_name = &self.table(to.0 as usize).name.text;
                    self.diagnostics.push(mistakes::side_missing(through, key, to_name, several));
                    return None;
                }
            },
        };
        let (_, relation) = self.other_relation(&name, join_table, to)?;
        if relation.kind != RelationKind::Object || relation.join.is_empty() {
            self.diagnostics.push(mistakes::side_not_object(&name, &through.text));
            return None;
        }
        Some(relation)
    }

    fn relation(
        &self,
        place: Place,
        join: Vec<(ColumnIndex, ColumnIndex)>,
        through: Option<Through>,
        origin: RelationOrigin,
    ) -> Relation {
        Relation {
            name: place.field.name().text.clone(),
            kind: place.kind,
            target: place.target,
            join,
            through,
            nullable: place.kind == RelationKind::Object && !place.field.definition.field_type.required,
            origin,
            description: place.field.definition.description.clone(),
        }
    }
}

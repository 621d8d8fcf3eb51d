//! The steps on SQLite, where most changes make a table anew.

use std::collections::BTreeMap;

use super::{both, by_reference, changes, only, real_name};
use crate::migrate::correspondence::Correspondence;
use crate::migrate::step::{Change, Copy, Rebuild, Step};
use crate::physical::{
    PhysicalCheck, PhysicalColumn, PhysicalForeignKey, PhysicalSchema, PhysicalTable, TableName, quote,
};

/// Appends the steps; tables have been renamed already, columns have not.
pub fn steps(from: &PhysicalSchema, to: &PhysicalSchema, correspondence: &Correspondence, steps: &mut Vec<Step>) {
    let dropped = only(from, to);
    let mut last = Vec::new();
    for (name, before, after) in both(from, to) {
        let change = TableChange { name, before, after, correspondence };
        change.steps(steps, &mut last);
    }
    let added = only(to, from);
    for name in by_reference(&added) {
        let table = added[name].clone();
        let indexes = table.indexes.clone();
        steps.push(Step::CreateTable { name: name.clone(), table });
        last.extend(indexes.into_iter().map(|index| Step::CreateIndex { table: name.clone(), index }));
    }
    steps.extend(by_reference(&dropped).into_iter().rev().map(|name| Step::DropTable(name.clone())));
    steps.append(&mut last);
}

struct TableChange<'a> {
    name: &'a TableName,
    before: &'a PhysicalTable,
    after: &'a PhysicalTable,
    correspondence: &'a Correspondence,
}

/// A column added in place, with the constraints that only it has.
type Addition = (PhysicalColumn, Vec<PhysicalCheck>, Vec<PhysicalForeignKey>);

impl TableChange<'_> {
    fn steps(&self, steps: &mut Vec<Step>, last: &mut Vec<Step>) {
        let additions = if self.converts() { None } else { self.additions() };
        let Some(additions) = additions else {
            steps.push(Step::Rebuild(Box::new(self.rebuild())));
            return;
        };
        let alter = |change: Change| Step::Alter { table: self.name.clone(), change };
        for (from, to) in self.former_names().iter().map(|(to, from)| (from, to)) {
            steps.push(alter(Change::RenameColumn { from: (*from).to_owned(), to: (*to).to_owned() }));
        }
        let indexes = changes(&self.before.indexes, &self.after.indexes);
        let gone = indexes.dropped.iter().copied().chain(indexes.renamed.iter().map(|(old, _)| *old));
        steps.extend(gone.map(|index| Step::DropIndex { table: self.name.clone(), name: index.name.clone() }));
        for (column, checks, foreign_keys) in additions {
            steps.push(alter(Change::AddColumn { column, checks, foreign_keys }));
        }
        let new = indexes.added.iter().copied().chain(indexes.renamed.iter().map(|(_, new)| *new));
        last.extend(new.map(|index| Step::CreateIndex { table: self.name.clone(), index: index.clone() }));
    }

    /// Names before by names afterwards, of the columns that are renamed.
    fn former_names(&self) -> BTreeMap<&str, &str> {
        let own = self.correspondence.columns.iter().filter(|(table, _, _)| table == self.name);
        own.map(|(_, before, after)| (after.as_str(), before.as_str())).collect()
    }

    fn converts(&self) -> bool {
        self.correspondence.conversions.keys().any(|(table, _)| table == self.name)
    }

    /// What may be added in place; `None` when something else changes too.
    fn additions(&self) -> Option<Vec<Addition>> {
        let (before, after) = (self.before, self.after);
        let kept = before.columns.iter().all(|column| after.column(&column.name) == Some(column));
        let same_keys = {
            let (old, new) = (before.primary_key.iter(), after.primary_key.iter());
            old.map(|key| (&key.name, &key.columns)).eq(new.map(|key| (&key.name, &key.columns)))
                && changes(&before.uniques, &after.uniques).is_empty()
        };
        if !kept || !same_keys || before.strict != after.strict {
            return None;
        }
        let mut checks = changes(&before.checks, &after.checks);
        let mut foreign_keys = changes(&before.foreign_keys, &after.foreign_keys);
        let only_added = checks.dropped.is_empty()
            && checks.renamed.is_empty()
            && foreign_keys.dropped.is_empty()
            && foreign_keys.renamed.is_empty();
        if !only_added {
            return None;
        }
        let mut additions = Vec::new();
        for column in after.columns.iter().filter(|column| before.column(&column.name).is_none()) {
            if !is_addable(column) {
                return None;
            }
            let quoted = quote(&column.name);
            let (own_checks, rest) = checks.added.iter().partition(|check| check.expression.contains(&quoted));
            checks.added = rest;
            let (own_keys, rest): (Vec<&PhysicalForeignKey>, _) =
                foreign_keys.added.iter().partition(|key| key.columns == [column.name.as_str()]);
            foreign_keys.added = rest;
            if !own_keys.is_empty() && column.default.is_some() {
                return None;
            }
            let own_checks: Vec<&PhysicalCheck> = own_checks;
            additions.push((
                column.clone(),
                own_checks.into_iter().cloned().collect(),
                own_keys.into_iter().cloned().collect(),
            ));
        }
        (checks.added.is_empty() && foreign_keys.added.is_empty()).then_some(additions)
    }

    fn rebuild(&self) -> Rebuild {
        let former = self.former_names();
        let copies = self.after.columns.iter().filter_map(|column| self.copy(column, &former));
        let mut before = self.before.clone();
        for column in &mut before.columns {
            let name = real_name(&column.name);
            column.name = former.get(name).copied().unwrap_or(name).to_owned();
        }
        Rebuild { name: self.name.clone(), copies: copies.collect(), before, after: self.after.clone() }
    }

    fn copy(&self, column: &PhysicalColumn, former: &BTreeMap<&str, &str>) -> Option<Copy> {
        let before = self.before.column(&column.name)?;
        if column.generated.is_some() {
            return None;
        }
        let from = former.get(column.name.as_str()).copied().unwrap_or(&column.name);
        let place = (self.name.clone(), column.name.clone());
        let mut expression = match self.correspondence.conversions.get(&place) {
            Some(conversion) => conversion.over(&quote(from), &column.declared_type)?,
            None => quote(from),
        };
        if let (false, true, Some(default)) = (before.not_null, column.not_null, &column.default) {
            expression = format!("coalesce({expression}, {default})");
        }
        Some(Copy { to: column.name.clone(), from: from.to_owned(), expression })
    }
}

impl<T> super::Changes<'_, T> {
    fn is_empty(&self) -> bool {
        self.dropped.is_empty() && self.added.is_empty() && self.renamed.is_empty()
    }
}

/// Whether `ALTER TABLE … ADD COLUMN` takes it: existing rows get a constant.
fn is_addable(column: &PhysicalColumn) -> bool {
    let constant = column.default.as_deref().map(is_constant);
    column.identity.is_none() && column.generated.is_none() && constant.unwrap_or(!column.not_null)
}

/// Whether a default needs no brackets: a number, a text, a blob or a word for one.
pub fn is_constant(expression: &str) -> bool {
    let number = expression.strip_prefix(['-', '+']).unwrap_or(expression);
    let is_number = number.starts_with(|first: char| first.is_ascii_digit() || first == '.')
        && number.parse::<f64>().is_ok_and(f64::is_finite);
    let text = expression.strip_prefix(['x', 'X']).unwrap_or(expression);
    let is_text = text.len() >= 2
        && text.starts_with('\'')
        && text.ends_with('\'')
        && !text[1..text.len() - 1].replace("''", "").contains('\'');
    let is_word = ["null", "true", "false"].iter().any(|word| expression.eq_ignore_ascii_case(word));
    is_number || is_text || is_word
}

#[cfg(test)]
mod tests {
    use super::is_constant;

    #[test]
    fn constants_are_told_from_expressions() {
        for constant in ["1", "-1.5", "'it''s'", "x'00ff'", "NULL", "true", "'2020'"] {
            assert!(is_constant(constant), "{constant}");
        }
        for expression in ["'a' || 'b'", "random()", "1 + 1", "CURRENT_TIMESTAMP", "", "-", "'"] {
            assert!(!is_constant(expression), "{expression}");
        }
    }
}

//! Fetches the rows of a plan level by level, and tells which rows hang on which. Refuses to know: JSON, transactions.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use purlin_model::value::Value;
use purlin_plan::plan::{Correlation, Flat, Level, Plan, RootBody, Rows, Shape};
use tokio_postgres::Row;

use super::cell;
use super::connection::{Connection, Found};
use super::fault::{Cause, Fault, at_root};
use super::parameter::{Sources, bind, raw};
use super::pipeline::in_order;
use crate::DatabaseError;

/// What fetching is bounded by.
#[derive(Clone, Copy)]
pub(super) struct Fetch<'a> {
    /// Where.
    pub(super) connection: &'a Connection,
    /// The request's values.
    pub(super) values: &'a [Value],
    /// Largest response in bytes.
    pub(super) response_bytes: usize,
}

/// The fetched rows of some statements and of all below them; the children of a statement stand side by side.
#[derive(Default)]
pub(super) struct Forest<'p> {
    nodes: Vec<Node<'p>>,
}

/// The fetched rows of one list.
pub(super) struct Node<'p> {
    /// How they are written.
    pub(super) list: List<'p>,
    /// The rows of their statement; `None`: there was no enclosing row, so it did not run.
    pub(super) found: Option<Arc<Found>>,
    /// Where its own children start in the forest.
    pub(super) children: usize,
    below: &'p [Rows],
    root: usize,
    groups: Groups,
}

/// How the rows of a list are written.
#[derive(Clone, Copy)]
pub(super) struct List<'p> {
    /// A JSON list, or the first row or null.
    pub(super) many: bool,
    /// Each row.
    pub(super) row: &'p Shape,
    /// More rows than this are an error.
    pub(super) row_cap: Option<u64>,
}

/// Which rows belong to which enclosing row.
enum Groups {
    /// There is no enclosing row.
    All(usize),
    /// Rows by group, and the group of each enclosing row.
    Of(Members),
}

struct Members {
    /// The group of each enclosing row; [`NO_GROUP`]: it has no rows.
    group_of_parent: Vec<u32>,
    /// Where each group starts in `rows`, and where the last one ends.
    starts: Vec<u32>,
    /// Indexes of rows, group by group.
    rows: Vec<u32>,
}

const NO_GROUP: u32 = u32::MAX;

impl<'p> Forest<'p> {
    /// A statement's node.
    pub(super) fn node(&self, index: usize) -> &Node<'p> {
        &self.nodes[index]
    }

    /// Adds the statements below `parents` (or at the root) and fetches them and everything under them, a level at a
    /// time, the statements of a level in one flight. Gives the node of the first of `plans`.
    ///
    /// # Errors
    /// The first failure, at its root field.
    pub(super) async fn grow(
        &mut self,
        fetch: Fetch<'_>,
        plans: impl IntoIterator<Item = (usize, &'p Rows)>,
        parents: Option<&[Row]>,
    ) -> Result<usize, Fault> {
        let first = self.nodes.len();
        let plans: Vec<(usize, &'p Rows)> = plans.into_iter().collect();
        let nodes = fetch_level(fetch, &plans, |_| parents).await?;
        self.nodes.extend(nodes);
        let mut level = first..self.nodes.len();
        while !level.is_empty() {
            let next = self.nodes.len();
            let mut below = Vec::new();
            let mut above = Vec::new();
            for index in level {
                let node = &mut self.nodes[index];
                node.children = next + below.len();
                below.extend(node.below.iter().map(|plan| (node.root, plan)));
                above.resize(below.len(), index);
            }
            let nodes = fetch_level(fetch, &below, |child| Some(self.nodes[above[child]].rows())).await?;
            self.nodes.extend(nodes);
            level = next..self.nodes.len();
        }
        Ok(first)
    }

    /// The lists of a flat statement.
    ///
    /// # Errors
    /// [`DatabaseError::Internal`] when the plan does not fit its statement.
    pub(super) fn of_flat(flat: &'p Flat, found: Found) -> Result<Forest<'p>, DatabaseError> {
        let found = Arc::new(found);
        let mut owners = owners(&flat.levels, &found.rows)?.into_iter();
        let count = found.rows.len();
        let mut nodes = Vec::with_capacity(flat.levels.len());
        for (index, level) in flat.levels.iter().enumerate() {
            let owners = owners.next().unwrap_or_default();
            let parents = if index == 0 { 1 } else { count };
            let groups = Groups::Of(Members::new((0..parents as u32).collect(), parents, &owners));
            let list = List { many: level.many, row: &level.row, row_cap: level.row_cap };
            nodes.push(Node { list, found: Some(found.clone()), children: index + 1, below: &[], root: 0, groups });
        }
        Ok(Forest { nodes })
    }

    /// How many bytes its rows would take in a flat statement: each as often as there are rows below it. Of a forest
    /// that is one chain of lists.
    pub(super) fn flat_size(&self) -> usize {
        let mut below: Option<(&Node<'_>, Vec<usize>)> = None;
        let mut size = 0;
        for node in self.nodes.iter().rev() {
            let repeats: Vec<usize> = (0..node.rows().len())
                .map(|row| match &below {
                    None => 1,
                    Some((list, repeats)) => list.members(row).map(|member| repeats[member]).sum::<usize>().max(1),
                })
                .collect();
            size += node.rows().iter().zip(&repeats).map(|(row, times)| row.raw_size_bytes() * times).sum::<usize>();
            below = Some((node, repeats));
        }
        size
    }
}

/// For each list and each row of a flat statement: the row above it whose list a new row begins in, or [`NO_GROUP`].
fn owners(levels: &[Level], rows: &[Row]) -> Result<Vec<Vec<u32>>, DatabaseError> {
    let mut owners = vec![vec![NO_GROUP; rows.len()]; levels.len()];
    let mut current = vec![0; levels.len()];
    for (index, row) in rows.iter().enumerate() {
        let mut is_new = index == 0;
        for (depth, level) in levels.iter().enumerate() {
            if let Some(present) = level.present
                && raw(row, present)?.is_none()
            {
                break;
            }
            is_new = is_new || level.key.is_empty() || differs(row, &rows[index - 1], &level.key)?;
            if is_new {
                owners[depth][index] = if depth == 0 { 0 } else { current[depth - 1] };
                current[depth] = index as u32;
            }
        }
    }
    Ok(owners)
}

fn differs(row: &Row, before: &Row, cells: &[usize]) -> Result<bool, DatabaseError> {
    for cell in cells {
        if raw(row, *cell)? != raw(before, *cell)? {
            return Ok(true);
        }
    }
    Ok(false)
}

impl Node<'_> {
    /// All its rows.
    pub(super) fn rows(&self) -> &[Row] {
        self.found.as_ref().map_or(&[], |found| &found.rows)
    }

    /// Indexes of the rows that belong to an enclosing row (whichever, at the root).
    pub(super) fn members(&self, parent: usize) -> impl ExactSizeIterator<Item = usize> {
        let range = match &self.groups {
            Groups::All(count) => 0..*count,
            Groups::Of(members) => members.range(parent),
        };
        range.map(|at| match &self.groups {
            Groups::All(_) => at,
            Groups::Of(members) => members.rows[at] as usize,
        })
    }
}

impl Members {
    fn range(&self, parent: usize) -> std::ops::Range<usize> {
        match self.group_of_parent.get(parent) {
            None | Some(&NO_GROUP) => 0..0,
            Some(&group) => self.starts[group as usize] as usize..self.starts[group as usize + 1] as usize,
        }
    }

    /// Sorts rows into their groups, keeping their order; rows of [`NO_GROUP`] belong to nobody.
    fn new(group_of_parent: Vec<u32>, groups: usize, group_of_row: &[u32]) -> Members {
        let mut starts = vec![0u32; groups + 1];
        for &group in group_of_row.iter().filter(|group| **group != NO_GROUP) {
            starts[group as usize + 1] += 1;
        }
        for group in 0..groups {
            starts[group + 1] += starts[group];
        }
        let mut next = starts.clone();
        let mut rows = vec![0; starts[groups] as usize];
        for (row, &group) in group_of_row.iter().enumerate().filter(|(_, group)| **group != NO_GROUP) {
            rows[next[group as usize] as usize] = row as u32;
            next[group as usize] += 1;
        }
        Members { group_of_parent, starts, rows }
    }
}

/// The root statements of a read, each with its root field.
pub(super) fn root_statements(plan: &Plan) -> impl Iterator<Item = (usize, &Rows)> {
    plan.roots.iter().enumerate().flat_map(|(root, field)| {
        let children: &[Rows] = match &field.body {
            RootBody::Read { children, .. } => children,
            _ => &[],
        };
        children.iter().map(move |rows| (root, rows))
    })
}

/// Fetches statements side by side; `parents` gives the enclosing rows of the `n`th (`None`: it is at the root).
async fn fetch_level<'p, 'r>(
    fetch: Fetch<'_>,
    plans: &[(usize, &'p Rows)],
    parents: impl Fn(usize) -> Option<&'r [Row]>,
) -> Result<Vec<Node<'p>>, Fault> {
    let mut prepared = Vec::with_capacity(plans.len());
    for (index, (root, plan)) in plans.iter().enumerate() {
        // Nothing hangs below no rows.
        if parents(index).is_some_and(<[Row]>::is_empty) {
            prepared.push(None);
        } else {
            prepared.push(Some(fetch.connection.prepare(&plan.statement).await.map_err(at_root(*root))?));
        }
    }
    let running = plans.iter().zip(prepared).enumerate().map(|(index, ((root, plan), prepared))| {
        let parents = parents(index);
        async move {
            let Some(prepared) = prepared else { return Ok(None) };
            let sources = Sources { values: fetch.values, parents: parents.unwrap_or(&[]), ..Sources::default() };
            let parameters = bind(&plan.statement, sources).map_err(at_root(*root))?;
            fetch.connection.query(&prepared, parameters, fetch.response_bytes).await.map(Some).map_err(at_root(*root))
        }
    });
    let found = in_order(running).await?;
    plans
        .iter()
        .zip(found)
        .enumerate()
        .map(|(index, ((root, plan), found))| node(*root, plan, found, parents(index)).map_err(at_root(*root)))
        .collect()
}

fn node<'p>(root: usize, plan: &'p Rows, found: Option<Found>, parents: Option<&[Row]>) -> Result<Node<'p>, Cause> {
    let rows = found.as_ref().map_or(&[][..], |found| &found.rows);
    let groups = match (&plan.correlation, parents) {
        (Correlation::Root, _) => Groups::All(rows.len()),
        (Correlation::Ordinal, Some(parents)) => Groups::Of(by_ordinal(rows, parents.len())?),
        (Correlation::Keys(cells), Some(parents)) => Groups::Of(by_keys(rows, parents, cells)?),
        (Correlation::PerParent, _) | (_, None) => {
            return Err(Cause::Database(DatabaseError::Internal("a plan for another database".to_owned())));
        }
    };
    let list = List { many: plan.many, row: &plan.row, row_cap: plan.row_cap };
    Ok(Node { list, found: found.map(Arc::new), children: 0, below: &plan.children, root, groups })
}

fn by_ordinal(rows: &[Row], parents: usize) -> Result<Members, DatabaseError> {
    let mut group_of_row = Vec::with_capacity(rows.len());
    for row in rows {
        let position = raw(row, 0)?.and_then(cell::integer).and_then(|position| usize::try_from(position - 1).ok());
        let position = position.filter(|position| *position < parents);
        group_of_row.push(position.map_or(NO_GROUP, |position| position as u32));
    }
    Ok(Members::new((0..parents as u32).collect(), parents, &group_of_row))
}

fn by_keys(rows: &[Row], parents: &[Row], cells: &[usize]) -> Result<Members, DatabaseError> {
    let mut groups: HashMap<Cow<'_, [u8]>, u32> = HashMap::with_capacity(parents.len());
    let mut group_of_parent = Vec::with_capacity(parents.len());
    for parent in parents {
        let group = match key(parent, cells.iter().copied())? {
            None => NO_GROUP,
            Some(key) => {
                let next = groups.len() as u32;
                *groups.entry(key).or_insert(next)
            }
        };
        group_of_parent.push(group);
    }
    let mut group_of_row = Vec::with_capacity(rows.len());
    for row in rows {
        let found = key(row, 0..cells.len())?.and_then(|key| groups.get(&key).copied());
        group_of_row.push(found.unwrap_or(NO_GROUP));
    }
    Ok(Members::new(group_of_parent, groups.len(), &group_of_row))
}

/// The bytes of some cells as one key; several are kept apart by their lengths. `None`: one of them is NULL.
fn key(row: &Row, mut cells: impl ExactSizeIterator<Item = usize>) -> Result<Option<Cow<'_, [u8]>>, DatabaseError> {
    if cells.len() == 1 {
        return Ok(cells.next().map(|cell| raw(row, cell)).transpose()?.flatten().map(Cow::Borrowed));
    }
    let mut key = Vec::new();
    for cell in cells {
        let Some(bytes) = raw(row, cell)? else { return Ok(None) };
        key.extend_from_slice(&(bytes.len() as u64).to_be_bytes());
        key.extend_from_slice(bytes);
    }
    Ok(Some(Cow::Owned(key)))
}

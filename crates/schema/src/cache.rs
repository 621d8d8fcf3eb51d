//! Prepared operations: parsed documents and, for each shape of their variables, what they compile to. Bounded in
//! bytes as a whole and in shapes per operation.
//!
//! Refuses to know: how operations are parsed, lowered or run.

use std::collections::BTreeSet;
use std::fmt::{self, Write};
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use indexmap::IndexMap;
use moka::sync::Cache;
use purlin_model::catalog::Catalog;
use purlin_model::session::Role;
use purlin_plan::Plan;
use serde_json::{Map, Value as Json};

use crate::document::Operation;
use crate::error::RootPath;
use crate::lower::RowCount;
use crate::names::InputType;
use crate::shape;

/// Memory of all prepared operations together, in bytes, roughly.
pub const CACHE_BYTES: u64 = 64 << 20;

/// Shapes kept per operation; the oldest goes first.
pub const SHAPES_PER_OPERATION: usize = 64;

/// Most room an answer's buffer begins with, in bytes.
const ANSWER_BYTES: usize = 1 << 20;

/// A parsed document takes about this many times its text.
const BYTES_PER_TEXT_BYTE: usize = 16;

/// What a prepared operation depends on besides its variables.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct OperationKey<'a> {
    /// Which catalog.
    pub generation: u64,
    /// The role.
    pub role: &'a Role,
    /// Whether fields marked `backend_only` exist.
    pub backend: bool,
    /// The document.
    pub text: &'a str,
    /// The operation's name.
    pub name: Option<&'a str>,
}

/// A parsed operation and what it compiled to.
pub struct Entry {
    generation: u64,
    role: Role,
    backend: bool,
    text: Box<str>,
    name: Option<Box<str>>,
    /// The operation.
    pub operation: Operation,
    variables: Vec<(Box<str>, Option<InputType>)>,
    shapes: RwLock<Shapes>,
}

#[derive(Default)]
struct Shapes {
    /// Variables whose whole value is part of the shape; it only grows.
    observed: BTreeSet<Box<str>>,
    prepared: IndexMap<Box<[u8]>, Arc<Prepared>>,
}

/// An operation compiled for one shape of its variables.
#[derive(Debug)]
pub struct Prepared {
    /// What runs.
    pub plan: Arc<Plan>,
    /// Row counts to check first.
    pub counts: Vec<RowCount>,
    /// Where failures of each root field are told.
    pub roots: Vec<RootPath>,
    /// Memory it holds, in bytes, roughly.
    size: usize,
    /// Bytes of the last answer: room to begin the next one with.
    answer: AtomicUsize,
}

impl Prepared {
    /// A compiled operation that has not run yet.
    pub fn new(plan: Arc<Plan>, counts: Vec<RowCount>, roots: Vec<RootPath>) -> Prepared {
        let mut size = Size(0);
        // Counting into a number cannot fail.
        let _ = write!(size, "{plan:?}{counts:?}{roots:?}");
        Prepared { plan, counts, roots, size: size.0, answer: AtomicUsize::new(0) }
    }

    /// An empty buffer with room for an answer like the last one.
    pub fn buffer(&self) -> Vec<u8> {
        let last = self.answer.load(Ordering::Relaxed);
        Vec::with_capacity(last.saturating_add(last / 8).clamp(1024, ANSWER_BYTES))
    }

    /// Notes how large an answer was.
    pub fn answered(&self, bytes: usize) {
        self.answer.store(bytes, Ordering::Relaxed);
    }
}

impl Entry {
    /// An operation without any shape yet.
    pub fn new(key: OperationKey<'_>, operation: Operation, catalog: &Catalog) -> Entry {
        let variables = operation.definition().variable_definitions.iter().map(|definition| {
            let declared = definition.node.var_type.node.to_string();
            let name = declared.trim_matches(['[', ']', '!']);
            (Box::from(definition.node.name.node.as_str()), InputType::by_name(catalog, name))
        });
        Entry {
            generation: key.generation,
            role: key.role.clone(),
            backend: key.backend,
            text: key.text.into(),
            name: key.name.map(Box::from),
            variables: variables.collect(),
            operation,
            shapes: RwLock::default(),
        }
    }

    fn is_for(&self, key: OperationKey<'_>) -> bool {
        self.generation == key.generation
            && self.backend == key.backend
            && self.role == *key.role
            && self.name.as_deref() == key.name
            && *self.text == *key.text
    }

    /// What the operation compiled to for variables of this shape.
    pub fn prepared(&self, catalog: &Catalog, variables: &Map<String, Json>) -> Option<Arc<Prepared>> {
        let shapes = self.shapes.read().unwrap_or_else(PoisonError::into_inner);
        shapes.prepared.get(&*self.shape(&shapes.observed, catalog, variables)).cloned()
    }

    fn keep(
        &self,
        catalog: &Catalog,
        variables: &Map<String, Json>,
        observed: BTreeSet<Box<str>>,
        prepared: Arc<Prepared>,
    ) {
        let mut shapes = self.shapes.write().unwrap_or_else(PoisonError::into_inner);
        shapes.observed.extend(observed);
        if shapes.prepared.len() >= SHAPES_PER_OPERATION {
            shapes.prepared.shift_remove_index(0);
        }
        let shape = self.shape(&shapes.observed, catalog, variables);
        shapes.prepared.insert(shape.into(), prepared);
    }

    /// The canonical shape of the variables. It begins with how many variables count with their value: shapes made
    /// when fewer did are never found again.
    fn shape(&self, observed: &BTreeSet<Box<str>>, catalog: &Catalog, variables: &Map<String, Json>) -> Vec<u8> {
        let mut shape = Vec::with_capacity(32);
        shape.extend_from_slice(&(observed.len() as u32).to_le_bytes());
        for (name, of) in &self.variables {
            let value = variables.get(&**name);
            if observed.contains(name) {
                shape::write_whole(&mut shape, value);
            } else {
                shape::write(&mut shape, catalog, of.as_ref(), value);
            }
        }
        shape
    }

    /// Memory it holds, in bytes, roughly.
    fn size(&self) -> usize {
        let shapes = self.shapes.read().unwrap_or_else(PoisonError::into_inner);
        let prepared = shapes.prepared.iter().map(|(shape, prepared)| shape.len() + prepared.size);
        self.text.len() * BYTES_PER_TEXT_BYTE + prepared.sum::<usize>()
    }
}

/// Counts what is written: the printed form of a plan is a fair measure of its memory.
struct Size(usize);

impl Write for Size {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 += text.len();
        Ok(())
    }
}

/// All prepared operations of a service.
pub struct Operations {
    entries: Cache<u64, Arc<Entry>>,
    hasher: RandomState,
}

impl Operations {
    /// An empty cache of so many bytes.
    pub fn new(bytes: u64) -> Operations {
        let weigh = |_: &u64, entry: &Arc<Entry>| u32::try_from(entry.size()).unwrap_or(u32::MAX);
        Operations { entries: Cache::builder().max_capacity(bytes).weigher(weigh).build(), hasher: RandomState::new() }
    }

    /// The operation under this key.
    pub fn get(&self, key: OperationKey<'_>) -> Option<Arc<Entry>> {
        self.entries.get(&self.hasher.hash_one(key)).filter(|entry| entry.is_for(key))
    }

    /// How many are kept.
    pub fn count(&self) -> u64 {
        self.entries.entry_count()
    }

    /// Memory they hold, in bytes, roughly.
    pub fn bytes(&self) -> u64 {
        self.entries.weighted_size()
    }

    /// Forgets everything.
    pub fn clear(&self) {
        self.entries.invalidate_all();
    }

    /// Keeps an operation, with what it compiled to for these variables.
    pub fn keep(
        &self,
        key: OperationKey<'_>,
        entry: Arc<Entry>,
        catalog: &Catalog,
        variables: &Map<String, Json>,
        (observed, prepared): (BTreeSet<Box<str>>, Arc<Prepared>),
    ) {
        entry.keep(catalog, variables, observed, prepared);
        // Inserted again so that it is weighed again.
        self.entries.insert(self.hasher.hash_one(key), entry);
    }
}

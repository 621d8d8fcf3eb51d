//! The proof: how much is asked, and that it was worth asking.

use std::collections::BTreeMap;
use std::sync::Arc;

use purlin_db::Database;
use purlin_testkit::{PostgresDatabase, proof};

use super::answer::Answer;
use super::operation::{self, Root};
use super::permission::INVALID;
use super::world::{Difference, Verdict, World, connect};
use super::write::{CONSTRAINT, PERMISSION};

/// Models of the whole proof, and those of an ordinary run.
const MODELS: u64 = 300;
const FEW_MODELS: u64 = 3;
/// What is asked of each: first reads, then writes.
const READS: usize = 42;
const WRITES: usize = 42;
/// Models at once.
const WORKERS: u64 = 3;
/// Differences after which nothing more is asked, and those that are shown.
const ENOUGH: usize = 12;
const SHOWN: usize = 4;

/// What was asked and how it was answered.
#[derive(Default)]
struct Counts {
    /// By the kind of root field and what came of it.
    asked: BTreeMap<(&'static str, &'static str), usize>,
    /// Errors of which one code or another was right.
    either: usize,
    by_role: [usize; 3],
    differences: Vec<Difference>,
}

const SOMETHING: &str = "something";

impl Counts {
    fn note(&mut self, roots: &[Root], role: Option<usize>, verdict: &Verdict) {
        let outcome = match verdict {
            Ok(answers) if answers.iter().any(Answer::is_something) => SOMETHING,
            Ok(_) => "nothing",
            Err(codes) => codes[0],
        };
        *self.asked.entry((operation::name_of(&roots[0]), outcome)).or_default() += 1;
        self.either += usize::from(verdict.as_ref().is_err_and(|codes| codes.len() > 1));
        self.by_role[role.map_or(0, |role| role + 1)] += 1;
    }

    fn add(&mut self, other: Counts) {
        for (key, count) in other.asked {
            *self.asked.entry(key).or_default() += count;
        }
        self.either += other.either;
        for (own, other) in self.by_role.iter_mut().zip(other.by_role) {
            *own += other;
        }
        self.differences.extend(other.differences);
    }

    fn sum(&self, of: impl Fn(&'static str, &'static str) -> bool) -> usize {
        self.asked.iter().filter(|((kind, outcome), _)| of(kind, outcome)).map(|(_, count)| *count).sum()
    }

    // The proof says what it did.
    #[allow(clippy::print_stdout)]
    fn tell(&self, models: u64) {
        let kinds: std::collections::BTreeSet<&str> = self.asked.keys().map(|(kind, _)| *kind).collect();
        for kind in &kinds {
            let outcomes = self.asked.iter().filter(|((other, _), _)| other == kind);
            let outcomes: Vec<String> = outcomes.map(|((_, outcome), count)| format!("{count} {outcome}")).collect();
            println!("{kind}: {} ({})", self.sum(|other, _| other == *kind), outcomes.join(", "));
        }
        let [admin, clerk, guest] = self.by_role;
        println!(
            "{models} models, {} operations: {admin} as admin, {clerk} and {guest} as roles",
            self.sum(|_, _| true)
        );
        println!("{} errors for more than one reason", self.either);
        assert_eq!(kinds.len(), 10, "every kind of root field is asked");
    }

    /// A proof that sees only empty answers and refusals proves nothing.
    fn is_worth_something(&self) {
        let reads = |kind: &str| ["list", "by_pk", "aggregate"].contains(&kind);
        let all_reads = self.sum(|kind, _| reads(kind));
        let all_writes = self.sum(|kind, _| !reads(kind));
        let at_least = |part: usize, of: usize, percent: usize, what: &str| {
            assert!(part * 100 >= of * percent, "{what}: only {part} of {of}");
        };
        at_least(self.sum(|kind, outcome| reads(kind) && outcome == SOMETHING), all_reads, 45, "reads with rows");
        at_least(self.sum(|kind, outcome| reads(kind) && outcome == INVALID), all_reads, 4, "reads refused");
        at_least(self.sum(|kind, outcome| !reads(kind) && outcome == SOMETHING), all_writes, 25, "writes done");
        at_least(
            self.sum(|kind, outcome| !reads(kind) && outcome == PERMISSION),
            all_writes,
            7,
            "writes against rules",
        );
        at_least(self.sum(|_, outcome| outcome == CONSTRAINT), all_writes, 10, "writes against constraints");
    }
}

async fn one_model(model: u64, postgres: &Arc<Database>, counts: &mut Counts) {
    let mut world = World::create(model, postgres).await;
    for number in 0..READS + WRITES {
        let who = world.sessions[number % world.sessions.len()].clone();
        let seed = (model << 16 | number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let roots = world.invent(&who, number >= READS, seed);
        if roots.is_empty() {
            continue;
        }
        let (verdict, difference) = world.ask(&who, &roots, seed).await;
        counts.note(&roots, who.role, &verdict);
        if let Some(difference) = difference {
            // What comes after a difference follows from it.
            counts.differences.push(format!("model {model}, operation {number}\n{difference}"));
            break;
        }
        world.refill().await;
    }
    world.drop().await;
}

async fn compare(models: u64, first: u64) {
    let store = PostgresDatabase::create();
    let postgres = connect(&store.url()).await;
    let mut workers = tokio::task::JoinSet::new();
    for worker in 0..WORKERS {
        let postgres = Arc::clone(&postgres);
        workers.spawn(async move {
            let mut counts = Counts::default();
            for number in (worker..models).step_by(WORKERS as usize) {
                one_model(first + number, &postgres, &mut counts).await;
                if counts.differences.len() >= ENOUGH {
                    break;
                }
            }
            counts
        });
    }
    let mut counts = Counts::default();
    while let Some(done) = workers.join_next().await {
        counts.add(done.expect("a worker"));
    }
    let shown = &counts.differences[..counts.differences.len().min(SHOWN)];
    assert!(shown.is_empty(), "{} differences\n{}", counts.differences.len(), shown.join("\n\n"));
    counts.tell(models);
    counts.is_worth_something();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_are_those_of_the_oracle() {
    compare(FEW_MODELS, 1).await;
}

/// `scripts/prove` says the seed and the share.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn prove_that_answers_are_those_of_the_oracle() {
    compare(proof::part_of(MODELS), proof::seed() * 1_000).await;
}

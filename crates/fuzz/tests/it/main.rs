//! Every input of the corpus, and random changes of them.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use purlin_fuzz::mutation::{Chance, changed};
use purlin_fuzz::{TARGETS, Target};
use purlin_testkit::proof;

/// Random inputs of one target in every run of the tests.
const FEW: u64 = 300;
/// Random inputs of one target in a whole proof.
const MANY: u64 = 40_000;
/// Bytes of the whole corpus.
const CORPUS_BYTES: usize = 300_000;

/// Runs the target, and says what it ran if that fails.
fn run(target: &Target, name: &str, input: &[u8]) {
    let outcome = std::panic::catch_unwind(|| (target.run)(input));
    assert!(outcome.is_ok(), "{name}, as bytes: {}\n{}", input.escape_ascii(), String::from_utf8_lossy(input));
}

fn run_corpus(name: &str) {
    let target = Target::named(name).unwrap();
    for (path, input) in target.inputs() {
        run(&target, &path.display().to_string(), &input);
    }
    run_changes(&target, FEW, 1);
}

fn run_changes(target: &Target, count: u64, seed: u64) {
    let inputs: Vec<Vec<u8>> = target.inputs().into_iter().map(|(_, input)| input).collect();
    let (words, mut chance) = (target.words(), Chance::new(seed));
    for number in 0..count {
        let chosen = chance.below(inputs.len());
        let input = changed(&mut chance, &inputs[chosen], &inputs, &words);
        run(target, &format!("change {number} of seed {seed}"), &input);
    }
}

#[test]
fn models_get_an_answer() {
    run_corpus("model");
}

#[test]
fn graphql_gets_an_answer() {
    run_corpus("graphql");
}

#[test]
fn http_gets_an_answer() {
    run_corpus("http");
}

#[test]
fn filters_get_an_answer() {
    run_corpus("filter");
}

#[test]
fn json_is_what_it_was() {
    run_corpus("json");
}

#[test]
fn prove_that_any_input_gets_an_answer() {
    for target in TARGETS {
        let count = proof::part_of(MANY);
        run_changes(&target, count, proof::seed());
        println!("{}: {count} random inputs, seed {}", target.name, proof::seed());
    }
}

#[test]
fn the_corpus_stays_small() {
    let inputs = TARGETS.map(|target| Target { examples: None, ..target }.inputs());
    let bytes: usize = inputs.iter().flatten().map(|(_, input)| input.len()).sum();
    assert!(inputs.iter().all(|inputs| !inputs.is_empty()), "a target has no corpus");
    assert!(bytes <= CORPUS_BYTES, "{bytes} bytes");
}

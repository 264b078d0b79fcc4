//! The share of the million that every test run tries, without real programs but for a few small ones.
//!
//! `make fuzz` does the whole million, from every program of the repository.

use kayton_bytecode::text::assemble;
use kayton_fuzz::{Corpus, Outcome, Strategy, Trial, Valid};

/// How many modules are tried for each strategy.
const EACH: u64 = 20_000;

fn corpus() -> Corpus {
    let mut corpus = Corpus::default();
    for text in [
        include_str!("../../kayton-vm/examples/programs/fib.kasm"),
        include_str!("../../kayton-vm/examples/programs/fields.kasm"),
        include_str!("../../kayton-vm/examples/programs/loops.kasm"),
        include_str!("../../kayton-vm/examples/programs/sieve.kasm"),
    ] {
        corpus.add(assemble(text).expect("an example"));
    }
    corpus
}

/// What became of the modules of a strategy.
fn counts(strategy: Strategy, corpus: &Corpus) -> [u64; Outcome::ALL.len()] {
    let valid = if strategy == Strategy::Generated { Valid::Surely } else { Valid::Perhaps };
    let (trial, mut counts) = (Trial::default(), [0; Outcome::ALL.len()]);
    for seed in 0..EACH {
        match trial.run(strategy.make(seed, corpus), valid) {
            Ok(outcome) => counts[outcome as usize] += 1,
            Err(flaw) => panic!("{strategy:?} {seed}: {flaw:?}"),
        }
    }
    counts
}

/// Every strategy reaches the VM, and gets stuck before it too: otherwise it would try nothing.
fn keeps_its_promise(strategy: Strategy, reached: &[Outcome]) {
    let counts = counts(strategy, &corpus());
    for outcome in reached {
        assert!(counts[*outcome as usize] > EACH / 200, "{strategy:?} hardly ever ends as {outcome:?}: {counts:?}");
    }
}

use Outcome::{Exited, Failed, Refused, Undecodable};

#[test]
fn generated_modules() {
    keeps_its_promise(Strategy::Generated, &[Failed, Exited]);
}

#[test]
fn files_of_generated_modules() {
    keeps_its_promise(Strategy::GeneratedBytes, &[Undecodable, Refused, Failed]);
}

#[test]
fn damaged_modules() {
    keeps_its_promise(Strategy::GeneratedModule, &[Refused, Failed]);
}

#[test]
fn files_of_programs() {
    keeps_its_promise(Strategy::RealBytes, &[Undecodable, Refused, Failed]);
}

#[test]
fn damaged_programs() {
    keeps_its_promise(Strategy::RealModule, &[Refused, Exited]);
}

#[test]
fn spliced_programs() {
    keeps_its_promise(Strategy::Spliced, &[Refused, Exited]);
}

#[test]
fn spliced_and_damaged_programs() {
    keeps_its_promise(Strategy::SplicedModule, &[Refused, Exited]);
}

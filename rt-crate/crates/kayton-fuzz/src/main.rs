//! `kayton-fuzz --modules 1000000 --corpus FOLDER`: counts what becomes of so many random and damaged modules.
//! Ends with code 1 at the first broken promise, naming the strategy and the seed that show it again:
//! `kayton-fuzz --strategy Spliced --from 1234 --modules 1 --corpus FOLDER`.

use std::path::Path;
use std::process::ExitCode;

use kayton_fuzz::{Corpus, Outcome, Strategy, Trial, Valid};

/// What the command line says.
struct Options {
    modules: u64,
    from: u64,
    corpus: Corpus,
    strategies: Vec<Strategy>,
    announce: Announce,
}

/// When the seed of a module is printed.
#[derive(PartialEq, Eq)]
enum Announce {
    /// Never; only every so often how far it is.
    Progress,
    /// Before it is tried, for when the process itself dies.
    Each,
}

fn main() -> ExitCode {
    let options = match options() {
        Ok(options) => options,
        Err(message) => {
            eprintln!("{message}");
            return ExitCode::from(2);
        }
    };
    let trial = Trial::default();
    let mut counts = vec![[0u64; Outcome::ALL.len()]; options.strategies.len()];
    for number in options.from..options.from + options.modules {
        let at = (number % options.strategies.len() as u64) as usize;
        let strategy = options.strategies[at];
        if options.announce == Announce::Each {
            eprintln!("{strategy:?} {number}");
        } else if number % 100_000 == 99_999 {
            eprintln!("{} modules", number + 1 - options.from);
        }
        let valid = if strategy == Strategy::Generated { Valid::Surely } else { Valid::Perhaps };
        match trial.run(strategy.make(number, &options.corpus), valid) {
            Ok(outcome) => counts[at][outcome as usize] += 1,
            Err(flaw) => {
                eprintln!("--strategy {strategy:?} --from {number} --modules 1: {flaw:?}");
                return ExitCode::FAILURE;
            }
        }
    }
    print_counts(&options.strategies, &counts);
    ExitCode::SUCCESS
}

fn print_counts(strategies: &[Strategy], counts: &[[u64; Outcome::ALL.len()]]) {
    print!("{:18}", "strategy");
    Outcome::ALL.iter().for_each(|outcome| print!("{:>13}", format!("{outcome:?}")));
    println!();
    for (strategy, row) in strategies.iter().zip(counts) {
        print!("{:18}", format!("{strategy:?}"));
        row.iter().for_each(|count| print!("{count:>13}"));
        println!();
    }
    let all: u64 = counts.iter().flatten().sum();
    println!("{all} modules, no broken promise; at most {} MB resident", peak_memory() >> 20);
}

/// The most memory that this process had, where the system says so.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kilobytes| kilobytes.parse::<u64>().ok()).unwrap_or(0) << 10
}

fn options() -> Result<Options, String> {
    let mut options = Options {
        modules: 100_000,
        from: 0,
        corpus: Corpus::default(),
        strategies: Vec::new(),
        announce: Announce::Progress,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        if word == "--announce" {
            options.announce = Announce::Each;
            continue;
        }
        let value = words.next().ok_or_else(|| format!("{word} needs a value"))?;
        let number = || value.parse::<u64>().map_err(|error| format!("{word} {value}: {error}"));
        match word.as_str() {
            "--modules" => options.modules = number()?,
            "--from" => options.from = number()?,
            "--corpus" => {
                options.corpus = Corpus::read(Path::new(&value)).map_err(|error| format!("{value}: {error}"))?
            }
            "--strategy" => options.strategies.push(strategy(&value)?),
            _ => return Err(format!("unknown option {word}")),
        }
    }
    if options.strategies.is_empty() {
        let alone = options.corpus.programs().is_empty();
        options.strategies = if alone { Strategy::ALONE } else { Strategy::ALL }.to_vec();
    }
    Ok(options)
}

fn strategy(name: &str) -> Result<Strategy, String> {
    Strategy::ALL
        .iter()
        .copied()
        .find(|known| format!("{known:?}") == name)
        .ok_or_else(|| format!("no strategy {name}"))
}

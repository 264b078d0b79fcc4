//! Random modules and damaged ones under limits: what the verifier accepts ends without a panic, a crash or a leak.
//!
//! The counts are the same however this is built; `--profile fuzz` is quick and keeps every assertion of the VM.

use std::time::Duration;

use kayton_bytecode::testing::{damage_bytes, damage_module, module, Plan, Rng};
use kayton_bytecode::{decode, encode, verify, Module};
use kayton_vm::{start, Ending, Limits, Memory, Report};

/// How many random modules are executed as they are.
const VALID: u64 = 20_000;
/// How many damaged modules are tried, for each kind of damage.
const DAMAGED: u64 = 60_000;

fn limits() -> Limits {
    Limits { max_depth: 300, max_memory: Some(16 << 20), max_steps: Some(20_000), ..Limits::default() }
}

/// Executes a module; `None` where the verifier refuses it.
fn execute(module: Module) -> Option<Report> {
    let verified = verify(module).ok()?;
    let running = start(verified, Vec::new(), Box::new(Memory::default()), limits());
    let report = running.expect("a thread").wait(Duration::from_secs(60));
    Some(report.expect("the steps are limited, so it ends"))
}

fn plan(seed: u64) -> Plan {
    match seed % 2 {
        0 => Plan::anywhere(),
        _ => Plan::forward(),
    }
}

#[test]
fn valid_modules_end_well() {
    let mut endings = [0u64; 2];
    for seed in 0..VALID {
        let report = execute(module(seed, &plan(seed))).unwrap_or_else(|| panic!("seed {seed} is refused"));
        match &report.ending {
            Ending::Exit(_) => endings[0] += 1,
            Ending::Failed(_) => endings[1] += 1,
            other => panic!("seed {seed}: {other:?}"),
        }
        assert_eq!(report.leaked, 0, "seed {seed}: {:?}", report.ending);
    }
    assert!(endings.iter().all(|count| *count > 0), "one-sided: {endings:?}");
}

#[test]
fn damaged_files_end_well() {
    let mut outcomes = [0u64; 3];
    for seed in 0..DAMAGED {
        let mut file = encode(&module(seed, &plan(seed)));
        damage_bytes(&mut file, &mut Rng::new(seed));
        outcomes[match decode(&file) {
            Ok(damaged) => 1 + usize::from(ends_well(seed, damaged)),
            Err(_) => 0,
        }] += 1;
    }
    assert!(outcomes.iter().all(|count| *count > 1000), "undecodable, refused, executed: {outcomes:?}");
}

#[test]
fn damaged_modules_end_well() {
    let mut outcomes = [0u64; 2];
    for seed in 0..DAMAGED {
        let mut damaged = module(seed, &plan(seed));
        damage_module(&mut damaged, &mut Rng::new(seed));
        outcomes[usize::from(ends_well(seed, damaged))] += 1;
    }
    assert!(outcomes.iter().all(|count| *count > 1000), "refused, executed: {outcomes:?}");
}

/// Verifies and executes; says whether it was executed. What was damaged may leak, but nothing else.
fn ends_well(seed: u64, damaged: Module) -> bool {
    let Some(report) = execute(damaged) else {
        return false;
    };
    assert!(!matches!(report.ending, Ending::Defect(_)), "seed {seed}: {:?}", report.ending);
    !matches!(report.ending, Ending::NotLoaded(_))
}

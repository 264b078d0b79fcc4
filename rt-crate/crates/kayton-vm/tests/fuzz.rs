//! Random modules under limits: whatever the verifier accepts ends without a panic, a crash or a leak.

use std::time::Duration;

use kayton_bytecode::testing::{module, Plan, Rng};
use kayton_bytecode::{verify, Instr, Module};
use kayton_vm::{start, Ending, Limits, Memory, Report};

/// How many modules a test executes.
const fn rounds(release: u64) -> u64 {
    if cfg!(debug_assertions) {
        release / 50
    } else {
        release
    }
}

fn limits() -> Limits {
    Limits { max_depth: 300, max_memory: Some(16 << 20), max_steps: Some(20_000), ..Limits::default() }
}

fn execute(module: Module) -> Option<Report> {
    let verified = verify(module).ok()?;
    let mut running = start(verified, Vec::new(), Box::new(Memory::default()), limits()).ok()?;
    running.wait(Duration::from_secs(60))
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
    for seed in 0..rounds(100_000) {
        let report = execute(module(seed, &plan(seed))).unwrap_or_else(|| panic!("seed {seed} does not end"));
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
fn damaged_modules_that_verify_end_well() {
    let mut executed = 0;
    for seed in 0..rounds(50_000) {
        let mut rng = Rng::new(seed);
        let mut damaged = module(seed, &plan(seed));
        for _ in 0..1 + rng.below(3) {
            damage(&mut damaged, &mut rng);
        }
        let Some(report) = execute(damaged) else { continue };
        executed += 1;
        assert!(!matches!(report.ending, Ending::Defect(_)), "seed {seed}: {:?}", report.ending);
    }
    assert!(executed > 0, "nothing was executed");
}

/// Changes a byte of an instruction.
fn damage(module: &mut Module, rng: &mut Rng) {
    let function = rng.below(module.functions.len());
    let code = &mut module.functions[function].code;
    let at = rng.below(code.len());
    let byte = rng.below(8) * 8;
    code[at] = Instr(code[at].0 ^ (rng.number() & 0xff) << byte);
}

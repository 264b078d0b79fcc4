//! Random modules and random damage: decoding and verifying never panic, take bounded time, and what they
//! accept is safe along every way that a random walk finds.

mod walk;

use kayton_bytecode::testing::{damage_bytes, damage_module, module, Plan, Rng};
use kayton_bytecode::text::{assemble, disassemble};
use kayton_bytecode::{decode, encode, verify, Module, Op};

/// How often each module is damaged.
const DAMAGES: u64 = 40;

fn plan(seed: u64) -> Plan {
    match seed % 2 {
        0 => Plan::anywhere(),
        _ => Plan::forward(),
    }
}

#[test]
fn valid_modules_survive_bytes_and_text() {
    let mut ops = [false; Op::COUNT];
    for seed in 0..4000 {
        let made = module(seed, &plan(seed));
        let verified = verify(made.clone()).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        assert_eq!(*verified, made);
        assert_eq!(decode(&encode(&made)).as_ref(), Ok(&made), "seed {seed}");
        assert_eq!(assemble(&disassemble(&made)).as_ref(), Ok(&made), "seed {seed}");
        walk::walk(&made, &mut Rng::new(seed));
        let code = made.functions.iter().flat_map(|function| &function.code);
        code.for_each(|instr| ops[usize::from(instr.op_byte())] = true);
    }
    let missing = |op: &&Op| op.info().quick_of.is_none() && !ops[**op as usize];
    let missing: Vec<&Op> = Op::ALL.iter().filter(missing).collect();
    assert!(missing.is_empty(), "never generated: {missing:?}");
}

#[test]
fn damaged_bytes_are_refused_or_harmless() {
    let mut outcomes = [0u64; 3];
    for seed in 0..1500 {
        let file = encode(&module(seed, &plan(seed)));
        let mut rng = Rng::new(seed);
        for _ in 0..DAMAGES {
            let mut damaged = file.clone();
            damage_bytes(&mut damaged, &mut rng);
            let Ok(decoded) = decode(&damaged) else {
                outcomes[0] += 1;
                continue;
            };
            assert_eq!(encode(&decoded), damaged, "one module has one encoding");
            outcomes[1 + usize::from(accepted_and_safe(decoded, &mut rng))] += 1;
        }
    }
    assert!(outcomes.iter().all(|count| *count > 0), "undecodable, refused, accepted: {outcomes:?}");
}

#[test]
fn damaged_instructions_are_refused_or_harmless() {
    let mut outcomes = [0u64; 2];
    for seed in 0..2500 {
        let made = module(seed, &plan(seed));
        let mut rng = Rng::new(seed);
        for _ in 0..DAMAGES {
            let mut damaged = made.clone();
            damage_module(&mut damaged, &mut rng);
            outcomes[usize::from(accepted_and_safe(damaged, &mut rng))] += 1;
        }
    }
    assert!(outcomes.iter().all(|count| *count > 0), "refused, accepted: {outcomes:?}");
}

/// Verifies; what is accepted must be safe, and printing must do with all of it.
fn accepted_and_safe(module: Module, rng: &mut Rng) -> bool {
    if rng.once_in(16) {
        assert!(disassemble(&module).contains("entry"));
    }
    match verify(module) {
        Ok(verified) => {
            walk::walk(&verified, rng);
            true
        }
        Err(error) => {
            assert!(!error.to_string().is_empty());
            false
        }
    }
}

//! Random modules and random damage: decoding and verifying never panic, take bounded time, and what they
//! accept is safe along every way that a random walk finds.

mod walk;

use kayton_bytecode::testing::{module, Plan, Rng};
use kayton_bytecode::text::{assemble, disassemble};
use kayton_bytecode::{decode, encode, fix_checksum, verify, Instr, Module, Op};

/// How many modules a test makes.
const fn rounds(release: u64) -> u64 {
    if cfg!(debug_assertions) {
        release / 20
    } else {
        release
    }
}

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
    for seed in 0..rounds(4000) {
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
    for seed in 0..rounds(1500) {
        let file = encode(&module(seed, &plan(seed)));
        let mut rng = Rng::new(seed);
        for _ in 0..DAMAGES {
            let mut damaged = file.clone();
            for _ in 0..1 + rng.below(3) {
                damage_bytes(&mut damaged, &mut rng);
            }
            fix_checksum(&mut damaged);
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
    for seed in 0..rounds(2500) {
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

/// Changes, adds or removes a few bytes; often a number that stands for a count or an index.
fn damage_bytes(bytes: &mut Vec<u8>, rng: &mut Rng) {
    const NUMBERS: [u32; 8] = [0, 1, 2, 0x7f, 0xffff, 0x7fff_ffff, 0x8000_0000, u32::MAX];
    let body = 12 + rng.below(bytes.len() - 12);
    match rng.below(6) {
        0 => bytes[body] ^= 1 << rng.below(8),
        1 => bytes[body] = rng.number() as u8,
        2 => bytes.insert(body, rng.number() as u8),
        3 => drop(bytes.remove(body)),
        4 => bytes.truncate(body),
        _ => {
            let number = NUMBERS[rng.below(NUMBERS.len())].to_le_bytes();
            bytes.iter_mut().skip(body).zip(number).for_each(|(byte, new)| *byte = new);
        }
    }
    if bytes.len() <= 12 {
        bytes.resize(13, 0);
    }
}

/// Changes one thing in the module: an instruction's operand or opcode, or what it stands on.
fn damage_module(module: &mut Module, rng: &mut Rng) {
    let index = rng.below(module.functions.len());
    let function = &mut module.functions[index];
    let pc = rng.below(function.code.len());
    let Instr(bits) = function.code[pc];
    match rng.below(10) {
        0 => function.code[pc] = Instr(bits & !0xff | rng.below(Op::COUNT) as u64),
        1 => function.code[pc] = Instr(bits ^ 1 << rng.below(64)),
        2..=4 => {
            let shift = 16 * (1 + rng.below(3));
            let value = rng.below(usize::from(function.registers) + 2) as u64;
            function.code[pc] = Instr(bits & !(0xffff << shift) | value << shift);
        }
        5 => function.code[pc] = Instr(bits ^ (1 + rng.below(7) as u64) << 8),
        6 => drop(function.code.remove(pc)),
        7 => function.code.swap(0, pc),
        8 => function.registers = rng.below(usize::from(function.registers) + 1) as u16,
        _ => function.captures = rng.below(3) as u16,
    }
}

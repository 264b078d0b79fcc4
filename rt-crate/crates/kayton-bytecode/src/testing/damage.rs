//! Random damage, to files and to modules in memory.

use crate::encode::fix_checksum;
use crate::instr::Instr;
use crate::isa::Op;
use crate::module::{Function, Module};

use super::damage_tables::damage_tables;
use super::Rng;

/// The bytes of a file's header, the checksum last.
const HEADER: usize = 12;

/// Changes, adds or removes a few bytes of a file, often a number that stands for a count or an index. The checksum is
/// right afterwards.
pub fn damage_bytes(file: &mut Vec<u8>, rng: &mut Rng) {
    for _ in 0..1 + rng.below(3) {
        damage_once(file, rng);
    }
    fix_checksum(file);
}

fn damage_once(bytes: &mut Vec<u8>, rng: &mut Rng) {
    const NUMBERS: [u32; 8] = [0, 1, 2, 0x7f, 0xffff, 0x7fff_ffff, 0x8000_0000, u32::MAX];
    let body = HEADER + rng.below(bytes.len() - HEADER);
    // Most changes keep the file's length, so that what follows is still read as what it was.
    match rng.below(12) {
        0..=3 => bytes[body] ^= 1 << rng.below(8),
        4..=6 => bytes[body] = rng.number() as u8,
        7 => bytes.insert(body, rng.number() as u8),
        8 => drop(bytes.remove(body)),
        9 => bytes.truncate(body),
        _ => {
            let number = NUMBERS[rng.below(NUMBERS.len())].to_le_bytes();
            bytes.iter_mut().skip(body).zip(number).for_each(|(byte, new)| *byte = new);
        }
    }
    if bytes.len() <= HEADER {
        bytes.resize(HEADER + 1, 0);
    }
}

/// Changes one to three things in a module: an instruction, what it stands on, or what a table says.
pub fn damage_module(module: &mut Module, rng: &mut Rng) {
    for _ in 0..1 + rng.below(3) {
        let index = rng.below(module.functions.len());
        match rng.below(4) {
            0 => damage_tables(module, rng),
            1 => damage_function(&mut module.functions[index], rng),
            _ => damage_code(&mut module.functions[index], rng),
        }
    }
}

fn damage_code(function: &mut Function, rng: &mut Rng) {
    let pc = rng.below(function.code.len());
    let Some(Instr(bits)) = function.code.get(pc).copied() else {
        return;
    };
    match rng.below(12) {
        0 => function.code[pc] = Instr(bits & !0xff | rng.below(Op::COUNT) as u64),
        // An operation on the same kinds of operands, which the verifier is likely to accept.
        8..=10 => function.code[pc] = alike(Instr(bits), rng),
        11 => function.code.insert(pc, Instr(bits)),
        1 => function.code[pc] = Instr(bits ^ 1 << rng.below(64)),
        2..=4 => {
            let shift = 16 * (1 + rng.below(3));
            let value = rng.below(usize::from(function.registers) + 2) as u64;
            function.code[pc] = Instr(bits & !(0xffff << shift) | value << shift);
        }
        5 => function.code[pc] = Instr(bits ^ (1 + rng.below(7) as u64) << 8),
        6 => drop(function.code.remove(pc)),
        _ => function.code.swap(0, pc),
    }
}

fn alike(instr: Instr, rng: &mut Rng) -> Instr {
    let Some(op) = instr.file_op() else { return instr };
    let same = |other: &&Op| other.info().args == op.info().args && other.info().quick_of.is_none();
    let others: Vec<&Op> = Op::ALL.iter().filter(same).collect();
    rng.pick(&others).map_or(instr, |other| instr.with_op(**other))
}

fn damage_function(function: &mut Function, rng: &mut Rng) {
    match rng.below(5) {
        0 => function.registers = rng.below(usize::from(function.registers) + 1) as u16,
        1 => function.captures = rng.below(3) as u16,
        2 => function.mut_mask ^= 1 << rng.below(function.params.len().min(32)),
        3 => function.params.iter_mut().for_each(|param| param.optional ^= rng.once_in(2)),
        _ => drop(function.params.pop()),
    }
}

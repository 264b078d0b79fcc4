//! Modules made to be slow or large: refused or done, in time.

use std::time::{Duration, Instant};

use kayton_bytecode::text::assemble;
use kayton_bytecode::{decode, encode, fix_checksum, verify, DecodeErrorKind, Fault, Instr, Module, Op, Switch};

/// More than anything here may take, on a busy machine and without optimisation.
const TOO_LONG: Duration = Duration::from_secs(20);

fn with_code(registers: u16, code: Vec<Instr>) -> Module {
    let mut module = assemble("entry main\nfn main() regs 1\n RetUnit r0, 0").expect("a text");
    module.functions[0].registers = registers;
    module.functions[0].code = code;
    module
}

fn outcome(module: Module) -> Result<(), Fault> {
    let start = Instant::now();
    let result = verify(module).map(drop).map_err(|error| error.fault);
    assert!(start.elapsed() < TOO_LONG, "{:?}", start.elapsed());
    result
}

/// An instruction that makes the verifier look at types.
fn typed() -> [Instr; 2] {
    [Instr::wide(Op::LoadInt, 0, 0, 1), Instr::new(Op::NegI64, 0, 0, 0, 0)]
}

#[test]
fn many_blocks_of_many_registers_are_refused() {
    let mut code = typed().to_vec();
    code.extend((0..100_000).map(|_| Instr::wide(Op::Jmp, 0, 0, 0)));
    code.push(Instr::new(Op::RetUnit, 0, 0, 0, 0));
    assert_eq!(outcome(with_code(u16::MAX, code.clone())), Err(Fault::TooComplex));
    assert_eq!(outcome(with_code(64, code)), Ok(()));
}

/// A loop in which knowledge is lost one register at a time, from the last copy back to the first, and around
/// which every block has to be seen again for each.
#[test]
fn slowly_spreading_doubt_is_bounded() {
    const REGISTERS: u16 = 4000;
    let mut code: Vec<Instr> = (0..REGISTERS).map(|r| Instr::wide(Op::LoadInt, 0, r, 1)).collect();
    let start = code.len();
    code.extend(
        (0..REGISTERS - 1)
            .flat_map(|r| [Instr::new(Op::MoveScalar, 0, r, r + 1, 0), Instr::wide(Op::JmpTrue, 0, 0, 0)]),
    );
    code.push(Instr::new(Op::LoadUnit, 0, REGISTERS - 1, 0, 0));
    let back = start as i64 - code.len() as i64 - 1;
    code.push(Instr::wide(Op::Jmp, 0, 0, back as i32 as u32));
    let result = outcome(with_code(REGISTERS, code));
    assert!(matches!(result, Err(Fault::TooComplex | Fault::Unproven { .. })), "{result:?}");
}

#[test]
fn a_switch_used_everywhere_is_bounded() {
    let mut code = typed().to_vec();
    code.extend((0..20_000).map(|_| Instr::new(Op::Switch, 0, 0, 0, 0)));
    code.push(Instr::new(Op::RetUnit, 0, 0, 0, 0));
    let mut module = with_code(1, code);
    module.switches.push(Switch { default: 0, cases: vec![(0, 0); 20_000] });
    assert_eq!(outcome(module), Err(Fault::TooComplex));
}

#[test]
fn a_large_program_is_accepted() {
    let block = [
        Instr::new(Op::AddI64, 0, 1, 1, 2),
        Instr::new(Op::JmpLtI64, Instr::HIGH, 1, 2, (-2i16) as u16),
        Instr::new(Op::Add, 0, 3, 4, 5),
    ];
    let mut code = vec![Instr::wide(Op::LoadInt, 0, 1, 1), Instr::wide(Op::LoadInt, 0, 2, 1)];
    code.extend((0..200_000).flat_map(|_| block));
    code.push(Instr::new(Op::RetUnit, 0, 0, 0, 0));
    assert_eq!(outcome(with_code(40, code)), Ok(()));
}

/// Every count of a file replaced by a huge one is noticed before anything is allocated for it.
#[test]
fn hostile_counts_are_refused() {
    let file = encode(&with_code(1, vec![Instr::new(Op::RetUnit, 0, 0, 0, 0)]));
    let mut truncated = 0;
    for place in 12..file.len() - 4 {
        for count in [u32::MAX, 0x7fff_ffff, 0x0fff_ffff] {
            let mut hostile = file.clone();
            hostile[place..place + 4].copy_from_slice(&count.to_le_bytes());
            fix_checksum(&mut hostile);
            if let Err(error) = decode(&hostile) {
                truncated += usize::from(error.kind == DecodeErrorKind::Truncated);
            }
        }
    }
    assert!(truncated > 50, "{truncated}");
}

//! Functions that have a compiled version are entered through it, however they are called.

use std::collections::HashSet;

use kayton_abi::vm_table::{CompiledFunction, Entered};
use kayton_abi::{Host, KayVal, Tag};
use kayton_bytecode::{text, verify, Op};

use super::expanded;
use crate::console::Memory;
use crate::limits::Limits;
use crate::load::load;
use crate::machine::Machine;

/// `half` for an even i64 that is not negative; with others it calls `twice` in the VM.
///
/// # Safety
/// What the table of the VM promises to compiled functions.
unsafe extern "C" fn half(entered: &Entered) -> KayVal {
    // SAFETY: the function has one parameter.
    let n = unsafe { *entered.frame };
    if n.tag != Tag::INT || n.int_bits() % 2 == 1 {
        return KayVal::ABSENT;
    }
    if n.int_bits() >= 0 {
        return KayVal::int(n.int_bits() / 2);
    }
    // SAFETY: the session is a machine, which waits.
    let machine = unsafe { &mut *entered.session.cast::<Machine>() };
    let outer = machine.frames.begin(9);
    let twice = machine.call(KayVal::func(1), &[n]).unwrap_or(KayVal::UNIT);
    machine.frames.end(outer);
    KayVal::int(twice.int_bits() + 1000 * i64::from(entered.calls))
}

const PROGRAM: &str = "
entry main
fn half(n) regs 3 at 0 1:1
    LoadInt r1, 100
    Add r2, r0, r1
    DropRange r0, 2
    Ret r2, r0, 0
fn twice(n) regs 2 at 0 1:1
    Add r1, r0, r0
    Drop r0
    Ret r1, r0, 0
fn main() regs 40 at 0 1:1
    LoadInt r1, 8
    Call r0, r1(1), half
    print r0
    LoadInt r1, 7
    Call r0, r1(1), half
    print r0
    LoadFunc r1, half
    LoadInt r2, 6
    CallVal r0, r1(1), _
    print r0
    LoadInt r1, -4
    Call r0, r1(1), half
    print r0
    RetUnit r0, 40
";

#[test]
fn a_compiled_version_is_called_where_it_fits() {
    let module = text::assemble(&expanded(PROGRAM)).unwrap_or_else(|error| panic!("{error}"));
    let verified = verify(module).unwrap_or_else(|error| panic!("{error}"));
    let (entry, console) = (verified.entry, Memory::default());
    let out = console.out.clone();
    let program = load(verified, &[CompiledFunction { function: 0, enter: half }]).expect("a program");
    let mut machine = Machine::new(program, Box::new(console), Vec::new(), &Limits::default()).expect("stacks");
    assert!(machine.call(KayVal::func(entry), &[]).is_ok());
    assert_eq!(String::from_utf8_lossy(&out.take()), "4\n107\n3\n992\n");
}

/// What only functions with a compiled version start with.
pub(super) fn ops() -> HashSet<Op> {
    HashSet::from([Op::EnterCompiled])
}

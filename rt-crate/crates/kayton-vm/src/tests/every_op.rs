//! Every opcode has a case in these tests.

use std::collections::HashSet;

use kayton_bytecode::Op;

use super::{ops, parts, quick, run, run_main};
use crate::thread::Ending;

/// A program's `main`, items beside it, and what it prints.
pub(super) type Case = (&'static str, &'static str, &'static str);

#[test]
fn every_opcode_is_executed() {
    let mut seen = HashSet::new();
    for (body, items, expected) in ops::CASES.iter().chain(parts::CASES).chain(quick::CASES) {
        let ran = run_main(body, items);
        assert_eq!((ran.out.as_str(), &ran.ending), (*expected, &Ending::Exit(0)), "{body}");
        seen.extend(ran.ops);
    }
    seen.extend(super::errors::failing_ops());
    seen.extend(super::comparisons::all());
    seen.extend(super::compiled::ops());
    let missing: Vec<&Op> = Op::ALL.iter().filter(|op| !seen.contains(op)).collect();
    assert!(missing.is_empty(), "no case for {missing:?}");
}

/// Native stack for what follows: enough for all that instructions do, and too little for [`ROUNDS`] calls on top of each other.
const SMALL_STACK: usize = 256 << 10;
const ROUNDS: usize = 20_000;

/// Executes a case again and again.
fn repeated(body: &str, items: &str) -> String {
    format!(
        "entry main\n{items}\nfn case() regs 40 at 0 1:1\n{body}\n    RetUnit r0, 40\nfn main() regs 3 at 0 1:1
    LoadInt r0, 0\n  L0:\n    Call.drop r1(0), case\n    AddImm r0, r0, 1\n    JmpLtImm r0, {ROUNDS}, L0\n    RetUnit r0, 3\n"
    )
}

/// Handlers call each other in tail position (`dispatch`); a call that is no jump would overflow this stack.
#[test]
fn no_opcode_takes_native_stack() {
    let all = || {
        for (body, items, expected) in ops::CASES.iter().chain(parts::CASES).chain(quick::CASES) {
            let ran = run(&repeated(body, items));
            assert_eq!((ran.out.len(), &ran.ending), (expected.len() * ROUNDS, &Ending::Exit(0)), "{body}");
        }
    };
    let thread = std::thread::Builder::new().stack_size(SMALL_STACK).spawn(all).expect("a thread");
    thread.join().expect("all cases run");
}

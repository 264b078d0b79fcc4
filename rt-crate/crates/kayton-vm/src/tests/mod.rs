//! Programs in the bytecode's text form. Every opcode, the quick ones too, has a case; what a case has executed shows
//! in its output.

mod calls;
mod comparisons;
mod compiled;
mod errors;
mod every_op;
mod limits;
mod ops;
mod parts;
mod quick;
mod shared_sites;
mod user_types;

use std::collections::HashSet;

use kayton_abi::{alloc, stack};
use kayton_bytecode::{text, verify, Instr, Op};

use crate::console::Memory;
use crate::limits::Limits;
use crate::load::load;
use crate::machine::Machine;
use crate::thread::{run_program, Ending};

/// What a program did.
pub(super) struct Ran {
    pub(super) out: String,
    pub(super) ending: Ending,
    /// The opcodes of its code after it ran, and those that quick forms were written over.
    pub(super) ops: HashSet<Op>,
}

/// Runs a program on this thread, and sees to it that nothing leaks.
pub(super) fn run_limited(source: &str, limits: &Limits) -> Ran {
    let module = text::assemble(&expanded(source)).unwrap_or_else(|error| panic!("{error}\n{source}"));
    let verified = verify(module).unwrap_or_else(|error| panic!("{error}\n{source}"));
    stack::set_remaining(1 << 20);
    alloc::set_memory_limit(limits.max_memory.unwrap_or(alloc::DEFAULT_LIMIT));
    let console = Memory::default();
    let out = console.out.clone();
    let entry = verified.entry;
    let program = load(verified, &[]).unwrap_or_else(|error| panic!("{error}\n{source}"));
    let mut machine = Machine::new(program, Box::new(console), Vec::new(), limits).expect("memory for the stacks");
    // SAFETY: nothing executes the code yet.
    let before: Vec<Instr> = unsafe { &*machine.program.code }.to_vec();
    let report = run_program(&mut machine, entry);
    assert_eq!(report.leaked, 0, "{:?} in\n{source}", report.ending);
    // SAFETY: nothing executes the code any more.
    let code: &[Instr] = unsafe { &*machine.program.code };
    let overwritten = before.iter().zip(code).filter(|(before, after)| before != after).map(|(before, _)| before);
    let ops = code.iter().chain(overwritten).filter_map(|instr| instr.op()).collect();
    Ran { out: String::from_utf8_lossy(&out.take()).into_owned(), ending: report.ending, ops }
}

/// Runs a program without limits of its own.
pub(super) fn run(source: &str) -> Ran {
    run_limited(source, &Limits::default())
}

/// Runs a `main` of these instructions, in a frame of 40 registers, followed by other items.
pub(super) fn run_main(body: &str, items: &str) -> Ran {
    run(&main_of(body, items))
}

/// The text of a program whose `main` has these instructions.
pub(super) fn main_of(body: &str, items: &str) -> String {
    format!("entry main\n{items}\nfn main() regs 40 at 0 1:1\n{body}\n    RetUnit r0, 40\n")
}

/// The message of a failed program.
pub(super) fn message(ran: &Ran) -> &str {
    match &ran.ending {
        Ending::Failed(failure) => &failure.message,
        other => panic!("no failure: {other:?}, {}", ran.out),
    }
}

/// `print rN` stands for the call of `print` that shows a register.
fn expanded(source: &str) -> String {
    let line = |line: &str| {
        match line.trim().strip_prefix("print ") {
        Some(register) => format!(
            "    Move r36, {register}\n    LoadAbsent r37\n    LoadAbsent r38\n    CallNative r36, r36(3), print\n    Drop r36\n"
        ),
        None => format!("{line}\n"),
    }
    };
    source.lines().map(line).collect()
}

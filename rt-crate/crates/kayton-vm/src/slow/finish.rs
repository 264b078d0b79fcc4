//! What is left to do when a function returns to an instruction that is not done with storing the result.

use kayton_abi::KayVal;
use kayton_bytecode::Op;

use crate::bind;
use crate::frames::{Link, Then};
use crate::machine::Machine;
use crate::pc::{opcode, Pc};
use crate::slow::iter;

/// Goes on after a function has left with `value`; `callee` is where it left.
#[inline(never)]
pub(crate) fn finish(m: &mut Machine, callee: Pc, link: Link, value: KayVal) -> Pc {
    let caller = link.caller();
    if link.then() == Then::Leave {
        m.result = value;
        return caller.stopped();
    }
    let i = caller.current();
    match opcode(i) {
        Op::CallMut => after_call_mut(m, caller, callee, value),
        Op::CallVal => {
            bind::restore(m, caller, callee, i.b() + 1, i.nargs());
            caller.regs.drop_one(i.b());
            m.give(caller, Ok(value))
        }
        Op::CallMethod => {
            bind::restore(m, caller, callee, i.b(), i.nargs() + 1);
            if m.site(i.c()).mut_mask & 1 == 0 {
                caller.regs.drop_one(i.b());
            }
            m.give(caller, Ok(value))
        }
        _ => iter::after_next(m, caller, callee, value),
    }
}

/// Whether the function that was left at `callee` has changed its receiver.
pub(crate) fn changes_receiver(m: &Machine, callee: Pc) -> bool {
    m.program.function_at(callee).is_some_and(|function| m.program.function(function).mut_mask & 1 == 1)
}

/// The changed receiver moves back into the variable, and the result takes its place in the window.
fn after_call_mut(m: &mut Machine, caller: Pc, callee: Pc, value: KayVal) -> Pc {
    let i = caller.current();
    bind::restore(m, caller, callee, i.b(), i.nargs() + 1);
    if changes_receiver(m, callee) {
        let changed = caller.regs.take(i.b());
        caller.regs.set(i.a(), changed);
    }
    if i.drops() {
        value.release();
    } else {
        caller.regs.set(i.b(), value);
    }
    caller
}

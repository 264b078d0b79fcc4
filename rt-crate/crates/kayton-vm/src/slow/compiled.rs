//! Calls of functions that have a compiled version, from bytecode.

use std::ptr;

use kayton_abi::vm_table::Entered;
use kayton_abi::Tag;

use crate::machine::Machine;
use crate::pc::Pc;
use crate::slow::calls::leave_with;

/// The function was called, and its arguments stand in its registers: leaves it with what its compiled version gives, or
/// goes on with its bytecode where these have other types than that was compiled for.
#[inline(never)]
pub(crate) fn enter(m: &mut Machine, pc: Pc) -> Pc {
    m.here = pc;
    let calls = m.frames.above() as u32;
    let version = m.program.function_at(pc).and_then(|function| m.program.compiled[function]);
    let entered = Entered { session: ptr::from_mut(m).cast(), frame: pc.regs.at(0), calls };
    // SAFETY: the instruction stands before functions that have a version; the session is this machine, which is not
    // looked at before the call is over.
    match version.map(|enter| unsafe { enter(&entered) }) {
        Some(value) if value.tag != Tag::ABSENT => leave_with(m, pc, value),
        _ => pc.jumped(pc.current().bc_i32()),
    }
}

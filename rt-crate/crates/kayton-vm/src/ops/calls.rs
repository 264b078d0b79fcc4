//! Entering and leaving functions.

use kayton_abi::{KayVal, Tag};
use kayton_bytecode::Instr;

use crate::frames::{Link, Then};
use crate::machine::Machine;
use crate::pc::Pc;
use crate::regs::{head, Regs};
use crate::slow;

/// Enters a function for a call instruction: its arguments stand in the caller's registers from `first` on, all of them.
#[inline(always)]
pub(crate) fn enter(m: &mut Machine, caller: Pc, call: Instr, function: usize, first: u16) -> Pc {
    let regs = caller.regs.frame_at(first.into());
    enter_at(m, caller, function, regs, Then::of(call))
}

/// Enters a function whose arguments already stand in its registers.
#[inline(always)]
pub(crate) fn enter_at(m: &mut Machine, caller: Pc, function: usize, regs: Regs, then: Then) -> Pc {
    let (entry, registers) = m.entry(function);
    if (m.frames.is_full() && m.is_too_deep(caller)) || !m.has_room(regs, registers) {
        return slow::calls::too_deep(m, caller);
    }
    m.frames.push(Link::new(caller, then));
    Pc { ip: entry, regs }
}

/// Calls the plain function in `r[b]` when everything fits; else the slow path looks at what it is.
#[inline(always)]
pub(crate) fn value(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    let callee = pc.regs.get(i.b());
    let index = callee.aux as usize;
    if callee.tag == Tag::FUNC && m.site(i.c()).takes(i, m.shape(index)) {
        return enter(m, pc, i, index, i.b() + 1);
    }
    slow::calls::value(m, pc)
}

/// Calls the method that the site's cache has for the type of `r[b]`; else the slow path looks for one.
#[inline(always)]
pub(crate) fn method(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    let site = m.site(i.c());
    if head(pc.regs.get(i.b())) == site.head && usize::from(site.nargs) == i.nargs() {
        let (function, then) = (site.slot as usize, if site.leaves_receiver { Then::Finish } else { Then::of(i) });
        return enter_at(m, pc, function, pc.regs.frame_at(i.b().into()), then);
    }
    slow::methods::call(m, pc)
}

/// Leaves the running function with `r[a]`, releasing the range.
#[inline(always)]
pub(crate) fn leave(m: &mut Machine, pc: Pc, i: Instr) -> Pc {
    let value = pc.regs.take(i.a());
    pc.regs.drop_range(i.b(), i.c());
    leave_with(m, pc, value)
}

/// Leaves the running function with `()`, releasing the range.
#[inline(always)]
pub(crate) fn leave_unit(m: &mut Machine, pc: Pc, i: Instr) -> Pc {
    pc.regs.drop_range(i.a(), i.b());
    leave_with(m, pc, KayVal::UNIT)
}

#[inline(always)]
fn leave_with(m: &mut Machine, pc: Pc, value: KayVal) -> Pc {
    let link = m.frames.pop();
    if link.then() == Then::Store {
        let caller = link.caller();
        caller.regs.set(caller.current().a(), value);
        return caller;
    }
    if link.then() == Then::Drop {
        value.release();
        return link.caller();
    }
    slow::finish::finish(m, pc, link, value)
}

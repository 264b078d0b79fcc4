//! Calls whose callee or arguments are only known now.

use kayton_abi::{errors, KayVal, Tag};

use crate::bind::{self, Bound};
use crate::frames::{Link, Then};
use crate::machine::Machine;
use crate::pc::Pc;
use crate::regs::Regs;
use crate::slow::finish::finish;
use crate::slow::natives;

/// A call beyond the call-depth limit, or beyond the register stack.
#[cold]
#[inline(never)]
pub(crate) fn too_deep(m: &mut Machine, caller: Pc) -> Pc {
    m.fail(caller, errors::call_depth())
}

/// A `Call` where the call-depth limit or the end of the register stack is near.
#[cold]
#[inline(never)]
pub(crate) fn plain(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    enter_at(m, pc, usize::from(i.c()), pc.regs.frame_at(usize::from(i.b())), Then::of(i))
}

/// Enters a function whose arguments already stand in its registers, or stops.
pub(crate) fn enter_at(m: &mut Machine, caller: Pc, function: usize, regs: Regs, then: Then) -> Pc {
    let entry = m.entry(function);
    if (m.frames.is_full() && m.is_too_deep(caller)) || !m.has_room(regs, entry.registers) {
        return too_deep(m, caller);
    }
    m.frames.push(Link::new(caller, then));
    Pc { ip: entry.ip, regs }
}

/// Enters a function on behalf of an instruction that is no call: these values, all owned, are its first arguments,
/// the others are absent. Its result goes to the instruction's register `a`.
#[inline(never)]
pub(crate) fn enter_with(m: &mut Machine, pc: Pc, function: usize, args: &[KayVal]) -> Pc {
    enter_then(m, pc, function, args, Then::Store)
}

/// As [`enter_with`]; `then` says what happens with the result.
pub(crate) fn enter_then(m: &mut Machine, pc: Pc, function: usize, args: &[KayVal], then: Then) -> Pc {
    let regs = m.free_registers(pc);
    let entry = m.entry(function);
    if (m.frames.is_full() && m.is_too_deep(pc)) || !m.has_room(regs, entry.registers) {
        args.iter().for_each(|arg| arg.release());
        return too_deep(m, pc);
    }
    let params = m.program.function(function).params.len();
    place_arguments(regs, 0, args, params);
    m.frames.push(Link::new(pc, then));
    Pc { ip: entry.ip, regs }
}

/// Puts owned arguments into the registers of a frame from `first` on, and absent ones for the parameters that are
/// left.
#[inline]
pub(crate) fn place_arguments(regs: Regs, first: u16, args: &[KayVal], params: usize) {
    let mut r = first;
    for arg in args {
        regs.set(r, *arg);
        r += 1;
    }
    while usize::from(r) < params {
        regs.set(r, KayVal::ABSENT);
        r += 1;
    }
}

/// Calls whatever stands in `r[b]`.
#[inline(never)]
pub(crate) fn value(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    let callee = pc.regs.get(i.b());
    match callee.tag {
        Tag::FUNC | Tag::CLOSURE => {}
        Tag::NATIVE => return natives::call_value(m, pc, callee),
        _ => {
            let error = errors::cannot_call(m.program.types.type_name(callee));
            return m.fail(pc, error);
        }
    }
    let function = callee.aux as usize;
    let first = i.b() + 1;
    let then = if m.site(i.c()).takes(i, m.shape(function)) {
        Then::Finish
    } else {
        match bind::arguments(m, pc, function, first, i.nargs(), 1) {
            Ok(Bound::InPlace) if callee.tag == Tag::FUNC => {
                return enter_at(m, pc, function, pc.regs.frame_at(usize::from(first)), Then::of(i));
            }
            Ok(_) => Then::Finish,
            Err(error) => return m.fail(pc, error),
        }
    };
    enter_at(m, pc, function, pc.regs.frame_at(usize::from(first)), then)
}

/// Releases the registers `r[a .. a+b]`.
#[inline(never)]
pub(crate) fn drop_range(_: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    pc.regs.drop_range(i.a(), i.b());
    pc
}

/// Leaves the running function with `r[a]`, releasing `r[b .. b+c]`, where that frees something.
#[inline(never)]
pub(crate) fn leave(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    let value = pc.regs.take(i.a());
    pc.regs.drop_range(i.b(), i.c());
    leave_with(m, pc, value)
}

/// Leaves the running function with `()`, releasing `r[a .. a+b]`, where that frees something.
#[inline(never)]
pub(crate) fn leave_unit(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    pc.regs.drop_range(i.a(), i.b());
    leave_with(m, pc, KayVal::UNIT)
}

/// Leaves the running function with a value.
pub(crate) fn leave_with(m: &mut Machine, pc: Pc, value: KayVal) -> Pc {
    let link = m.frames.pop();
    match link.then() {
        Then::Store => link.caller().regs.set(link.caller().current().a(), value),
        Then::StoreClosure => {
            link.caller().regs.drop_one(link.caller().current().b());
            link.caller().regs.set(link.caller().current().a(), value);
        }
        Then::Drop => value.release(),
        Then::Finish | Then::Leave => return finish(m, pc, link, value),
    }
    link.caller()
}

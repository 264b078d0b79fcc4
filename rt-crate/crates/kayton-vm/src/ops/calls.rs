//! Entering and leaving functions.

use kayton_abi::{KayVal, Tag};

use crate::dispatch::{Out, Step};
use crate::frames::{Link, Then};
use crate::machine::Machine;
use crate::pc::{At, Pc};
use crate::regs::{head, load, store, Regs};
use crate::sites::Kind;

/// Enters a function for a call instruction, if there is room for it: its arguments stand in the caller's registers from
/// `first` on, all of them.
#[inline(always)]
pub(crate) fn enter(m: &mut Machine, caller: Pc, call: At, function: usize, first: u16) -> Option<Pc> {
    enter_at(m, caller, function, caller.regs.frame_at(usize::from(first)), Then::of(call))
}

/// Enters a function whose arguments already stand in its registers, if there is room for it that counts.
#[inline(always)]
pub(crate) fn enter_at(m: &mut Machine, caller: Pc, function: usize, regs: Regs, then: Then) -> Option<Pc> {
    let entry = m.entry(function);
    if m.frames.is_full() || !m.has_room(regs, entry.registers) {
        return None;
    }
    m.frames.push(Link::new(caller, then));
    Some(Pc { ip: entry.ip, regs })
}

/// Calls the function or closure in `r[b]` when everything fits; else the slow path looks at what it is.
#[inline(always)]
pub(crate) fn value(m: &mut Machine, pc: Pc) -> Option<Pc> {
    let i = pc.current();
    let callee = pc.regs.get(i.b());
    let then = match callee.tag {
        Tag::FUNC => Then::of(i),
        Tag::CLOSURE if !i.drops() => Then::StoreClosure,
        _ => return None,
    };
    let index = callee.aux as usize;
    if !m.site(i.c()).takes(i, m.shape(index)) {
        return None;
    }
    enter_at(m, pc, index, pc.regs.frame_at(usize::from(i.b() + 1)), then)
}

/// Calls the method that a cache has for the type of `r[b]`; else the slow path looks for one.
#[inline(always)]
pub(crate) fn method(m: &mut Machine, pc: Pc) -> Option<Pc> {
    let i = pc.current();
    let cache = m.cached(Kind::Method, i.c(), head(pc.regs.get(i.b())))?;
    if usize::from(cache.nargs) != i.nargs() {
        return None;
    }
    let then = if cache.leaves_receiver { Then::Finish } else { Then::of(i) };
    enter_at(m, pc, cache.slot as usize, pc.regs.frame_at(usize::from(i.b())), then)
}

/// Leaves the running function with the value of register `a`, or with `()`, after everything else was released; the slow
/// path does it where more is to be done than storing the value.
#[inline(always)]
pub(crate) fn leave(s: Step, a: Option<u16>, slow: impl FnOnce(&mut Machine, Pc) -> Pc) -> Out {
    let link = s.m.frames.last();
    let caller = link.caller();
    match link.then() {
        // SAFETY: the register below the frame is that of the closure.
        Then::StoreClosure if !unsafe { release_below(s.pc.regs) } => s.away(slow),
        Then::Store | Then::StoreClosure => {
            let value = a.map_or(KayVal::UNIT, |a| s.pc.regs.take(a));
            s.m.frames.pop();
            let to = caller.current().a();
            if caller.regs.tag(to).is_heap() {
                let old = caller.regs.swap(to, value);
                return s.resume(caller).released(old);
            }
            caller.regs.put(to, value);
            s.resume(caller).next()
        }
        Then::Drop => {
            let value = a.map_or(KayVal::UNIT, |a| s.pc.regs.take(a));
            s.m.frames.pop();
            s.resume(caller).released(value.object())
        }
        Then::Leave => {
            s.m.result = a.map_or(KayVal::UNIT, |a| s.pc.regs.take(a));
            s.m.frames.pop();
            s.go_to(caller.stopped())
        }
        Then::Finish => s.away(slow),
    }
}

/// Releases the register below a frame, unless that would free its object: then it does nothing and says `false`.
///
/// # Safety
/// The register is the caller's.
#[inline(always)]
unsafe fn release_below(regs: Regs) -> bool {
    // SAFETY: as above; registers hold values.
    unsafe {
        let shared = load(regs.below()).release_shared();
        if shared {
            store(regs.below(), KayVal::UNIT);
        }
        shared
    }
}

//! Boundaries, tests of types and sizes, and failures.

use kayton_abi::{errors, print, Guard, List, Tag};
use kayton_bytecode::Op;

use crate::machine::Machine;
use crate::pc::{opcode, At, Pc};
use crate::regs::Regs;

/// `r[a] = r[b]` across the boundary `c`.
#[inline(never)]
pub(crate) fn guard(m: &mut Machine, pc: Pc) -> Pc {
    cross(m, pc, m.program.guards[usize::from(pc.current().c())])
}

/// `r[a] = r[b]` across the boundary of a number or bool that the fast path did not find.
#[inline(never)]
pub(crate) fn scalar(m: &mut Machine, pc: Pc) -> Pc {
    let tag = match opcode(pc.current()) {
        Op::GuardInt => Tag::INT,
        Op::GuardFloat => Tag::FLOAT,
        _ => Tag::BOOL,
    };
    cross(m, pc, Guard::Builtin(tag))
}

#[inline(always)]
fn cross(m: &mut Machine, pc: Pc, guard: Guard) -> Pc {
    let i = pc.current();
    let mut value = pc.regs.get(i.b());
    if let Err(error) = guard.check(&m.program.types, &mut value) {
        return if i.high() { m.fail_at_argument(pc, i.b(), error) } else { m.fail(pc, error) };
    }
    // Only numbers are converted, so a counted value is still the register's.
    if value.is_heap() {
        value = pc.regs.own(i.b(), i.kills_b());
    }
    pc.regs.set(i.a(), value);
    pc
}

/// Jumps unless `r[a]`, which is freed now, is the variant `b`.
#[inline(never)]
pub(crate) fn unless_variant(_: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    let is_it = pc.regs.get(i.a()).variant() == Some(u32::from(i.b()));
    pc.regs.drop_one(i.a());
    if is_it {
        pc
    } else {
        pc.jumped(i.c_i16().into())
    }
}

/// Whether `r[a]` has not the outermost type `b`.
#[inline(never)]
pub(crate) fn unless_type(m: &Machine, r: Regs, i: At) -> bool {
    let admitted = m.program.guards[usize::from(i.b())].admits(&m.program.types, r.get(i.a()));
    if i.kills_a() {
        r.drop_one(i.a());
    }
    !admitted
}

/// Whether `r[a]` is not a list or tuple of `b` items, or at least so many.
#[inline(never)]
pub(crate) fn unless_len(r: Regs, i: At) -> bool {
    let value = r.get(i.a());
    let len = match value.tag {
        Tag::TUPLE => Some(value.aux as usize),
        Tag::LIST => value.get::<List>().map(List::len),
        _ => None,
    };
    let wanted = usize::from(i.b());
    let fits = len.is_some_and(|len| len == wanted || i.high() && len > wanted);
    if i.kills_a() {
        r.drop_one(i.a());
    }
    !fits
}

/// Whether `r[a]` is not an i64 between `r[b]` and, exclusively, `r[b+1]`.
#[inline(never)]
pub(crate) fn unless_between(r: Regs, i: At) -> bool {
    let value = r.get(i.a()).to_int();
    let (low, high) = (r.get(i.b()).to_int(), r.get(i.b() + 1).to_int());
    let inside = match (value, low, high) {
        (Some(value), Some(low), Some(high)) => low <= value && value < high,
        _ => false,
    };
    if i.kills_a() {
        r.drop_one(i.a());
    }
    !inside
}

/// Jumps as `switches[b]` says for the variant of `r[a]`, and consumes it.
#[inline(never)]
pub(crate) fn switch(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    let offset = m.switch(i.b(), pc.regs.get(i.a()));
    pc.regs.drop_one(i.a());
    pc.jumped(offset)
}

/// No arm of a `match` took the value.
#[cold]
pub(crate) fn no_match(m: &mut Machine, pc: Pc) -> Pc {
    let value = pc.regs.get(pc.current().a());
    m.here = pc;
    let error = match print::nested(m, value) {
        Ok(shown) => errors::no_match_arm(&shown),
        Err(error) => error,
    };
    m.fail(pc, error)
}

/// An error that the compiler foresaw.
#[cold]
pub(crate) fn raise(m: &mut Machine, pc: Pc) -> Pc {
    let text = &m.program.module.strings[usize::from(pc.current().a())];
    let error = errors::failure(text.as_str());
    m.fail(pc, error)
}

//! Iteration over anything (LANGUAGE §4). `r[a]` and `r[a+1]` hold it:
//!
//! | over | `r[a]` | `r[a+1]` |
//! | --- | --- | --- |
//! | a range of step 1 | its end | the next number |
//! | another built-in sequence | the sequence | where it goes on |
//! | a user's iterator | a copy of it | `()` |
//! | nothing more | `()` | `()` |

use kayton_abi::{errors, iter, objects, types, Hook, Host, KayVal, Range, Res, Tag};
use kayton_bytecode::Op;

use crate::frames::Then;
use crate::machine::Machine;
use crate::pc::{opcode, Pc};
use crate::slow::{calls, finish};

/// An `Iterable.iter` may give another iterable; this many in a row are taken for an endless loop.
const MOST_ITERABLES: usize = 100;

/// `r[a], r[a+1] =` an iteration over `r[b]`, from its start.
#[inline(never)]
pub(crate) fn init(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    let source = pc.regs.own(i.b(), i.kills_b());
    match start(m, pc, source) {
        Ok((source, cursor)) => {
            pc.regs.set(i.a(), source);
            pc.regs.set(i.a() + 1, cursor);
            pc
        }
        Err(error) => m.fail(pc, error),
    }
}

/// The two values of an iteration over an owned value.
fn start(m: &mut Machine, pc: Pc, source: KayVal) -> Res<(KayVal, KayVal)> {
    let mut source = source;
    for _ in 0..MOST_ITERABLES {
        if let Some((from, to)) = counted(source) {
            source.release();
            return Ok((KayVal::int(to), KayVal::int(from)));
        }
        if iter::is_iterable(source.tag) {
            return Ok((source, KayVal::int(0)));
        }
        if m.hook(source, Hook::Iterator).is_some() {
            return Ok((source, KayVal::UNIT));
        }
        let Some(iterable) = m.hook(source, Hook::Iterable) else {
            let error = errors::cannot_iterate(m.program.types.type_name(source));
            source.release();
            return Err(error);
        };
        m.here = pc;
        let result = m.call(iterable, &[source]);
        source.release();
        source = result?;
    }
    source.release();
    Err(errors::call_depth())
}

/// The bounds of a range of step 1.
fn counted(source: KayVal) -> Option<(i64, i64)> {
    let (from, to) = source.get::<Range>()?.bounds()?;
    Some((from, i64::try_from(to).ok()?))
}

/// If there is a next item: `r[b]` becomes it, and the instruction jumps.
#[inline(never)]
pub(crate) fn next(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    let (source, cursor) = (pc.regs.get(i.a()), pc.regs.get(i.a() + 1));
    if cursor.tag != Tag::INT {
        return next_of_user(m, pc, source);
    }
    if source.tag == Tag::LIST && opcode(i) == Op::IterNext {
        pc.ip.previous().patch(Op::IterNextList);
        return pc.again();
    }
    if source.tag != Tag::LIST && opcode(i) == Op::IterNextList {
        pc.ip.previous().patch(Op::IterNext);
        return pc.again();
    }
    let mut at = cursor.bits;
    match iter::next(source, &mut at) {
        Some(item) => {
            pc.regs.set(i.a() + 1, KayVal::int(at as i64));
            found(pc, item)
        }
        None => end(pc),
    }
}

fn found(pc: Pc, item: KayVal) -> Pc {
    let i = pc.current();
    pc.regs.set(i.b(), item);
    pc.jumped(i32::from(i.c_i16()))
}

/// The iteration is over; what it held is released at once.
fn end(pc: Pc) -> Pc {
    let i = pc.current();
    pc.regs.set(i.a(), KayVal::UNIT);
    pc.regs.set(i.a() + 1, KayVal::UNIT);
    pc
}

/// Enters `Iterator.next`; [`after_next`] goes on with what it gives.
fn next_of_user(m: &mut Machine, pc: Pc, source: KayVal) -> Pc {
    let Some(next) = m.hook(source, Hook::Iterator) else {
        return end(pc);
    };
    let function = next.aux as usize;
    let moves = m.program.function(function).mut_mask & 1 == 1;
    let receiver = pc.regs.own(pc.current().a(), moves);
    calls::enter_then(m, pc, function, &[receiver], Then::Finish)
}

/// Goes on after `Iterator.next` has given `answer`: the changed iterator moves back.
pub(crate) fn after_next(m: &mut Machine, pc: Pc, callee: Pc, answer: KayVal) -> Pc {
    if finish::changes_receiver(m, callee) {
        let changed = callee.regs.take(0);
        pc.regs.set(pc.current().a(), changed);
    }
    let item = objects::fields(&answer).first().copied();
    match (answer.variant(), item) {
        (Some(types::SOME), Some(item)) => {
            item.retain();
            answer.release();
            found(pc, item)
        }
        (Some(types::NONE), _) => end(pc),
        _ => {
            let error = errors::expected("Option", m.program.types.type_name(answer));
            answer.release();
            m.fail(pc, error)
        }
    }
}

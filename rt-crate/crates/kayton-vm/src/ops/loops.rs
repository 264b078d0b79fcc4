//! Fast paths of loops and of tests of a pattern.

use kayton_abi::list::Items;
use kayton_abi::{KayVal, List, Tag};
use kayton_bytecode::Instr;

use crate::regs::Regs;

/// Counts `r[a]` up and says whether it is below `r[b]`, both proven i64.
#[inline(always)]
pub(crate) fn for_range(r: Regs, i: Instr) -> bool {
    let next = r.int(i.a()).wrapping_add(1);
    r.put(i.a(), KayVal::int(next));
    next < r.int(i.b())
}

/// Iterates over a range of step 1: `r[a]` is its end, `r[a+1]` the next item.
#[inline(always)]
pub(crate) fn next_number(r: Regs, i: Instr) -> Option<bool> {
    let (end, cursor) = (i.a(), i.a() + 1);
    if r.tag(end) != Tag::INT {
        return None;
    }
    let next = r.int(cursor);
    let more = next < r.int(end);
    if more {
        r.put(cursor, KayVal::int(next.wrapping_add(1)));
        r.set_int(i.b(), next);
    }
    Some(more)
}

/// Iterates over a list: `r[a]` is the list, `r[a+1]` the index of the next item. `None` at the end too.
#[inline(always)]
pub(crate) fn next_of_list(r: Regs, i: Instr) -> Option<bool> {
    let list = r.get(i.a());
    let at = r.int(i.a() + 1) as usize;
    let item = match list.get::<List>()?.items() {
        Items::Ints(ints) => KayVal::int(*ints.get(at)?),
        Items::Floats(floats) => KayVal::float(*floats.get(at)?),
        Items::Any(values) => values.get(at)?.retained(),
    };
    r.put(i.a() + 1, KayVal::int(at as i64 + 1));
    r.set(i.b(), item);
    Some(true)
}

/// Whether `r[a]` is not the variant `b`.
#[inline(always)]
pub(crate) fn unless_variant(r: Regs, i: Instr) -> bool {
    let differs = r.get(i.a()).variant() != Some(u32::from(i.b()));
    if i.kills_a() {
        r.drop_one(i.a());
    }
    differs
}

/// Whether `r[a]` is not an i64 between `r[b]` and, exclusively, `r[b+1]`.
#[inline(always)]
pub(crate) fn unless_between(r: Regs, i: Instr) -> bool {
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

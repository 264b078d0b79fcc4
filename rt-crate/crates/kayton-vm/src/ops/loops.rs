//! Fast paths of loops and of tests of a pattern.

use kayton_abi::list::Items;
use kayton_abi::{KayVal, List, Tag};

use crate::pc::At;
use crate::regs::Regs;

/// Counts `r[a]` up and says whether it is below `r[b]`, both proven i64.
#[inline(always)]
pub(crate) fn for_range(r: Regs, i: At) -> bool {
    let next = r.int(i.a()).wrapping_add(1);
    r.put(i.a(), KayVal::int(next));
    next < r.int(i.b())
}

/// The next item of a range of step 1: `r[a]` is its end, `r[a+1]` the item. `None` for anything else.
#[inline(always)]
pub(crate) fn next_number(r: Regs, i: At) -> Option<Option<KayVal>> {
    let (end, cursor) = (i.a(), i.a() + 1);
    if r.tag(end) != Tag::INT {
        return None;
    }
    let next = r.int(cursor);
    if next >= r.int(end) {
        return Some(None);
    }
    r.put_int(cursor, next.wrapping_add(1));
    Some(Some(KayVal::int(next)))
}

/// The next item of a list: `r[a]` is the list, `r[a+1]` the index of the item. `None` at the end too.
#[inline(always)]
pub(crate) fn next_of_list(r: Regs, i: At) -> Option<KayVal> {
    let list = r.get(i.a());
    let at = r.int(i.a() + 1) as usize;
    let item = match list.get::<List>()?.items() {
        Items::Ints(ints) => KayVal::int(*ints.get(at)?),
        Items::Floats(floats) => KayVal::float(*floats.get(at)?),
        Items::Any(values) => values.get(at)?.retained(),
    };
    r.put_int(i.a() + 1, at as i64 + 1);
    Some(item)
}

/// Whether `r[a]` is the variant `b`; `None` when it is consumed and that frees it.
#[inline(always)]
pub(crate) fn is_variant(r: Regs, i: At) -> Option<bool> {
    let value = r.get(i.a());
    if i.kills_a() && !r.release_shared(i.a()) {
        return None;
    }
    Some(value.variant() == Some(u32::from(i.b())))
}

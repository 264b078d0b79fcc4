//! Built-in methods that are called most, as quick forms of the call: no receiver moves, no argument is made absent. A quick
//! form looks at the receiver's tag alone: what a name means for it was found out when the form was written.

use kayton_abi::{KayVal, List, Str, Table, Tag};

use crate::pc::At;
use crate::regs::Regs;

/// The length of a list.
#[inline(always)]
pub(crate) fn list_len(list: KayVal) -> Option<KayVal> {
    Some(KayVal::int(list.get::<List>()?.len() as i64))
}

/// The length of a str that was counted before.
#[inline(always)]
pub(crate) fn str_len(text: KayVal) -> Option<KayVal> {
    Some(KayVal::int(text.get::<Str>()?.known_chars()? as i64))
}

/// The square root of a float.
#[inline(always)]
pub(crate) fn sqrt(x: KayVal) -> Option<KayVal> {
    x.to_float().map(|x| KayVal::float(x.sqrt()))
}

/// The value of an i64 key in `r[first]`, or what stands after it and is uncounted.
#[inline(always)]
pub(crate) fn map_get_or(map: KayVal, r: Regs, first: u16) -> Option<KayVal> {
    let default = r.get(first + 1);
    if map.tag != Tag::MAP || r.tag(first) != Tag::INT || default.is_heap() {
        return None;
    }
    Some(map.get::<Table>()?.get_int(r.int(first)).unwrap_or(default).retained())
}

/// Appends the argument to the list in `r[a]`, if nobody shares it and there is room; says whether it did.
#[inline(always)]
pub(crate) fn push(r: Regs, i: At) -> bool {
    let list = r.place(i.a());
    if list.tag != Tag::LIST || !list.is_unique() {
        return false;
    }
    let item = i.b() + 1;
    let Ok(list) = list.unique::<List>() else { return false };
    let pushed = list.push_in_place(r.get(item));
    if pushed && r.tag(item).is_heap() {
        r.put(item, KayVal::UNIT);
    }
    pushed
}

//! Fast paths of reading and writing parts of values.

use kayton_abi::list::{Items, ItemsMut};
use kayton_abi::{objects, types, KayVal, List, Table, Tag};

use crate::machine::Machine;
use crate::pc::At;
use crate::regs::{head, load, store, Regs};
use crate::sites::Kind;

/// Field `slot` of an object.
///
/// # Safety
/// `object` has a tag with fields, and more than `slot` of them.
#[inline(always)]
pub(crate) unsafe fn field(object: KayVal, slot: usize) -> *mut KayVal {
    // SAFETY: objects with fields are a header as large as a value, then the fields (kayton_abi::objects).
    unsafe { (object.bits as usize as *mut KayVal).add(1 + slot) }
}

/// Capture `index` of the closure whose function runs in these registers.
#[inline(always)]
pub(crate) fn capture(r: Regs, index: u16) -> KayVal {
    // SAFETY: the register below a frame exists and holds a value.
    let closure = unsafe { load(r.below()) };
    objects::fields(&closure).get(usize::from(index)).map_or(KayVal::UNIT, |value| value.retained())
}

/// `globals[b]`, if it is set.
#[inline(always)]
pub(crate) fn get_global(m: &Machine, i: At) -> Option<KayVal> {
    let value = m.global(i.b());
    (!value.is_absent()).then(|| value.retained())
}

/// `r[b].name`, while `r[b]` has the type of the site's cache and is not consumed.
#[inline(always)]
pub(crate) fn get_field(m: &Machine, r: Regs, i: At) -> Option<KayVal> {
    let cache = m.cache(Kind::Read, i.c());
    let object = r.get(i.b());
    if head(object) != cache.head || i.kills_b() {
        return None;
    }
    // SAFETY: the cache was filled for this struct or class type, which has the field.
    Some(unsafe { load(field(object, cache.slot as usize)) }.retained())
}

/// `r[b].name`, while `r[b]` has the type of the site's cache, and consumed unless that frees it.
#[inline(always)]
pub(crate) fn get_last_field(m: &Machine, r: Regs, i: At) -> Option<KayVal> {
    let cache = m.cache(Kind::Read, i.c());
    let object = r.get(i.b());
    if head(object) != cache.head || !object.release_shared() {
        return None;
    }
    // SAFETY: as in `get_field`; others hold the object.
    let value = unsafe { load(field(object, cache.slot as usize)) }.retained();
    r.put(i.b(), KayVal::UNIT);
    Some(value)
}

/// `r[a].name = r[b]`, while `r[a]` has the type of the site's cache and may be changed in place, and `r[b]` needs no check or
/// one of its tag; gives the old value's object.
#[inline(always)]
pub(crate) fn set_field(m: &Machine, r: Regs, i: At) -> Option<u64> {
    let object = r.get(i.a());
    let cache = m.cache(Kind::Write, i.c());
    // A struct that is stored in itself is no longer unique then.
    let in_place = object.tag == Tag::CLASS || object.is_unique() && i.a() != i.b();
    if head(object) != cache.head || !in_place || !cache.admits(r.tag(i.b())) {
        return None;
    }
    let value = r.own(i.b(), i.kills_b());
    // SAFETY: as in `get_field`; the object is a reference, or unique.
    unsafe {
        let place = field(object, cache.slot as usize);
        let old = load(place);
        store(place, value);
        Some(old.object())
    }
}

/// Part `c` of `r[b]`, unless consuming it frees it.
#[inline(always)]
pub(crate) fn get_slot(r: Regs, i: At) -> Option<KayVal> {
    let object = r.get(i.b());
    let part = objects::fields(&object).get(usize::from(i.c()))?;
    if i.kills_b() && !r.release_shared(i.b()) {
        return None;
    }
    Some(part.retained())
}

/// The place in a list of `len` items that register `index` names.
#[inline(always)]
fn place(r: Regs, index: u16, len: usize) -> Option<usize> {
    let at = r.int(index) as usize;
    (r.tag(index) == Tag::INT && at < len).then_some(at)
}

/// Releases `r[b]` where this is its last use, unless that frees it: then it says `false`.
#[inline(always)]
fn consumes_source(r: Regs, i: At) -> bool {
    !i.kills_b() || r.release_shared(i.b())
}

/// `r[b][r[c]]` while `r[b]` is a list of ints that is not freed.
#[inline(always)]
pub(crate) fn index_ints(r: Regs, i: At) -> Option<KayVal> {
    let value = r.get(i.b());
    let Items::Ints(ints) = value.get::<List>()?.items() else { return None };
    let item = ints[place(r, i.c(), ints.len())?];
    consumes_source(r, i).then(|| KayVal::int(item))
}

/// `r[b][r[c]]` while `r[b]` is a list of floats that is not freed.
#[inline(always)]
pub(crate) fn index_floats(r: Regs, i: At) -> Option<KayVal> {
    let value = r.get(i.b());
    let Items::Floats(floats) = value.get::<List>()?.items() else { return None };
    let item = floats[place(r, i.c(), floats.len())?];
    consumes_source(r, i).then(|| KayVal::float(item))
}

/// `r[b][r[c]]` while `r[b]` is a list of anything that is not freed.
#[inline(always)]
pub(crate) fn index_any(r: Regs, i: At) -> Option<KayVal> {
    let value = r.get(i.b());
    let Items::Any(values) = value.get::<List>()?.items() else { return None };
    let item = values[place(r, i.c(), values.len())?];
    consumes_source(r, i).then(|| item.retained())
}

/// `r[b][r[c]].name` for this instruction and the `GetField` that comes next, while `r[b]` is a list of
/// anything whose item has the type of that one's cache. The item itself goes nowhere: nobody else wants it.
#[inline(always)]
pub(crate) fn index_field(m: &Machine, r: Regs, i: At, next: At) -> Option<KayVal> {
    let value = r.get(i.b());
    let Items::Any(values) = value.get::<List>()?.items() else { return None };
    let item = values[place(r, i.c(), values.len())?];
    let cache = m.cache(Kind::Read, next.c());
    if head(item) != cache.head || !r.release_shared(i.a()) {
        return None;
    }
    // SAFETY: the cache was filled for this struct or class type, which has the field.
    Some(unsafe { load(field(item, cache.slot as usize)) }.retained())
}

/// `r[b][r[c]][r[next c]]` for this instruction and the `Index` that comes next, while `r[b]` is a list of anything whose item
/// is a list of numbers.
#[inline(always)]
pub(crate) fn index_index(r: Regs, i: At, next: At) -> Option<KayVal> {
    let value = r.get(i.b());
    let Items::Any(values) = value.get::<List>()?.items() else { return None };
    let item = values[place(r, i.c(), values.len())?];
    let part = match item.get::<List>()?.items() {
        Items::Ints(ints) => KayVal::int(ints[place(r, next.c(), ints.len())?]),
        Items::Floats(floats) => KayVal::float(floats[place(r, next.c(), floats.len())?]),
        Items::Any(_) => return None,
    };
    r.release_shared(i.a()).then_some(part)
}

/// `r[b][r[c]]` while `r[b]` is a map that is not freed and `r[c]` an int that is a key.
#[inline(always)]
pub(crate) fn index_map(r: Regs, i: At) -> Option<KayVal> {
    let map = r.get(i.b());
    if map.tag != Tag::MAP || r.tag(i.c()) != Tag::INT {
        return None;
    }
    let value = map.get::<Table>()?.get_int(r.int(i.c()))?;
    consumes_source(r, i).then(|| value.retained())
}

/// `r[a][r[b]] = r[c]` while `r[a]` is an unshared map and `r[b]` an int that is a key; gives the old value's object.
#[inline(always)]
pub(crate) fn set_index_map(r: Regs, i: At) -> Option<u64> {
    let target = r.place(i.a());
    // A map that is stored in itself is no longer unique then.
    if target.tag != Tag::MAP || !target.is_unique() || i.high() || i.a() == i.c() || r.tag(i.b()) != Tag::INT {
        return None;
    }
    let table = target.unique::<Table>().ok()?;
    let at = table.find_int(r.int(i.b()))?;
    Some(std::mem::replace(table.value_at(at), r.own(i.c(), i.kills_c())).object())
}

/// The list in `r[a]` for changing it in place, if nobody shares it.
#[inline(always)]
fn unshared<'a>(r: Regs, i: At) -> Option<ItemsMut<'a>> {
    let target = r.place(i.a());
    if target.tag != Tag::LIST || !target.is_unique() {
        return None;
    }
    target.unique::<List>().ok().map(List::items_mut)
}

/// `r[a][r[b]] = r[c]` while `r[a]` is an unshared list of ints and `r[c]` an int.
#[inline(always)]
pub(crate) fn set_index_ints(r: Regs, i: At) -> bool {
    match unshared(r, i) {
        Some(ItemsMut::Ints(ints)) if r.tag(i.c()) == Tag::INT => match place(r, i.b(), ints.len()) {
            Some(at) => {
                ints[at] = r.int(i.c());
                true
            }
            None => false,
        },
        _ => false,
    }
}

/// `r[a][r[b]] = r[c]` while `r[a]` is an unshared list of floats and `r[c]` a float.
#[inline(always)]
pub(crate) fn set_index_floats(r: Regs, i: At) -> bool {
    match unshared(r, i) {
        Some(ItemsMut::Floats(floats)) if r.tag(i.c()) == Tag::FLOAT => match place(r, i.b(), floats.len()) {
            Some(at) => {
                floats[at] = r.float(i.c());
                true
            }
            None => false,
        },
        _ => false,
    }
}

/// `r[a][r[b]] = r[c]` while `r[a]` is an unshared list of anything; gives the old item's object.
#[inline(always)]
pub(crate) fn set_index_any(r: Regs, i: At) -> Option<u64> {
    let Some(ItemsMut::Any(values)) = unshared(r, i) else { return None };
    let at = place(r, i.b(), values.len())?;
    Some(std::mem::replace(&mut values[at], r.own(i.c(), i.kills_c())).object())
}

/// What `r[b]` holds if it is `Ok` or `Some`, or nothing if it is `Err` or `None`; `None` when it is neither, or consuming
/// it frees it.
#[inline(always)]
pub(crate) fn try_ok(r: Regs, i: At) -> Option<Option<KayVal>> {
    let value = r.get(i.b());
    match value.variant() {
        Some(types::SOME | types::OK) => {
            let inner = objects::fields(&value).first()?;
            consumes_source(r, i).then(|| Some(inner.retained()))
        }
        Some(types::NONE | types::ERR) => Some(None),
        _ => None,
    }
}

/// `r[b]`, if it has the tag.
#[inline(always)]
pub(crate) fn guard_scalar(r: Regs, i: At, tag: Tag) -> Option<KayVal> {
    (r.tag(i.b()) == tag).then(|| r.get(i.b()))
}

//! Fast paths of reading and writing parts of values.

use kayton_abi::list::{Items, ItemsMut};
use kayton_abi::{objects, types, KayVal, List, Tag};
use kayton_bytecode::Instr;

use crate::machine::Machine;
use crate::regs::{head, load, store, Regs};

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

/// `r[a] = globals[b]`, if it is set.
#[inline(always)]
pub(crate) fn get_global(m: &Machine, r: Regs, i: Instr) -> bool {
    let value = m.global(i.b());
    if value.is_absent() {
        return false;
    }
    r.set(i.a(), value.retained());
    true
}

/// `r[a] = r[b].name`, while `r[b]` has the type of the site's cache.
#[inline(always)]
pub(crate) fn get_field(m: &Machine, r: Regs, i: Instr) -> bool {
    let site = m.site(i.c());
    let object = r.get(i.b());
    if head(object) != site.read.head {
        return false;
    }
    // SAFETY: the cache was filled for this struct or class type, which has the field.
    let value = unsafe { load(field(object, site.read.slot as usize)) }.retained();
    consume_source(r, i);
    r.set(i.a(), value);
    true
}

/// `r[a].name = r[b]`, while `r[a]` has the type of the site's cache and may be changed in place.
#[inline(always)]
pub(crate) fn set_field(m: &Machine, r: Regs, i: Instr) -> bool {
    let site = m.site(i.c());
    let object = r.get(i.a());
    // A struct that is stored in itself is no longer unique then.
    let in_place = object.tag == Tag::CLASS || object.is_unique() && i.a() != i.b();
    if head(object) != site.write.head || !in_place {
        return false;
    }
    let value = r.own(i.b(), i.kills_b());
    // SAFETY: as in `get_field`; the object is a reference, or unique.
    unsafe {
        let place = field(object, site.write.slot as usize);
        let old = load(place);
        store(place, value);
        old.release();
    }
    true
}

/// `r[a] =` part `c` of `r[b]`.
#[inline(always)]
pub(crate) fn get_slot(r: Regs, i: Instr) -> bool {
    let object = r.get(i.b());
    let Some(part) = objects::fields(&object).get(usize::from(i.c())) else {
        return false;
    };
    let part = part.retained();
    consume_source(r, i);
    r.set(i.a(), part);
    true
}

/// The place in a list of `len` items that register `index` names.
#[inline(always)]
fn place(r: Regs, index: u16, len: usize) -> Option<usize> {
    let at = r.int(index) as usize;
    (r.tag(index) == Tag::INT && at < len).then_some(at)
}

/// Releases `r[b]` where this is its last use.
#[inline(always)]
fn consume_source(r: Regs, i: Instr) {
    if i.kills_b() {
        r.drop_one(i.b());
    }
}

/// `r[a] = r[b][r[c]]` while `r[b]` is a list of ints.
#[inline(always)]
pub(crate) fn index_ints(r: Regs, i: Instr) -> bool {
    let value = r.get(i.b());
    match value.get::<List>().map(List::items) {
        Some(Items::Ints(ints)) => match place(r, i.c(), ints.len()) {
            Some(at) => {
                let item = ints[at];
                consume_source(r, i);
                r.set_int(i.a(), item);
                true
            }
            None => false,
        },
        _ => false,
    }
}

/// `r[a] = r[b][r[c]]` while `r[b]` is a list of floats.
#[inline(always)]
pub(crate) fn index_floats(r: Regs, i: Instr) -> bool {
    let value = r.get(i.b());
    match value.get::<List>().map(List::items) {
        Some(Items::Floats(floats)) => match place(r, i.c(), floats.len()) {
            Some(at) => {
                let item = floats[at];
                consume_source(r, i);
                r.set_float(i.a(), item);
                true
            }
            None => false,
        },
        _ => false,
    }
}

/// `r[a] = r[b][r[c]]` while `r[b]` is a list of anything.
#[inline(always)]
pub(crate) fn index_any(r: Regs, i: Instr) -> bool {
    let value = r.get(i.b());
    match value.get::<List>().map(List::items) {
        Some(Items::Any(values)) => match place(r, i.c(), values.len()) {
            Some(at) => {
                let item = values[at].retained();
                consume_source(r, i);
                r.set(i.a(), item);
                true
            }
            None => false,
        },
        _ => false,
    }
}

/// `r[next a] = r[b][r[c]].name` for this instruction and the `GetField` that comes next, while `r[b]` is a list of
/// anything whose item has the type of that one's cache. The item itself goes nowhere: nobody else wants it.
#[inline(always)]
pub(crate) fn index_field(m: &Machine, r: Regs, i: Instr, next: Instr) -> bool {
    let value = r.get(i.b());
    let Some(Items::Any(values)) = value.get::<List>().map(List::items) else {
        return false;
    };
    let Some(at) = place(r, i.c(), values.len()) else {
        return false;
    };
    let (item, site) = (values[at], m.site(next.c()));
    if head(item) != site.read.head {
        return false;
    }
    // SAFETY: the cache was filled for this struct or class type, which has the field.
    let part = unsafe { load(field(item, site.read.slot as usize)) }.retained();
    r.drop_one(i.a());
    r.set(next.a(), part);
    true
}

/// The list in `r[a]` for changing it in place, if nobody shares it.
#[inline(always)]
fn unshared<'a>(r: Regs, i: Instr) -> Option<ItemsMut<'a>> {
    let target = r.place(i.a());
    if target.tag != Tag::LIST || !target.is_unique() {
        return None;
    }
    target.unique::<List>().ok().map(List::items_mut)
}

/// `r[a][r[b]] = r[c]` while `r[a]` is an unshared list of ints and `r[c]` an int.
#[inline(always)]
pub(crate) fn set_index_ints(r: Regs, i: Instr) -> bool {
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
pub(crate) fn set_index_floats(r: Regs, i: Instr) -> bool {
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

/// `r[a][r[b]] = r[c]` while `r[a]` is an unshared list of anything.
#[inline(always)]
pub(crate) fn set_index_any(r: Regs, i: Instr) -> bool {
    match unshared(r, i) {
        Some(ItemsMut::Any(values)) => match place(r, i.b(), values.len()) {
            Some(at) => {
                let old = std::mem::replace(&mut values[at], r.own(i.c(), i.kills_c()));
                old.release();
                true
            }
            None => false,
        },
        _ => false,
    }
}

/// Whether `r[b]` is `Ok` or `Some`, whose content then goes to `r[a]`; `None` when it is no Option or Result.
#[inline(always)]
pub(crate) fn try_ok(r: Regs, i: Instr) -> Option<bool> {
    let value = r.get(i.b());
    match value.variant() {
        Some(types::SOME | types::OK) => {
            let inner = objects::fields(&value).first().map_or(KayVal::UNIT, |inner| inner.retained());
            consume_source(r, i);
            r.set(i.a(), inner);
            Some(true)
        }
        Some(types::NONE | types::ERR) => Some(false),
        _ => None,
    }
}

/// `r[a] = r[b]`, if it has the tag.
#[inline(always)]
pub(crate) fn guard_scalar(r: Regs, i: Instr, tag: Tag) -> bool {
    let passes = r.tag(i.b()) == tag;
    if passes {
        r.set(i.a(), r.get(i.b()));
    }
    passes
}

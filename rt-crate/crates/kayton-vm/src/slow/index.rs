//! Indexing where the fast paths do not apply.

use kayton_abi::list::Items;
use kayton_abi::{access, errors, Hook, Host, KayVal, List, Owned, Range, Res, Table, Tag};
use kayton_bytecode::Op;

use crate::machine::Machine;
use crate::ops::parts;
use crate::pc::{opcode, Pc};
use crate::slow::calls;

/// Whether indexing values of this tag is built in, and their types are not asked for an implementation.
fn is_built_in(tag: Tag) -> bool {
    matches!(tag, Tag::LIST | Tag::MAP | Tag::STR)
}

/// The quick form of `Index` or `SetIndex` for a list.
fn form(list: &List, [ints, floats, any]: [Op; 3]) -> Op {
    match list.items() {
        Items::Ints(_) => ints,
        Items::Floats(_) => floats,
        Items::Any(_) => any,
    }
}

/// Whether `index` is a place in the list.
fn is_inside(list: &List, index: KayVal) -> bool {
    index.to_int().and_then(|at| usize::try_from(at).ok()).is_some_and(|at| at < list.len())
}

/// `r[a] = r[b][r[c]]`: writes the quick form that fits over the instruction and executes that, or indexes.
#[inline(never)]
pub(crate) fn quicken(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    let (source, index) = (pc.regs.get(i.b()), pc.regs.get(i.c()));
    if source.tag == Tag::MAP && index.tag == Tag::INT && opcode(i) == Op::Index {
        pc.ip.previous().patch(Op::IndexMap);
    }
    if let Some(value) = in_map(source, index) {
        let value = value.retained();
        consume_operands(pc);
        pc.regs.set(i.a(), value);
        return pc;
    }
    if let Some(list) = source.get::<List>().filter(|list| is_inside(list, index)) {
        let any = any_form(pc, list, index);
        let quick = form(list, [Op::IndexInts, Op::IndexFloats, any]);
        // The form that fits has failed where consuming the list frees it.
        if quick != opcode(i) {
            pc.ip.previous().patch(quick);
            return pc.again();
        }
    } else if source.tag != Tag::MAP {
        pc.ip.previous().patch(Op::Index);
    }
    if !is_built_in(source.tag) {
        if let Some(get) = m.hook(source, Hook::Index) {
            let args = [pc.regs.own(i.b(), i.kills_b()), pc.regs.own(i.c(), i.kills_c())];
            return calls::enter_with(m, pc, get.aux as usize, &args);
        }
    }
    m.here = pc;
    let part = access::get(m, source, index);
    consume_operands(pc);
    m.store(pc, part)
}

/// The value of an i64 or str key of a map, borrowed.
#[inline]
fn in_map(source: KayVal, key: KayVal) -> Option<KayVal> {
    let table = source.get::<Table>().filter(|_| source.tag == Tag::MAP)?;
    table.find_plain(key).map(|at| table.value_of(at))
}

/// Releases the operands `b` and `c` where this is their last use.
fn consume_operands(pc: Pc) {
    let i = pc.current();
    if i.kills_b() {
        pc.regs.drop_one(i.b());
    }
    if i.kills_c() {
        pc.regs.drop_one(i.c());
    }
}

/// The quick form of `Index` for a list of anything: one that also executes the next instruction where that one takes a part of
/// the item and nobody else wants the item.
fn any_form(pc: Pc, list: &List, index: KayVal) -> Op {
    let (i, next) = (pc.current(), pc.ip.at());
    if next.b() != i.a() || !next.kills_b() || i.kills_b() {
        return Op::IndexAny;
    }
    let item = index.to_int().and_then(|at| list.get(at as usize));
    let of_numbers = item.and_then(|item| item.get::<List>().map(|item| !matches!(item.items(), Items::Any(_))));
    match opcode(next) {
        Op::GetField | Op::GetLastField => Op::IndexField,
        Op::Index | Op::IndexInts | Op::IndexFloats if of_numbers == Some(true) && next.c() != i.a() => Op::IndexIndex,
        _ => Op::IndexAny,
    }
}

/// `IndexField` or `IndexIndex` where the item is not what was found last: the two instructions one by one.
#[inline(never)]
pub(crate) fn field(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    match parts::index_any(pc.regs, i) {
        Some(item) => {
            pc.regs.set(i.a(), item);
            pc
        }
        None => quicken(m, pc),
    }
}

/// `r[a][r[b]] = r[c]`: writes the quick form that fits over the instruction and executes that, or stores.
#[inline(never)]
pub(crate) fn quicken_set(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    let (target, index) = (pc.regs.get(i.a()), pc.regs.get(i.b()));
    if target.tag == Tag::MAP && index.tag == Tag::INT && opcode(i) == Op::SetIndex {
        pc.ip.previous().patch(Op::SetIndexMap);
    }
    if target.tag == Tag::MAP && store_in_map(pc) {
        return pc;
    }
    if let Some(list) = target.get::<List>().filter(|list| !i.high() && is_inside(list, index)) {
        let quick = form(list, [Op::SetIndexInts, Op::SetIndexFloats, Op::SetIndexAny]);
        let fits = match quick {
            Op::SetIndexInts => pc.regs.tag(i.c()) == Tag::INT,
            Op::SetIndexFloats => pc.regs.tag(i.c()) == Tag::FLOAT,
            // A list that is stored in itself is no longer unique then.
            _ => i.a() != i.c(),
        };
        if fits && target.is_unique() {
            pc.ip.previous().patch(quick);
            return pc.again();
        }
    }
    if target.tag != Tag::MAP {
        pc.ip.previous().patch(Op::SetIndex);
    }
    let value = pc.regs.own(i.c(), i.kills_c());
    let result = store(m, pc, index, value);
    if i.kills_b() {
        pc.regs.drop_one(i.b());
    }
    match result {
        Ok(()) => pc,
        Err(error) => m.fail(pc, error),
    }
}

/// Replaces the value of an i64 or str key that an unshared map has.
#[inline]
fn store_in_map(pc: Pc) -> bool {
    let i = pc.current();
    let target = pc.regs.place(i.a());
    // A map that is stored in itself is no longer unique then.
    if i.high() || i.a() == i.c() || !target.is_unique() {
        return false;
    }
    let Ok(table) = target.unique::<Table>() else {
        return false;
    };
    let Some(at) = table.find_plain(pc.regs.get(i.b())) else {
        return false;
    };
    let old = std::mem::replace(table.value_at(at), pc.regs.own(i.c(), i.kills_c()));
    if i.kills_b() {
        pc.regs.drop_one(i.b());
    }
    old.release();
    true
}

fn store(m: &mut Machine, pc: Pc, index: KayVal, value: KayVal) -> Res<()> {
    let i = pc.current();
    let target = pc.regs.place(i.a());
    if i.high() && target.tag != Tag::CLASS {
        value.release();
        return Err(errors::cannot_change());
    }
    m.here = pc;
    set(m, target, index, value)
}

/// `target[index] = value`, by the user's `IndexSet.set` where the type has one; takes over the count of `value`.
pub(crate) fn set(m: &mut Machine, target: &mut KayVal, index: KayVal, value: KayVal) -> Res<()> {
    if !is_built_in(target.tag) {
        if let Some(method) = m.hook(*target, Hook::IndexSet) {
            let result = m.call_mut(method, target, &[index, value]);
            value.release();
            return result.map(KayVal::release);
        }
    }
    access::set(&m.program.types, target, index, value)
}

/// The user's `Index.get` for `target`, if indexing it is not built in.
pub(crate) fn user_get(m: &Machine, target: KayVal) -> Option<KayVal> {
    if is_built_in(target.tag) {
        return None;
    }
    m.hook(target, Hook::Index)
}

/// `r[a] = r[b][r[b+1] .. r[b+2]]`, where either bound may be absent.
#[inline(never)]
pub(crate) fn slice(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    let source = pc.regs.get(i.b());
    let part = match bounds(m, pc) {
        Ok((Some(from), Some(to))) if user_get(m, source).is_some() => {
            let range = if i.high() { Range::inclusive(from, to) } else { Range::exclusive(from, to) };
            let range = Owned::new(range);
            m.here = pc;
            user_get(m, source).map_or(Ok(KayVal::UNIT), |get| m.call(get, &[source, *range]))
        }
        Ok((from, to)) => {
            let end = to.map(|to| i128::from(to) + i128::from(i.high()));
            access::slice(&m.program.types, source, from.unwrap_or(0), end)
        }
        Err(error) => Err(error),
    };
    pc.regs.drop_range(i.b(), 3);
    m.store(pc, part)
}

fn bounds(m: &Machine, pc: Pc) -> Res<(Option<i64>, Option<i64>)> {
    let first = pc.current().b();
    Ok((bound(m, pc.regs.get(first + 1))?, bound(m, pc.regs.get(first + 2))?))
}

fn bound(m: &Machine, value: KayVal) -> Res<Option<i64>> {
    match value.tag {
        Tag::ABSENT => Ok(None),
        Tag::INT => Ok(Some(value.int_bits())),
        _ => Err(errors::expected("i64", m.program.types.type_name(value))),
    }
}

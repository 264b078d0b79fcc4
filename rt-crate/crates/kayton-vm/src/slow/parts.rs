//! Parts of values where the fast paths do not apply.

use kayton_abi::{errors, objects, types, KayVal, List, Tag};

use crate::machine::Machine;
use crate::pc::Pc;

/// A module-level variable that is not set yet.
#[cold]
pub(crate) fn unset_global(m: &mut Machine, pc: Pc) -> Pc {
    let name = m.program.globals[usize::from(pc.current().b())];
    let error = errors::used_before_set(m.program.name(name));
    m.fail(pc, error)
}

/// `globals[b] = r[a]`
#[inline(never)]
pub(crate) fn set_global(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    m.set_global(i.b(), pc.regs.own(i.a(), i.kills_a()));
    pc
}

/// `r[a] =` part `c` of the tuple `r[b]`.
#[inline(never)]
pub(crate) fn part(m: &mut Machine, pc: Pc) -> Pc {
    let tuple = pc.regs.get(pc.current().b());
    if tuple.tag != Tag::TUPLE {
        return no_part(m, pc);
    }
    found(m, pc, objects::fields(&tuple).get(usize::from(pc.current().c())).copied())
}

/// `r[a] =` part `c` of `r[b]`, which may be a list.
#[inline(never)]
pub(crate) fn slot(m: &mut Machine, pc: Pc) -> Pc {
    let (value, at) = (pc.regs.get(pc.current().b()), usize::from(pc.current().c()));
    let part = match value.get::<List>() {
        Some(list) => list.get(at),
        None => objects::fields(&value).get(at).copied(),
    };
    found(m, pc, part)
}

/// Stores a borrowed part, consuming what it is a part of.
fn found(m: &mut Machine, pc: Pc, part: Option<KayVal>) -> Pc {
    let i = pc.current();
    let Some(part) = part.map(KayVal::retained) else {
        return no_part(m, pc);
    };
    if i.kills_b() {
        pc.regs.drop_one(i.b());
    }
    pc.regs.set(i.a(), part);
    pc
}

#[cold]
fn no_part(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    let error = errors::no_field(&i.c().to_string(), m.program.types.type_name(pc.regs.get(i.b())));
    m.fail(pc, error)
}

/// `r[a] = r[b][c ..]` of a list.
#[inline(never)]
pub(crate) fn list_rest(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    let value = pc.regs.get(i.b());
    let from = usize::from(i.c());
    let rest = match value.get::<List>() {
        Some(list) if from <= list.len() => list.slice(from, list.len()),
        Some(list) => Err(errors::slice_out_of_range(list.len(), from as i64, list.len())),
        None => Err(errors::expected("List", m.program.types.type_name(value))),
    };
    if i.kills_b() {
        pc.regs.drop_one(i.b());
    }
    m.store(pc, rest)
}

/// If `r[b]` is `Ok` or `Some`: `r[a] =` what it holds, and jumps.
#[inline(never)]
pub(crate) fn try_ok(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    let value = pc.regs.get(i.b());
    if let (Some(types::SOME | types::OK), Some(inner)) = (value.variant(), objects::fields(&value).first()) {
        let inner = inner.retained();
        if i.kills_b() {
            pc.regs.drop_one(i.b());
        }
        pc.regs.set(i.a(), inner);
        return pc.jumped(i.c_i16().into());
    }
    let error = errors::expected("Option or Result", m.program.types.type_name(value));
    m.fail(pc, error)
}

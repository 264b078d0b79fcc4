//! Fields where the site's cache does not apply.

use kayton_abi::{errors, objects, Tag};

use crate::machine::Machine;
use crate::pc::Pc;
use crate::regs::head;
use crate::sites::{FieldCache, NO_HEAD};

/// `r[a] = r[b].name`: fills the cache and executes the instruction again.
#[inline(never)]
pub(crate) fn get(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    let object = pc.regs.get(i.b());
    let name = m.site(i.c()).name;
    match m.program.field(object, name) {
        Some((place, _)) => {
            let site = &mut m.program.sites[usize::from(i.c())];
            site.read = FieldCache { head: head(object), slot: place as u32 };
            pc.again()
        }
        None => no_field(m, pc, i.b()),
    }
}

#[cold]
fn no_field(m: &mut Machine, pc: Pc, object: u16) -> Pc {
    let name = m.program.name(m.site(pc.current().c()).name);
    let error = errors::no_field(name, m.program.types.type_name(pc.regs.get(object)));
    m.fail(pc, error)
}

/// `r[a].name = r[b]`.
#[inline(never)]
pub(crate) fn set(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    let object = pc.regs.get(i.a());
    if i.high() && object.tag != Tag::CLASS {
        return m.fail(pc, errors::cannot_change());
    }
    let Some((place, guard)) = m.program.field(object, m.site(i.c()).name) else {
        return no_field(m, pc, i.a());
    };
    let site = &mut m.program.sites[usize::from(i.c())];
    site.write = FieldCache { head: if guard.is_none() { head(object) } else { NO_HEAD }, slot: place as u32 };
    let mut value = pc.regs.own(i.b(), i.kills_b());
    let crossed = guard.map_or(Ok(()), |guard| guard.check(&m.program.types, &mut value));
    if let Err(error) = crossed {
        value.release();
        return m.fail_at_value(pc, error);
    }
    match objects::set_field(pc.regs.place(i.a()), place, value) {
        Ok(()) => pc,
        Err(error) => m.fail(pc, error),
    }
}

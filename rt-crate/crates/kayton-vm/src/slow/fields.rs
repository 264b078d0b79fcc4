//! Fields where the site's cache does not apply.

use kayton_abi::{errors, objects, KayVal, Tag};
use kayton_bytecode::Op;

use crate::machine::Machine;
use crate::pc::Pc;
use crate::regs::head;
use crate::sites::{Cache, Kind};

/// `r[a] = r[b].name`: fills the cache.
#[inline(never)]
pub(crate) fn get(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    let object = pc.regs.get(i.b());
    let place = m.field_place(i.c(), object);
    let Some(value) = place.and_then(|place| objects::fields(&object).get(place).copied()) else {
        return no_field(m, pc, i.b());
    };
    value.retain();
    if i.kills_b() {
        pc.ip.previous().patch(Op::GetLastField);
        pc.regs.drop_one(i.b());
    }
    pc.regs.set(i.a(), value);
    pc
}

impl Machine {
    /// The place in `object` of the field that a site names, which its cache knows from now on.
    fn field_place(&mut self, site: u16, object: KayVal) -> Option<usize> {
        if let Some(cache) = self.cached(Kind::Read, site, head(object)) {
            return Some(cache.slot as usize);
        }
        let (place, _) = self.program.field(object, self.site(site).name)?;
        self.remember(Kind::Read, site, Cache::field(head(object), place));
        Some(place)
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
    if let Some(cache) = Cache::written(head(object), place, guard) {
        m.remember(Kind::Write, i.c(), cache);
    }
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

//! Built-in methods that are called most, without the way through the table of natives: no receiver moves, no argument
//! is made absent. Whatever is unusual is left to the built-in itself.

use kayton_abi::{objects, KayVal, List, Res, Str, Table, Tag};
use kayton_stdlib::Native;

use crate::machine::Machine;
use crate::pc::Pc;
use crate::slow::methods::into_window;

/// A built-in method that is executed here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quick {
    ListLen,
    ListPush,
    ListPop,
    StrLen,
    MapLen,
    MapGet,
    MapGetOr,
    MapContains,
    Sqrt,
}

impl Quick {
    /// The quick way of a built-in method, if it has one.
    pub(crate) fn of(native: &Native) -> Option<Quick> {
        Some(match native.name {
            "List.len" => Quick::ListLen,
            "List.push" => Quick::ListPush,
            "List.pop" => Quick::ListPop,
            "str.len" => Quick::StrLen,
            "Map.len" | "Set.len" => Quick::MapLen,
            "Map.get" => Quick::MapGet,
            "Map.get_or" => Quick::MapGetOr,
            "Map.contains" | "Set.contains" => Quick::MapContains,
            "f64.sqrt" => Quick::Sqrt,
            _ => return None,
        })
    }

    /// Whether the method changes its receiver.
    fn changes(self) -> bool {
        matches!(self, Quick::ListPush | Quick::ListPop)
    }

    /// What the method gives for a receiver that it does not change and the arguments in `r[first ..]`, both borrowed.
    #[inline]
    fn read(self, receiver: KayVal, pc: Pc, first: u16) -> Option<KayVal> {
        let find = || {
            let key = pc.regs.get(first);
            let table = receiver.get::<Table>().filter(|_| matches!(key.tag, Tag::INT | Tag::STR))?;
            Some(table.find_plain(key).map(|at| table.value_of(at)))
        };
        Some(match self {
            Quick::ListLen => KayVal::int(receiver.get::<List>()?.len() as i64),
            Quick::StrLen => KayVal::int(receiver.get::<Str>()?.chars() as i64),
            Quick::MapLen => KayVal::int(receiver.get::<Table>()?.len() as i64),
            Quick::MapGet => objects::option(find()?.map(KayVal::retained)),
            Quick::MapGetOr => find()?.unwrap_or_else(|| pc.regs.get(first + 1)).retained(),
            Quick::MapContains => KayVal::bool(find()?.is_some()),
            Quick::Sqrt => KayVal::float(receiver.to_float()?.sqrt()),
            Quick::ListPush | Quick::ListPop => return None,
        })
    }

    /// What the method gives for a receiver that it may change, if nobody shares it.
    #[inline]
    fn change(self, receiver: &mut KayVal, pc: Pc, first: u16) -> Option<Res<KayVal>> {
        match self {
            // A list that is pushed to itself is no longer unique then.
            Quick::ListPush if receiver.is_unique() => {
                let value = pc.regs.take(first);
                Some(receiver.unique::<List>().and_then(|list| list.push(value)).map(|()| KayVal::UNIT))
            }
            Quick::ListPop if receiver.is_unique() => {
                Some(receiver.unique::<List>().map(|list| objects::option(list.pop())))
            }
            _ => self.read(*receiver, pc, first).map(Ok),
        }
    }
}

/// `r[a] = r[b].name(r[b+1 ..])` of the method that the site remembers.
#[inline]
pub(crate) fn call(m: &mut Machine, pc: Pc) -> Option<Pc> {
    let i = pc.current();
    let quick = m.site(i.c()).quick?;
    let result = quick.change(pc.regs.place(i.b()), pc, i.b() + 1)?;
    let stays = u16::from(quick.changes());
    pc.regs.drop_range(i.b() + stays, 1 - stays + i.nargs() as u16);
    Some(m.give(pc, result))
}

/// `r[b] = r[a].name(r[b+1 ..])` of the method that the site remembers, `r[a]` changed in place.
#[inline]
pub(crate) fn call_mut(m: &mut Machine, pc: Pc) -> Option<Pc> {
    let i = pc.current();
    let result = m.site(i.c()).quick?.change(pc.regs.place(i.a()), pc, i.b() + 1)?;
    pc.regs.drop_range(i.b() + 1, i.nargs() as u16);
    Some(into_window(m, pc, result))
}

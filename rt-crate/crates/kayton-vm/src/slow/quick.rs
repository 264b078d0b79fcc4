//! Built-in methods that are called most, without the way through the table of natives: no receiver moves, no argument
//! is made absent. Whatever is unusual is left to the built-in itself.

use kayton_abi::{objects, KayVal, List, Res, Str, Table, Tag};
use kayton_bytecode::Op;
use kayton_stdlib::Native;

use crate::machine::Machine;
use crate::pc::{opcode, Pc};
use crate::slow::methods::{self, into_window};

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

    /// The quick forms of a `CallMethod` and a `CallMut` of it.
    pub(crate) fn forms(self) -> (Option<Op>, Option<Op>) {
        match self {
            Quick::ListLen => (Some(Op::CallListLen), Some(Op::MutListLen)),
            Quick::ListPush => (None, Some(Op::MutListPush)),
            Quick::StrLen => (Some(Op::CallStrLen), None),
            Quick::MapGetOr => (Some(Op::CallMapGetOr), Some(Op::MutMapGetOr)),
            Quick::Sqrt => (Some(Op::CallSqrt), None),
            _ => (None, None),
        }
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

/// A quick form of `CallMethod` whose fast path does not apply: it gives way where the receiver has another type.
#[inline(never)]
pub(crate) fn call_slowly(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    let tag = pc.regs.tag(i.b());
    let fits = match opcode(i) {
        Op::CallListLen => tag == Tag::LIST,
        Op::CallStrLen => tag == Tag::STR,
        Op::CallMapGetOr => tag == Tag::MAP,
        _ => tag == Tag::FLOAT,
    };
    if !fits {
        pc.ip.previous().patch(Op::CallMethod);
        return pc.again();
    }
    methods::call(m, pc)
}

/// As [`call_slowly`], of `CallMut`.
#[inline(never)]
pub(crate) fn call_mut_slowly(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    let tag = pc.regs.tag(i.a());
    let fits = if opcode(i) == Op::MutMapGetOr { tag == Tag::MAP } else { tag == Tag::LIST };
    if !fits {
        pc.ip.previous().patch(Op::CallMut);
        return pc.again();
    }
    methods::call_mut(m, pc)
}

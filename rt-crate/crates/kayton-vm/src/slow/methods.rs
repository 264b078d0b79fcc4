//! Method calls where the site's cache does not apply, and calls on mutable variables.

use kayton_abi::{errors, objects, Hook, Host, KayError, KayVal, Owned, Res, Tag};
use kayton_bytecode::Op;
use kayton_stdlib::Native;

use crate::bind::{self, Bound};
use crate::frames::Then;
use crate::machine::Machine;
use crate::pc::{opcode, Pc};
use crate::regs::head;
use crate::sites::{Cache, Kind};
use crate::slow::calls::enter_at;
use crate::slow::{native_arguments, natives, quick};

/// What a method name means for a value.
#[derive(Clone, Copy)]
pub(crate) enum Method {
    /// A function of the program.
    User(usize),
    /// A built-in method.
    BuiltIn(&'static Native),
    /// `with`, of structs.
    With,
}

impl Method {
    /// Whether a call may run code of the program.
    pub(crate) fn calls_back(self) -> bool {
        match self {
            Method::User(_) => true,
            Method::BuiltIn(native) => native.calls_back,
            Method::With => false,
        }
    }
}

impl Machine {
    /// The method of this name on `value`: the user's before built-in ones.
    pub(crate) fn find_method(&self, value: KayVal, name: u32) -> Option<Method> {
        if let Some(function) = self.program.method(value, name) {
            return Some(Method::User(function));
        }
        if value.tag == Tag::STRUCT && self.program.with == Some(name) {
            return Some(Method::With);
        }
        let type_id = self.program.types.type_id(value).unwrap_or(0);
        let text = self.program.name(name);
        let index = kayton_stdlib::method(value.tag, type_id, text).or_else(|| {
            let is_sequence = [Hook::Iterator, Hook::Iterable].iter().any(|hook| self.hook(value, *hook).is_some());
            kayton_stdlib::sequence_method(text).filter(|_| is_sequence)
        })?;
        Some(Method::BuiltIn(&kayton_stdlib::natives()[usize::from(index)]))
    }
}

/// Whether a method changes its receiver.
pub(crate) fn changes_receiver(m: &Machine, method: Method) -> bool {
    match method {
        Method::User(function) => m.program.function(function).mut_mask & 1 == 1,
        Method::BuiltIn(native) => native.mutates,
        Method::With => false,
    }
}

#[cold]
fn no_method(m: &Machine, pc: Pc, receiver: KayVal) -> Box<KayError> {
    errors::no_method(m.program.name(m.site(pc.current().c()).name), m.program.types.type_name(receiver))
}

/// The built-in method that the site remembers for values like this one.
#[inline(always)]
fn remembered(m: &Machine, pc: Pc, receiver: KayVal) -> Option<&'static Native> {
    let site = m.site(pc.current().c());
    site.native.filter(|_| site.native_head == head(receiver) && usize::from(site.native_nargs) == pc.current().nargs())
}

/// Checks the call of a built-in method, and remembers it where the arguments can stay as they stand.
fn resolve_native(m: &mut Machine, pc: Pc, native: &'static Native, receiver: KayVal) -> Res<()> {
    let i = pc.current();
    let fixed = m.site(i.c()).mut_mask & 1 == 0 && !receiver.tag.is_reference();
    if native.mutates && fixed {
        return Err(errors::cannot_change());
    }
    if !m.site(i.c()).keywords.is_empty() {
        return Ok(());
    }
    natives::padded(native, i.nargs() + 1)?;
    natives::check_marks(m, pc, native, i.nargs() + 1, 0)?;
    let site = &mut m.program.sites[usize::from(i.c())];
    (site.native, site.native_head, site.native_nargs) = (Some(native), head(receiver), i.nargs() as u8);
    site.quick = quick::Quick::of(native);
    if let Some(quick) = site.quick {
        let (by_value, by_place) = quick.forms();
        let form = if opcode(i) == Op::CallMut { by_place } else { by_value };
        if let Some(form) = form.filter(|_| matches!(opcode(i), Op::CallMut | Op::CallMethod)) {
            pc.ip.previous().patch(form);
        }
    }
    Ok(())
}

/// `r[a] = r[b].name(r[b+1 ..])`
#[inline(never)]
pub(crate) fn call(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    let receiver = pc.regs.get(i.b());
    if let Some(native) = remembered(m, pc, receiver) {
        return quick::call(m, pc).unwrap_or_else(|| call_native(m, pc, native));
    }
    let method = m.find_method(receiver, m.site(i.c()).name);
    match method {
        Some(Method::User(function)) => enter_method(m, pc, function, Then::of(i)),
        Some(Method::BuiltIn(native)) => match resolve_native(m, pc, native, receiver) {
            Ok(()) => call_native(m, pc, native),
            Err(error) => m.fail(pc, error),
        },
        Some(Method::With) => {
            let made = with(m, pc);
            m.give(pc, made)
        }
        None => {
            let error = no_method(m, pc, receiver);
            m.fail(pc, error)
        }
    }
}

/// Runs a built-in method on the receiver in `r[b]`, which stays there, and the arguments after it.
fn run(m: &mut Machine, pc: Pc, native: &'static Native) -> Res<KayVal> {
    let i = pc.current();
    if m.site(i.c()).keywords.is_empty() {
        return natives::run_method(m, pc, native, i.b(), i.nargs());
    }
    native_arguments::run_with_keywords(m, pc, native, i.b() + 1, 0)
}

fn call_native(m: &mut Machine, pc: Pc, native: &'static Native) -> Pc {
    let i = pc.current();
    let result = run(m, pc, native);
    if !native.mutates {
        pc.regs.drop_one(i.b());
    }
    m.give(pc, result)
}

/// Enters a method whose receiver stands in `r[b]`, and remembers it where that is enough to enter it next time.
fn enter_method(m: &mut Machine, pc: Pc, function: usize, then: Then) -> Pc {
    let i = pc.current();
    let receiver = pc.regs.get(i.b());
    let (site, callee) = (m.site(i.c()), m.program.function(function));
    // A class instance is changed where it is, whatever the site allows, and the callee leaves it in the window.
    let leaves_receiver = callee.mut_mask & 1 > site.mut_mask & 1;
    let mut then = if leaves_receiver { Then::Finish } else { then };
    if bind::fits_method(site, callee, i.nargs(), receiver) {
        let (head, slot, nargs) = (head(receiver), function as u32, i.nargs() as u8);
        m.remember(Kind::Method, i.c(), Cache::method(head, slot, nargs, leaves_receiver));
    } else {
        match bind::arguments(m, pc, function, i.b(), i.nargs() + 1, 0) {
            Ok(Bound::InPlace) => {}
            Ok(Bound::Moved) => then = Then::Finish,
            Err(error) => return m.fail(pc, error),
        }
    }
    enter_at(m, pc, function, pc.regs.frame_at(usize::from(i.b())), then)
}

/// `r[b] = r[a].name(r[b+1 ..])`, where `r[a]` may be changed.
#[inline(never)]
pub(crate) fn call_mut(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    let receiver = pc.regs.get(i.a());
    if let Some(native) = remembered(m, pc, receiver) {
        return quick::call_mut(m, pc).unwrap_or_else(|| call_native_mut(m, pc, native));
    }
    match m.find_method(receiver, m.site(i.c()).name) {
        Some(Method::User(function)) => {
            // A method that does not change its receiver consumes it, so it gets a count of its own.
            let kill = m.program.function(function).mut_mask & 1 == 1;
            pc.regs.set(i.b(), pc.regs.own(i.a(), kill));
            enter_method(m, pc, function, Then::Finish)
        }
        Some(Method::BuiltIn(native)) => match resolve_native(m, pc, native, receiver) {
            Ok(()) => call_native_mut(m, pc, native),
            Err(error) => m.fail(pc, error),
        },
        Some(Method::With) => {
            pc.regs.set(i.b(), receiver.retained());
            let made = with(m, pc);
            into_window(m, pc, made)
        }
        None => {
            let error = no_method(m, pc, receiver);
            m.fail(pc, error)
        }
    }
}

/// The receiver moves into the window for the call, so that its count stays one.
fn call_native_mut(m: &mut Machine, pc: Pc, native: &'static Native) -> Pc {
    let i = pc.current();
    pc.regs.set(i.b(), pc.regs.take(i.a()));
    let result = run(m, pc, native);
    let receiver = pc.regs.take(i.b());
    pc.regs.set(i.a(), receiver);
    into_window(m, pc, result)
}

/// Puts the result of a `CallMut` where it belongs.
pub(crate) fn into_window(m: &mut Machine, pc: Pc, result: Res<KayVal>) -> Pc {
    match result {
        Ok(value) if pc.current().drops() => {
            value.release();
            pc
        }
        Ok(value) => {
            pc.regs.set(pc.current().b(), value);
            pc
        }
        Err(error) => m.fail(pc, error),
    }
}

/// `p.with(x=3.0)`: a copy of the struct in `r[b]` with other fields, which cross their boundaries.
fn with(m: &mut Machine, pc: Pc) -> Res<KayVal> {
    let i = pc.current();
    let keywords = m.site(i.c()).keywords.clone();
    let positional = i.nargs() - keywords.len().min(i.nargs());
    if positional > 0 {
        return Err(errors::wrong_arity(0, Some(0), positional));
    }
    let mut copy = Owned::new(pc.regs.take(i.b()));
    for (number, name) in keywords.iter().enumerate() {
        let mut value = Owned::new(pc.regs.take(i.b() + 1 + number as u16));
        let Some((place, guard)) = m.program.field(*copy, *name) else {
            return Err(errors::no_field(m.program.name(*name), m.program.types.type_name(*copy)));
        };
        if let Err(error) = guard.map_or(Ok(()), |guard| guard.check(&m.program.types, value.value_mut())) {
            m.blame_value(pc, number);
            return Err(error);
        }
        objects::set_field(copy.value_mut(), place, value.take())?;
    }
    Ok(copy.take())
}

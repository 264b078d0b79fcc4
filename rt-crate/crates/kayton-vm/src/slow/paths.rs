//! Places inside values: `grid[i].cells[j] = v`, `grid[i].push(x)` (docs/bytecode.md, Paths).
//!
//! A walk goes from a root to the container of the place, step by step. As long as no user code runs it holds
//! references into the values, each container made unique on the way. At a user type's `Index` user code runs: the
//! container is then held by a count of its own, and put back by another walk.

use std::rc::Rc;

use kayton_abi::{access, errors, objects, stack, Hook, Host, KayError, KayVal, Owned, Res, Tag};
use kayton_bytecode::{Op, Part, Path};

use crate::machine::Machine;
use crate::ops::places::store_quickly;
use crate::pc::{opcode, Pc};
use crate::slow::{index, methods};

/// The steps that are left to go, and what is known from those that were made.
#[derive(Clone, Copy)]
struct Walk<'a> {
    parts: &'a [Part],
    /// The indices that the steps take, in order.
    indices: &'a [KayVal],
    /// Whether the root is an immutable name.
    frozen: bool,
    /// Whether a class instance was passed, after which everything may change, and be seen by others.
    seen: bool,
}

impl<'a> Walk<'a> {
    /// The walk of the instruction that is being executed, whose indices stand in `r[b ..]`.
    fn of(path: &'a Path, pc: Pc) -> Walk<'a> {
        let indices = pc.regs.window(pc.current().b(), path.indices());
        Walk { parts: &path.parts, indices, frozen: path.frozen, seen: false }
    }

    /// The index that the next step takes; `()` where it takes none.
    fn index(self) -> KayVal {
        self.indices.first().copied().unwrap_or(KayVal::UNIT)
    }

    fn steps_by_index(self) -> bool {
        self.parts.first() == Some(&Part::Index)
    }

    /// The walk after its next step, which is made in `container`.
    fn after(self, container: KayVal) -> Walk<'a> {
        let used = usize::from(self.steps_by_index());
        Walk {
            parts: self.parts.get(1..).unwrap_or(&[]),
            indices: self.indices.get(used..).unwrap_or(&[]),
            seen: self.seen || container.tag == Tag::CLASS,
            ..self
        }
    }

    /// Whether nothing may be changed where this walk is.
    fn is_fixed(self) -> bool {
        self.frozen && !self.seen
    }
}

/// The place `paths[c]` of `r[a]`, with its indices in `r[b ..]`, becomes the value after them.
#[inline(never)]
pub(crate) fn store(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    if opcode(i) == Op::StorePath && store_quickly(m, pc) {
        return pc;
    }
    let place = Rc::clone(&m.program.paths[usize::from(i.c())]);
    let path = &place.path;
    let walk = Walk::of(path, pc);
    let count = walk.indices.len() as u16;
    m.here = pc;
    let value = pc.regs.take(i.b() + count);
    let result = match path.method {
        Some(_) => put_back(m, pc.regs.place(i.a()), walk, value),
        None => put(m, pc.regs.place(i.a()), walk, value),
    };
    place.remember(&m.program, pc.regs.get(i.a()), walk.indices);
    if let Some(quick) = place.quick {
        m.program.place_caches[usize::from(i.c())] = place.cache();
        pc.ip.previous().patch(quick);
    }
    pc.regs.drop_range(i.b(), count);
    match result {
        Ok(()) => pc,
        Err(error) if std::mem::take(&mut m.refused) => m.fail_at_value(pc, error),
        Err(error) => m.fail(pc, error),
    }
}

/// Puts the owned receiver of a method call back, unless the call has left it as it was.
fn put_back(m: &mut Machine, root: &mut KayVal, walk: Walk, value: KayVal) -> Res<()> {
    let value = Owned::new(value);
    let (found, end) = read(m, *root, walk)?;
    let unchanged = found.same(*value);
    drop(found);
    if unchanged || end.is_fixed() {
        return Ok(());
    }
    put(m, root, walk, value.take())
}

/// Puts an owned value at the end of a walk.
fn put(m: &mut Machine, root: &mut KayVal, walk: Walk, value: KayVal) -> Res<()> {
    let value = Owned::new(value);
    let (place, left) = advance(m, root, walk)?;
    match index::user_get(m, *place).filter(|_| left.steps_by_index()) {
        None if left.after(*place).is_fixed() => Err(errors::cannot_change()),
        None => put_last(m, place, left, value.take()),
        Some(get) => {
            // Taken out where nobody can see the hole, so that its count stays one.
            let shared = left.seen || place.tag.is_reference();
            let held = if shared { place.retained() } else { std::mem::replace(place, KayVal::UNIT) };
            let mut held = Owned::new(held);
            put_by_user(m, &mut held, get, left, value.take())?;
            let made = walk.parts.len() - left.parts.len();
            if !held.tag.is_reference() && !left.is_fixed() {
                let place = locate(m, root, walk, made)?;
                std::mem::swap(place, held.value_mut());
            }
            Ok(())
        }
    }
}

/// Goes on in a container whose type has `Index`: the part is read with `get` and written back with `set`.
fn put_by_user(m: &mut Machine, held: &mut Owned, get: KayVal, left: Walk, value: KayVal) -> Res<()> {
    let value = Owned::new(value);
    stack::check()?;
    let after = left.after(**held);
    if after.parts.is_empty() {
        if after.is_fixed() {
            return Err(errors::cannot_change());
        }
        return index::set(m, held.value_mut(), left.index(), value.take());
    }
    let mut part = Owned::new(m.call(get, &[**held, left.index()])?);
    put(m, part.value_mut(), after, value.take())?;
    let stays = part.tag.is_reference() && m.hook(**held, Hook::IndexSet).is_none();
    if after.is_fixed() || stays {
        return Ok(());
    }
    index::set(m, held.value_mut(), left.index(), part.take())
}

/// Walks to the container of the last step, or to the first one whose type has `Index` of its own.
fn advance<'p, 'w>(m: &mut Machine, root: &'p mut KayVal, walk: Walk<'w>) -> Res<(&'p mut KayVal, Walk<'w>)> {
    let (mut place, mut left) = (root, walk);
    while left.parts.len() > 1 && !(left.steps_by_index() && index::user_get(m, *place).is_some()) {
        let after = left.after(*place);
        place = enter(m, place, left)?;
        left = after;
    }
    Ok((place, left))
}

/// Walks a number of steps that were walked before.
fn locate<'p>(m: &mut Machine, root: &'p mut KayVal, walk: Walk, steps: usize) -> Res<&'p mut KayVal> {
    let (mut place, mut left) = (root, walk);
    for _ in 0..steps {
        let after = left.after(*place);
        place = enter(m, place, left)?;
        left = after;
    }
    Ok(place)
}

/// The part of a container that the next step of a walk names, the container made unique.
fn enter<'p>(m: &mut Machine, place: &'p mut KayVal, left: Walk) -> Res<&'p mut KayVal> {
    let container = *place;
    match left.parts[0] {
        Part::Index => access::slot(m, place, left.index()),
        Part::Field(name) => match m.program.field(container, name) {
            Some((at, _)) => Ok(&mut objects::fields_mut(place)?[at]),
            None => Err(no_field(m, container, name)),
        },
        Part::Part(at) if container.tag == Tag::TUPLE && at < container.aux => {
            Ok(&mut objects::fields_mut(place)?[at as usize])
        }
        Part::Part(at) => Err(no_part(m, container, at)),
    }
}

#[cold]
fn no_field(m: &Machine, container: KayVal, name: u32) -> Box<KayError> {
    errors::no_field(m.program.name(name), m.program.types.type_name(container))
}

#[cold]
fn no_part(m: &Machine, container: KayVal, at: u32) -> Box<KayError> {
    errors::no_field(&at.to_string(), m.program.types.type_name(container))
}

/// Makes the last step of a walk and puts the owned value there, across the boundary of a field.
fn put_last(m: &mut Machine, place: &mut KayVal, left: Walk, value: KayVal) -> Res<()> {
    let mut value = Owned::new(value);
    let container = *place;
    match left.parts.first() {
        None => {
            std::mem::swap(place, value.value_mut());
            Ok(())
        }
        Some(Part::Index) => index::set(m, place, left.index(), value.take()),
        Some(Part::Field(name)) => match m.program.field(container, *name) {
            Some((at, guard)) => {
                if let Some(guard) = guard {
                    let crossed = guard.check(&m.program.types, value.value_mut());
                    m.refused = crossed.is_err();
                    crossed?;
                }
                objects::set_field(place, at, value.take())
            }
            None => Err(no_field(m, container, *name)),
        },
        Some(Part::Part(at)) if container.tag == Tag::TUPLE && *at < container.aux => {
            objects::set_field(place, *at as usize, value.take())
        }
        Some(Part::Part(at)) => Err(no_part(m, container, *at)),
    }
}

/// The value at the end of a walk, and the walk that is left there.
fn read<'w>(m: &mut Machine, root: KayVal, walk: Walk<'w>) -> Res<(Owned, Walk<'w>)> {
    let (mut value, mut left) = (Owned::share(root), walk);
    while !left.parts.is_empty() {
        let after = left.after(*value);
        value = Owned::new(read_part(m, *value, left)?);
        left = after;
    }
    Ok((value, left))
}

/// The part of a container that the next step of a walk names, owned.
fn read_part(m: &mut Machine, container: KayVal, left: Walk) -> Res<KayVal> {
    let part = match left.parts[0] {
        Part::Index => {
            return match index::user_get(m, container) {
                Some(get) => m.call(get, &[container, left.index()]),
                None => access::get(m, container, left.index()),
            };
        }
        Part::Field(name) => match m.program.field(container, name) {
            Some((at, _)) => objects::fields(&container).get(at).copied(),
            None => return Err(no_field(m, container, name)),
        },
        Part::Part(at) if container.tag == Tag::TUPLE => objects::fields(&container).get(at as usize).copied(),
        Part::Part(at) => return Err(no_part(m, container, at)),
    };
    match (part, left.parts[0]) {
        (Some(part), _) => Ok(part.retained()),
        (None, Part::Part(at)) => Err(no_part(m, container, at)),
        (None, _) => Ok(KayVal::UNIT),
    }
}

/// The register after the indices `r[b ..]` = the value at the place `paths[c]` of `r[a]`, for a method call on it:
/// moved out where the method changes it and nobody can see the hole, shared otherwise.
#[inline(never)]
pub(crate) fn take(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    let place = Rc::clone(&m.program.paths[usize::from(i.c())]);
    let path = &place.path;
    let walk = Walk::of(path, pc);
    m.here = pc;
    match take_out(m, path, pc.regs.place(i.a()), walk) {
        Ok(value) => {
            pc.regs.set(i.b() + walk.indices.len() as u16, value);
            pc
        }
        Err(error) => m.fail(pc, error),
    }
}

fn take_out(m: &mut Machine, path: &Path, root: &mut KayVal, walk: Walk) -> Res<KayVal> {
    let (part, end) = read(m, *root, walk)?;
    let calls_back = match path.method {
        Some(name) => match m.find_method(*part, name) {
            Some(method) if methods::changes_receiver(m, method) && !part.tag.is_reference() => method.calls_back(),
            // What is wrong with a method that does not exist is the call's business.
            _ => return Ok(part.take()),
        },
        // A `mut` argument, of whatever function.
        None => true,
    };
    if end.is_fixed() {
        return Err(errors::cannot_change());
    }
    if !part.is_heap() || end.seen && calls_back {
        return Ok(part.take());
    }
    let (place, left) = advance(m, root, walk)?;
    if left.parts.len() != 1 || left.steps_by_index() && index::user_get(m, *place).is_some() {
        return Ok(part.take());
    }
    drop(part);
    let place = enter(m, place, left)?;
    Ok(std::mem::replace(place, KayVal::UNIT))
}

//! Calls of built-in functions.

use kayton_abi::{errors, pulse, KayError, KayVal, Res};
use kayton_stdlib::{Native, VARIADIC};

use crate::machine::Machine;
use crate::pc::Pc;
use crate::slow::native_arguments;

/// The number of values that the built-in gets for this many arguments, both counted with the receiver.
///
/// # Errors
/// `expected 2 arguments, found 3`
pub(crate) fn padded(native: &Native, count: usize) -> Res<usize> {
    let receiver = usize::from(native.receiver);
    let given = count.saturating_sub(receiver);
    let most = (native.max != VARIADIC).then_some(usize::from(native.max));
    if given < usize::from(native.min) || most.is_some_and(|most| given > most) {
        return Err(errors::wrong_arity(native.min.into(), most, given));
    }
    Ok(match most {
        Some(_) => receiver + native.params.len(),
        None => count + native.params.len(),
    })
}

/// The place among the arguments, the receiver included, of an argument besides the receiver that is changed.
pub(crate) fn changed_argument(native: &Native) -> Option<usize> {
    native.mutates_param.map(|at| usize::from(at) + usize::from(native.receiver))
}

/// `r[a] = natives[c](r[b .. b+nargs])`: the loader has checked the number of arguments. A variadic function gets its
/// keyword-only arguments too, absent ones included; of any other, arguments at the end may be missing.
#[inline(never)]
pub(crate) fn call(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    let native = m.program.natives[usize::from(i.c())];
    let result = if native.max == VARIADIC {
        run(m, pc, native, i.b(), i.nargs())
    } else {
        pad_and_run(m, pc, native, i.b(), i.nargs())
    };
    m.give(pc, result)
}

/// Runs a built-in that is not variadic on `count` arguments and absent ones after them.
#[inline]
fn pad_and_run(m: &mut Machine, pc: Pc, native: &'static Native, first: u16, count: usize) -> Res<KayVal> {
    let wanted = native.params.len() + usize::from(native.receiver);
    // The loader has made the frame large enough.
    for at in count..wanted {
        pc.regs.set(first + at as u16, KayVal::ABSENT);
    }
    run(m, pc, native, first, wanted)
}

/// Runs a built-in on `count` values, and releases those that it has not changed.
#[inline]
pub(crate) fn run(m: &mut Machine, pc: Pc, native: &'static Native, first: u16, count: usize) -> Res<KayVal> {
    m.here = pc;
    let args = pc.regs.window(first, count);
    let result = pulse::beat().and_then(|()| (native.run)(m, args));
    let stays = changed_argument(native);
    for (at, arg) in args.iter_mut().enumerate() {
        let changed = at == 0 && native.mutates || Some(at) == stays;
        if arg.is_heap() && !changed {
            std::mem::replace(arg, KayVal::UNIT).release();
        }
    }
    result
}

/// Runs a built-in method on a receiver in `r[first]` and `nargs` arguments after it, as the site says. The receiver
/// is still in its register afterwards, whether it was changed or not.
#[inline]
pub(crate) fn run_method(m: &mut Machine, pc: Pc, native: &'static Native, first: u16, nargs: usize) -> Res<KayVal> {
    m.here = pc;
    let wanted = native.params.len() + 1;
    for at in nargs + 1..wanted {
        pc.regs.set(first + at as u16, KayVal::ABSENT);
    }
    let args = pc.regs.window(first, wanted);
    let result = pulse::beat().and_then(|()| (native.run)(m, args));
    let stays = changed_argument(native);
    for (at, arg) in args.iter_mut().enumerate().skip(1) {
        if arg.is_heap() && Some(at) != stays {
            std::mem::replace(arg, KayVal::UNIT).release();
        }
    }
    result
}

/// Calls a built-in that is a value: `r[a] = r[b](r[b+1 ..])`.
#[inline(never)]
pub(crate) fn call_value(m: &mut Machine, pc: Pc, callee: KayVal) -> Pc {
    let i = pc.current();
    let native = m.program.natives[callee.aux as usize];
    let result = if m.site(i.c()).keywords.is_empty() {
        run_by_position(m, pc, native)
    } else {
        native_arguments::run_with_keywords(m, pc, native, i.b() + 1, 1)
    };
    m.give(pc, result)
}

fn run_by_position(m: &mut Machine, pc: Pc, native: &'static Native) -> Res<KayVal> {
    let i = pc.current();
    let count = padded(native, i.nargs())?;
    check_marks(m, pc, native, i.nargs(), 1)?;
    for at in i.nargs()..count {
        pc.regs.set(i.b() + 1 + at as u16, KayVal::ABSENT);
    }
    run(m, pc, native, i.b() + 1, count)
}

/// Whether the site's `mut` marks suit a built-in; they lie `shift` above the arguments they belong to.
///
/// # Errors
/// `argument x must be marked mut`, `parameter x is not mut`.
pub(crate) fn check_marks(m: &Machine, pc: Pc, native: &Native, count: usize, shift: u32) -> Res<()> {
    let site = m.site(pc.current().c());
    let stays = changed_argument(native);
    for at in usize::from(native.receiver)..count.min(31) {
        let marked = site.mut_mask >> shift >> at & 1 == 1;
        if marked != (stays == Some(at)) {
            return Err(mismatch(native, at, marked));
        }
    }
    Ok(())
}

/// The error of a `mut` mark that value `at` of a built-in has, or lacks.
#[cold]
pub(crate) fn mismatch(native: &Native, at: usize, marked: bool) -> Box<KayError> {
    let name = native.params.get(at - usize::from(native.receiver)).copied().unwrap_or("?");
    crate::bind::mut_mismatch(name, !marked)
}

//! Keyword arguments of built-ins that are called as values, or as methods of values whose type is only known now.

use kayton_abi::{errors, KayVal, Res};
use kayton_stdlib::{Native, VARIADIC};

use crate::machine::Machine;
use crate::pc::Pc;
use crate::slow::natives;

/// Runs a built-in on the arguments in `r[first ..]`, the last of which have the site's keywords; a method's receiver
/// stands in the register before, and stays there. Bit *i* of the site's `mut` mask, shifted by `shift`, belongs to value
/// *i*, the receiver included.
///
/// # Errors
/// `no parameter named x`, `argument x given twice`, `argument x is missing`, `expected 2 arguments, found 3`,
/// `argument x must be marked mut`, `parameter x is not mut`, and those of the built-in.
pub(crate) fn run_with_keywords(
    m: &mut Machine,
    pc: Pc,
    native: &'static Native,
    first: u16,
    shift: u32,
) -> Res<KayVal> {
    let nargs = pc.current().nargs();
    let places = places(m, pc, native)?;
    check_marks(m, pc, native, &places, shift)?;
    let variadic = native.max == VARIADIC;
    let positional = nargs - m.site(pc.current().c()).keywords.len();
    let count = native.params.len() + if variadic { positional } else { 0 };
    let mut values = vec![KayVal::ABSENT; count];
    for (at, place) in (first..).zip(&places) {
        values[*place] = pc.regs.take(at);
    }
    for (at, value) in (first..).zip(values) {
        pc.regs.set(at, value);
    }
    let result = if native.receiver {
        natives::run_method(m, pc, native, first - 1, native.params.len())
    } else {
        natives::run(m, pc, native, first, count)
    };
    // What was changed goes back to where the caller has it.
    let left: Vec<KayVal> = places.iter().map(|place| pc.regs.take(first + *place as u16)).collect();
    for (at, value) in (first..).zip(left) {
        pc.regs.set(at, value);
    }
    result
}

/// The place of each argument among the values that the built-in gets, the receiver apart.
fn places(m: &Machine, pc: Pc, native: &Native) -> Res<Vec<usize>> {
    let (site, nargs) = (m.site(pc.current().c()), pc.current().nargs());
    let positional = nargs - site.keywords.len();
    let variadic = native.max == VARIADIC;
    let least = usize::from(native.min);
    let most = (!variadic).then_some(native.params.len());
    if most.is_some_and(|most| nargs > most) || variadic && positional < least {
        return Err(errors::wrong_arity(least, most, nargs));
    }
    let mut places: Vec<usize> = (0..positional).collect();
    for name in &site.keywords {
        let name = m.program.name(*name);
        let param = native.params.iter().position(|param| *param == name);
        let place = param.ok_or_else(|| errors::no_parameter(name))? + if variadic { positional } else { 0 };
        if places.contains(&place) {
            return Err(errors::argument_twice(name));
        }
        places.push(place);
    }
    match (0..if variadic { 0 } else { least }).find(|place| !places.contains(place)) {
        Some(place) => Err(errors::argument_missing(native.params[place])),
        None => Ok(places),
    }
}

fn check_marks(m: &Machine, pc: Pc, native: &Native, places: &[usize], shift: u32) -> Res<()> {
    let (site, receiver) = (m.site(pc.current().c()), usize::from(native.receiver));
    let stays = natives::changed_argument(native);
    for (at, place) in places.iter().enumerate() {
        let marked = site.mut_mask >> shift >> (at + receiver).min(31) & 1 == 1;
        let value = place + receiver;
        if marked != (stays == Some(value)) {
            return Err(natives::mismatch(native, value, marked));
        }
    }
    Ok(())
}

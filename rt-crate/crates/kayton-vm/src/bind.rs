//! Arguments and parameters that do not match one to one: keywords, defaults, `mut` marks.

use kayton_abi::{errors, KayError, KayVal, Res, Tag};

use crate::machine::Machine;
use crate::pc::Pc;
use crate::program::Function;
use crate::sites::Site;

/// How the arguments of a call have reached their parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bound {
    /// Argument *i* is parameter *i*.
    InPlace,
    /// Keywords have moved arguments, and `mut` parameters will have to move back.
    Moved,
}

/// Makes the arguments in the registers `first .. first + count` those of a function: keywords find their places, and
/// parameters with a default that got none are absent. Bit *i* of the site's `mut` mask, shifted by `shift`, belongs to
/// argument *i*; for a method (`shift` 0) argument 0 is the receiver.
///
/// # Errors
/// `expected 2 arguments, found 3`, `no parameter named x`, `argument x given twice`, `argument x is missing`,
/// `argument x must be marked mut`, `parameter x is not mut`, `cannot change an immutable value`.
pub(crate) fn arguments(m: &mut Machine, pc: Pc, function: usize, first: u16, count: usize, shift: u32) -> Res<Bound> {
    let site = m.site(pc.current().c());
    let callee = m.program.function(function);
    let params = callee.params.len();
    let window = first..first + count as u16;
    let call = Call { m, site, callee, receiver: usize::from(shift == 0), mask: site.mut_mask >> shift };
    call.check_count(count)?;
    let places = call.places(count)?;
    call.check_mut(&places, pc.regs.get(first))?;
    if !m.has_room(pc.regs, u32::from(first) + callee.registers) {
        return Err(errors::call_depth());
    }
    let mut bound = vec![KayVal::ABSENT; params];
    for (from, to) in window.zip(&places) {
        bound[*to] = pc.regs.take(from);
    }
    for (at, value) in (first..).zip(bound) {
        pc.regs.set(at, value);
    }
    let moved = places.iter().enumerate().any(|(from, to)| from != *to);
    Ok(if moved { Bound::Moved } else { Bound::InPlace })
}

struct Call<'a> {
    m: &'a Machine,
    site: &'a Site,
    callee: &'a Function,
    /// How many of the arguments are the receiver.
    receiver: usize,
    mask: u32,
}

impl Call<'_> {
    fn check_count(&self, count: usize) -> Res<()> {
        let (least, most) = self.callee.arity();
        let missing = count < least && self.site.keywords.is_empty();
        if count > most || missing {
            let visible = |number: usize| number.saturating_sub(self.receiver);
            return Err(errors::wrong_arity(visible(least), Some(visible(most)), visible(count)));
        }
        Ok(())
    }

    /// The parameter of each argument.
    fn places(&self, count: usize) -> Res<Vec<usize>> {
        let positional = count - self.site.keywords.len().min(count);
        let mut places: Vec<usize> = (0..positional).collect();
        for name in &self.site.keywords {
            let place = self.callee.params.iter().position(|param| param.name == *name);
            match place.filter(|place| *place >= self.receiver) {
                None => return Err(errors::no_parameter(self.m.program.name(*name))),
                Some(place) if places.contains(&place) => {
                    return Err(errors::argument_twice(self.m.program.name(*name)));
                }
                Some(place) => places.push(place),
            }
        }
        match self.callee.missing(|place| places.contains(&place)) {
            Some(place) => Err(errors::argument_missing(self.name(place))),
            None => Ok(places),
        }
    }

    fn name(&self, param: usize) -> &str {
        self.m.program.param_name(self.callee, param)
    }

    fn check_mut(&self, places: &[usize], receiver: KayVal) -> Res<()> {
        for (from, to) in places.iter().enumerate() {
            let (marked, wanted) = (self.mask >> from.min(31) & 1 == 1, self.callee.mut_mask >> to.min(&31) & 1 == 1);
            if from < self.receiver {
                if wanted && !marked && !receiver.tag.is_reference() {
                    return Err(errors::cannot_change());
                }
            } else if marked != wanted {
                return Err(mut_mismatch(self.name(*to), wanted));
            }
        }
        Ok(())
    }
}

#[cold]
pub(crate) fn mut_mismatch(name: &str, wanted: bool) -> Box<KayError> {
    errors::failure(if wanted {
        format!("argument {name} must be marked mut")
    } else {
        format!("parameter {name} is not mut")
    })
}

/// Whether a method that is found on a site can be entered with the arguments as they stand.
pub(crate) fn fits_method(site: &Site, callee: &Function, nargs: usize, receiver: KayVal) -> bool {
    let arguments = !1;
    site.keywords.is_empty()
        && nargs + 1 == callee.params.len()
        && site.mut_mask & arguments == callee.mut_mask & arguments
        && (callee.mut_mask & 1 <= site.mut_mask & 1 || receiver.tag == Tag::CLASS)
}

/// After a call with keywords: moves the final values of `mut` parameters back to where the arguments stood.
pub(crate) fn restore(m: &Machine, caller: Pc, callee: Pc, first: u16, count: usize) {
    let site = m.site(caller.current().c());
    let Some(function) = m.program.function_at(callee).map(|function| m.program.function(function)) else {
        return;
    };
    if site.keywords.is_empty() || function.mut_mask == 0 {
        return;
    }
    let positional = count - site.keywords.len().min(count);
    let place = |name: &u32| function.params.iter().position(|param| param.name == *name);
    let moved: Vec<KayVal> =
        site.keywords.iter().filter_map(place).map(|place| caller.regs.take(first + place as u16)).collect();
    for (at, value) in (first + positional as u16..).zip(moved) {
        caller.regs.set(at, value);
    }
}

//! Where an error happened, and the calls that led there.

use kayton_bytecode::Line;

use crate::frames::Frames;
use crate::pc::Pc;
use crate::program::Program;

/// A trace keeps this many calls at either end.
const KEPT: usize = 20;

/// A place in a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The function's name.
    pub function: String,
    /// The path of its source file.
    pub path: String,
    /// Where in the file; where the function is defined, when its line table does not say more.
    pub span: Line,
}

/// The calls that led to an error, innermost first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    /// Where each call stood; the first is where the error happened.
    pub places: Vec<Place>,
    /// How many calls are left out.
    pub omitted: usize,
    /// The place before which they are left out.
    pub omitted_at: usize,
}

impl Trace {
    /// The trace of what happened at the instruction before `pc`.
    pub(crate) fn of(program: &Program, frames: &Frames, pc: Pc) -> Trace {
        let calls = std::iter::once(pc).chain(frames.own_links().iter().rev().map(|link| link.caller()));
        let mut running: Vec<Pc> = calls.filter(|pc| !pc.is_stopped()).collect();
        if running.len() > 1 && running.last().is_some_and(|pc| program.is_start(*pc)) {
            running.pop();
        }
        let omitted = running.len().saturating_sub(2 * KEPT);
        let (first, rest) = running.split_at(running.len().min(KEPT));
        let places = first.iter().chain(&rest[omitted.min(rest.len())..]).map(|pc| program.place(*pc)).collect();
        Trace { places, omitted, omitted_at: if omitted > 0 { KEPT } else { 0 } }
    }

    /// The trace of what is wrong with value number `value` of those that the instruction before `pc` stores.
    pub(crate) fn of_value(program: &Program, frames: &Frames, pc: Pc, value: u32) -> Trace {
        let mut trace = Trace::of(program, frames, pc);
        if let Some(place) = trace.places.first_mut() {
            *place = program.place_of_value(pc, value);
        }
        trace
    }

    /// The trace of what is wrong with argument `param` of the function that runs at `pc`: it starts in the caller,
    /// at the argument.
    pub(crate) fn of_argument(program: &Program, frames: &Frames, pc: Pc, param: u16) -> Trace {
        let mut trace = Trace::of(program, frames, pc);
        let caller = frames.own_links().last().map(|link| link.caller()).filter(|caller| !caller.is_stopped());
        if let (Some(caller), true) = (caller, trace.places.len() > 1) {
            trace.places.remove(0);
            trace.omitted_at = trace.omitted_at.saturating_sub(1);
            trace.places[0] = program.place_of_argument(caller, pc, param);
        }
        trace
    }
}

//! Arguments that Rust code calls a function with.

use std::mem::replace;

use kayton_abi::KayVal;

use crate::regs::Regs;

/// The values for a function's first parameters.
pub(crate) trait Arguments {
    /// Puts them, owned, into the function's registers; gives how many there are.
    fn place(&mut self, regs: Regs) -> u16;

    /// The function has left: takes the final values of `mut` parameters back.
    fn take_back(self, regs: Regs);
}

/// Borrowed ones.
impl Arguments for &[KayVal] {
    fn place(&mut self, regs: Regs) -> u16 {
        place_borrowed(regs, 0, self)
    }

    fn take_back(self, _: Regs) {}
}

/// The receiver of a method that changes it, and borrowed ones.
pub(crate) struct Method<'a>(pub(crate) &'a mut KayVal, pub(crate) &'a [KayVal]);

impl Arguments for Method<'_> {
    fn place(&mut self, regs: Regs) -> u16 {
        regs.set(0, replace(self.0, KayVal::UNIT));
        place_borrowed(regs, 1, self.1)
    }

    fn take_back(self, regs: Regs) {
        *self.0 = regs.take(0);
    }
}

/// Arguments of which some are for `mut` parameters, those in the mask: bit *i* is for number *i*.
pub(crate) struct Lent<'a>(pub(crate) &'a mut [KayVal], pub(crate) u32);

impl Lent<'_> {
    fn lent(&mut self) -> impl Iterator<Item = (u16, &mut KayVal)> {
        let mask = self.1;
        (0u16..).zip(self.0.iter_mut()).filter(move |(at, _)| mask.checked_shr((*at).into()).unwrap_or(0) & 1 == 1)
    }
}

impl Arguments for Lent<'_> {
    fn place(&mut self, regs: Regs) -> u16 {
        let count = place_borrowed(regs, 0, self.0);
        for (_, arg) in self.lent() {
            replace(arg, KayVal::UNIT).release();
        }
        count
    }

    fn take_back(mut self, regs: Regs) {
        for (at, arg) in self.lent() {
            *arg = regs.take(at);
        }
    }
}

fn place_borrowed(regs: Regs, first: u16, args: &[KayVal]) -> u16 {
    (first..).zip(args).fold(first, |_, (at, arg)| {
        regs.set(at, arg.retained());
        at + 1
    })
}

//! What the values' own operations and built-in functions need from the machine: [`Host`].

use std::io::{self, Write};

use kayton_abi::{errors, stack, Host, KayVal, Res, Tag, TypeTable};

use crate::arguments::{Arguments, Lent, Method};
use crate::dispatch::run;
use crate::frames::{Link, Then};
use crate::machine::Machine;
use crate::pc::Pc;
use crate::regs::Regs;
use crate::slow::calls::place_arguments;
use crate::slow::natives;

impl Machine {
    /// Runs a function from Rust code, in a frame above all others.
    ///
    /// # Errors
    /// What the function ends with; its frames and registers are then released.
    fn enter_from_rust(&mut self, callee: KayVal, mut args: impl Arguments) -> Res<KayVal> {
        let function = callee.aux as usize;
        let entry = self.entry(function);
        let outer = self.here;
        // The register below the frame is the closure's, if the callee is one.
        let regs = self.free_registers(outer).frame_at(1);
        stack::check()?;
        if (self.frames.is_full() && self.is_too_deep(outer)) || !self.has_room(regs, entry.registers) {
            return Err(errors::call_depth());
        }
        regs.set_below(callee.retained());
        let placed = args.place(regs);
        place_arguments(regs, placed, &[], self.program.function(function).params.len());
        self.frames.push(Link::new(outer, Then::Leave));
        let depth = self.frames.depth();
        let result = run(self, Pc { ip: entry.ip, regs });
        args.take_back(regs);
        if result.is_err() {
            self.unwind(depth, regs);
        }
        regs.set_below(KayVal::UNIT);
        self.here = outer;
        result
    }

    /// Releases what the frames hold that an error has left behind: those from number `depth` on, in the registers
    /// from `first` on.
    fn unwind(&mut self, depth: usize, first: Regs) {
        let failed = self.here;
        let callers = self.frames.links()[depth..].iter().map(|link| link.caller());
        let ends = callers.chain([failed]).map(|pc| self.free_registers(pc).at(0) as usize);
        let end = ends.max().unwrap_or(0);
        self.stack.release(first, end);
        self.frames.truncate(depth - 1);
    }

    /// The arguments of a call from Rust must match the parameters: by number, and none may be `mut`.
    fn check_arguments(&self, callee: KayVal, count: usize, receiver: usize) -> Res<()> {
        let function = self.program.function(callee.aux as usize);
        let (least, most) = function.arity();
        if !(least..=most).contains(&count) {
            let visible = |number: usize| number.saturating_sub(receiver);
            return Err(errors::wrong_arity(visible(least), Some(visible(most)), visible(count)));
        }
        if let Some(place) = function.missing(|place| place < count) {
            return Err(errors::argument_missing(self.program.param_name(function, place)));
        }
        if receiver == 0 && function.mut_mask != 0 {
            let place = function.mut_mask.trailing_zeros() as usize;
            return Err(crate::bind::mut_mismatch(self.program.param_name(function, place), true));
        }
        Ok(())
    }

    /// Calls a function with arguments of which those in `changes` (bit *i*: argument *i*) move to it, and are afterwards what
    /// it has made of them. The others are borrowed.
    ///
    /// # Errors
    /// As for [`Host::call_mut`].
    pub(crate) fn call_lending(&mut self, callee: KayVal, args: &mut [KayVal], changes: u32) -> Res<KayVal> {
        if changes == 0 {
            return self.call(callee, args);
        }
        if callee.tag != Tag::FUNC {
            return Err(errors::cannot_call(self.program.types.type_name(callee)));
        }
        self.check_arguments(callee, args.len(), 1)?;
        let changes = changes & self.program.function(callee.aux as usize).mut_mask;
        self.enter_from_rust(callee, Lent(args, changes))
    }

    fn call_native(&mut self, callee: KayVal, args: &[KayVal]) -> Res<KayVal> {
        let native = self.program.natives[callee.aux as usize];
        let count = natives::padded(native, args.len())?;
        let mut padded: Vec<KayVal> = args.to_vec();
        padded.resize(count, KayVal::ABSENT);
        (native.run)(self, &mut padded)
    }
}

impl Host for Machine {
    fn call(&mut self, callee: KayVal, args: &[KayVal]) -> Res<KayVal> {
        match callee.tag {
            Tag::FUNC | Tag::CLOSURE => {
                self.check_arguments(callee, args.len(), 0)?;
                self.enter_from_rust(callee, args)
            }
            Tag::NATIVE => self.call_native(callee, args),
            _ => Err(errors::cannot_call(self.program.types.type_name(callee))),
        }
    }

    fn call_mut(&mut self, callee: KayVal, receiver: &mut KayVal, args: &[KayVal]) -> Res<KayVal> {
        if callee.tag != Tag::FUNC {
            return Err(errors::cannot_call(self.program.types.type_name(callee)));
        }
        self.check_arguments(callee, args.len() + 1, 1)?;
        if self.program.function(callee.aux as usize).mut_mask & 1 == 1 {
            return self.enter_from_rust(callee, Method(receiver, args));
        }
        let all: Vec<KayVal> = [*receiver].into_iter().chain(args.iter().copied()).collect();
        self.enter_from_rust(callee, &all[..])
    }

    fn types(&self) -> &TypeTable {
        &self.program.types
    }

    fn out(&mut self) -> &mut dyn Write {
        self.console.out()
    }

    fn err(&mut self) -> &mut dyn Write {
        self.console.err()
    }

    fn read_line(&mut self, line: &mut String) -> io::Result<usize> {
        self.console.read_line(line)
    }

    fn args(&self) -> &[String] {
        &self.args
    }

    fn check_interrupt(&mut self) -> Res<()> {
        self.check_limits()
    }
}

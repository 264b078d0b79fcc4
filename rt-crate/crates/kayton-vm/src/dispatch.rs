//! How one instruction follows another.
//!
//! Every opcode has a handler, a function of the loop's whole state, which fits the machine registers that arguments are
//! passed in. Where the optimiser is at work (build.rs) a handler ends by calling the next one in tail position, which
//! it compiles to a jump: each has its own, which processors predict well, and no handler's register allocation suffers from
//! any other's. Elsewhere a handler returns the state to a loop that calls the next one.
//!
//! A tail call is a jump only if nothing of the handler's own is alive: no value with a destructor, no local whose address
//! was given away. So handlers keep such things in functions of their own. `tests/every_op.rs` runs each opcode so
//! often that a call that is no jump would overflow its stack.

use kayton_abi::{KayVal, Res};

use crate::machine::Machine;
use crate::pc::{At, Ip, Pc};
use crate::regs::Regs;
use crate::run::HANDLERS;

/// What executes one opcode: its arguments are the machine, the instruction after the one to execute, the registers, how
/// many jumps and calls are left until limits are looked at, and the table of handlers.
pub(crate) type Handler = fn(&mut Machine, Ip, Regs, u32, Table) -> Out;

/// The handlers by opcode.
#[derive(Clone, Copy)]
pub(crate) struct Table(pub(crate) &'static [Handler; 256]);

/// What a handler returns in the end: the fuel that is left.
#[cfg(tail_calls)]
pub(crate) type Out = u32;

/// What a handler returns: where to go on, and the fuel that is left.
#[cfg(not(tail_calls))]
pub(crate) type Out = (Pc, u32);

/// Executes from `start` until the frame that [`Machine::enter_from_rust`] made is left.
///
/// # Errors
/// What ends the program; frames and registers above the entered one are then still there, for the trace.
pub(crate) fn run(m: &mut Machine, start: Pc) -> Res<KayVal> {
    let outer = m.refuel();
    let fuel = execute(m, start);
    m.settle(fuel, outer)
}

#[cfg(tail_calls)]
fn execute(m: &mut Machine, start: Pc) -> u32 {
    let fuel = m.slice();
    Step { m, pc: start, fuel, table: Table(&HANDLERS) }.next()
}

#[cfg(not(tail_calls))]
fn execute(m: &mut Machine, start: Pc) -> u32 {
    let (mut pc, mut fuel) = (start, m.slice());
    while !pc.is_stopped() {
        let handler = HANDLERS[usize::from(pc.ip.at().op_byte())];
        (pc, fuel) = handler(m, pc.ip.next(), pc.regs, fuel, Table(&HANDLERS));
    }
    fuel
}

/// An instruction being executed. Its methods end the handler.
pub(crate) struct Step<'m> {
    pub(crate) m: &'m mut Machine,
    pub(crate) pc: Pc,
    pub(crate) fuel: u32,
    pub(crate) table: Table,
}

impl Step<'_> {
    /// The instruction.
    #[inline(always)]
    pub(crate) fn i(&self) -> At {
        self.pc.current()
    }

    /// Goes on with the next instruction.
    #[inline(always)]
    pub(crate) fn next(self) -> Out {
        #[cfg(tail_calls)]
        {
            let handler = self.table.0[usize::from(self.pc.ip.at().op_byte())];
            handler(self.m, self.pc.ip.next(), self.pc.regs, self.fuel, self.table)
        }
        #[cfg(not(tail_calls))]
        (self.pc, self.fuel)
    }

    /// Writes the instruction's register `a` and goes on.
    #[inline(always)]
    pub(crate) fn set(self, value: KayVal) -> Out {
        let (r, a) = (self.pc.regs, self.i().a());
        if r.tag(a).is_heap() {
            let old = r.swap(a, value);
            return release(self.m, self.pc.ip, r, self.fuel, self.table, old);
        }
        r.put(a, value);
        self.next()
    }

    /// Writes the instruction's register `a` and goes on, or goes the slow way when there is nothing to write.
    #[inline(always)]
    pub(crate) fn set_or(self, value: Option<KayVal>, slow: impl FnOnce(&mut Machine, Pc) -> Pc) -> Out {
        match value {
            Some(value) => self.set(value),
            None => self.away(slow),
        }
    }

    /// As [`Step::set_or`], where nothing counted can be in the register.
    #[inline(always)]
    pub(crate) fn put_or(self, value: Option<KayVal>, slow: impl FnOnce(&mut Machine, Pc) -> Pc) -> Out {
        match value {
            Some(value) => {
                self.pc.regs.put(self.i().a(), value);
                self.next()
            }
            None => self.away(slow),
        }
    }

    /// Writes the instruction's register `b` and goes on.
    #[inline(always)]
    pub(crate) fn set_b(self, value: KayVal) -> Out {
        let old = self.pc.regs.swap(self.i().b(), value);
        self.released(old)
    }

    /// Gives back a count of an object, if it is one, and goes on.
    #[inline(always)]
    pub(crate) fn released(self, object: u64) -> Out {
        if object != 0 {
            return release(self.m, self.pc.ip, self.pc.regs, self.fuel, self.table, object);
        }
        self.next()
    }

    /// The step of the next instruction, which this one also executes.
    #[inline(always)]
    pub(crate) fn skip(self) -> Self {
        Step { pc: self.pc.jumped(1), ..self }
    }

    /// Writes register `b`, jumps by the field `c`, and counts it.
    #[inline(always)]
    pub(crate) fn set_b_and_jump(self, value: KayVal) -> Out {
        let old = self.pc.regs.swap(self.i().b(), value);
        self.jump_and_release(old)
    }

    /// Writes register `a`, jumps by the field `c`, and counts it.
    #[inline(always)]
    pub(crate) fn set_and_jump(self, value: KayVal) -> Out {
        let old = self.pc.regs.swap(self.i().a(), value);
        self.jump_and_release(old)
    }

    #[inline(always)]
    fn jump_and_release(self, old: u64) -> Out {
        let i = self.i();
        let (pc, fuel) = (self.pc.jumped(i.c_i16().into()), self.fuel - 1);
        if fuel == 0 || old != 0 {
            return release(self.m, pc.ip, pc.regs, fuel, self.table, old);
        }
        Step { pc, fuel, ..self }.next()
    }

    /// Goes on elsewhere, or stops.
    #[inline(always)]
    pub(crate) fn go_to(self, pc: Pc) -> Out {
        let step = Step { pc, ..self };
        #[cfg(tail_calls)]
        if pc.is_stopped() {
            return step.fuel;
        }
        step.next()
    }

    /// Goes where a slow path says.
    #[inline(always)]
    pub(crate) fn go(self, slow: impl FnOnce(&mut Machine, Pc) -> Pc) -> Out {
        let pc = slow(self.m, self.pc);
        self.go_to(pc)
    }

    /// Goes on, or the slow way when the fast path has done nothing.
    #[inline(always)]
    pub(crate) fn or(self, fast: bool, slow: impl FnOnce(&mut Machine, Pc) -> Pc) -> Out {
        if fast {
            self.next()
        } else {
            self.away(slow)
        }
    }

    /// Goes the slow way, which is no part of the handler's code.
    #[inline(always)]
    pub(crate) fn away(self, slow: impl FnOnce(&mut Machine, Pc) -> Pc) -> Out {
        away(self.m, self.pc.ip, self.pc.regs, self.fuel, self.table, slow)
    }

    /// Counts a jump or call, looking at limits and interruptions once in a while, and goes on.
    #[inline(always)]
    pub(crate) fn tick(self) -> Out {
        let fuel = self.fuel - 1;
        if fuel == 0 {
            return out_of_fuel(self.m, self.pc.ip, self.pc.regs, fuel, self.table);
        }
        Step { fuel, ..self }.next()
    }

    /// Jumps.
    #[inline(always)]
    pub(crate) fn jump(self, offset: i32) -> Out {
        Step { pc: self.pc.jumped(offset), ..self }.tick()
    }

    /// Jumps by the field `c` when the test says so.
    #[inline(always)]
    pub(crate) fn jump_if(self, test: bool) -> Out {
        if test {
            let offset = self.i().c_i16().into();
            self.jump(offset)
        } else {
            self.next()
        }
    }

    /// Jumps by the field `c` when a test that may not apply says so; else the slow path decides.
    #[inline(always)]
    pub(crate) fn jump_if_or(self, test: Option<bool>, slow: impl FnOnce(&mut Machine, Pc) -> Pc) -> Out {
        match test {
            Some(test) => self.jump_if(test),
            None => self.away_and_tick(slow),
        }
    }

    /// Goes the slow way of an instruction that may jump or call.
    #[inline(always)]
    pub(crate) fn away_and_tick(self, slow: impl FnOnce(&mut Machine, Pc) -> Pc) -> Out {
        away_and_tick(self.m, self.pc.ip, self.pc.regs, self.fuel, self.table, slow)
    }

    /// Goes on in the function that a call has entered, and counts it; the slow path decides when it has entered none.
    #[inline(always)]
    pub(crate) fn entered(self, callee: Option<Pc>, slow: impl FnOnce(&mut Machine, Pc) -> Pc) -> Out {
        match callee {
            Some(pc) => Step { pc, ..self }.tick(),
            None => self.away_and_tick(slow),
        }
    }

    /// Goes on in a caller.
    #[inline(always)]
    pub(crate) fn resume(self, caller: Pc) -> Self {
        Step { pc: caller, ..self }
    }

    /// Goes where a call says, and counts it.
    #[inline(always)]
    pub(crate) fn called(self, pc: Pc) -> Out {
        let step = Step { pc, ..self };
        if pc.is_stopped() {
            return step.go_to(pc);
        }
        step.tick()
    }
}

#[inline(never)]
fn away<S: FnOnce(&mut Machine, Pc) -> Pc>(
    m: &mut Machine,
    ip: Ip,
    regs: Regs,
    fuel: u32,
    table: Table,
    slow: S,
) -> Out {
    Step { m, pc: Pc { ip, regs }, fuel, table }.go(slow)
}

#[inline(never)]
fn away_and_tick<S: FnOnce(&mut Machine, Pc) -> Pc>(
    m: &mut Machine,
    ip: Ip,
    regs: Regs,
    fuel: u32,
    table: Table,
    slow: S,
) -> Out {
    let pc = slow(m, Pc { ip, regs });
    Step { m, pc, fuel, table }.called(pc)
}

/// Gives back a count of an object, if it is one, and goes on.
#[inline(never)]
fn release(m: &mut Machine, ip: Ip, regs: Regs, fuel: u32, table: Table, object: u64) -> Out {
    // SAFETY: a register or a part of a value owned the count, and was overwritten.
    unsafe { KayVal::release_object(object) };
    if fuel == 0 {
        return out_of_fuel(m, ip, regs, fuel, table);
    }
    Step { m, pc: Pc { ip, regs }, fuel, table }.next()
}

#[cold]
#[inline(never)]
fn out_of_fuel(m: &mut Machine, ip: Ip, regs: Regs, _: u32, table: Table) -> Out {
    let pc = m.tick(Pc { ip, regs });
    let fuel = m.slice();
    Step { m, pc, fuel, table }.go_to(pc)
}

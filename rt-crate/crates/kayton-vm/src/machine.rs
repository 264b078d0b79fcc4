//! The machine: everything that a running program consists of, and the looks of the run loop into it.

use std::time::Instant;

use kayton_abi::{alloc, cycles, KayError, KayVal, Res};

use crate::frames::{Frames, Link, RegisterStack};
use crate::limits::{self, Interrupt, Limits};
use crate::ops::places::PlacePath;
use crate::pc::{Ip, Pc};
use crate::program::{Entry, Program};
use crate::regs::Regs;
use crate::sites::{shared_place, Cache, Kind, Site, NO_HEAD};
use crate::trace::Trace;

/// How many jumps and calls pass between two looks at limits and interruptions.
const SLICE: u32 = 4096;

/// A program being executed.
pub(crate) struct Machine {
    pub(crate) frames: Frames,
    pub(crate) stack: RegisterStack,
    stack_end: usize,
    pub(crate) program: Program,
    /// By number, the functions that compiled code calls.
    pub(crate) thunks: Vec<Option<u32>>,
    globals: Vec<KayVal>,
    /// Where the built-in or slow path that may call back was reached; frames of callbacks start after this one.
    pub(crate) here: Pc,
    /// What the frame was left with that Rust code has entered, for when the run loop stops.
    pub(crate) result: KayVal,
    /// The error that has stopped the run loop.
    pub(crate) error: Option<Box<KayError>>,
    /// The calls that led to the first error.
    pub(crate) trace: Option<Trace>,
    /// Whether the error that is on its way is a field's boundary refusing the value that is being stored.
    pub(crate) refused: bool,
    /// The text being joined by `Concat`, kept for its memory.
    pub(crate) text: String,
    pub(crate) console: Box<dyn crate::console::Console>,
    pub(crate) args: Vec<String>,
    steps: u64,
    max_steps: u64,
    slice: u32,
    deadline: Option<Instant>,
    interrupt: Interrupt,
}

impl Machine {
    /// A machine about to execute `program`.
    ///
    /// # Errors
    /// When the system has no memory for the stacks.
    pub(crate) fn new(
        program: Program,
        console: Box<dyn crate::console::Console>,
        args: Vec<String>,
        limits: &Limits,
    ) -> Result<Machine, String> {
        let stack = RegisterStack::new()?;
        Ok(Machine {
            frames: Frames::new(limits.depth() + usize::from(program.has_start())),
            stack_end: stack.end(),
            here: Pc { ip: Ip::NONE, regs: stack.bottom() },
            stack,
            globals: vec![KayVal::ABSENT; program.globals.len()],
            program,
            thunks: Vec::new(),
            result: KayVal::UNIT,
            error: None,
            trace: None,
            refused: false,
            text: String::new(),
            console,
            args,
            steps: 0,
            max_steps: limits.max_steps.unwrap_or(u64::MAX),
            slice: 0,
            deadline: limits.deadline(),
            interrupt: limits.interrupt.clone(),
        })
    }

    /// Whether the register stack has room for this many registers from `regs` on.
    #[inline(always)]
    pub(crate) fn has_room(&self, regs: Regs, registers: u32) -> bool {
        regs.at(0) as usize + registers as usize * size_of::<KayVal>() <= self.stack_end
    }

    /// Whether a call by `caller` passes the limit when the frames are full: a module's statements, which `<start>`
    /// runs, are no call of the program's own, so that what they call may go one deeper.
    #[cold]
    #[inline(never)]
    pub(crate) fn is_too_deep(&self, caller: Pc) -> bool {
        let outermost = self.frames.links().get(2).map_or(caller, |link| link.caller());
        self.frames.is_overfull() || !(self.program.has_start() && self.program.is_module(outermost))
    }

    /// Where a function starts, and how many registers it needs.
    #[inline(always)]
    pub(crate) fn entry(&self, function: usize) -> Entry {
        debug_assert!(function < self.program.entries.len());
        // SAFETY: indices come from verified instructions and from function values, which only those make.
        unsafe { *self.program.entries.get_unchecked(function) }
    }

    /// The constant `index`, which is immortal.
    #[inline(always)]
    pub(crate) fn constant(&self, index: u32) -> KayVal {
        debug_assert!((index as usize) < self.program.constants.len());
        // SAFETY: the verifier saw that the index is in the table.
        unsafe { *self.program.constants.get_unchecked(index as usize) }
    }

    /// The site `index` of this program's instructions.
    #[inline(always)]
    pub(crate) fn site(&self, index: u16) -> &Site {
        debug_assert!((index as usize) < self.program.sites.len());
        // SAFETY: the loader made a site for every instruction that names one.
        unsafe { self.program.sites.get_unchecked(usize::from(index)) }
    }

    /// The cache of site `index` for one kind of instruction.
    #[inline(always)]
    pub(crate) fn cache(&self, kind: Kind, index: u16) -> Cache {
        let caches = &self.program.caches[kind as usize];
        debug_assert!((index as usize) < caches.len());
        // SAFETY: every site has a cache of each kind.
        unsafe { *caches.get_unchecked(usize::from(index)) }
    }

    /// What was found at site `index` for values with this first word, if that is known: the site's own cache is about one
    /// type, those of all others share a table.
    #[inline(always)]
    pub(crate) fn cached(&self, kind: Kind, index: u16, head: u64) -> Option<Cache> {
        let own = self.cache(kind, index);
        if own.head == head {
            return Some(own);
        }
        let (of, cache) = self.program.shared[shared_place(index, head)];
        (of == (kind, index) && cache.head == head).then_some(cache)
    }

    /// Remembers what was found at site `index`.
    pub(crate) fn remember(&mut self, kind: Kind, index: u16, cache: Cache) {
        let own = &mut self.program.caches[kind as usize][usize::from(index)];
        if own.head == NO_HEAD || own.head == cache.head {
            *own = cache;
        } else {
            self.program.shared[shared_place(index, cache.head)] = ((kind, index), cache);
        }
    }

    /// The path `index` of the module.
    #[inline(always)]
    pub(crate) fn path(&self, index: u16) -> &PlacePath {
        &self.program.paths[usize::from(index)]
    }

    /// The cache of path `index`.
    #[inline(always)]
    pub(crate) fn place_cache(&self, index: u16) -> Cache {
        debug_assert!((index as usize) < self.program.place_caches.len());
        // SAFETY: every path has a cache, and the verifier saw that the index is in the table.
        unsafe { *self.program.place_caches.get_unchecked(usize::from(index)) }
    }

    /// What calls compare with a site to see that its arguments fit function `index` as they stand.
    #[inline(always)]
    pub(crate) fn shape(&self, index: usize) -> u64 {
        self.program.function(index).shape
    }

    /// Native `index` of the module as a value.
    #[inline]
    pub(crate) fn native_value(&self, index: u16) -> KayVal {
        KayVal::native(u32::from(index))
    }

    /// A module-level variable; absent when it is not set yet.
    #[inline(always)]
    pub(crate) fn global(&self, index: u16) -> KayVal {
        self.globals.get(usize::from(index)).copied().unwrap_or(KayVal::ABSENT)
    }

    /// Sets a module-level variable, taking over the count.
    pub(crate) fn set_global(&mut self, index: u16, value: KayVal) {
        match self.globals.get_mut(usize::from(index)) {
            Some(global) => std::mem::replace(global, value).release(),
            None => value.release(),
        }
    }

    /// The jump that a `Switch` makes for a value.
    #[inline(always)]
    pub(crate) fn switch(&self, index: u16, value: KayVal) -> i32 {
        self.program.switches[usize::from(index)].offset(value.variant())
    }

    /// Stops with an error that happened at the instruction before `pc`.
    #[cold]
    #[inline(never)]
    pub(crate) fn fail(&mut self, pc: Pc, error: Box<KayError>) -> Pc {
        if self.trace.is_none() {
            self.trace = Some(Trace::of(&self.program, &self.frames, pc));
        }
        self.here = pc;
        self.error = Some(error);
        pc.stopped()
    }

    /// Stops with an error about argument `param` of the running function.
    #[cold]
    #[inline(never)]
    pub(crate) fn fail_at_argument(&mut self, pc: Pc, param: u16, error: Box<KayError>) -> Pc {
        if self.trace.is_none() {
            self.trace = Some(Trace::of_argument(&self.program, &self.frames, pc, param));
        }
        self.fail(pc, error)
    }

    /// Stops with an error about the value that the instruction stores.
    #[cold]
    #[inline(never)]
    pub(crate) fn fail_at_value(&mut self, pc: Pc, error: Box<KayError>) -> Pc {
        if self.trace.is_none() {
            self.trace = Some(Trace::of_value(&self.program, &self.frames, pc, 0));
        }
        self.fail(pc, error)
    }

    /// Notes that the error on its way is about value number `value` of those that the instruction stores.
    #[cold]
    pub(crate) fn blame_value(&mut self, pc: Pc, value: usize) {
        if self.trace.is_none() {
            self.trace = Some(Trace::of_value(&self.program, &self.frames, pc, value as u32));
        }
    }

    /// Goes on with `value` in the instruction's register `a`, or stops.
    #[inline]
    pub(crate) fn store(&mut self, pc: Pc, result: Res<KayVal>) -> Pc {
        match result {
            Ok(value) => {
                pc.regs.set(pc.current().a(), value);
                pc
            }
            Err(error) => self.fail(pc, error),
        }
    }

    /// Goes on with the result of a call, or stops.
    #[inline]
    pub(crate) fn give(&mut self, pc: Pc, result: Res<KayVal>) -> Pc {
        match result {
            Ok(value) if pc.current().drops() => {
                value.release();
                pc
            }
            result => self.store(pc, result),
        }
    }

    /// Begins a slice, for a run loop; gives what was left of the outer loop's plan.
    pub(crate) fn refuel(&mut self) -> u32 {
        let left = self.max_steps.saturating_sub(self.steps).saturating_add(1);
        std::mem::replace(&mut self.slice, u32::try_from(left).unwrap_or(SLICE).min(SLICE))
    }

    /// How many jumps and calls pass until the next [`Machine::tick`].
    pub(crate) fn slice(&self) -> u32 {
        self.slice
    }

    /// A slice has passed: looks at limits and interruptions, before the instruction at `pc`.
    #[cold]
    #[inline(never)]
    pub(crate) fn tick(&mut self, pc: Pc) -> Pc {
        self.steps += u64::from(std::mem::take(&mut self.slice));
        match self.check_limits().and_then(|()| alloc::check_room(self.overhead(pc))) {
            Ok(()) => {
                self.refuel();
                pc
            }
            Err(error) => self.fail(pc.jumped(1), error),
        }
    }

    /// The bytes that are in use besides values: calls in progress, their registers, and what finding cycles takes.
    fn overhead(&self, pc: Pc) -> usize {
        let registers = (pc.regs.at(0) as usize).saturating_sub(self.stack.bottom().at(0) as usize);
        self.frames.depth() * size_of::<Link>() + registers + cycles::bookkeeping()
    }

    /// Fails when the program is to stop.
    ///
    /// # Errors
    /// `interrupted`, `step limit reached`, `time limit reached`, `out of memory limit`.
    pub(crate) fn check_limits(&mut self) -> Res<()> {
        limits::check(&self.interrupt, self.steps, self.max_steps, self.deadline)?;
        alloc::check_memory()
    }

    /// The end of a run loop that has this fuel left of its last slice, inside of one with a slice of `outer`: what it
    /// stopped with.
    pub(crate) fn settle(&mut self, fuel: u32, outer: u32) -> Res<KayVal> {
        self.steps += u64::from(self.slice.saturating_sub(fuel));
        self.slice = outer;
        match self.error.take() {
            Some(error) => Err(error),
            None => Ok(std::mem::replace(&mut self.result, KayVal::UNIT)),
        }
    }

    /// The first register that no frame up to `pc` uses.
    pub(crate) fn free_registers(&self, pc: Pc) -> Regs {
        let used = self.program.function_at(pc).map_or(0, |function| self.program.function(function).registers);
        pc.regs.frame_at(used as usize)
    }

    /// Releases the globals, for the end of the program.
    pub(crate) fn clear_globals(&mut self) {
        for global in std::mem::take(&mut self.globals) {
            global.release();
        }
    }
}

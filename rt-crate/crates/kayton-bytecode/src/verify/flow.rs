//! The types of registers along all ways through a function.
//!
//! A forward dataflow over basic blocks. What is known of a register is that it holds an `i64`, an `f64`, a
//! `bool`, or nothing; a state is one bit set for each of the three, and where ways meet the sets intersect.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::instr::Instr;
use crate::isa::Op;
use crate::module::Const;
use crate::op::{Arg, OpInfo, Ty};

use super::code::{killed, operands, Code};
use super::tables::ensure;
use super::{item, Check, Fault, Res};

/// The words of all states of one function: what its registers times its blocks may come to.
const MAX_STATE_WORDS: usize = 1 << 22;
/// The work for all functions together, in steps of an instruction or a word of a state.
const MAX_STEPS: usize = 1 << 27;

/// The types that a state tells apart, each with a bit set of its own.
const TYPES: [Ty; 3] = [Ty::I64, Ty::F64, Ty::Bool];

/// The work that is left for the module.
pub(super) struct Budget {
    steps: usize,
}

impl Default for Budget {
    fn default() -> Budget {
        Budget { steps: MAX_STEPS }
    }
}

impl Budget {
    fn spend(&mut self, steps: usize) -> Check<()> {
        self.steps = self.steps.checked_sub(steps).ok_or(Fault::TooComplex)?;
        Ok(())
    }
}

/// Checks that typed operands have their types.
pub(super) fn check(code: &Code, budget: &mut Budget) -> Res<()> {
    let demands = |instr: &Instr| instr.op().is_some_and(|op| op.info().args.iter().any(|arg| demand(*arg).is_some()));
    if !code.function.code.iter().any(demands) {
        return Ok(());
    }
    let whole = |fault| item("function", code.index, fault);
    let mut flow = Flow::new(code, budget).map_err(whole)?;
    flow.solve(budget).map_err(whole)?;
    flow.prove()
}

/// The type that an operand must be proven to have.
fn demand(arg: Arg) -> Option<Ty> {
    match arg {
        Arg::Src(ty) | Arg::Mut(ty) if ty != Ty::Any => Some(ty),
        _ => None,
    }
}

/// What is known of all registers at one point: a bit set for each of [`TYPES`], one after the other.
struct State<'a> {
    bits: &'a mut [u64],
}

impl State<'_> {
    fn words(&self) -> usize {
        self.bits.len() / TYPES.len()
    }

    fn get(&self, register: u16) -> Ty {
        let (word, bit) = (usize::from(register) / 64, register % 64);
        let holds = |place: &usize| self.bits[place * self.words() + word] >> bit & 1 == 1;
        (0..TYPES.len()).find(holds).map_or(Ty::Any, |place| TYPES[place])
    }

    fn set(&mut self, register: u16, ty: Ty) {
        let (word, bit) = (usize::from(register) / 64, register % 64);
        let words = self.words();
        for (place, known) in TYPES.iter().enumerate() {
            let slot = &mut self.bits[place * words + word];
            *slot = *slot & !(1 << bit) | u64::from(*known == ty) << bit;
        }
    }

    /// Nothing is known any more of the registers from `first` up to `end`.
    fn forget(&mut self, first: u16, end: usize) {
        let words = self.words();
        let first = usize::from(first);
        for word in first / 64..end.div_ceil(64) {
            let low = first.saturating_sub(word * 64);
            let high = (end - word * 64).min(64);
            let mask = ones(high) & !ones(low);
            for place in 0..TYPES.len() {
                self.bits[place * words + word] &= !mask;
            }
        }
    }
}

/// The lowest `count` bits.
fn ones(count: usize) -> u64 {
    1u64.checked_shl(count as u32).map_or(u64::MAX, |bit| bit - 1)
}

struct Flow<'a> {
    code: &'a Code<'a>,
    /// The first instruction of each block.
    starts: Vec<usize>,
    /// The block that starts at each instruction where one does.
    block_at: Vec<Option<u32>>,
    /// The words of one state.
    size: usize,
    /// What is known at the start of each block; meaningless for one not yet reached.
    states: Vec<u64>,
    reached: Vec<bool>,
}

impl<'a> Flow<'a> {
    fn new(code: &'a Code<'a>, budget: &mut Budget) -> Check<Flow<'a>> {
        let len = code.function.code.len();
        let mut leads = vec![false; len];
        leads[0] = true;
        for pc in 0..len {
            let jumps = jumps(code, pc, budget, |target| leads[target] = true)?;
            if jumps && pc + 1 < len {
                leads[pc + 1] = true;
            }
        }
        let starts: Vec<usize> = (0..len).filter(|pc| leads[*pc]).collect();
        let mut block_at = vec![None; len];
        for (block, start) in starts.iter().enumerate() {
            block_at[*start] = Some(block as u32);
        }
        let size = TYPES.len() * usize::from(code.function.registers).div_ceil(64);
        let words = size * starts.len();
        ensure(words <= MAX_STATE_WORDS, Fault::TooComplex)?;
        let reached = vec![false; starts.len()];
        Ok(Flow { code, starts, block_at, size, states: vec![0; words], reached })
    }

    fn instructions(&self, block: usize) -> std::ops::Range<usize> {
        let end = self.starts.get(block + 1).copied();
        self.starts[block]..end.unwrap_or(self.code.function.code.len())
    }

    fn state(&self, block: usize) -> &[u64] {
        &self.states[block * self.size..][..self.size]
    }

    /// Finds the weakest state of each block. Blocks are visited in the order of the code, which follows the
    /// program's structure, so that most are visited once for each loop around them.
    fn solve(&mut self, budget: &mut Budget) -> Check<()> {
        let mut waiting = BinaryHeap::from([Reverse(0)]);
        let mut is_waiting = vec![false; self.starts.len()];
        self.reached[0] = true;
        let mut bits = vec![0; self.size];
        while let Some(Reverse(block)) = waiting.pop() {
            is_waiting[block] = false;
            bits.copy_from_slice(self.state(block));
            let range = self.instructions(block);
            let last = range.end - 1;
            budget.spend(range.len() + self.size)?;
            let mut state = State { bits: &mut bits };
            for pc in range {
                step(self.code, pc, &mut state);
            }
            for target in self.successors(last, budget)? {
                budget.spend(self.size + 1)?;
                if self.join(target, &bits) && !is_waiting[target] {
                    is_waiting[target] = true;
                    waiting.push(Reverse(target));
                }
            }
        }
        Ok(())
    }

    /// The blocks that control reaches from the last instruction of one.
    fn successors(&self, last: usize, budget: &mut Budget) -> Check<Vec<usize>> {
        let block_at = |pc: usize| self.block_at.get(pc).copied().flatten().map(|block| block as usize);
        let mut found = Vec::new();
        jumps(self.code, last, budget, |target| found.extend(block_at(target)))?;
        if self.code.function.code[last].op().is_some_and(|op| !op.info().ends) {
            found.extend(block_at(last + 1));
        }
        Ok(found)
    }

    /// Weakens what is known at the start of a block; says whether that changed anything.
    fn join(&mut self, block: usize, bits: &[u64]) -> bool {
        let state = &mut self.states[block * self.size..][..self.size];
        if !std::mem::replace(&mut self.reached[block], true) {
            state.copy_from_slice(bits);
            return true;
        }
        let mut changed = false;
        for (known, new) in state.iter_mut().zip(bits) {
            let both = *known & new;
            changed |= both != *known;
            *known = both;
        }
        changed
    }

    /// Checks the operands of everything that control reaches.
    fn prove(&self) -> Res<()> {
        let mut bits = vec![0; self.size];
        for block in (0..self.starts.len()).filter(|block| self.reached[*block]) {
            bits.copy_from_slice(self.state(block));
            let mut state = State { bits: &mut bits };
            for pc in self.instructions(block) {
                prove(self.code, pc, &state).map_err(|fault| self.code.at(pc, fault))?;
                step(self.code, pc, &mut state);
            }
        }
        Ok(())
    }
}

fn info_at(code: &Code, pc: usize) -> (Instr, &'static OpInfo) {
    let instr = code.function.code[pc];
    (instr, instr.op().unwrap_or(Op::Nop).info())
}

/// Tells where the instruction may jump; says whether it ends a block.
fn jumps(code: &Code, pc: usize, budget: &mut Budget, mut jump: impl FnMut(usize)) -> Check<bool> {
    let (instr, info) = info_at(code, pc);
    let target = |offset: i32| (pc as i64 + 1 + i64::from(offset)) as usize;
    let mut ends_block = info.ends;
    for (arg, value) in operands(info, instr) {
        match arg {
            Arg::Off => jump(target((value as i16).into())),
            Arg::Off32 => jump(target(instr.bc_i32())),
            Arg::Switch => {
                let switch = &code.module.switches[value as usize];
                budget.spend(switch.cases.len())?;
                jump(target(switch.default));
                switch.cases.iter().for_each(|(_, offset)| jump(target(*offset)));
            }
            _ => continue,
        }
        ends_block = true;
    }
    Ok(ends_block)
}

fn prove(code: &Code, pc: usize, state: &State) -> Check<()> {
    let (instr, info) = info_at(code, pc);
    for (arg, register) in operands(info, instr) {
        let Some(expected) = demand(arg) else { continue };
        let found = state.get(register);
        let fits = found == expected || expected == Ty::Scalar && found != Ty::Any;
        ensure(fits, Fault::Unproven { register, expected })?;
    }
    Ok(())
}

/// What the instruction changes about the registers' types.
fn step(code: &Code, pc: usize, state: &mut State) {
    let (instr, info) = info_at(code, pc);
    for register in killed(info, instr) {
        state.set(register, Ty::Any);
    }
    if let Some(window) = code.window(info, instr) {
        // A callee's frame lies over the caller's registers from the window on.
        let callee = matches!(info.op, Op::Call | Op::CallVal | Op::CallMethod | Op::CallMut | Op::CallNative);
        let end = match callee {
            true => code.function.registers.into(),
            false => usize::from(window.first) + window.count as usize,
        };
        state.forget(window.first, end);
    }
    for (arg, register) in operands(info, instr) {
        match arg {
            Arg::Dst(Ty::Same) => state.set(register, state.get(instr.b())),
            Arg::Dst(Ty::Const) => state.set(register, constant_type(code, instr)),
            Arg::Dst(ty) | Arg::Mut(ty) => state.set(register, ty),
            _ => {}
        }
    }
}

fn constant_type(code: &Code, instr: Instr) -> Ty {
    match code.module.constants[instr.bc_u32() as usize] {
        Const::Int(_) => Ty::I64,
        Const::Float(_) => Ty::F64,
        Const::Str(_) => Ty::Any,
    }
}

//! The run loop: one arm for each opcode, without a wildcard, so that a missing handler does not compile.
//!
//! An arm is a fast path that is inlined here and, where it can fail, a slow path that is not. All slow paths have one
//! shape, `fn(&mut Machine, Pc) -> Pc`: the loop's whole state goes in and comes back in two machine registers. A
//! slow path may go on elsewhere, enter a function, or stop with a result or an error waiting in the machine.

use kayton_abi::{KayVal, Res, Tag};
use kayton_bytecode::Op;

use crate::machine::Machine;
use crate::ops::{arith, calls, compare, loops, parts};
use crate::pc::{opcode, Pc};
use crate::slow;

/// Executes from `start` until the frame that [`Machine::enter_from_rust`] made is left.
///
/// # Errors
/// What ends the program; frames and registers above the entered one are then still there, for the trace.
pub(crate) fn run(m: &mut Machine, start: Pc) -> Res<KayVal> {
    let mut pc = start;
    let mut slice = m.refuel();
    let mut fuel = slice;

    /// Goes where a slow path says.
    macro_rules! go {
        ($next:expr) => {{
            pc = $next;
            if pc.is_stopped() {
                break;
            }
        }};
    }
    /// Goes the slow way when the fast path has done nothing.
    macro_rules! or {
        ($fast:expr, $slow:path) => {
            if !$fast {
                go!($slow(m, pc))
            }
        };
    }
    /// Counts a jump or call, looking at limits and interruptions once in a while.
    macro_rules! tick {
        () => {{
            fuel -= 1;
            if fuel == 0 {
                go!(m.tick(pc, slice));
                slice = m.refuel();
                fuel = slice;
            }
        }};
    }
    /// Jumps by the signed field `c` when the test says so.
    macro_rules! jump_if {
        ($test:expr, $i:expr) => {
            if $test {
                pc = pc.jumped(i32::from($i.c_i16()));
                tick!();
            }
        };
    }
    /// Jumps by the signed field `c` when a test that may not apply says so.
    macro_rules! jump_if_or {
        ($test:expr, $i:expr, $slow:path) => {
            match $test {
                Some(jumps) => jump_if!(jumps, $i),
                None => {
                    go!($slow(m, pc));
                    tick!();
                }
            }
        };
    }

    loop {
        let i = pc.ip.instr();
        pc.ip = pc.ip.next();
        let r = pc.regs;
        match opcode(i) {
            Op::Nop => {}
            Op::Move => r.set(i.a(), r.own(i.b(), i.kills_b())),
            Op::MoveScalar => r.put(i.a(), r.get(i.b())),
            Op::LoadInt => r.set_int(i.a(), i64::from(i.bc_i32())),
            Op::LoadConst => r.set(i.a(), m.constant(i.bc_u32())),
            Op::LoadUnit => r.set(i.a(), KayVal::UNIT),
            Op::LoadBool => r.set_bool(i.a(), i.b() != 0),
            Op::LoadAbsent => r.set(i.a(), KayVal::ABSENT),
            Op::LoadVariant => r.set(i.a(), KayVal::variant0(u32::from(i.b()))),
            Op::LoadFunc => r.set(i.a(), KayVal::func(u32::from(i.b()))),
            Op::LoadNative => r.set(i.a(), m.native_value(i.b())),
            Op::GetCapture => r.set(i.a(), parts::capture(r, i.b())),
            Op::GetGlobal => or!(parts::get_global(m, r, i), slow::parts::unset_global),
            Op::SetGlobal => m.set_global(i.b(), r.own(i.a(), i.kills_a())),
            Op::Drop => r.drop_one(i.a()),
            Op::DropRange => r.drop_range(i.a(), i.b()),

            Op::Add => go!(slow::arith::quicken(m, pc)),
            Op::Sub => go!(slow::arith::quicken(m, pc)),
            Op::Mul => go!(slow::arith::quicken(m, pc)),
            Op::Div => go!(slow::arith::quicken(m, pc)),
            Op::FloorDiv => go!(slow::arith::quicken(m, pc)),
            Op::Rem => go!(slow::arith::quicken(m, pc)),
            Op::Pow => go!(slow::arith::binary(m, pc)),
            Op::BitAnd => or!(arith::int(r, i, |a, b| Some(a & b)), slow::arith::binary),
            Op::BitOr => or!(arith::int(r, i, |a, b| Some(a | b)), slow::arith::binary),
            Op::BitXor => or!(arith::int(r, i, |a, b| Some(a ^ b)), slow::arith::binary),
            Op::Shl => or!(arith::int(r, i, arith::shl), slow::arith::binary),
            Op::Shr => or!(arith::int(r, i, arith::shr), slow::arith::binary),
            Op::AddImm => go!(slow::arith::quicken_imm(m, pc)),
            Op::MulImm => or!(arith::int_imm(r, i, i64::checked_mul), slow::arith::immediate),
            Op::FloorDivImm => or!(arith::int_imm(r, i, arith::floor_div), slow::arith::immediate),
            Op::RemImm => or!(arith::int_imm(r, i, arith::rem), slow::arith::immediate),
            Op::Neg => or!(arith::negate(r, i), slow::arith::unary),
            Op::BitNot => or!(arith::int_unary(r, i, |n| Some(!n)), slow::arith::unary),
            Op::Not => or!(arith::not(r, i), slow::arith::unary),
            Op::AddInt => or!(arith::int(r, i, i64::checked_add), slow::arith::quicken),
            Op::SubInt => or!(arith::int(r, i, i64::checked_sub), slow::arith::quicken),
            Op::MulInt => or!(arith::int(r, i, i64::checked_mul), slow::arith::quicken),
            Op::FloorDivInt => or!(arith::int(r, i, arith::floor_div), slow::arith::quicken),
            Op::RemInt => or!(arith::int(r, i, arith::rem), slow::arith::quicken),
            Op::AddFloat => or!(arith::float(r, i, |a, b| a + b), slow::arith::quicken),
            Op::SubFloat => or!(arith::float(r, i, |a, b| a - b), slow::arith::quicken),
            Op::MulFloat => or!(arith::float(r, i, |a, b| a * b), slow::arith::quicken),
            Op::DivFloat => or!(arith::float(r, i, |a, b| a / b), slow::arith::quicken),
            Op::AddImmInt => or!(arith::int_imm(r, i, i64::checked_add), slow::arith::quicken_imm),

            Op::AddI64 => or!(arith::int_proven(r, i, i64::checked_add), slow::arith::overflow),
            Op::SubI64 => or!(arith::int_proven(r, i, i64::checked_sub), slow::arith::overflow),
            Op::MulI64 => or!(arith::int_proven(r, i, i64::checked_mul), slow::arith::overflow),
            Op::FloorDivI64 => or!(arith::int_proven(r, i, arith::floor_div), slow::arith::division),
            Op::RemI64 => or!(arith::int_proven(r, i, arith::rem), slow::arith::division),
            Op::AddImmI64 => or!(arith::int_imm_proven(r, i, i64::checked_add), slow::arith::overflow),
            Op::NegI64 => or!(arith::int_imm_proven(r, i, |n, _| n.checked_neg()), slow::arith::overflow),
            Op::BitAndI64 => r.put_int(i.a(), r.int(i.b()) & r.int(i.c())),
            Op::BitOrI64 => r.put_int(i.a(), r.int(i.b()) | r.int(i.c())),
            Op::BitXorI64 => r.put_int(i.a(), r.int(i.b()) ^ r.int(i.c())),
            Op::AddF64 => arith::float_proven(r, i, |a, b| a + b),
            Op::SubF64 => arith::float_proven(r, i, |a, b| a - b),
            Op::MulF64 => arith::float_proven(r, i, |a, b| a * b),
            Op::DivF64 => arith::float_proven(r, i, |a, b| a / b),
            Op::NegF64 => r.put_float(i.a(), -r.float(i.b())),
            Op::I64ToF64 => r.put_float(i.a(), r.int(i.b()) as f64),

            Op::Eq => or!(compare::to_bool(r, i, |a, b| a == b, |a, b| a == b), slow::compare::to_bool),
            Op::Ne => or!(compare::to_bool(r, i, |a, b| a != b, |a, b| a != b), slow::compare::to_bool),
            Op::Lt => or!(compare::to_bool(r, i, |a, b| a < b, |a, b| a < b), slow::compare::to_bool),
            Op::Le => or!(compare::to_bool(r, i, |a, b| a <= b, |a, b| a <= b), slow::compare::to_bool),
            Op::Gt => or!(compare::to_bool(r, i, |a, b| a > b, |a, b| a > b), slow::compare::to_bool),
            Op::Ge => or!(compare::to_bool(r, i, |a, b| a >= b, |a, b| a >= b), slow::compare::to_bool),
            Op::In => go!(slow::compare::contains(m, pc)),
            Op::Is => go!(slow::compare::is(m, pc)),

            Op::Jmp => {
                pc = pc.jumped(i.bc_i32());
                tick!();
            }
            Op::JmpTrue => match r.get(i.a()).to_bool() {
                Some(true) => {
                    pc = pc.jumped(i.bc_i32());
                    tick!();
                }
                Some(false) => {}
                None => go!(slow::compare::not_a_bool(m, pc)),
            },
            Op::JmpFalse => match r.get(i.a()).to_bool() {
                Some(false) => {
                    pc = pc.jumped(i.bc_i32());
                    tick!();
                }
                Some(true) => {}
                None => go!(slow::compare::not_a_bool(m, pc)),
            },
            Op::JmpLt | Op::JmpLe | Op::JmpGt | Op::JmpGe | Op::JmpEq => {
                go!(slow::compare::quicken(m, pc));
                tick!();
            }
            Op::JmpLtImm | Op::JmpLeImm | Op::JmpGtImm | Op::JmpGeImm | Op::JmpEqImm => {
                go!(slow::compare::quicken_imm(m, pc));
                tick!();
            }
            Op::JmpLtInt => jump_if_or!(compare::ints(r, i, |a, b| a < b), i, slow::compare::quicken),
            Op::JmpLtFloat => jump_if_or!(compare::floats(r, i, |a, b| a < b), i, slow::compare::quicken),
            Op::JmpLtImmInt => jump_if_or!(compare::int_imm(r, i, |a, b| a < b), i, slow::compare::quicken_imm),
            Op::JmpLeInt => jump_if_or!(compare::ints(r, i, |a, b| a <= b), i, slow::compare::quicken),
            Op::JmpLeFloat => jump_if_or!(compare::floats(r, i, |a, b| a <= b), i, slow::compare::quicken),
            Op::JmpLeImmInt => jump_if_or!(compare::int_imm(r, i, |a, b| a <= b), i, slow::compare::quicken_imm),
            Op::JmpGtInt => jump_if_or!(compare::ints(r, i, |a, b| a > b), i, slow::compare::quicken),
            Op::JmpGtFloat => jump_if_or!(compare::floats(r, i, |a, b| a > b), i, slow::compare::quicken),
            Op::JmpGtImmInt => jump_if_or!(compare::int_imm(r, i, |a, b| a > b), i, slow::compare::quicken_imm),
            Op::JmpGeInt => jump_if_or!(compare::ints(r, i, |a, b| a >= b), i, slow::compare::quicken),
            Op::JmpGeFloat => jump_if_or!(compare::floats(r, i, |a, b| a >= b), i, slow::compare::quicken),
            Op::JmpGeImmInt => jump_if_or!(compare::int_imm(r, i, |a, b| a >= b), i, slow::compare::quicken_imm),
            Op::JmpEqInt => jump_if_or!(compare::ints(r, i, |a, b| a == b), i, slow::compare::quicken),
            Op::JmpEqFloat => jump_if_or!(compare::floats(r, i, |a, b| a == b), i, slow::compare::quicken),
            Op::JmpEqImmInt => jump_if_or!(compare::int_imm(r, i, |a, b| a == b), i, slow::compare::quicken_imm),
            Op::JmpLtI64 => jump_if!(compare::ints_proven(r, i, |a, b| a < b), i),
            Op::JmpLtF64 => jump_if!(compare::floats_proven(r, i, |a, b| a < b), i),
            Op::JmpLeI64 => jump_if!(compare::ints_proven(r, i, |a, b| a <= b), i),
            Op::JmpLeF64 => jump_if!(compare::floats_proven(r, i, |a, b| a <= b), i),
            Op::JmpEqI64 => jump_if!(compare::ints_proven(r, i, |a, b| a == b), i),
            Op::JmpEqF64 => jump_if!(compare::floats_proven(r, i, |a, b| a == b), i),
            Op::JmpLtImmI64 => jump_if!(compare::int_imm_proven(r, i, |a, b| a < b), i),
            Op::JmpLeImmI64 => jump_if!(compare::int_imm_proven(r, i, |a, b| a <= b), i),
            Op::JmpEqImmI64 => jump_if!(compare::int_imm_proven(r, i, |a, b| a == b), i),
            Op::JmpPresent => {
                if r.tag(i.a()) != Tag::ABSENT {
                    pc = pc.jumped(i.bc_i32());
                    tick!();
                }
            }

            Op::ForRange => jump_if!(loops::for_range(r, i), i),
            Op::IterInit => go!(slow::iter::init(m, pc)),
            Op::IterNext => jump_if_or!(loops::next_number(r, i), i, slow::iter::next),
            Op::IterNextList => jump_if_or!(loops::next_of_list(r, i), i, slow::iter::next),

            Op::Call => {
                go!(calls::enter(m, pc, i, usize::from(i.c()), i.b()));
                tick!();
            }
            Op::CallVal => {
                go!(calls::value(m, pc));
                tick!();
            }
            Op::CallMethod => {
                go!(calls::method(m, pc));
                tick!();
            }
            Op::CallMut => {
                go!(slow::methods::call_mut(m, pc));
                tick!();
            }
            Op::CallNative => go!(slow::natives::call(m, pc)),
            Op::Ret => go!(calls::leave(m, pc, i)),
            Op::RetUnit => go!(calls::leave_unit(m, pc, i)),

            Op::GetField => or!(parts::get_field(m, r, i), slow::fields::get),
            Op::SetField => or!(parts::set_field(m, r, i), slow::fields::set),
            Op::GetPart => go!(slow::parts::part(m, pc)),
            Op::GetSlot => or!(parts::get_slot(r, i), slow::parts::slot),
            Op::ListRest => go!(slow::parts::list_rest(m, pc)),
            Op::Index => go!(slow::index::quicken(m, pc)),
            Op::IndexInts => or!(parts::index_ints(r, i), slow::index::quicken),
            Op::IndexFloats => or!(parts::index_floats(r, i), slow::index::quicken),
            Op::IndexAny => or!(parts::index_any(r, i), slow::index::quicken),
            Op::IndexField => {
                if parts::index_field(m, r, i, pc.ip.instr()) {
                    pc = pc.jumped(1);
                } else {
                    go!(slow::index::field(m, pc))
                }
            }
            Op::SetIndex => go!(slow::index::quicken_set(m, pc)),
            Op::SetIndexInts => or!(parts::set_index_ints(r, i), slow::index::quicken_set),
            Op::SetIndexFloats => or!(parts::set_index_floats(r, i), slow::index::quicken_set),
            Op::SetIndexAny => or!(parts::set_index_any(r, i), slow::index::quicken_set),
            Op::Slice => go!(slow::index::slice(m, pc)),
            Op::StorePath => go!(slow::paths::store(m, pc)),
            Op::TakePath => go!(slow::paths::take(m, pc)),

            Op::NewList => go!(slow::build::list(m, pc)),
            Op::NewTuple => go!(slow::build::tuple(m, pc)),
            Op::NewMap => go!(slow::build::map(m, pc)),
            Op::NewSet => go!(slow::build::set(m, pc)),
            Op::NewStruct => go!(slow::build::structure(m, pc)),
            Op::NewVariant => go!(slow::build::variant(m, pc)),
            Op::NewClosure => go!(slow::build::closure(m, pc)),
            Op::NewRange => go!(slow::build::range(m, pc)),
            Op::ListRepeat => go!(slow::build::list_repeat(m, pc)),
            Op::ListAppend => go!(slow::build::list_append(m, pc)),
            Op::SetAdd => go!(slow::build::set_add(m, pc)),
            Op::MapPut => go!(slow::build::map_put(m, pc)),
            Op::Concat => go!(slow::text::concat(m, pc)),
            Op::Format => go!(slow::text::format(m, pc)),

            Op::JmpUnlessVariant => jump_if!(loops::unless_variant(r, i), i),
            Op::JmpUnlessType => jump_if!(slow::guards::unless_type(m, r, i), i),
            Op::JmpUnlessLen => jump_if!(slow::guards::unless_len(r, i), i),
            Op::JmpUnlessBetween => jump_if!(loops::unless_between(r, i), i),
            Op::Switch => {
                pc = pc.jumped(m.switch(r, i));
                tick!();
            }
            Op::TryOk => jump_if_or!(parts::try_ok(r, i), i, slow::parts::try_neither),

            Op::Guard => go!(slow::guards::guard(m, pc)),
            Op::GuardInt => or!(parts::guard_scalar(r, i, Tag::INT), slow::guards::scalar),
            Op::GuardFloat => or!(parts::guard_scalar(r, i, Tag::FLOAT), slow::guards::scalar),
            Op::GuardBool => or!(parts::guard_scalar(r, i, Tag::BOOL), slow::guards::scalar),
            Op::NoMatch => go!(slow::guards::no_match(m, pc)),
            Op::Raise => go!(slow::guards::raise(m, pc)),
        }
    }
    m.settle(slice - fuel)
}

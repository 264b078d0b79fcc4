//! The handlers: one for each opcode, so that a missing one does not compile.
//!
//! A handler is a fast path that is inlined here and, where it can fail, a slow path that is not. All slow paths have one
//! shape, `fn(&mut Machine, Pc) -> Pc`: where execution is goes in and comes back in two machine registers. A
//! slow path may go on elsewhere, enter a function, or stop with a result or an error waiting in the machine.

use kayton_abi::{KayVal, Tag};
use kayton_bytecode::Op;

use crate::dispatch::{Handler, Out, Step, Table};
use crate::machine::Machine;
use crate::ops::{arith, calls, compare, loops, methods, parts, places};
use crate::pc::Ip;
use crate::regs::Regs;
use crate::slow;

/// Defines a handler for each opcode, in terms of the step `s`, its registers `r` and its instruction `i`.
macro_rules! handlers {
    ($($($name:ident)+ ($s:ident, $r:ident, $i:ident) => $body:expr;)*) => {
        /// One function for each opcode, under its name.
        #[allow(non_snake_case, unused_variables)]
        mod handler {
            use super::*;

            $($(pub(super) fn $name(m: &mut Machine, ip: Ip, $r: Regs, fuel: u32, table: Table) -> Out {
                let $s = Step { m, pc: crate::pc::Pc { ip, regs: $r }, fuel, table };
                let $i = $s.i();
                $body
            })+)*
        }

        const fn handler_of(op: Op) -> Handler {
            match op {
                $($(Op::$name => handler::$name,)+)*
            }
        }
    };
}

/// The handler of each opcode. No verified code has any of the others.
pub(crate) static HANDLERS: [Handler; 256] = {
    let mut handlers: [Handler; 256] = [handler::Nop; 256];
    let mut at = 0;
    while at < Op::ALL.len() {
        handlers[Op::ALL[at] as usize] = handler_of(Op::ALL[at]);
        at += 1;
    }
    handlers
};

/// A handler's work that always succeeds, and then the next instruction.
macro_rules! then {
    ($s:ident, $work:expr) => {{
        $work;
        $s.next()
    }};
}

/// A handler whose fast path looks into the machine for the value of register `a`.
macro_rules! set_or {
    ($s:ident, $fast:expr, $slow:expr) => {{
        let value = $fast;
        $s.set_or(value, $slow)
    }};
}

/// A handler of a built-in method whose result goes where a call's does.
macro_rules! give_or {
    ($s:ident, $fast:expr) => {
        match $fast {
            Some(_) if $s.i().drops() => $s.next(),
            Some(value) => $s.set(value),
            None => $s.away_and_tick(slow::quick::call_slowly),
        }
    };
}

/// As `give_or`, of a method of a mutable variable, whose result goes into the window.
macro_rules! give_mut_or {
    ($s:ident, $fast:expr) => {
        match $fast {
            Some(_) if $s.i().drops() => $s.next(),
            Some(value) => $s.set_b(value),
            None => $s.away_and_tick(slow::quick::call_mut_slowly),
        }
    };
}

/// A handler that stores into an object and releases what was there.
macro_rules! store_or {
    ($s:ident, $fast:expr, $slow:expr) => {
        match $fast {
            Some(old) => $s.released(old),
            None => $s.away($slow),
        }
    };
}

handlers! {
    Nop(s, r, i) => s.next();
    Move(s, r, i) => s.set(r.own(i.b(), i.kills_b()));
    MoveScalar(s, r, i) => then!(s, r.put(i.a(), r.get(i.b())));
    LoadInt(s, r, i) => s.set(KayVal::int(i.bc_i32().into()));
    LoadConst(s, r, i) => { let value = s.m.constant(i.bc_u32()); s.set(value) };
    LoadUnit(s, r, i) => s.set(KayVal::UNIT);
    LoadBool(s, r, i) => s.set(KayVal::bool(i.b() != 0));
    LoadAbsent(s, r, i) => s.set(KayVal::ABSENT);
    LoadVariant(s, r, i) => s.set(KayVal::variant0(u32::from(i.b())));
    LoadFunc(s, r, i) => s.set(KayVal::func(u32::from(i.b())));
    LoadNative(s, r, i) => { let value = s.m.native_value(i.b()); s.set(value) };
    GetCapture(s, r, i) => s.set(parts::capture(r, i.b()));
    GetGlobal(s, r, i) => set_or!(s, parts::get_global(s.m, i), slow::parts::unset_global);
    SetGlobal(s, r, i) => s.go(slow::parts::set_global);
    Drop(s, r, i) => s.set(KayVal::UNIT);
    DropRange(s, r, i) => s.or(r.release_range(i.a(), i.b(), None), slow::calls::drop_range);

    Add Sub Mul Div FloorDiv Rem(s, r, i) => s.go(slow::arith::quicken);
    Pow(s, r, i) => s.go(slow::arith::binary);
    BitAnd(s, r, i) => s.set_or(arith::int(r, i, |a, b| Some(a & b)), slow::arith::binary);
    BitOr(s, r, i) => s.set_or(arith::int(r, i, |a, b| Some(a | b)), slow::arith::binary);
    BitXor(s, r, i) => s.set_or(arith::int(r, i, |a, b| Some(a ^ b)), slow::arith::binary);
    Shl(s, r, i) => s.set_or(arith::int(r, i, arith::shl), slow::arith::binary);
    Shr(s, r, i) => s.set_or(arith::int(r, i, arith::shr), slow::arith::binary);
    AddImm(s, r, i) => s.set_or(arith::add_float_imm(r, i), slow::arith::quicken_imm);
    MulImm(s, r, i) => {
        let product = arith::int_imm(r, i, i64::checked_mul);
        s.set_or(product.or_else(|| arith::float_imm(r, i, |x, n| x * n)), slow::arith::immediate)
    };
    FloorDivImm(s, r, i) => s.set_or(arith::int_imm(r, i, arith::floor_div_imm), slow::arith::immediate);
    RemImm(s, r, i) => s.set_or(arith::int_imm(r, i, arith::rem_imm), slow::arith::immediate);
    Neg(s, r, i) => s.set_or(arith::negate(r, i), slow::arith::unary);
    BitNot(s, r, i) => s.set_or(arith::int_unary(r, i, |n| Some(!n)), slow::arith::unary);
    Not(s, r, i) => s.set_or(arith::not(r, i), slow::arith::unary);
    AddInt(s, r, i) => s.set_or(arith::int(r, i, i64::checked_add), slow::arith::quicken);
    SubInt(s, r, i) => s.set_or(arith::int(r, i, i64::checked_sub), slow::arith::quicken);
    MulInt(s, r, i) => s.set_or(arith::int(r, i, i64::checked_mul), slow::arith::quicken);
    FloorDivInt(s, r, i) => s.set_or(arith::int(r, i, arith::floor_div), slow::arith::quicken);
    RemInt(s, r, i) => s.set_or(arith::int(r, i, arith::rem), slow::arith::quicken);
    AddFloat(s, r, i) => s.set_or(arith::float(r, i, |a, b| a + b), slow::arith::quicken);
    SubFloat(s, r, i) => s.set_or(arith::float(r, i, |a, b| a - b), slow::arith::quicken);
    MulFloat(s, r, i) => s.set_or(arith::float(r, i, |a, b| a * b), slow::arith::quicken);
    DivFloat(s, r, i) => s.set_or(arith::float(r, i, |a, b| a / b), slow::arith::quicken);
    AddNumbers(s, r, i) => s.set_or(arith::mixed(r, i, |a, b| a + b), slow::arith::quicken);
    SubNumbers(s, r, i) => s.set_or(arith::mixed(r, i, |a, b| a - b), slow::arith::quicken);
    MulNumbers(s, r, i) => s.set_or(arith::mixed(r, i, |a, b| a * b), slow::arith::quicken);
    DivNumbers(s, r, i) => s.set_or(arith::divide(r, i), slow::arith::quicken);
    AddImmInt(s, r, i) => s.set_or(arith::int_imm(r, i, i64::checked_add), slow::arith::quicken_imm);

    AddI64(s, r, i) => s.put_or(arith::int_proven(r, i, i64::checked_add), slow::arith::overflow);
    SubI64(s, r, i) => s.put_or(arith::int_proven(r, i, i64::checked_sub), slow::arith::overflow);
    MulI64(s, r, i) => s.put_or(arith::int_proven(r, i, i64::checked_mul), slow::arith::overflow);
    FloorDivI64(s, r, i) => s.put_or(arith::int_proven(r, i, arith::floor_div), slow::arith::division);
    RemI64(s, r, i) => s.put_or(arith::int_proven(r, i, arith::rem), slow::arith::division);
    AddImmI64(s, r, i) => s.put_or(arith::int_imm_proven(r, i, i64::checked_add), slow::arith::overflow);
    NegI64(s, r, i) => s.put_or(arith::int_imm_proven(r, i, |n, _| n.checked_neg()), slow::arith::overflow);
    BitAndI64(s, r, i) => then!(s, r.put_int(i.a(), r.int(i.b()) & r.int(i.c())));
    BitOrI64(s, r, i) => then!(s, r.put_int(i.a(), r.int(i.b()) | r.int(i.c())));
    BitXorI64(s, r, i) => then!(s, r.put_int(i.a(), r.int(i.b()) ^ r.int(i.c())));
    AddF64(s, r, i) => then!(s, arith::float_proven(r, i, |a, b| a + b));
    SubF64(s, r, i) => then!(s, arith::float_proven(r, i, |a, b| a - b));
    MulF64(s, r, i) => then!(s, arith::float_proven(r, i, |a, b| a * b));
    DivF64(s, r, i) => then!(s, arith::float_proven(r, i, |a, b| a / b));
    NegF64(s, r, i) => then!(s, r.put_float(i.a(), -r.float(i.b())));
    I64ToF64(s, r, i) => then!(s, r.put_float(i.a(), r.int(i.b()) as f64));

    Eq(s, r, i) => s.set_or(compare::to_bool(r, i, |a, b| a == b, |a, b| a == b), slow::compare::to_bool);
    Ne(s, r, i) => s.set_or(compare::to_bool(r, i, |a, b| a != b, |a, b| a != b), slow::compare::to_bool);
    Lt(s, r, i) => s.set_or(compare::to_bool(r, i, |a, b| a < b, |a, b| a < b), slow::compare::to_bool);
    Le(s, r, i) => s.set_or(compare::to_bool(r, i, |a, b| a <= b, |a, b| a <= b), slow::compare::to_bool);
    Gt(s, r, i) => s.set_or(compare::to_bool(r, i, |a, b| a > b, |a, b| a > b), slow::compare::to_bool);
    Ge(s, r, i) => s.set_or(compare::to_bool(r, i, |a, b| a >= b, |a, b| a >= b), slow::compare::to_bool);
    In(s, r, i) => s.go(slow::compare::contains);
    Is(s, r, i) => s.go(slow::compare::is);

    Jmp(s, r, i) => s.jump(i.bc_i32());
    JmpTrue(s, r, i) => match r.get(i.a()).to_bool() {
        Some(true) => s.jump(i.bc_i32()),
        Some(false) => s.next(),
        None => s.away(slow::compare::not_a_bool),
    };
    JmpFalse(s, r, i) => match r.get(i.a()).to_bool() {
        Some(false) => s.jump(i.bc_i32()),
        Some(true) => s.next(),
        None => s.away(slow::compare::not_a_bool),
    };
    JmpLt JmpLe JmpGt JmpGe JmpEq(s, r, i) => s.away_and_tick(slow::compare::quicken);
    JmpLtImm JmpLeImm JmpGtImm JmpGeImm JmpEqImm(s, r, i) => s.away_and_tick(slow::compare::quicken_imm);
    JmpLtInt(s, r, i) => s.jump_if_or(compare::ints(r, i, |a, b| a < b), slow::compare::quicken);
    JmpNotLtInt(s, r, i) => s.jump_if_or(compare::ints(r, i, |a, b| a < b).map(|is| !is), slow::compare::quicken);
    JmpLtFloat(s, r, i) => s.jump_if_or(compare::floats(r, i, |a, b| a < b), slow::compare::quicken);
    JmpNotLtFloat(s, r, i) => s.jump_if_or(compare::floats(r, i, |a, b| a < b).map(|is| !is), slow::compare::quicken);
    JmpLtImmInt(s, r, i) => s.jump_if_or(compare::int_imm(r, i, |a, b| a < b), slow::compare::quicken_imm);
    JmpNotLtImmInt(s, r, i) => s.jump_if_or(compare::int_imm(r, i, |a, b| a < b).map(|is| !is), slow::compare::quicken_imm);
    JmpLeInt(s, r, i) => s.jump_if_or(compare::ints(r, i, |a, b| a <= b), slow::compare::quicken);
    JmpNotLeInt(s, r, i) => s.jump_if_or(compare::ints(r, i, |a, b| a <= b).map(|is| !is), slow::compare::quicken);
    JmpLeFloat(s, r, i) => s.jump_if_or(compare::floats(r, i, |a, b| a <= b), slow::compare::quicken);
    JmpNotLeFloat(s, r, i) => s.jump_if_or(compare::floats(r, i, |a, b| a <= b).map(|is| !is), slow::compare::quicken);
    JmpLeImmInt(s, r, i) => s.jump_if_or(compare::int_imm(r, i, |a, b| a <= b), slow::compare::quicken_imm);
    JmpNotLeImmInt(s, r, i) => s.jump_if_or(compare::int_imm(r, i, |a, b| a <= b).map(|is| !is), slow::compare::quicken_imm);
    JmpGtInt(s, r, i) => s.jump_if_or(compare::ints(r, i, |a, b| a > b), slow::compare::quicken);
    JmpNotGtInt(s, r, i) => s.jump_if_or(compare::ints(r, i, |a, b| a > b).map(|is| !is), slow::compare::quicken);
    JmpGtFloat(s, r, i) => s.jump_if_or(compare::floats(r, i, |a, b| a > b), slow::compare::quicken);
    JmpNotGtFloat(s, r, i) => s.jump_if_or(compare::floats(r, i, |a, b| a > b).map(|is| !is), slow::compare::quicken);
    JmpGtImmInt(s, r, i) => s.jump_if_or(compare::int_imm(r, i, |a, b| a > b), slow::compare::quicken_imm);
    JmpNotGtImmInt(s, r, i) => s.jump_if_or(compare::int_imm(r, i, |a, b| a > b).map(|is| !is), slow::compare::quicken_imm);
    JmpGeInt(s, r, i) => s.jump_if_or(compare::ints(r, i, |a, b| a >= b), slow::compare::quicken);
    JmpNotGeInt(s, r, i) => s.jump_if_or(compare::ints(r, i, |a, b| a >= b).map(|is| !is), slow::compare::quicken);
    JmpGeFloat(s, r, i) => s.jump_if_or(compare::floats(r, i, |a, b| a >= b), slow::compare::quicken);
    JmpNotGeFloat(s, r, i) => s.jump_if_or(compare::floats(r, i, |a, b| a >= b).map(|is| !is), slow::compare::quicken);
    JmpGeImmInt(s, r, i) => s.jump_if_or(compare::int_imm(r, i, |a, b| a >= b), slow::compare::quicken_imm);
    JmpNotGeImmInt(s, r, i) => s.jump_if_or(compare::int_imm(r, i, |a, b| a >= b).map(|is| !is), slow::compare::quicken_imm);
    JmpEqInt(s, r, i) => s.jump_if_or(compare::ints(r, i, |a, b| a == b), slow::compare::quicken);
    JmpNotEqInt(s, r, i) => s.jump_if_or(compare::ints(r, i, |a, b| a == b).map(|is| !is), slow::compare::quicken);
    JmpEqFloat(s, r, i) => s.jump_if_or(compare::floats(r, i, |a, b| a == b), slow::compare::quicken);
    JmpNotEqFloat(s, r, i) => s.jump_if_or(compare::floats(r, i, |a, b| a == b).map(|is| !is), slow::compare::quicken);
    JmpEqImmInt(s, r, i) => s.jump_if_or(compare::int_imm(r, i, |a, b| a == b), slow::compare::quicken_imm);
    JmpNotEqImmInt(s, r, i) => s.jump_if_or(compare::int_imm(r, i, |a, b| a == b).map(|is| !is), slow::compare::quicken_imm);
    JmpLtI64Yes(s, r, i) => s.jump_if(compare::ints_proven(r, i, |a, b| a < b));
    JmpLtI64No(s, r, i) => s.jump_if(!compare::ints_proven(r, i, |a, b| a < b));
    JmpLtF64Yes(s, r, i) => s.jump_if(compare::floats_proven(r, i, |a, b| a < b));
    JmpLtF64No(s, r, i) => s.jump_if(!compare::floats_proven(r, i, |a, b| a < b));
    JmpLeI64Yes(s, r, i) => s.jump_if(compare::ints_proven(r, i, |a, b| a <= b));
    JmpLeI64No(s, r, i) => s.jump_if(!compare::ints_proven(r, i, |a, b| a <= b));
    JmpLeF64Yes(s, r, i) => s.jump_if(compare::floats_proven(r, i, |a, b| a <= b));
    JmpLeF64No(s, r, i) => s.jump_if(!compare::floats_proven(r, i, |a, b| a <= b));
    JmpEqI64Yes(s, r, i) => s.jump_if(compare::ints_proven(r, i, |a, b| a == b));
    JmpEqI64No(s, r, i) => s.jump_if(!compare::ints_proven(r, i, |a, b| a == b));
    JmpEqF64Yes(s, r, i) => s.jump_if(compare::floats_proven(r, i, |a, b| a == b));
    JmpEqF64No(s, r, i) => s.jump_if(!compare::floats_proven(r, i, |a, b| a == b));
    JmpLtImmI64Yes(s, r, i) => s.jump_if(compare::int_imm_proven(r, i, |a, b| a < b));
    JmpLtImmI64No(s, r, i) => s.jump_if(!compare::int_imm_proven(r, i, |a, b| a < b));
    JmpLeImmI64Yes(s, r, i) => s.jump_if(compare::int_imm_proven(r, i, |a, b| a <= b));
    JmpLeImmI64No(s, r, i) => s.jump_if(!compare::int_imm_proven(r, i, |a, b| a <= b));
    JmpEqImmI64Yes(s, r, i) => s.jump_if(compare::int_imm_proven(r, i, |a, b| a == b));
    JmpEqImmI64No(s, r, i) => s.jump_if(!compare::int_imm_proven(r, i, |a, b| a == b));
    JmpLtI64 JmpLeI64 JmpEqI64 JmpLtF64 JmpLeF64 JmpEqF64 JmpLtImmI64 JmpLeImmI64 JmpEqImmI64(s, r, i) =>
        s.away(slow::compare::settle);
    JmpPresent(s, r, i) => if r.tag(i.a()) == Tag::ABSENT { s.next() } else { s.jump(i.bc_i32()) };

    ForRange(s, r, i) => s.jump_if(loops::for_range(r, i));
    IterInit(s, r, i) => s.go(slow::iter::init);
    IterNext(s, r, i) => match loops::next_number(r, i) {
        Some(Some(item)) => s.set_b_and_jump(item),
        Some(None) => s.next(),
        None => s.away_and_tick(slow::iter::next),
    };
    IterNextList(s, r, i) => match loops::next_of_list(r, i) {
        Some(item) => s.set_b_and_jump(item),
        None => s.away_and_tick(slow::iter::next),
    };

    Call(s, r, i) => {
        let callee = calls::enter(s.m, s.pc, i, usize::from(i.c()), i.b());
        s.entered(callee, slow::calls::plain)
    };
    CallVal(s, r, i) => {
        let callee = calls::value(s.m, s.pc);
        s.entered(callee, slow::calls::value)
    };
    CallMethod(s, r, i) => {
        let callee = calls::method(s.m, s.pc);
        s.entered(callee, slow::methods::call)
    };
    CallMut(s, r, i) => s.away_and_tick(slow::methods::call_mut);
    CallListLen(s, r, i) => give_or!(s, methods::list_len(r.get(i.b())).filter(|_| r.release_shared(i.b())));
    CallStrLen(s, r, i) => give_or!(s, methods::str_len(r.get(i.b())).filter(|_| r.release_shared(i.b())));
    CallMapGetOr(s, r, i) =>
        give_or!(s, methods::map_get_or(r.get(i.b()), r, i.b() + 1).filter(|_| r.release_shared(i.b())));
    CallSqrt(s, r, i) => give_or!(s, methods::sqrt(r.get(i.b())));
    MutListLen(s, r, i) => give_mut_or!(s, methods::list_len(r.get(i.a())));
    MutListPush(s, r, i) => give_mut_or!(s, methods::push(r, i).then_some(KayVal::UNIT));
    MutMapGetOr(s, r, i) => give_mut_or!(s, methods::map_get_or(r.get(i.a()), r, i.b() + 1));
    CallNative(s, r, i) => s.go(slow::natives::call);
    Ret(s, r, i) => if r.release_range(i.b(), i.c(), Some(i.a())) {
        calls::leave(s, Some(i.a()), slow::calls::leave)
    } else {
        s.away(slow::calls::leave)
    };
    RetUnit(s, r, i) => if r.release_range(i.a(), i.b(), None) {
        calls::leave(s, None, slow::calls::leave_unit)
    } else {
        s.away(slow::calls::leave_unit)
    };

    GetField(s, r, i) => set_or!(s, parts::get_field(s.m, r, i), slow::fields::get);
    GetLastField(s, r, i) => set_or!(s, parts::get_last_field(s.m, r, i), slow::fields::get);
    SetField(s, r, i) => store_or!(s, parts::set_field(s.m, r, i), slow::fields::set);
    GetPart(s, r, i) => s.go(slow::parts::part);
    GetSlot(s, r, i) => s.set_or(parts::get_slot(r, i), slow::parts::slot);
    ListRest(s, r, i) => s.go(slow::parts::list_rest);
    Index(s, r, i) => s.go(slow::index::quicken);
    IndexInts(s, r, i) => s.set_or(parts::index_ints(r, i), slow::index::quicken);
    IndexFloats(s, r, i) => s.set_or(parts::index_floats(r, i), slow::index::quicken);
    IndexAny(s, r, i) => s.set_or(parts::index_any(r, i), slow::index::quicken);
    IndexField(s, r, i) => match parts::index_field(s.m, r, i, s.pc.ip.at()) {
        Some(part) => s.skip().set(part),
        None => s.away(slow::index::field),
    };
    IndexMap(s, r, i) => s.set_or(parts::index_map(r, i), slow::index::quicken);
    IndexIndex(s, r, i) => match parts::index_index(r, i, s.pc.ip.at()) {
        Some(part) => s.skip().set(part),
        None => s.away(slow::index::field),
    };
    SetIndex(s, r, i) => s.go(slow::index::quicken_set);
    SetIndexInts(s, r, i) => s.or(parts::set_index_ints(r, i), slow::index::quicken_set);
    SetIndexFloats(s, r, i) => s.or(parts::set_index_floats(r, i), slow::index::quicken_set);
    SetIndexAny(s, r, i) => store_or!(s, parts::set_index_any(r, i), slow::index::quicken_set);
    SetIndexMap(s, r, i) => store_or!(s, parts::set_index_map(r, i), slow::index::quicken_set);
    Slice(s, r, i) => s.go(slow::index::slice);
    StorePath(s, r, i) => s.go(slow::paths::store);
    StoreItemField(s, r, i) => store_or!(s, places::store_item_field(s.m, r, i), slow::paths::store);
    StoreItemItem(s, r, i) => store_or!(s, places::store_item_item(r, i), slow::paths::store);
    StoreFieldItem(s, r, i) => store_or!(s, places::store_field_item(s.m, r, i), slow::paths::store);
    TakePath(s, r, i) => s.go(slow::paths::take);

    NewList(s, r, i) => s.go(slow::build::list);
    NewTuple(s, r, i) => s.go(slow::build::tuple);
    NewMap(s, r, i) => s.go(slow::build::map);
    NewSet(s, r, i) => s.go(slow::build::set);
    NewStruct(s, r, i) => s.go(slow::build::structure);
    NewVariant(s, r, i) => s.go(slow::build::variant);
    NewClosure(s, r, i) => s.go(slow::build::closure);
    NewRange(s, r, i) => s.go(slow::build::range);
    ListRepeat(s, r, i) => s.go(slow::build::list_repeat);
    ListAppend(s, r, i) => s.go(slow::build::list_append);
    SetAdd(s, r, i) => s.go(slow::build::set_add);
    MapPut(s, r, i) => s.go(slow::build::map_put);
    Concat(s, r, i) => s.go(slow::text::concat);
    Format(s, r, i) => s.go(slow::text::format);

    JmpUnlessVariant(s, r, i) => s.jump_if_or(loops::is_variant(r, i).map(|is| !is), slow::guards::unless_variant);
    JmpUnlessType(s, r, i) => {
        let differs = slow::guards::unless_type(s.m, r, i);
        s.jump_if(differs)
    };
    JmpUnlessLen(s, r, i) => s.jump_if(slow::guards::unless_len(r, i));
    JmpUnlessBetween(s, r, i) => s.jump_if(slow::guards::unless_between(r, i));
    Switch(s, r, i) => if i.kills_a() {
        s.away_and_tick(slow::guards::switch)
    } else {
        let offset = s.m.switch(i.b(), r.get(i.a()));
        s.jump(offset)
    };
    TryOk(s, r, i) => match parts::try_ok(r, i) {
        Some(Some(inner)) => s.set_and_jump(inner),
        Some(None) => s.next(),
        None => s.away_and_tick(slow::parts::try_ok),
    };

    Guard(s, r, i) => s.go(slow::guards::guard);
    GuardInt(s, r, i) => s.set_or(parts::guard_scalar(r, i, Tag::INT), slow::guards::scalar);
    GuardFloat(s, r, i) => s.set_or(parts::guard_scalar(r, i, Tag::FLOAT), slow::guards::scalar);
    GuardBool(s, r, i) => s.set_or(parts::guard_scalar(r, i, Tag::BOOL), slow::guards::scalar);
    EnterCompiled(s, r, i) => s.go(slow::compiled::enter);
    NoMatch(s, r, i) => s.go(slow::guards::no_match);
    Raise(s, r, i) => s.go(slow::guards::raise);
}

"""Emission of loops, and of the jumps that leave them or go on with the next round."""

from __future__ import annotations

from kayton.ir.core import ForEach, ForRange
from kayton.ir.surface import (
    Break,
    Continue,
    Expr,
    IntLit,
    Loop,
    UnitLit,
    While,
)
from kayton.passes.bytecode._code import HIGH, KILL_B, Label
from kayton.passes.bytecode._emitter import Emitter, LoopFrame, does, emits, typed
from kayton.passes.fast._local_types import ANY

_INT_MIN, _INT_MAX = -(2**63), 2**63 - 1


def _body(em: Emitter, e: Expr, frame: LoopFrame) -> None:
    em.loops.append(frame)
    em.effect(e)
    em.loops.pop()


@emits(While, ForRange, ForEach)
def loop_value(em: Emitter, e: Expr, dst: int, ty: str) -> None:
    em.effect(e)
    em.code.emit("LoadUnit", dst)


@does(While)
def while_(em: Emitter, e: While) -> None:
    """The test stands behind the body: one jump a round. A jump in it is the loop's own."""
    top, head, end = Label(), Label(), Label()
    em.code.emit("Jmp", head)
    em.code.place(top)
    em.loops.append(LoopFrame(end, head, None, ANY, em.top))
    em.effect(e.body)
    em.code.place(head)
    em.jump(e.condition, top, True)
    em.loops.pop()
    em.code.place(end)


@emits(Loop)
def loop(em: Emitter, e: Loop, dst: int, ty: str) -> None:
    _loop(em, e, dst)


@does(Loop)
def loop_effect(em: Emitter, e: Loop) -> None:
    _loop(em, e, None)


def _loop(em: Emitter, e: Loop, dst: int | None) -> None:
    head, end = Label(), Label()
    em.code.place(head)
    _body(em, e.body, LoopFrame(end, head, dst, ANY, em.top))
    em.code.emit("Jmp", head)
    em.code.place(end)


@does(ForRange)
def for_range(em: Emitter, e: ForRange) -> None:
    """ForRange counts to an exclusive end. For `lo..=hi` that is hi + 1, unless hi is only known at run time: see `_inclusive`."""
    counter, end = em.registers[e.name], em.temps()
    literal = isinstance(e.hi, IntLit) and e.hi.value < _INT_MAX
    hi = IntLit(e.hi.value + 1, span=e.hi.span) if e.inclusive and literal else e.hi
    _range_bounds(em, e, hi, counter, end)
    if e.inclusive and not literal:
        _inclusive(em, e, counter, end)
        return
    top, head, exit_ = Label(), Label(), Label()
    em.code.emit("JmpLeI64", end, counter, exit_, x=HIGH, span=e.span)
    em.code.place(top)
    _body(em, e.body, LoopFrame(exit_, head, None, ANY, em.top))
    em.code.place(head)
    em.code.emit("ForRange", counter, end, top, span=e.span)
    em.code.place(exit_)


def _range_bounds(em: Emitter, e: ForRange, hi: Expr, counter: int, end: int) -> None:
    if em.types.of(e.lo) == "i64":
        em.into(e.lo, counter, "i64")
        em.into(hi, end, "i64")
        return
    lo, last = em.operand(e.lo, (hi,)), em.operand(hi)
    em.code.emit("GuardInt", counter, lo.register, x=KILL_B * lo.consumed, span=e.lo.span)
    em.code.emit("GuardInt", end, last.register, x=KILL_B * last.consumed, span=e.hi.span)


def _inclusive(em: Emitter, e: ForRange, counter: int, last: int) -> None:
    """Where hi + 1 would overflow the loop ends at hi, and then runs once more, with an end that no counter is below."""
    end = em.temps()
    top, head, again, exit_, ordinary = Label(), Label(), Label(), Label(), Label()
    em.code.emit("JmpLtI64", last, counter, exit_, x=HIGH, span=e.span)
    em.into(IntLit(_INT_MAX), end, "i64")
    em.code.emit("JmpEqI64", last, end, ordinary, span=e.span)
    em.code.emit("JmpEqI64", counter, last, again, x=HIGH, span=e.span)
    em.code.emit("Jmp", top)
    em.code.place(ordinary)
    em.code.emit("AddImmI64", end, last, 1, span=e.hi.span)
    em.code.place(top)
    _body(em, e.body, LoopFrame(exit_, head, None, ANY, em.top))
    em.code.place(head)
    em.code.emit("ForRange", counter, end, top, span=e.span)
    em.code.emit("JmpEqI64", counter, last, exit_, span=e.span)
    em.code.place(again)
    em.into(IntLit(_INT_MIN), end, "i64")
    em.code.emit("Jmp", top)
    em.code.place(exit_)


@does(ForEach)
def for_each(em: Emitter, e: ForEach) -> None:
    state = em.temps(2)
    source = em.operand(e.iterable)
    em.code.emit("IterInit", state, source.register, x=KILL_B * source.consumed, span=e.iterable.span)
    top, head, end = Label(), Label(), Label()
    em.code.emit("Jmp", head)
    em.code.place(top)
    _body(em, e.body, LoopFrame(end, head, None, ANY, em.top))
    em.code.place(head)
    em.code.emit("IterNext", state, em.registers[e.name], top, span=e.iterable.span)
    em.code.place(end)
    em.code.emit("DropRange", state, 2)


@emits(Break)
@typed
def break_(em: Emitter, e: Break, dst: int, ty: str) -> None:
    frame = em.loops[-1]
    if frame.dst is not None:
        em.into(e.value or UnitLit(span=e.span), frame.dst)
    elif e.value is not None:
        em.effect(e.value)
    em.drop_temps(frame.top, e.span)
    em.code.emit("Jmp", frame.exit)


@emits(Continue)
@typed
def continue_(em: Emitter, e: Continue, dst: int, ty: str) -> None:
    frame = em.loops[-1]
    em.drop_temps(frame.top, e.span)
    em.code.emit("Jmp", frame.head)


@does(Break, Continue)
def jump_out(em: Emitter, e: Break | Continue) -> None:
    (break_ if isinstance(e, Break) else continue_)(em, e, -1, ANY)

"""Emission of conditions: expressions that steer a jump."""

from __future__ import annotations

from kayton.ir.resolved import (
    Equals,
    HasLen,
    InRange,
    IsType,
    IsVariant,
)
from kayton.ir.surface import (
    And,
    Binary,
    BoolLit,
    Expr,
    IntLit,
    Or,
    Unary,
)
from kayton.ir.typed import Prim
from kayton.passes.bytecode._code import HIGH, KILL_A, KILL_B, Label
from kayton.passes.bytecode._emitter import Emitter, emits, jumps, kills, typed
from kayton.passes.bytecode._expressions import scalars

_COMPARE = {"<": "JmpLt", "<=": "JmpLe", ">": "JmpGt", ">=": "JmpGe", "==": "JmpEq", "!=": "JmpEq"}
_IMM16 = range(-(2**15), 2**15)
_PRIM = {
    # a primitive comparison as: the jump, whether the operands change places, whether the sense is turned round
    "lt": ("Lt", False, False), "le": ("Le", False, False), "eq": ("Eq", False, False),
    "gt": ("Lt", True, False), "ge": ("Le", True, False), "ne": ("Eq", False, True),
}
# For integers a > n is not (a <= n), so an immediate serves on the right of every comparison.
_PRIM_IMM = {**_PRIM, "gt": ("Le", False, True), "ge": ("Lt", False, True)}


@jumps(BoolLit)
def literal(em: Emitter, e: BoolLit, label: Label, sense: bool) -> None:
    if e.value == sense:
        em.code.emit("Jmp", label)


@jumps(And, Or)
def short_circuit(em: Emitter, e: And | Or, label: Label, sense: bool) -> None:
    decides = isinstance(e, Or)
    if sense == decides:
        em.jump(e.left, label, sense)
        em.jump(e.right, label, sense)
    else:
        past = Label()
        em.jump(e.left, past, decides)
        em.jump(e.right, label, sense)
        em.code.place(past)


@jumps(Unary)
def negation(em: Emitter, e: Unary, label: Label, sense: bool) -> None:
    if e.op == "not":
        em.jump(e.value, label, not sense)
    else:
        _on_value(em, e, label, sense)


@jumps(Binary)
def comparison(em: Emitter, e: Binary, label: Label, sense: bool) -> None:
    op = _COMPARE.get(e.op)
    if op is None:
        _on_value(em, e, label, sense)
        return
    high = HIGH * (sense != (e.op == "!="))
    left = em.operand(e.left, (e.right,))
    if isinstance(e.right, IntLit) and e.right.value in _IMM16:
        em.code.emit(f"{op}Imm", left.register, e.right.value, label, x=high | KILL_A * left.consumed, span=e.span)
        return
    right = em.operand(e.right)
    x = high | kills((left, KILL_A), (right, KILL_B))
    em.code.emit(op, left.register, right.register, label, x=x, span=e.span)


def _on_value(em: Emitter, e: Expr, label: Label, sense: bool) -> None:
    held = em.temps()
    em.into(e, held)
    em.code.emit("JmpTrue" if sense else "JmpFalse", held, label, x=KILL_A, span=e.span)


@jumps(Prim)
def primitive(em: Emitter, e: Prim, label: Label, sense: bool) -> None:
    name, ty = e.op.split(".")
    right = e.args[1]
    if ty == "i64" and isinstance(right, IntLit) and right.value in _IMM16:
        op, _, turned = _PRIM_IMM[name]
        em.code.emit(f"Jmp{op}ImmI64", em.scalar(e.args[0], ty), right.value, label, x=HIGH * (sense != turned), span=e.span)
        return
    op, swapped, turned = _PRIM[name]
    a, b = scalars(em, e)
    if swapped:
        a, b = b, a
    em.code.emit(f"Jmp{op}{ty.upper()}", a, b, label, x=HIGH * (sense != turned), span=e.span)


@jumps(IsVariant, IsType, HasLen)
def test(em: Emitter, e: IsVariant | IsType | HasLen, label: Label, sense: bool) -> None:
    value, high = em.operand(e.value), 0
    if isinstance(e, IsVariant):
        op, number = "JmpUnlessVariant", em.tables.variants[e.variant]
    elif isinstance(e, IsType):
        op, number = "JmpUnlessType", em.tables.guard(e.guard)
    else:
        op, number, high = "JmpUnlessLen", e.count, HIGH * e.at_least
    past = Label()
    em.code.emit(op, value.register, number, past if sense else label, x=high | KILL_A * value.consumed, span=e.span)
    if sense:
        em.code.emit("Jmp", label)
        em.code.place(past)


@jumps(InRange)
def in_range(em: Emitter, e: InRange, label: Label, sense: bool) -> None:
    value = em.operand(e.value).register
    bounds = em.temps(2)
    em.into(IntLit(e.lo), bounds)
    em.into(IntLit(e.hi), bounds + 1)
    past = Label()
    out = past if sense else label
    em.code.emit("JmpUnlessType", value, em.tables.guard("i64"), out, span=e.span)
    em.code.emit("JmpLt", value, bounds, out, x=HIGH, span=e.span)
    em.code.emit("JmpGt", value, bounds + 1, out, x=HIGH, span=e.span)
    if sense:
        em.code.emit("Jmp", label)
        em.code.place(past)


@jumps(Equals)
def equals(em: Emitter, e: Equals, label: Label, sense: bool) -> None:
    comparison(em, Binary("==", e.value, e.other, span=e.span), label, sense)


@emits(And, Or, IsVariant, IsType, HasLen, InRange, Equals)
@typed
def condition_value(em: Emitter, e: Expr, dst: int, ty: str) -> None:
    em.as_bool(e, dst)

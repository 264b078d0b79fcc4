"""Emission of statements that bind, store and check."""

from __future__ import annotations

from kayton.ir.core import FillDefault, ListAppend, MapPut, SetAdd
from kayton.ir.resolved import (
    Bind,
    CheckParam,
    SetGlobal,
)
from kayton.passes.bytecode._code import HIGH, KILL_A, KILL_B, KILL_C, Label
from kayton.passes.bytecode._emitter import GUARDS, Emitter, does, kills
from kayton.passes.fast._local_types import ANY


@does(Bind)
def bind(em: Emitter, s: Bind) -> None:
    em.into(s.value, em.registers[s.name], em.types.types.get(s.name, ANY))


@does(SetGlobal)
def set_global(em: Emitter, s: SetGlobal) -> None:
    value = em.operand(s.value)
    em.code.emit("SetGlobal", value.register, em.tables.globals[s.name], x=KILL_A * value.consumed, span=s.span)


@does(CheckParam)
def check_param(em: Emitter, s: CheckParam) -> None:
    """The high bit says that the error's position is the caller's argument."""
    register = em.registers[s.name]
    op = GUARDS.get(s.to)
    args = (register, register) if op else (register, register, em.tables.guard(s.to))
    em.code.emit(op or "Guard", *args, x=HIGH | KILL_B, span=s.span)


@does(FillDefault)
def fill_default(em: Emitter, s: FillDefault) -> None:
    given, register = Label(), em.registers[s.name]
    em.code.emit("JmpPresent", register, given)
    em.into(s.value, register)
    em.code.place(given)


@does(ListAppend, SetAdd)
def add(em: Emitter, s: ListAppend | SetAdd) -> None:
    value = em.operand(s.value)
    op = "ListAppend" if isinstance(s, ListAppend) else "SetAdd"
    em.code.emit(op, em.registers[s.target.name], value.register, x=KILL_B * value.consumed, span=s.span)


@does(MapPut)
def map_put(em: Emitter, s: MapPut) -> None:
    key = em.operand(s.key, (s.value,))
    value = em.operand(s.value)
    x = kills((key, KILL_B), (value, KILL_C))
    em.code.emit("MapPut", em.registers[s.target.name], key.register, value.register, x=x, span=s.span)

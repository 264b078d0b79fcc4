"""Emission of blocks, branches and choices, and of leaving the function from each of their ends."""

from __future__ import annotations

from kayton.ir.core import SuccessOr
from kayton.ir.resolved import (
    Bind,
    Case,
    Choice,
    IsVariant,
    Local,
)
from kayton.ir.surface import (
    Block,
    Break,
    Continue,
    Expr,
    If,
    Return,
    UnitLit,
)
from kayton.ir.typed import LastUse
from kayton.passes.bytecode._code import KILL_B, Label
from kayton.passes.bytecode._emitter import Emitter, does, emits, typed
from kayton.passes.fast._local_types import ANY


@emits(Block)
@typed
def block(em: Emitter, e: Block, dst: int, ty: str) -> None:
    for stmt in e.body:
        em.effect(stmt)
    em.into(e.result or UnitLit(span=e.span), dst, ty if e.result is not None else ANY)


@does(Block)
def block_effect(em: Emitter, e: Block) -> None:
    for stmt in e.body:
        em.effect(stmt)
    if e.result is not None:
        em.effect(e.result)


@emits(If)
@typed
def branch(em: Emitter, e: If, dst: int, ty: str) -> None:
    if e.otherwise is None:
        branch_effect(em, e)
        em.code.emit("LoadUnit", dst)
        return
    otherwise, end = Label(), Label()
    em.jump(e.condition, otherwise, False)
    em.into(e.then, dst, ty)
    _leave(em, end)
    em.code.place(otherwise)
    em.into(e.otherwise, dst, ty)
    _join(em, end)


@does(If)
def branch_effect(em: Emitter, e: If) -> None:
    otherwise, end = Label(), Label()
    em.jump(e.condition, otherwise, False)
    em.effect(e.then)
    if e.otherwise is not None:
        _leave(em, end)
    em.code.place(otherwise)
    if e.otherwise is not None:
        em.effect(e.otherwise)
    _join(em, end)


def _leave(em: Emitter, end: Label) -> None:
    if em.code.falls_through():
        em.code.emit("Jmp", end)
        end.wanted = True


def _join(em: Emitter, end: Label) -> None:
    """Where branches meet again; nowhere if none of them comes here, and behind the last one there may be nothing."""
    if end.wanted:
        em.code.place(end)


@emits(Choice)
@typed
def choice(em: Emitter, e: Choice, dst: int, ty: str) -> None:
    _choose(em, e, lambda body: em.into(body, dst, ty))


@does(Choice)
def choice_effect(em: Emitter, e: Choice) -> None:
    _choose(em, e, em.effect)


def _choose(em: Emitter, e: Choice, finish) -> None:  # noqa: ANN001 (a way to emit a body)
    end, entries = Label(), [Label() for _ in range(len(e.cases) + 1)]
    at = 0
    while at < len(e.cases):
        run = _run_of_variants(em, e.cases, at)
        if len(run) < _SWITCH_FROM:
            _case(em, e.cases[at], 0, entries[at + 1], end, finish)
            em.code.place(entries[at + 1])
            at += 1
        else:
            _switch(em, e.cases[at : at + len(run)], run, entries[at : at + len(run) + 1], end, finish)
            at += len(run)
    finish(e.otherwise)
    _join(em, end)


_SWITCH_FROM = 3


def _case(em: Emitter, case: Case, skip: int, failed: Label, end: Label, finish) -> None:  # noqa: ANN001
    for step in case.steps[skip:]:
        if isinstance(step, Bind):
            em.effect(step)
        else:
            em.jump(step, failed, False)
    finish(case.body)
    _leave(em, end)


def _run_of_variants(em: Emitter, cases: tuple[Case, ...], at: int) -> list[int]:
    """The variants that consecutive cases ask for first, of one variable and one enum."""
    found: list[int] = []
    subject = owner = None
    for i in range(at, len(cases)):
        case = cases[i]
        first = case.steps[0] if case.steps else None
        if not isinstance(first, IsVariant) or not isinstance(first.value, Local):
            break
        key = (first.value.name, first.variant.rsplit(".", 1)[0])
        if (subject, owner) != key and found:
            break
        subject, owner = key
        found.append(em.tables.variants[first.variant])
    return found


def _switch(em: Emitter, cases: tuple[Case, ...], run: list[int], entries: list[Label], end: Label, finish) -> None:  # noqa: ANN001
    """One jump on the variant; a case that fails goes on with the next one of the same variant."""
    subject = em.registers[cases[0].steps[0].value.name]
    inside = [Label() for _ in run]
    targets = list(dict(reversed(list(zip(run, inside, strict=True)))).items())
    number = em.switch_base + len(em.code.switches)
    em.code.switch(subject, number, entries[-1], sorted(targets, key=lambda t: t[0]), cases[0].steps[0].span)
    following: list[Label] = []
    next_of: dict[int, Label] = {}
    for variant, label in zip(reversed(run), reversed(inside), strict=True):
        following.append(next_of.get(variant, entries[-1]))
        next_of[variant] = label
    for case, label, failed in zip(cases, inside, reversed(following), strict=True):
        em.code.place(label)
        _case(em, case, 1, failed, end, finish)
    em.code.place(entries[-1])


@emits(SuccessOr)
def success_or(em: Emitter, e: SuccessOr, dst: int, ty: str) -> None:
    success, held = Label(), em.registers[e.name]
    em.into(e.value, held)
    em.code.emit("TryOk", dst, held, success, x=KILL_B, span=e.span)
    em.into(e.failure, dst)
    em.code.place(success)


@emits(Return)
@typed
def return_(em: Emitter, e: Return, dst: int, ty: str) -> None:
    tail(em, e.value or UnitLit(span=e.span))


@does(Return)
def return_effect(em: Emitter, e: Return) -> None:
    tail(em, e.value or UnitLit(span=e.span))


def tail(em: Emitter, e: Expr) -> None:
    """Leaves the function with the value of `e`, from each of its branches."""
    if isinstance(e, Block):
        for stmt in e.body:
            em.effect(stmt)
        if em.code.falls_through() or e.result is not None:
            tail(em, e.result or UnitLit(span=e.span))
    elif isinstance(e, If) and e.otherwise is not None:
        otherwise = Label()
        em.jump(e.condition, otherwise, False)
        tail(em, e.then)
        em.code.place(otherwise)
        tail(em, e.otherwise)
    elif isinstance(e, Choice):
        _choose(em, e, lambda body: tail(em, body))
    else:
        top = em.top
        _leave_with(em, e)
        em.top = top


def _leave_with(em: Emitter, value: Expr) -> None:
    """Every counted register but those of `mut` parameters, which the caller reads, is released on the way out."""
    if isinstance(value, Return | Break | Continue):
        em.effect(value)
        return
    kept = {em.registers[p.name] for p in em.fn.params if p.mutable}
    pending = em.top
    if isinstance(value, Local | LastUse) and em.registers[value.name] not in kept:
        held = em.registers[value.name]
    elif isinstance(value, UnitLit):
        held = -1
    else:
        held = em.temps()
        em.into(value, held)
        if not em.code.falls_through():
            return
    first = max(kept) + 1 if kept else 0
    for register in range(first):
        if register not in kept and register != held:
            em.code.emit("Drop", register)
    end = pending if pending > em.temporaries else em.counted
    while first < end and first in em.code.empty:
        first += 1
    while first < end and end - 1 in em.code.empty:
        end -= 1
    count = max(end - first, 0)
    if held < 0:
        em.code.emit("RetUnit", first, count, span=value.span)
    else:
        em.code.emit("Ret", held, first, count, span=value.span)

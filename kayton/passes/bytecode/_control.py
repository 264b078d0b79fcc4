"""Emission of control flow: conditions, branches, choices, loops, jumps out, and statements."""

from __future__ import annotations

from kayton.ir.core import FillDefault, ForEach, ForRange, ListAppend, MapPut, SetAdd, SuccessOr
from kayton.ir.resolved import (
    Bind,
    Case,
    CheckParam,
    Choice,
    Equals,
    HasLen,
    InRange,
    IsType,
    IsVariant,
    Local,
    SetGlobal,
)
from kayton.ir.surface import (
    And,
    Binary,
    Block,
    BoolLit,
    Break,
    Continue,
    Expr,
    If,
    IntLit,
    Loop,
    Or,
    Return,
    Unary,
    UnitLit,
    While,
)
from kayton.ir.typed import LastUse, Prim
from kayton.passes.bytecode._code import HIGH, KILL_A, KILL_B, KILL_C, Label
from kayton.passes.bytecode._emitter import GUARDS, Emitter, LoopFrame, does, emits, jumps, kills, typed
from kayton.passes.bytecode._expressions import scalars
from kayton.passes.fast._local_types import ANY

_COMPARE = {"<": "JmpLt", "<=": "JmpLe", ">": "JmpGt", ">=": "JmpGe", "==": "JmpEq", "!=": "JmpEq"}
_IMM16 = range(-(2**15), 2**15)
_INT_MIN, _INT_MAX = -(2**63), 2**63 - 1
_PRIM = {
    # a primitive comparison as: the jump, whether the operands change places, whether the sense is turned round
    "lt": ("Lt", False, False), "le": ("Le", False, False), "eq": ("Eq", False, False),
    "gt": ("Lt", True, False), "ge": ("Le", True, False), "ne": ("Eq", False, True),
}
# For integers a > n is not (a <= n), so an immediate serves on the right of every comparison.
_PRIM_IMM = {**_PRIM, "gt": ("Le", False, True), "ge": ("Lt", False, True)}


# ── conditions ─────────────────────────────────────────────────────────────────────────────────────────────────────────


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


# ── blocks, branches, choices ──────────────────────────────────────────────────────────────────────────────────────────


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
    em.code.place(end)


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
    em.code.place(end)


def _leave(em: Emitter, end: Label) -> None:
    if em.code.falls_through():
        em.code.emit("Jmp", end)


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
    em.code.place(end)


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
    for case in cases[at:]:
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
    for i, case in enumerate(cases):
        em.code.place(inside[i])
        later = [inside[j] for j in range(i + 1, len(run)) if run[j] == run[i]]
        _case(em, case, 1, later[0] if later else entries[-1], end, finish)
    em.code.place(entries[-1])


@emits(SuccessOr)
def success_or(em: Emitter, e: SuccessOr, dst: int, ty: str) -> None:
    success, held = Label(), em.registers[e.name]
    em.into(e.value, held)
    em.code.emit("TryOk", dst, held, success, x=KILL_B, span=e.span)
    em.into(e.failure, dst)
    em.code.place(success)


# ── loops ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


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


@emits(Return)
@typed
def return_(em: Emitter, e: Return, dst: int, ty: str) -> None:
    tail(em, e.value or UnitLit(span=e.span))


@does(Return, Break, Continue)
def jump_out(em: Emitter, e: Return | Break | Continue) -> None:
    {Return: return_, Break: break_, Continue: continue_}[e.__class__](em, e, -1, ANY)


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


# ── statements ─────────────────────────────────────────────────────────────────────────────────────────────────────────


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

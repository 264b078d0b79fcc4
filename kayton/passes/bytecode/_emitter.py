"""What emit-bc knows while it emits one function: registers, temporaries, loops, and the rule for each node kind.

An expression is emitted in one of four ways:

    into(e, r)            its value goes to register r, which another variable may own: r is written last
    operand(e)            wherever it is; a temporary if it is nowhere yet. Says whether the reader may consume it
    effect(e)             for what it does only
    jump(e, label, sense)     to the label if its value is `sense`, else on

Rules are functions registered with `@emits(Kind)` (into), `@jumps(Kind)` and `@does(Kind)` (statements) in the modules beside this
one. Temporaries form a stack above the variables; whoever takes some gives them back empty.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from kayton.ir.bytecode import ArgSpan
from kayton.ir.core import ForEach, ForRange
from kayton.ir.node import Node, Span, children_of
from kayton.ir.resolved import Local
from kayton.ir.surface import Binary, BoolLit, Expr, FloatLit, IntLit, Loop, StrLit, While
from kayton.ir.typed import PRIMS, AllocatedFn, LastUse, Prim
from kayton.passes.bytecode._code import KILL_B, Code, Label
from kayton.passes.bytecode._tables import Tables
from kayton.passes.bytecode._writes import Writes
from kayton.passes.fast._local_types import ANY, TypeEnv

INTO: dict[type[Node], Callable] = {}
JUMPS: dict[type[Node], Callable] = {}
DOES: dict[type[Node], Callable] = {}
GUARDS = {"i64": "GuardInt", "f64": "GuardFloat", "bool": "GuardBool"}


def _registers(table: dict[type[Node], Callable], kinds: tuple[type[Node], ...]) -> Callable:
    def register(rule: Callable) -> Callable:
        for kind in kinds:
            table[kind] = rule
        return rule

    return register


def emits(*kinds: type[Node]) -> Callable:
    """Marks `(em, e, dst, ty)`: the value goes to dst; `ty` is i64, f64 or bool where dst must be proven to have it, else any."""
    return _registers(INTO, kinds)


def jumps(*kinds: type[Node]) -> Callable:
    """Marks `(em, e, label, sense)`."""
    return _registers(JUMPS, kinds)


def does(*kinds: type[Node]) -> Callable:
    """Marks `(em, stmt)`."""
    return _registers(DOES, kinds)


class Operand(NamedTuple):
    """A register to read, and whether reading may consume it."""

    register: int
    consumed: bool


def kills(*operands: tuple[Operand, int]) -> int:
    """The consumption bits of an instruction's operands. A register that is read twice is not consumed: one of the reads
    would find it empty."""
    registers = [operand.register for operand, _ in operands]
    return sum(bit for operand, bit in operands if operand.consumed and registers.count(operand.register) == 1)


class LoopFrame(NamedTuple):
    """Where `break` and `continue` go, where a `break e` puts its value, and the temporaries in use outside the body."""

    exit: Label
    head: Label
    dst: int | None
    ty: str
    top: int


class Emitter:
    """Emits one function."""

    def __init__(self, fn: AllocatedFn, tables: Tables, long_jumps: bool) -> None:
        self.fn, self.tables, self.code = fn, tables, Code(long_jumps)
        self.registers = {r.name: r.number for r in fn.registers}
        self.types = TypeEnv({local.name: local.type for local in fn.locals})
        self.pinned = _literals_in_loops(fn, fn.temporaries)
        """Literals that loops read, in registers of their own, loaded when the function starts."""
        self.temporaries = self.top = self.most = fn.temporaries + len(self.pinned)
        self.counted = sum(not r.scalar for r in fn.registers) and 1 + max(r.number for r in fn.registers if not r.scalar)
        """Registers below this may hold counted values."""
        self.typed = {self.registers[local.name] for local in fn.locals if local.name in self.registers}
        """Registers of variables that always hold an i64, f64 or bool: parameters too, once they are checked."""
        self.loops: list[LoopFrame] = []
        self.arg_spans: list[ArgSpan] = []
        self.switch_base = len(tables.switches)
        self._writes = Writes()

    # ── registers ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def temps(self, count: int = 1) -> int:
        """The first of `count` consecutive temporaries."""
        first = self.top
        self.top += count
        self.most = max(self.most, self.top)
        return first

    def scalar(self, e: Expr, ty: str) -> int:
        """A register that is proven to hold the value of `e`, of type `ty`."""
        if isinstance(e, Local) and self.types.of(e) == ty:
            return self.registers[e.name]
        if (pinned := self._pinned(e)) is not None:
            return pinned
        register = self.temps()
        self.into(e, register, ty)
        return register

    def operand(self, e: Expr, later: tuple[Expr, ...] = ()) -> Operand:
        """A register with the value of `e`. `later`: what is evaluated before the value is read, in case that changes it."""
        if isinstance(e, Local | LastUse) and not any(self.changes(n, e.name) for n in later):
            return Operand(self.registers[e.name], isinstance(e, LastUse))
        if (pinned := self._pinned(e)) is not None:
            return Operand(pinned, False)
        register = self.temps()
        ty = self.types.of(e)
        scalar = ty in GUARDS and INTO.get(e.__class__) in TYPED_RULES
        self.into(e, register, ty if scalar else ANY)
        return Operand(register, not scalar)

    def may_be_counted(self, register: int) -> bool:
        """Whether what stands in a register before it is written may need a release, which typed instructions do not do."""
        return register < self.counted and register not in self.code.empty and register not in self.typed

    def load_pinned(self) -> None:
        """Loads the literals that have registers of their own."""
        for literal, register in self.pinned.values():
            self.into(literal, register, self.types.of(literal))

    def _pinned(self, e: Expr) -> int | None:
        found = self.pinned.get((e.__class__, repr(e.value))) if isinstance(e, IntLit | FloatLit) else None
        return None if found is None else found[1]

    def changes(self, n: Node, name: str) -> bool:
        """Whether evaluating `n` may change the variable, or move it away."""
        return n.__class__ not in _UNCHANGING and self._writes.below(n, name)

    # ── ways to emit ───────────────────────────────────────────────────────────────────────────────────────────────────

    def into(self, e: Expr, dst: int, ty: str = ANY) -> None:
        """The value of `e` to register dst, proven to be of type `ty`."""
        top = self.top
        rule = INTO.get(e.__class__)
        if rule is None:
            raise NotImplementedError(f"emit-bc has no rule for {e!r}")
        if ty == ANY or (rule in TYPED_RULES and self.types.of(e) in (ANY, ty)):
            rule(self, e, dst, ty)
        else:
            held = self.temps()
            rule(self, e, held, ANY)
            self.code.emit(GUARDS[ty], dst, held, x=KILL_B, span=e.span)
        self.top = top

    def effect(self, e: Node) -> None:
        """What `e` does; its value is dropped."""
        rule = DOES.get(e.__class__)
        top = self.top
        if rule is not None:
            rule(self, e)
        else:
            dropped = self.temps()
            self.into(e, dropped)
            if self.code.falls_through() and self.types.of(e) == ANY:
                self.code.emit("Drop", dropped)
        self.top = top

    def jump(self, e: Expr, label: Label, sense: bool) -> None:
        """To the label if the bool `e` is `sense`."""
        top = self.top
        rule = JUMPS.get(e.__class__)
        if rule is not None:
            rule(self, e, label, sense)
        else:
            value = self.operand(e)
            self.code.emit("JmpTrue" if sense else "JmpFalse", value.register, label, x=4 * value.consumed, span=e.span)
        self.top = top

    def as_bool(self, e: Expr, dst: int) -> None:
        """The outcome of a jumping expression as a value."""
        yes, end = Label(), Label()
        self.jump(e, yes, True)
        self.code.emit("LoadBool", dst, 0, span=e.span)
        self.code.emit("Jmp", end)
        self.code.place(yes)
        self.code.emit("LoadBool", dst, 1, span=e.span)
        self.code.place(end)

    def drop_temps(self, down_to: int, span: Span | None) -> None:
        """Releases what pending temporaries hold, for a jump out of the expressions that they belong to."""
        if self.top > down_to:
            self.code.emit("DropRange", down_to, self.top - down_to, span=span)


TYPED_RULES: set[Callable] = set()


def typed(rule: Callable) -> Callable:
    """Marks an `@emits` rule that proves the type asked for by itself."""
    TYPED_RULES.add(rule)
    return rule


_MOST_PINNED = 24


def _literals_in_loops(fn: AllocatedFn, first: int) -> dict[tuple, tuple[Expr, int]]:
    """The operands of arithmetic in loops that are literals, but for those that instructions hold themselves."""
    found: dict[tuple, tuple[Expr, int]] = {}
    stack: list[Node] = [fn.body] if fn.body is not None else []
    while stack:
        n = stack.pop()
        if n.__class__ in _LOOPS:
            _collect_literals(n, first, found)
        else:
            stack += children_of(n)
    return found


_LOOPS = {While, Loop, ForRange, ForEach}


def _collect_literals(loop: Node, first: int, found: dict[tuple, tuple[Expr, int]]) -> None:
    stack = [loop]
    while stack:
        n = stack.pop()
        if isinstance(n, Prim | Binary):
            operands = n.args if isinstance(n, Prim) else (n.left, n.right)
            for i, operand in enumerate(operands):
                held = isinstance(operand, IntLit) and i and operand.value in _IMM16 and not _needs_register(n)
                if isinstance(operand, IntLit | FloatLit) and not held and len(found) < _MOST_PINNED:
                    found.setdefault((operand.__class__, repr(operand.value)), (operand, first + len(found)))
        stack += children_of(n)


def _needs_register(n: Prim | Binary) -> bool:
    """Whether the operation has no form with a small literal on its right."""
    if isinstance(n, Binary):
        return n.op not in ("+", "-", "*", "//", "%", "==", "!=", "<", "<=", ">", ">=")
    return n.op not in ("add.i64", "sub.i64") and PRIMS[n.op].result != "bool"


_IMM16 = range(-(2**15), 2**15)
_UNCHANGING = frozenset({Local, IntLit, FloatLit, StrLit, BoolLit})

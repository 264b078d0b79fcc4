"""An operation that compiled code cannot do becomes a function of its own, which stays bytecode: it costs a crossing, and nothing around it.

    d["n"] + f(2)    d: dyn     =>   direct "main.g.<expression>3" [(local d) (direct main.f …)]
                                     fn main.g.<expression>3 [d b] (binary + (index d "n") b)
    xs.push(d)                  =>   direct "main.g.<expression>7" [(mut-arg xs) (local d)]

What it is done with is computed by compiled code, in order; an operand that is such an operation itself goes along where nothing tells
the difference. What has control flow of its own is not taken out, and neither is what a value would have to cross for that cannot.
"""

from __future__ import annotations

import re
from itertools import count

from kayton.ir.core import Absent, EmptySet, ListAppend, MapPut, SetAdd
from kayton.ir.mono import Direct, Outlined, TypedParam
from kayton.ir.node import Node, map_children, place_at, replace, same, unplaced, walk
from kayton.ir.paths import EXPRESSION
from kayton.ir.resolved import Bind, Fn, FnParam, FnRef, Local, MakeClosure, MutArg, NativeRef, Place
from kayton.ir.surface import Assign, Block, BoolLit, Expr, FloatLit, IntLit, StrLit, UnitLit
from kayton.ir.typed import LastUse
from kayton.ir.types import NEVER, Type, read_type
from kayton.passes.deep._crossing import Crossing
from kayton.passes.deep._lowering import Lowering, Refused
from kayton.passes.deep._operations import OPERATIONS, cut_off

_PURE = OPERATIONS - {Assign, ListAppend, SetAdd, MapPut, Place}
_CONSTANT = frozenset((IntLit, FloatLit, BoolLit, StrLit, UnitLit, Absent, EmptySet, FnRef, NativeRef))


def _in_place(shape: Node, operand: Node) -> Node:
    if isinstance(shape, Local) and shape.name == "%value":
        return operand
    return map_children(shape, lambda c: _in_place(c, operand))


class _Excerpt:
    """An operation on its way out of a function."""

    def __init__(self, low: Lowering, refused: Refused) -> None:
        self.low = low
        self.refused = refused
        self.params: list[FnParam] = []
        self.typed: list[TypedParam] = []
        self.args: list[Node] = []
        self.changed: str | None = None
        """The variable that the operation changes."""

    # ── the operation's tree ───────────────────────────────────────────────────────────────────────────────────────────

    def taken(self, n: Node) -> Node:
        """An operation with variables in the place of its operands."""
        if n.__class__ in (ListAppend, SetAdd, MapPut):
            self._change(n.target)
        return map_children(n, self.part)

    def part(self, n: Node) -> Node:
        """A child of the operation: what can go along does."""
        if n.__class__ in _CONSTANT:
            return n
        if n.__class__ is Place:
            return self._place(n)
        if n.__class__ is MakeClosure or not isinstance(n, Expr):
            return map_children(n, self.part)
        return self.taken(n) if self._goes_along(n) else self.operand(n)

    def _goes_along(self, n: Node) -> bool:
        """Whether an operand is an operation that is taken out itself, on nothing but variables and constants."""
        self.low.attempt(n)
        return n in self.low.taken_out and all([_is_plain(c) or c.__class__ in _PURE for c in walk(n) if isinstance(c, Expr)])

    def _place(self, p: Place) -> Node:
        root = p.root
        if isinstance(root, Local) and root.mutable and not p.frozen:
            self._change(root)
            new_root = root
        else:
            new_root = self.part(root)
        return Place(new_root, tuple([map_children(s, self.part) for s in p.steps]), p.frozen, id=p.id, span=p.span)

    def _change(self, root: Local) -> None:
        """The operation may change a variable: it comes first, and is copied out."""
        if self.changed == root.name:
            return
        t = self.low.type_of(root)
        if self.changed is not None or root.name in [p.name for p in self.params] or not self.low.program.outlines.crossing.crosses(t):
            raise self.refused
        self.changed = root.name
        self.params.insert(0, FnParam(root.name, root.name, True, span=root.span))
        self.typed.insert(0, TypedParam(root.name, str(t), True, span=root.span))
        place = Place(Local(root.name, True, span=root.span), span=root.span)
        self.args.insert(0, MutArg(place, span=root.span))

    def operand(self, n: Expr) -> Node:
        """A variable of the new function for what compiled code computes."""
        low, t = self.low, self.low.type_of(n)
        if t is NEVER:
            raise self.refused
        if not low.program.outlines.crossing.crosses(t):
            raise Refused(n, self.refused.code, f"{self.refused.reason}, and a {t} does not cross to it")
        is_variable = isinstance(n, Local | LastUse)
        if is_variable and n.name == self.changed:
            return Local(n.name, True, id=n.id, span=n.span)
        name = n.name if is_variable else f"%operand.{len(self.params)}"
        if name not in [p.name for p in self.params]:
            self.params.append(FnParam(name, name, span=n.span))
            self.typed.append(TypedParam(name, str(t), span=n.span))
            self.args.append(Local(n.name, span=n.span) if is_variable else low.value(n))
        return Local(name, id=n.id, span=n.span)

    # ── the call ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def call(self, body: Node, t: Type, n: Node) -> Expr:
        """The call in the place of the operation `n`."""
        low = self.low
        if not low.program.outlines.crossing.crosses(t):
            raise Refused(n, self.refused.code, f"{self.refused.reason}, and a {t} does not cross back")
        fn = Fn("", tuple(self.params), body=body if isinstance(body, Expr) else Block((body,), span=n.span), span=n.span)
        name = low.program.outlines.add(low.fn, n, fn, self.typed, t, self.refused)
        low.taken_out.add(n)
        first = [] if self.changed is None or all(map(_is_plain, self.args[1:])) else self._kept()
        made = Direct(name, tuple(self.args), str(t), span=n.span)
        return Block(tuple(first), made, span=n.span) if first else made

    def _kept(self) -> list[Node]:
        """Statements that keep the operands in variables, before what is changed is lent."""
        first: list[Node] = []
        for k, (a, p) in enumerate(zip(self.args[1:], self.typed[1:], strict=True), 1):
            kept = self.low.fresh("kept", read_type(p.type))
            first.append(Bind(kept, a, span=a.span))
            self.args[k] = Local(kept, span=a.span)
        return first


def _is_plain(n: Node) -> bool:
    return isinstance(n, Local | LastUse | MutArg) or n.__class__ in _CONSTANT


class Outlines:
    """All that was taken out of the functions of a program, by name. An operation of two instances is one function if it is the same."""

    def __init__(self, crossing: Crossing) -> None:
        self.crossing = crossing
        self.functions: dict[str, Fn] = {}
        self.items: dict[str, Outlined] = {}

    def outlined(self, low: Lowering, n: Node, refused: Refused) -> Expr:
        """The operation as a call of a function that stays bytecode, for the reason that it was refused. Raises Refused where it cannot be."""
        if n.__class__ not in OPERATIONS:
            raise refused
        made = _Excerpt(low, refused)
        return made.call(made.taken(n), low.type_of(n), n)

    def cut_off(self, low: Lowering, n: Node) -> Expr | None:
        """What is left of an operation of which a part never gives a value."""
        return cut_off(low, n)

    def made_of(self, low: Lowering, n: Expr, shape: Node, t: Type, refused: Refused) -> Expr:
        """A call for what bytecode makes of the value of `n`, where `shape` says it of a variable `%value`. Raises Refused."""
        made = _Excerpt(low, refused)
        return made.call(_in_place(shape, made.operand(n)), t, n)

    def add(self, origin: Fn, n: Node, fn: Fn, params: list[TypedParam], t: Type, refused: Refused) -> str:
        """The name under which this operation is called with these types."""
        label = re.sub(r"\D+", "_", (n.id or "").rpartition("#")[2]).strip("_")
        name = wish = f"{origin.name}.{EXPRESSION}{label}"
        for k in count(2):
            if name not in self.functions or _same_code(self.functions[name], fn):
                break
            name = f"{wish}_{k}"
        if name not in self.functions:
            self.functions[name] = _named(fn, name, origin)
        called = f"{name}({', '.join([p.type for p in params])})"
        if called not in self.items:
            made_id = f"{self.functions[name].id}~typed{called.removeprefix(name)}"
            item = Outlined(called, name, refused.code, refused.reason, tuple(params), str(t), id=made_id, span=n.span)
            self.items[called] = place_at(item, item, "n", {})
        return called


def _same_code(a: Fn, b: Fn) -> bool:
    return same(replace(a, name=""), replace(b, name=""))


def _named(fn: Fn, name: str, origin: Fn) -> Fn:
    made = replace(unplaced(fn), name=name, id=f"{origin.id}~{name.rpartition('.')[2]}")
    return place_at(made, made, "n", {})

"""What a function does with each value: gives it away, lends it, or looks at it.

`own(e)` is the expression for a user that keeps the value: a variable's last use moves it, any other place of it is shared. `lend(e)` is the
expression for a user that wants a reference, and `look(e)` for one that only reads a part, or before a dot. How the parts of each kind of expression
are used is in the tables of `_used_values`, `_used_calls` and `_used_control`.

What is found on the way may change what was decided before it: a last use that moves a parameter's value makes the parameter
owned, and a variable that is moved cannot have references to its parts. So a function is gone through until nothing new is found.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from kayton.ir.lent import Borrow, Move, Share
from kayton.ir.mono import BORROWED, CHANGED, OWNED, Holder, MonoFn, TypedParam
from kayton.ir.node import Node, replace, walk
from kayton.ir.resolved import Bind, Local, LocalType, MutArg, Place
from kayton.ir.surface import Assign, Expr
from kayton.ir.types import Type, read_type
from kayton.passes.deep._lending import Lending
from kayton.passes.deep._value_types import ValueTypes

VALUE, OWN, PLACE, LAST, MUT, REF = "value", "own", "place", "last", "mut", "ref"


class Use(NamedTuple):
    """An expression whose parts are decided, and what it is itself.

    value   of a type that is copied as bytes
    own     a new value, which is nobody else's
    place   a variable, or a part of one
    last    a variable that nobody reads afterwards, or a part of one that can leave it
    mut     a variable that is the caller's place
    ref     a reference

    `root` is the variable that a place or reference is (a part of); `ends`: this is the last use of it.
    """

    node: Node
    kind: str
    root: str = ""
    ends: bool = False


class Uses:
    """One function, gone through once. `rules` says by kind how its parts are used."""

    def __init__(self, program: Lending, fn: MonoFn, rules: dict[type[Node], Callable[[Uses, Node], Use]], moved: frozenset[str]) -> None:
        self.program = program
        self.fn = fn
        self.rules = rules
        variables = (*fn.locals, *fn.captures, *fn.params)
        self.types = ValueTypes({v.name: read_type(v.type) for v in variables}, program.globals, program.shapes)
        self.places = {p.name for p in fn.params if p.mutable}
        """Parameters that are the caller's places."""
        self._mutable = self.places | {n.name for n in walk(fn.body) if isinstance(n, Bind) and n.mutable}
        self.changed = self.changed_in(fn.body)
        self.borrowed = {p.name for p in (*fn.captures, *fn.params) if program.borrows(fn.name, p)}
        self.moved_before, self.moved = moved, set()
        """The variables that some last use gives away, as far as was known before and as was found now."""
        self.taken: set[str] = set()
        """The borrowed parameters that some last use gives away."""

    # ── types ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    def type_of(self, e: Node) -> Type:
        """The type of an expression."""
        return self.types.type_of(e)

    def is_copy(self, t: Type) -> bool:
        """Whether values of the type are copied as bytes."""
        return self.program.shapes.is_copy(t)

    def fresh(self, node: Node, t: Type) -> Use:
        """An expression that gives a new value of type `t`."""
        return Use(node, VALUE if self.is_copy(t) else OWN)

    # ── uses ───────────────────────────────────────────────────────────────────────────────────────────────────────────

    def use(self, e: Node) -> Use:
        """An expression, and what it is."""
        rule = self.rules.get(e.__class__)
        return Use(e, VALUE) if rule is None else rule(self, e)

    def look(self, e: Node) -> Expr:
        """An expression that is only looked at."""
        return self.use(e).node

    def lend(self, e: Node) -> Expr:
        """An expression for a reference."""
        return Borrow(self.look(e), span=e.span)

    def own(self, e: Node) -> Expr:
        """An expression for a value that is given away."""
        return self.given(self.use(e))

    def given(self, u: Use) -> Expr:
        """What is used, given away."""
        if u.kind in (VALUE, OWN):
            return u.node
        if u.kind == LAST:
            self.moved.add(u.root)
            return Move(u.node, span=u.node.span)
        if u.ends and isinstance(u.node, Local) and u.root in self.borrowed and self.is_parameter(u.root):
            self.taken.add(u.root)
        return Share(u.node, span=u.node.span)

    def is_parameter(self, name: str) -> bool:
        """Whether a variable is given by the caller."""
        return any(p.name == name for p in (*self.fn.captures, *self.fn.params))

    def lasts(self, root: str) -> bool:
        """Whether a part of this variable can be a reference: nobody changes the variable or gives it away."""
        return bool(root) and root not in self.changed and root not in self.moved_before | self.moved and (
            root in self.borrowed or root not in self.places)

    def changed_in(self, body: Node) -> set[str]:
        """The variables that something in a body may change; what a class instance holds is not in its variable."""
        places = [n.target if isinstance(n, Assign) else n.place for n in walk(body) if isinstance(n, Assign | MutArg)]
        return self._mutable & {getattr(p.root, "name", "") for p in places if isinstance(p, Place)}

    # ── the function ───────────────────────────────────────────────────────────────────────────────────────────────────

    def decided(self, body: Expr) -> MonoFn:
        """The function with this body, its variables as they turned out to be."""
        given = {p.name: self._parameter(p) for p in (*self.fn.captures, *self.fn.params)}
        return replace(
            self.fn,
            captures=tuple([given[p.name] for p in self.fn.captures]),
            params=tuple([given[p.name] for p in self.fn.params]),
            locals=tuple([self._local(v, given) for v in self.fn.locals]),
            body=body,
        )

    def _parameter(self, p: TypedParam) -> Holder:
        how = CHANGED if p.mutable else BORROWED if p.name in self.borrowed else OWNED
        return Holder(p.name, p.type, how, id=p.id, span=p.span)

    def _local(self, v: LocalType, given: dict[str, Holder]) -> Holder:
        how = BORROWED if v.name in self.borrowed else CHANGED if v.name in self.changed else OWNED
        return Holder(v.name, v.type, given[v.name].how if v.name in given else how, id=v.id, span=v.span)

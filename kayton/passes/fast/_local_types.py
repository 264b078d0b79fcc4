"""What fast-type can say of a function's variables: a flow-insensitive fixed point over their definitions.

The lattice is flat: NEVER (no value yet) below `i64`, `f64`, `bool`, which are below ANY. A variable has the join of everything
that is ever put into it; starting from NEVER makes `total += i` i64 when it began as an i64 (optimistic iteration, as in
sparse conditional constant propagation, Wegman and Zadeck 1991, without the conditions).
"""

from __future__ import annotations

from collections.abc import Callable

from kayton.ir.core import FillDefault, ForEach, ForRange, ListAppend, MapPut, SetAdd, SuccessOr
from kayton.ir.node import Node, walk
from kayton.ir.resolved import (
    Bind,
    CallNative,
    Cast,
    CheckParam,
    Choice,
    Equals,
    Fn,
    HasLen,
    InRange,
    IsType,
    IsVariant,
    Local,
    MutArg,
    NoMatch,
    Place,
)
from kayton.ir.surface import (
    And,
    Arg,
    Assign,
    Binary,
    Block,
    BoolLit,
    Break,
    Continue,
    Expr,
    FloatLit,
    If,
    IntLit,
    MethodCall,
    Or,
    Return,
    Unary,
)
from kayton.ir.typed import PRIMS, Prim

NEVER, ANY = "never", "any"
COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">=", "in", "is"})
_SCALARS = frozenset({"i64", "f64", "bool"})
_INT_OPS = frozenset({"+", "-", "*", "//", "%", "**", "&", "|", "^", "<<", ">>"})
_FLOAT_OPS = frozenset({"+", "-", "*", "/", "//", "%", "**"})
_BOOLS = (BoolLit, And, Or, IsVariant, IsType, HasLen, InRange, Equals)
_NEVER_RETURNS = (Return, Break, Continue, NoMatch)


def join(a: str, b: str) -> str:
    """The least upper bound."""
    return a if a == b or b == NEVER else b if a == NEVER else ANY


def binary_type(op: str, left: str, right: str) -> str:
    """The type that an operator certainly gives when it gives a value (LANGUAGE §5)."""
    if op in COMPARISONS:
        return "bool"
    if NEVER in (left, right):
        return NEVER
    if left == right == "i64":
        return "i64" if op in _INT_OPS else "f64" if op == "/" else ANY
    numbers = {"i64", "f64"}
    return "f64" if left in numbers and right in numbers and op in _FLOAT_OPS else ANY


class TypeEnv:
    """Types of expressions under known types of variables; a variable that is not listed is ANY."""

    def __init__(self, types: dict[str, str]) -> None:
        self.types = types
        self.operations: dict[Node, str] | None = {}
        """The types of operations that were asked for, so that a deep expression is not looked into at each of its levels; None
        while the variables' types still change."""

    def of(self, e: Node) -> str:
        """The type that an expression certainly has when it has a value."""
        rule = _RULES.get(e.__class__)
        return ANY if rule is None else rule(self, e)


class LocalTypes(TypeEnv):
    """The types of one function's variables."""

    def __init__(self, fn: Fn) -> None:
        super().__init__({p.name: ANY for p in fn.params} | {c: ANY for c in fn.captures})
        self._definitions: list[tuple[str, Expr | str]] = []
        self.operations = None
        self._collect(fn)
        self._solve()
        self.operations = {}

    def scalars(self) -> dict[str, str]:
        """Variables of a scalar type."""
        return {name: t for name, t in self.types.items() if t in _SCALARS}

    def _collect(self, fn: Fn) -> None:
        for name in _guarded_params(fn):
            self.types[name] = NEVER
        for n in walk(fn.body) if fn.body is not None else ():
            collect = _DEFINERS.get(n.__class__)
            if collect is not None:
                self._definitions += collect(n)
        for name, _ in self._definitions:
            self.types.setdefault(name, NEVER)

    def _solve(self) -> None:
        changed = True
        while changed:
            changed = False
            for name, value in self._definitions:
                known = self.types[name]
                if known == ANY:
                    continue
                new = join(known, value if isinstance(value, str) else self.of(value))
                if new != known:
                    self.types[name] = new
                    changed = True


def _guarded_params(fn: Fn) -> list[str]:
    """Parameters whose boundary check is a scalar's and comes before every use: only defaults run before it."""
    found: list[str] = []
    used: set[str] = set()
    for stmt in fn.body.body if isinstance(fn.body, Block) else ():
        if isinstance(stmt, CheckParam):
            if stmt.to in _SCALARS and stmt.name not in used:
                found.append(stmt.name)
        elif isinstance(stmt, FillDefault):
            used |= {n.name for n in walk(stmt.value) if isinstance(n, Local)}
        else:
            break
    return found


def _place_root(place: Expr) -> list[tuple[str, str]]:
    """A callee may put anything into a place that it gets as `mut`, or as the receiver."""
    return [(place.root.name, ANY)] if isinstance(place, Place) and isinstance(place.root, Local) else []


_DEFINERS = {
    Bind: lambda n: [(n.name, n.value)],
    Assign: lambda n: [(n.target.root.name, n.value)] if isinstance(n.target.root, Local) and not n.target.steps else _place_root(n.target),
    CheckParam: lambda n: [(n.name, n.to if n.to in _SCALARS else ANY)],
    ForRange: lambda n: [(n.name, "i64")],
    ForEach: lambda n: [(n.name, ANY)],
    SuccessOr: lambda n: [(n.name, ANY)],
    MutArg: lambda n: _place_root(n.place),
    Arg: lambda n: _place_root(n.value),
    MethodCall: lambda n: _place_root(n.receiver),
    **{kind: lambda n: [(n.target.name, ANY)] for kind in (ListAppend, SetAdd, MapPut)},
}


def _choice(types: TypeEnv, e: Choice) -> str:
    found = types.of(e.otherwise)
    for case in e.cases:
        found = join(found, types.of(case.body))
    return found


def _binary(types: TypeEnv, e: Binary) -> str:
    return "bool" if e.op in COMPARISONS else _operation(types, e, lambda: binary_type(e.op, types.of(e.left), types.of(e.right)))


def _unary(types: TypeEnv, e: Unary) -> str:
    return "bool" if e.op == "not" else _operation(types, e, lambda: _unary_type(e.op, types.of(e.value)))


def _unary_type(op: str, operand: str) -> str:
    return operand if operand in ("i64", NEVER) or (operand == "f64" and op == "-") else ANY


def _operation(types: TypeEnv, e: Expr, find: Callable[[], str]) -> str:
    """What `find` gives, remembered."""
    known = types.operations
    if known is None:
        return find()
    found = known.get(e)
    if found is None:
        found = known[e] = find()
    return found


_RULES = {
    IntLit: lambda t, e: "i64",
    FloatLit: lambda t, e: "f64",
    Local: lambda t, e: t.types.get(e.name, ANY),
    Prim: lambda t, e: PRIMS[e.op].result,
    Binary: _binary,
    Unary: _unary,
    Cast: lambda t, e: e.to if e.to in _SCALARS else ANY,
    CallNative: lambda t, e: e.name if e.name in ("i64", "f64") else ANY,
    Block: lambda t, e: _block(t, e),
    If: lambda t, e: ANY if e.otherwise is None else join(t.of(e.then), t.of(e.otherwise)),
    Choice: _choice,
    **{kind: lambda t, e: "bool" for kind in _BOOLS},
    **{kind: lambda t, e: NEVER for kind in _NEVER_RETURNS},
}


def _block(types: TypeEnv, e: Block) -> str:
    if e.result is not None:
        return types.of(e.result)
    return NEVER if e.body and isinstance(e.body[-1], _NEVER_RETURNS) else ANY

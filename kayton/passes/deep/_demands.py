"""What each kind of expression demands of types: the table that `constrain` reads.

A function of the table adds the demands of one node, whose children have theirs already. Most of them are one line: the node's
type is what a rule makes of the types of its children.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kayton.ir.constrained import Demand
from kayton.ir.core import (
    Absent,
    Concat,
    Construct,
    EmptySet,
    FillDefault,
    ForEach,
    Format,
    ForRange,
    ListAppend,
    MakeVariant,
    MapPut,
    SetAdd,
    SuccessOr,
)
from kayton.ir.node import Node
from kayton.ir.resolved import (
    Bind,
    CallFn,
    CallNative,
    CallValue,
    Cast,
    CheckParam,
    Choice,
    Equals,
    FieldStep,
    Fn,
    FnRef,
    GlobalRef,
    HasLen,
    IndexStep,
    InRange,
    IsType,
    IsVariant,
    ListRest,
    Local,
    MakeClosure,
    MutArg,
    NativeRef,
    NoMatch,
    PartStep,
    Place,
    SetGlobal,
    Slot,
)
from kayton.ir.surface import (
    And,
    Assign,
    Binary,
    Block,
    BoolLit,
    Break,
    Continue,
    Expr,
    Field,
    FloatLit,
    If,
    Index,
    IntLit,
    ListLit,
    ListRepeat,
    Loop,
    MapLit,
    MethodCall,
    Or,
    Part,
    Range,
    Return,
    SetLit,
    Slice,
    StrLit,
    Tuple,
    Unary,
    UnitLit,
    While,
)
from kayton.ir.typed import LastUse, Prim

RESULT = "%result"


class Builder:
    """Collects the demands of one function."""

    def __init__(self, fn: Fn) -> None:
        self.fn = fn
        self.demands: list[Demand] = []
        self.tested: list[tuple[str, str]] = []
        """What the tests that were passed on the way here have shown: a part of a variable (`x#0#1`), and its variant or type."""
        self.loops: list[str] = []
        """The loops around, innermost last, by their variables of types."""

    def add(self, at: Node, rule: str, sources: Sequence[str] = (), detail: str = "", target: str | None = None) -> None:
        """`at` demands it; the target is the node's own type unless another is given."""
        made = f"{at.id}~constrain.{len(self.demands) + 1}"
        self.demands.append(Demand(target or at.id, rule, tuple(sources), detail, id=made, span=at.span))

    def shown(self, value: Expr) -> str:
        """What the tests have shown a value to be, "" if nothing."""
        part = part_of(value)
        return next((what for tested, what in reversed(self.tested) if tested == part), "")

    def visit(self, n: Node) -> str:
        """Adds the demands of an expression or statement and of all in it; gives its variable of types."""
        _TABLE[n.__class__](self, n)
        return n.name if isinstance(n, Local | LastUse) else n.id

    def all(self, nodes: Sequence[Node]) -> list[str]:
        """Visits several nodes in order."""
        return [self.visit(n) for n in nodes]


def part_of(value: Expr) -> str:
    """A text for a variable or a part of one, `x#0#1`; "" for other expressions."""
    indices = ""
    while isinstance(value, Slot):
        indices = f"#{value.index}{indices}"
        value = value.value
    return value.name + indices if isinstance(value, Local | LastUse) else ""


Adder = Callable[[Builder, Node], None]


def _literal(type_name: str) -> Adder:
    return lambda b, n: b.add(n, "type", (), type_name)


def _rule(rule: str, *fields: str, detail: Callable[[Node], str] = lambda n: "") -> Adder:
    """The node's type is what the rule makes of these children (one, many, or none where a child is absent)."""

    def add(b: Builder, n: Node) -> None:
        sources: list[str] = []
        for name in fields:
            child = getattr(n, name)
            if isinstance(child, tuple):
                sources += b.all(child)
            elif child is not None:
                sources.append(b.visit(child))
        b.add(n, rule, sources, detail(n))

    return add


# ── statements and control flow ────────────────────────────────────────────────────────────────────────────────────────


def _block(b: Builder, n: Block) -> None:
    tested = len(b.tested)
    sources = b.all(n.body)
    if n.result is not None:
        b.add(n, "then", [b.visit(n.result), *sources])
    else:
        b.add(n, "then-unit", sources)
    del b.tested[tested:]


def _if(b: Builder, n: If) -> None:
    condition = b.visit(n.condition)
    then = b.visit(n.then)
    b.add(n, "branches" if n.otherwise is not None else "maybe", [condition, then, *b.all([n.otherwise] if n.otherwise is not None else [])])


def _loop(b: Builder, n: Node) -> None:
    b.loops.append(n.id)
    sources = b.all([n.condition, n.body]) if isinstance(n, While) else b.all([n.body])
    b.loops.pop()
    if isinstance(n, While):
        b.add(n, "unit", sources[:1])


def _for_each(b: Builder, n: ForEach) -> None:
    iterable = b.visit(n.iterable)
    b.add(n, "item", [iterable], target=n.name)
    b.loops.append(n.id)
    b.visit(n.body)
    b.loops.pop()
    b.add(n, "unit", [iterable])


def _for_range(b: Builder, n: ForRange) -> None:
    bounds = b.all([n.lo, n.hi])
    b.add(n, "type", (), "i64", target=n.name)
    b.loops.append(n.id)
    b.visit(n.body)
    b.loops.pop()
    b.add(n, "unit", bounds)


def _break(b: Builder, n: Break) -> None:
    if n.value is not None:
        b.add(n, "same", [b.visit(n.value)], target=b.loops[-1])
    else:
        b.add(n, "type", (), "()", target=b.loops[-1])


def _return(b: Builder, n: Return) -> None:
    if n.value is not None:
        b.add(n, "same", [b.visit(n.value)], target=RESULT)
    else:
        b.add(n, "type", (), "()", target=RESULT)


def _bind(b: Builder, n: Bind) -> None:
    value = b.visit(n.value)
    b.add(n, "same", [value], target=n.name)
    b.add(n, "unit", [value])


def _success(b: Builder, n: SuccessOr) -> None:
    value = b.visit(n.value)
    b.add(n, "failure", [value], target=n.name)
    b.visit(n.failure)
    b.add(n, "success", [value])


def _choice(b: Builder, n: Choice) -> None:
    sources = []
    for case in n.cases:
        tested = len(b.tested)
        for step in case.steps:
            b.visit(step)
        sources.append(b.visit(case.body))
        del b.tested[tested:]
    b.add(n, "same", [*sources, b.visit(n.otherwise)])


def _test(what: Callable[[Node], str]) -> Adder:
    def add(b: Builder, n: Node) -> None:
        b.visit(n.value)
        b.tested.append((part_of(n.value), what(n)))
        b.add(n, "type", (), "bool")

    return add


def _check_param(b: Builder, n: CheckParam) -> None:
    b.add(n, "cast", [f"%in.{n.name}"], n.to, target=n.name)
    b.add(n, "unit")


def _fill(b: Builder, n: FillDefault) -> None:
    b.add(n, "fill", [b.visit(n.value)], n.name, target=f"%in.{n.name}")
    b.add(n, "unit")


# ── places ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def steps_of(p: Place) -> str:
    """The steps of a place as a text, `.cells[].0`."""
    return "".join([_STEP[s.__class__](s) for s in p.steps])


_STEP = {FieldStep: lambda s: f".{s.name}", PartStep: lambda s: f".{s.index}", IndexStep: lambda s: "[]"}


def _place(b: Builder, n: Place) -> None:
    sources = [b.visit(n.root), *b.all([s.index for s in n.steps if isinstance(s, IndexStep)])]
    b.add(n, "read", sources, steps_of(n))


def _store(b: Builder, at: Node, p: Place, value: str) -> None:
    """A value comes into a place: its root's type grows with it."""
    root = p.root.name if isinstance(p.root, Local | LastUse) else p.root.id
    indices = [s.index.name if isinstance(s.index, Local | LastUse) else s.index.id for s in p.steps if isinstance(s, IndexStep)]
    b.add(at, "store", [root, value, *indices], steps_of(p), target=root)


def _assign(b: Builder, n: Assign) -> None:
    b.visit(n.target)
    value = b.visit(n.value)
    _store(b, n.target, n.target, value)
    b.add(n, "unit", [value])


def _fills(rule: str, *fields: str) -> Adder:
    """A statement that adds to the collection that a variable holds."""

    def add(b: Builder, n: Node) -> None:
        values = [b.visit(getattr(n, f)) for f in fields]
        b.add(n, rule, [n.target.name, *values], target=n.target.name)
        b.add(n, "unit", values)

    return add


# ── calls ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _call(rule: str, detail: Callable[[Node], str], *first: str) -> Adder:
    """A call: `first` children, then the arguments; what `mut` arguments become flows back to their places."""

    def add(b: Builder, n: Node) -> None:
        sources = [b.visit(getattr(n, f)) for f in first]
        places: list[tuple[int, Place]] = []
        for i, arg in enumerate(n.args):
            value = arg.place if isinstance(arg, MutArg) else getattr(arg, "value", arg) if not isinstance(arg, Expr) else arg
            sources.append(b.visit(value))
            if isinstance(value, Place):
                places.append((i, value))
        b.add(n, rule, sources, detail(n))
        if n.__class__ is MethodCall and isinstance(n.receiver, Place):
            places.append((-1, n.receiver))
        for i, place in places:
            b.add(n, "out", [n.id], str(i), target=f"{n.id}.out{i}")
            _store(b, n, place, f"{n.id}.out{i}")

    return add


def _words(n: Node) -> str:
    """The method's name and the keywords of its arguments, `_` for those by position."""
    return " ".join([n.name, *[a.name or "_" for a in n.args]])


def _keywords(n: Node) -> str:
    return " ".join([a.name or "_" for a in n.args])


def _map(b: Builder, n: MapLit) -> None:
    b.add(n, "map", [source for e in n.entries for source in b.all([e.key, e.value])])


_TABLE: dict[type[Node], Adder] = {
    IntLit: _literal("i64"), FloatLit: _literal("f64"), BoolLit: _literal("bool"), StrLit: _literal("str"),
    UnitLit: _literal("()"), Absent: _literal("absent"), EmptySet: _literal("Set[never]"), Continue: lambda b, n: None,
    Local: lambda b, n: None, LastUse: lambda b, n: None,
    Prim: _rule("prim", "args", detail=lambda n: n.op),
    GlobalRef: lambda b, n: b.add(n, "global", (), n.name),
    FnRef: lambda b, n: b.add(n, "function", (), n.fn),
    NativeRef: lambda b, n: b.add(n, "function", (), n.name),
    MakeClosure: _rule("function", "captures", detail=lambda n: n.fn),
    ListLit: _rule("list", "items"), SetLit: _rule("set", "items"), Tuple: _rule("tuple", "items"), MapLit: _map,
    ListRepeat: _rule("repeat", "value", "count"), Range: _rule("range", "lo", "hi"),
    Unary: _rule("unary", "value", detail=lambda n: n.op), Binary: _rule("binary", "left", "right", detail=lambda n: n.op),
    And: _rule("bool", "left", "right"), Or: _rule("bool", "left", "right"), Equals: _rule("binary", "value", "other", detail=lambda n: "=="),
    Concat: _rule("shown", "parts"), Format: _rule("shown", "value"), NoMatch: _rule("shown-never", "value"),
    Field: _rule("field", "value", detail=lambda n: n.name), Part: _rule("part", "value", detail=lambda n: str(n.index)),
    Index: _rule("index", "value", "index"), Slice: _rule("slice", "value", "lo", "hi"),
    ListRest: _rule("slice", "value"),
    Cast: _rule("cast", "value", detail=lambda n: n.to),
    Construct: _rule("construct", "args", detail=lambda n: n.type), MakeVariant: _rule("variant", "args", detail=lambda n: n.variant),
    Slot: lambda b, n: b.add(n, "slot", [b.visit(n.value)], f"{b.shown(n.value)}#{n.index}"),
    IsVariant: _test(lambda n: n.variant), IsType: _test(lambda n: n.guard), HasLen: _test(lambda n: ""),
    InRange: _test(lambda n: "i64"),
    Block: _block, If: _if, While: _loop, Loop: _loop, ForEach: _for_each, ForRange: _for_range, Break: _break, Return: _return,
    Bind: _bind, SuccessOr: _success, Choice: _choice, CheckParam: _check_param, FillDefault: _fill,
    SetGlobal: _rule("set-global", "value", detail=lambda n: n.name),
    Place: _place, Assign: _assign, ListAppend: _fills("append", "value"), SetAdd: _fills("append", "value"),
    MapPut: _fills("put", "key", "value"),
    CallFn: _call("call", lambda n: n.fn), CallNative: _call("native", lambda n: n.name),
    CallValue: _call("apply", _keywords, "callee"), MethodCall: _call("method", _words, "receiver"),
}

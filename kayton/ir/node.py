"""Nodes: what every tree of every language is made of.

A node is a frozen attrs class with slots. Its declaration is the only thing written by hand: constructor, children,
rebuilding, equality, text, JSON and graphs are derived from it.

    @node
    class Call(Expr):
        callee: Expr                    # one child
        args: tuple[Arg, ...] = ()      # many children
        note: str | None = None         # a leaf

Every node also has `id` and `span`, keyword arguments that are None until the parser or the rewriting engine sets them.
Two nodes are compared with `same`, which ignores both; `==` is identity, so that "nothing changed" is `is`.

A kind has a mutable base that holds its slots. The constructor fills an instance of that base and then switches its `__class__`
to the kind: three times faster than attrs' frozen `__init__`, which pays for `object.__setattr__` on every field. It is the `__call__`
of a metaclass of the kind's own, because calling a class asks there first; a `__new__` would cost a fifth more. Functions over all
kinds are generated for a kind when it is first met, and found in a dict by class.
"""

from __future__ import annotations

import sys
import types
import typing
from collections.abc import Callable, Iterator
from functools import cache
from types import FunctionType
from typing import Any, NamedTuple, TypeVar, dataclass_transform

import attrs

from kayton.ir.templates import function


class Span(NamedTuple):
    """A stretch of one source file: code point offsets, `end` exclusive; `file` indexes the source map."""

    file: int
    start: int
    end: int


class FieldSpec(NamedTuple):
    """What a field declaration says: `shape` is one, optional, many (children) or leaf."""

    name: str
    shape: str
    type: Any
    """For children the tuple of classes allowed, else the annotated type."""
    default: Any
    """`attrs.NOTHING` where the field is required."""


@attrs.frozen(slots=True, eq=False, weakref_slot=False, init=False, repr=False)
class Node:
    """The base of all nodes. Abstract categories (Expr, Pattern …) derive from it without fields."""

    id: str | None = attrs.field(default=None, kw_only=True)
    span: Span | None = attrs.field(default=None, kw_only=True)

    def __repr__(self) -> str:
        leaves = [repr(getattr(self, s.name)) for s in fields_of(type(self)) if s.shape == "leaf"]
        return f"<{kind_name(type(self))} {self.id or ''} {' '.join(leaves)}>"

    def __reduce__(self) -> tuple:
        """Copies and pickles are made by the constructor: a frozen node cannot be filled afterwards."""
        return _remade, (type(self), [getattr(self, s.name) for s in fields_of(type(self))], self.id, self.span)


class Kind(type):
    """The class of node kinds; each has a subclass of it to itself, whose `__call__` is the kind's constructor."""


def category_of(kind: type) -> type:
    """The abstract class that a kind was declared under; the mutable base stands between them."""
    return kind.__base__.__base__


def _remade(cls: type, values: list[Any], node_id: str | None, span: Span | None) -> Node:
    return cls(*values, id=node_id, span=span)


N = TypeVar("N", bound=type)

_SPECS: dict[type, tuple[FieldSpec, ...]] = {}
_KINDS: dict[str, type[Node]] = {}
_PLACE = attrs.fields(Node)
_FIELD = _PLACE.id.evolve(default=attrs.NOTHING, kw_only=False)


@dataclass_transform(frozen_default=True, eq_default=False)
def node(cls: N) -> N:
    """Class decorator that turns annotations into a node kind; see the module's docstring.

    The class has attrs' form but is assembled here: attrs' own builder takes 0.3 ms, and there are more than 150 kinds.
    """
    body = {k: v for k, v in vars(cls).items() if k not in ("__dict__", "__weakref__")}
    types_of = body.get("__annotations__", {})
    names = tuple(types_of)
    own = [_FIELD.evolve(name=n, alias=n, type=types_of[n], default=body.pop(n, attrs.NOTHING)) for n in names]
    twin = type(f"_Mutable{cls.__name__}", cls.__bases__, {"__slots__": names, **_UNFROZEN})
    constructor = _constructor(cls.__name__, own, twin)
    body.update(__slots__=(), __match_args__=names, __attrs_attrs__=(*_PLACE, *own), **_FROZEN)
    made = type(f"{cls.__name__}Kind", (Kind,), {"__call__": constructor})(cls.__name__, (twin,), body)
    constructor.__globals__["Cls"] = made
    name = kind_name(made)
    if name in _KINDS:
        raise TypeError(f"two node kinds are called {name}: {_KINDS[name]} and {made}")
    _KINDS[name] = made
    return made


@dataclass_transform(frozen_default=True, eq_default=False)
def category(cls: N) -> N:
    """Class decorator for an abstract family of kinds, such as Expr; it has no fields of its own."""
    return attrs.frozen(slots=True, eq=False, weakref_slot=False, init=False, repr=False)(cls)


# Both methods: with either one inherited from the other class, CPython takes the slow path for both.
_FROZEN = {"__setattr__": Node.__setattr__, "__delattr__": Node.__delattr__}
_UNFROZEN = {"__setattr__": object.__setattr__, "__delattr__": object.__delattr__}


def _constructor(name: str, own: list[attrs.Attribute], twin: type) -> FunctionType:
    """A kind's constructor, generated from the field list, with defaults; the kind itself is put into its globals later.

    `id` and `span` could be keyword-only, but CPython looks each such default up in a dict at every call.
    """
    names = tuple([a.name for a in own])
    defaults = tuple([a.default for a in own if a.default is not attrs.NOTHING])
    if any(a.default is attrs.NOTHING for a in own[len(own) - len(defaults) :]):
        raise TypeError(f"{name}: a field without a default follows one that has a default")
    made = function(_constructor_text(len(names)), names, {"Twin": twin}, name)
    made.__defaults__ = (*defaults, None, None)
    return made


@cache
def _constructor_text(count: int) -> str:
    fields = [*[f"f{i}" for i in range(count)], "id", "span"]
    lines = [f"def construct({', '.join(['cls', *fields])}):", " self = Twin()", *[f" self.{name} = {name}" for name in fields]]
    return "\n".join([*lines, " self.__class__ = Cls", " return self"])


@cache
def kind_name(cls: type) -> str:
    """`CallFn` is written `call-fn` in text, JSON, goldens and error messages."""
    out = []
    for i, c in enumerate(cls.__name__):
        if c.isupper() and i and not (cls.__name__[i - 1].isupper() and cls.__name__[i + 1 : i + 2].isupper()):
            out.append("-")
        out.append(c.lower())
    return "".join(out)


def kind_called(name: str) -> type[Node]:
    """The node class whose kind name is `name`. Raises KeyError."""
    return _KINDS[name]


def kinds_in(module_name: str) -> frozenset[type[Node]]:
    """All node kinds that a module defines."""
    return frozenset(k for k in _KINDS.values() if k.__module__ == module_name)


def fields_of(cls: type) -> tuple[FieldSpec, ...]:
    """The fields of a kind in declaration order, without id and span."""
    specs = _SPECS.get(cls)
    if specs is None:
        own = [a for a in cls.__attrs_attrs__ if a.name not in ("id", "span")]
        specs = _SPECS[cls] = tuple([_spec(a, _hint(cls.__module__, a.type)) for a in own])
    return specs


@cache
def _hint(module: str, annotation: str) -> Any:
    """The type that an annotation writes down, as `typing.get_type_hints` finds it, but once for each text of a module."""
    return eval(annotation, vars(sys.modules[module])) if isinstance(annotation, str) else annotation  # noqa: S307 (our own source)


def _spec(a: attrs.Attribute, hint: Any) -> FieldSpec:
    options = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
    if typing.get_origin(hint) is tuple:
        item = typing.get_args(hint)[0]
        items = typing.get_args(item) if isinstance(item, types.UnionType) else (item,)
        if _is_node(items[0]):
            return FieldSpec(a.name, "many", items, a.default)
    elif _is_node(options[0]):
        nodes = tuple(o for o in options if o is not types.NoneType)
        return FieldSpec(a.name, "one" if len(nodes) == len(options) else "optional", nodes, a.default)
    return FieldSpec(a.name, "leaf", hint, a.default)


def _is_node(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, Node)


class ByKind(dict):
    """kind → what `make` gives for it, made when a kind is first asked for."""

    def __init__(self, make: Callable[[type[Node]], Any]) -> None:
        super().__init__()
        self.make = make

    def __missing__(self, kind: type[Node]) -> Any:
        made = self[kind] = self.make(kind)
        return made


CHILDLESS = ByKind(lambda cls: all([s.shape == "leaf" for s in fields_of(cls)]))
"""kind → whether its nodes never have children."""


def _generated(cls: type, text: str, **scope: Any) -> FunctionType:
    """The function of a kind that `text` defines; it says f0, f1 … for the fields.

    It makes nodes by `make(Cls, …)` with all fields, id and span in order: the constructor without the call of a class around it.
    """
    return function(text, tuple([s.name for s in fields_of(cls)]), {"Cls": cls, "make": type(cls).__call__, **scope})


def children_of(node: Node) -> list[Node]:
    """The child nodes in field order."""
    return _CHILDREN[node.__class__](node)


def _make_children(cls: type) -> FunctionType:
    lines = ["def children(n):", " out = []"]
    add = {"one": " out.append(n.{0})", "optional": " if n.{0} is not None: out.append(n.{0})", "many": " out += n.{0}"}
    lines += [add[s.shape].format(f"f{i}") for i, s in enumerate(fields_of(cls)) if s.shape != "leaf"]
    return _generated(cls, "\n".join([*lines, " return out"]))


_CHILDREN = ByKind(_make_children)


def map_children(node: Node, f: Callable[[Node], Node]) -> Node:
    """`node` with `f` applied to each child; the same object if `f` returned every child unchanged."""
    return _MAP[node.__class__](node, f)


_MAP = ByKind(lambda cls: walk_source(cls, "{1} = f({0})", ["def walk(n, f):"], " return {}"))


def walk_source(cls: type, visit: str, head: list[str], finish: str, outer: str = "") -> FunctionType:
    """Generates a function `walk` that visits a kind's children and rebuilds it if one changed.

    `visit` is the statement that makes `{1}` from the child `{0}`, `head` the lines that open the function, `finish` the line that
    returns `{}`, the rebuilt node. With `outer`, a parameter list, what comes back is a factory `(outer) -> walk` over those
    variables. An unchanged node stays the same object and unchanged tuples are shared.
    """
    lines, new, changed = list(head), [], []
    for i, s in enumerate(fields_of(cls)):
        field, old, out = f"n.f{i}", f"o{i}", f"v{i}"
        if s.shape == "leaf":
            new.append(field)
            continue
        new.append(out)
        changed.append(f"{out} is not {old}")
        lines.append(f" {out} = {old} = {field}")
        if s.shape == "one":
            lines.append(f" {visit.format(old, out)}")
        elif s.shape == "optional":
            lines += [f" if {old} is not None:", f"  {visit.format(old, out)}"]
        else:
            lines += [
                f" if {old}:", "  ys = []; same = True", f"  for c in {old}:", f"   {visit.format('c', 'd')}",
                "   ys.append(d)", "   if d is not c: same = False", f"  if not same: {out} = tuple(ys)",
            ]
    if changed:
        lines.append(f" if {' or '.join(changed)}: n = make({', '.join(['Cls', *new, 'n.id', 'n.span'])})")
    lines.append(finish.format("n"))
    if outer:
        lines = [f"def factory({outer}):", *(f" {line}" for line in lines), " return walk"]
    return _generated(cls, "\n".join(lines))


def walk(root: Node) -> Iterator[Node]:
    """Every node below and including `root`, in preorder; iterative, so depth does not matter."""
    stack = [root]
    pop, push = stack.pop, PUSH
    while stack:
        n = pop()
        yield n
        push[n.__class__](n, stack)


def _make_push(cls: type) -> FunctionType:
    add = {"one": " stack.append(n.{0})", "optional": " if n.{0} is not None: stack.append(n.{0})", "many": " stack += n.{0}[::-1]"}
    lines = [add[s.shape].format(f"f{i}") for i, s in enumerate(fields_of(cls)) if s.shape != "leaf"]
    return _generated(cls, "\n".join(["def push(n, stack):", *reversed(lines), " return"]))


PUSH = ByKind(_make_push)
"""kind → a function `(node, stack)` that puts a node's children on a stack, the first one on top."""


def same(a: Node, b: Node) -> bool:
    """Structural equality: same kinds, leaves and children; ids and spans do not count."""
    stack: list[tuple[Any, Any]] = [(a, b)]
    while stack:
        x, y = stack.pop()
        if x is y:
            continue
        if x.__class__ is not y.__class__:
            return False
        for s in fields_of(x.__class__):
            u, v = getattr(x, s.name), getattr(y, s.name)
            if s.shape == "leaf":
                if not same_leaf(u, v):
                    return False
            elif s.shape == "many":
                if len(u) != len(v):
                    return False
                stack += zip(u, v, strict=True)
            elif u is None or v is None:
                if u is not v:
                    return False
            else:
                stack.append((u, v))
    return True


def same_leaf(u: Any, v: Any) -> bool:
    """1, 1.0 and True differ; NaN equals itself; 0.0 and -0.0 differ."""
    if isinstance(u, float) and isinstance(v, float):
        return repr(u) == repr(v)
    if isinstance(u, tuple) and isinstance(v, tuple):
        return len(u) == len(v) and all([same_leaf(x, y) for x, y in zip(u, v, strict=True)])
    return u.__class__ is v.__class__ and u == v


def replace(node: Node, **changes: Any) -> Node:
    """A copy of `node` with some fields changed; id and span are kept unless given."""
    return _REPLACE[node.__class__](node, **changes)


_KEPT = object()


def _make_replace(cls: type) -> FunctionType:
    fields = [f"f{i}" for i in range(len(fields_of(cls)))]
    values = [f"n.{f} if {f} is KEPT else {f}" for f in [*fields, "id", "span"]]
    head = f"def replace(n, {', '.join([*fields, 'id', 'span'])}):"
    made = _generated(cls, f"{head}\n return make({', '.join(['Cls', *values])})", KEPT=_KEPT)
    made.__defaults__ = (_KEPT,) * len(values)
    return made


_REPLACE = ByKind(_make_replace)


def unplaced(node: Node) -> Node:
    """A copy of a tree whose nodes have spans but no ids yet, to stand in a second place; see `place_at`."""
    return _UNPLACED[node.__class__](node)


def _make_unplaced(cls: type) -> FunctionType:
    form = {
        "leaf": "n.{0}",
        "one": "table[n.{0}.__class__](n.{0})",
        "optional": "None if n.{0} is None else table[n.{0}.__class__](n.{0})",
        "many": "tuple([table[c.__class__](c) for c in n.{0}])",
    }
    values = [form[s.shape].format(f"f{i}") for i, s in enumerate(fields_of(cls))]
    return _generated(cls, f"def unplaced(n):\n return make({', '.join(['Cls', *values, 'None', 'n.span'])})", table=_UNPLACED)


_UNPLACED = ByKind(_make_unplaced)


def place_at(made: Node, origin: Node, tag: str, counter: dict[str, int]) -> Node:
    """Gives every node of `made` that has none yet an id and a span derived from `origin`.

    The root takes the origin's own id; nodes below it get `{origin.id}~{tag}.{n}`, where `counter` goes on numbering when one
    origin is rewritten several times. Only nodes that were just made lack them, so nobody sees the change.
    """
    if made.id is None or made.span is None:
        _set_id(made, made.id or origin.id)
        _set_span(made, made.span or origin.span)
    base, span, children = origin.id or "?", origin.span, _CHILDREN
    n = counter.get(base, 0)
    stack = [made]
    while stack:
        parent = stack.pop()
        fresh = [child for child in children[parent.__class__](parent) if child.id is None]
        for child in fresh:
            n += 1
            _set_id(child, f"{base}~{tag}.{n}")
            if child.span is None:
                _set_span(child, span)
        fresh.reverse()
        stack += fresh
    counter[base] = n
    return made


# A frozen node's slots are set through their descriptors.
_set_id, _set_span = Node.id.__set__, Node.span.__set__

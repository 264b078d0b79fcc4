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

Construction goes through a mutable twin of the class with the same slots whose `__class__` is switched once the fields are
set: three times faster than attrs' frozen `__init__`, which pays for `object.__setattr__` on every field.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeVar, dataclass_transform

import attrs


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


N = TypeVar("N", bound=type)

_SPECS: dict[type, tuple[FieldSpec, ...]] = {}
_KINDS: dict[str, type[Node]] = {}


@dataclass_transform(frozen_default=True, eq_default=False)
def node(cls: N) -> N:
    """Class decorator that turns annotations into a node kind; see the module's docstring."""
    made = attrs.frozen(slots=True, eq=False, weakref_slot=False, init=False, repr=False)(cls)
    own = [a for a in made.__attrs_attrs__ if a.name not in ("id", "span")]
    # Both methods: with either one inherited from the frozen class, CPython takes the slow path for both.
    unfrozen = {"__setattr__": object.__setattr__, "__delattr__": object.__delattr__}
    twin = type(f"_Mutable{made.__name__}", made.__bases__, {"__slots__": [a.name for a in own], **unfrozen})
    made.__new__ = _constructor(made, twin, own)
    name = kind_name(made)
    if name in _KINDS:
        raise TypeError(f"two node kinds are called {name}: {_KINDS[name]} and {made}")
    _KINDS[name] = made
    return made


@dataclass_transform(frozen_default=True, eq_default=False)
def category(cls: N) -> N:
    """Class decorator for an abstract family of kinds, such as Expr; it has no fields of its own."""
    return attrs.frozen(slots=True, eq=False, weakref_slot=False, init=False, repr=False)(cls)


def _constructor(cls: type, twin: type, own: list[attrs.Attribute]) -> Callable:
    """`__new__` generated from the field list, with defaults."""
    params, scope = [], {"new": object.__new__, "Twin": twin, "Cls": cls}
    for a in own:
        if a.default is attrs.NOTHING:
            params.append(a.name)
        else:
            scope[f"d_{a.name}"] = a.default
            params.append(f"{a.name}=d_{a.name}")
    lines = [f"def __new__(cls, {', '.join([*params, '*', 'id=None', 'span=None'])}):", " self = new(Twin)"]
    lines += [f" self.{name} = {name}" for name in [*(a.name for a in own), "id", "span"]]
    lines += [" self.__class__ = Cls", " return self"]
    exec("\n".join(lines), scope)  # noqa: S102 (as attrs does for __init__)
    return scope["__new__"]


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
        hints = typing.get_type_hints(cls)
        specs = _SPECS[cls] = tuple(
            _spec(a, hints[a.name]) for a in cls.__attrs_attrs__ if a.name not in ("id", "span")
        )
    return specs


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


def children_of(node: Node) -> list[Node]:
    """The child nodes in field order."""
    return _walker(node.__class__)[0](node)


def map_children(node: Node, f: Callable[[Node], Node]) -> Node:
    """`node` with `f` applied to each child; the same object if `f` returned every child unchanged."""
    return _walker(node.__class__)[1](node, f)


_WALKERS: dict[type, tuple[Callable, Callable]] = {}


def _walker(cls: type) -> tuple[Callable, Callable]:
    """`children` and `map_children` of a kind, generated from its fields when first asked for."""
    found = _WALKERS.get(cls)
    if found is None:
        found = _WALKERS[cls] = (_make_children(cls), _make_map(cls))
    return found


def _make_children(cls: type) -> Callable:
    lines = ["def children(n):", " out = []"]
    for s in fields_of(cls):
        if s.shape == "one":
            lines.append(f" out.append(n.{s.name})")
        elif s.shape == "optional":
            lines.append(f" if n.{s.name} is not None: out.append(n.{s.name})")
        elif s.shape == "many":
            lines.append(f" out.extend(n.{s.name})")
    scope: dict[str, Any] = {}
    exec("\n".join([*lines, " return out"]), scope)  # noqa: S102
    return scope["children"]


def _make_map(cls: type) -> Callable:
    return walk_source(cls, "f({})", ["def walk(n, f):"], " return {}")


def walk_source(cls: type, visit: str, head: list[str], finish: str, outer: str = "") -> Callable:
    """Generates a function `walk` that visits a kind's children and rebuilds it if one changed.

    `visit` is the expression for a child, `head` the lines that open the function, `finish` the line that returns `{}`, the
    rebuilt node. With `outer`, a parameter list, what comes back is a factory `(outer) -> walk` over those variables.
    An unchanged node stays the same object and unchanged tuples are shared.
    """
    lines, new, changed = list(head), [], []
    for i, s in enumerate(fields_of(cls)):
        old, out = f"o{i}", f"v{i}"
        if s.shape == "leaf":
            new.append(f"n.{s.name}")
            continue
        new.append(out)
        changed.append(f"{out} is not {old}")
        lines.append(f" {out} = {old} = n.{s.name}")
        if s.shape == "one":
            lines.append(f" {out} = {visit.format(old)}")
        elif s.shape == "optional":
            lines.append(f" if {old} is not None: {out} = {visit.format(old)}")
        else:
            lines += [
                f" if {old}:", "  ys = []; same = True", f"  for c in {old}:", f"   d = {visit.format('c')}",
                "   ys.append(d)", "   if d is not c: same = False", f"  if not same: {out} = tuple(ys)",
            ]
    rebuilt = f"Cls({', '.join([*new, 'id=n.id', 'span=n.span'])})"
    if changed:
        lines.append(f" if {' or '.join(changed)}: n = {rebuilt}")
    lines.append(finish.format("n"))
    if outer:
        lines = [f"def factory({outer}):", *(f" {line}" for line in lines), " return walk"]
    scope: dict[str, Any] = {"Cls": cls}
    exec("\n".join(lines), scope)  # noqa: S102
    return scope["factory" if outer else "walk"]


def walk(root: Node) -> Iterator[Node]:
    """Every node below and including `root`, in preorder; iterative, so depth does not matter."""
    stack = [root]
    while stack:
        n = stack.pop()
        yield n
        below = children_of(n)
        if below:
            below.reverse()
            stack += below


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
    values = {s.name: getattr(node, s.name) for s in fields_of(node.__class__)}
    return node.__class__(**{**values, "id": node.id, "span": node.span, **changes})


def unplaced(node: Node) -> Node:
    """A copy of a tree whose nodes have spans but no ids yet, to stand in a second place; see `place_at`."""
    values = []
    for s in fields_of(node.__class__):
        value = getattr(node, s.name)
        if s.shape == "many":
            value = tuple([unplaced(child) for child in value])
        elif s.shape != "leaf" and value is not None:
            value = unplaced(value)
        values.append(value)
    return node.__class__(*values, span=node.span)


def place_at(made: Node, origin: Node, tag: str, counter: dict[str, int]) -> Node:
    """Gives every node of `made` that has none yet an id and a span derived from `origin`.

    The root takes the origin's own id; nodes below it get `{origin.id}~{tag}.{n}`, where `counter` goes on numbering when one
    origin is rewritten several times. Only nodes that were just made lack them, so nobody sees the change.
    """
    if made.id is None or made.span is None:
        _set_place(made, made.id or origin.id, made.span or origin.span)
    stack = [made]
    while stack:
        fresh = [child for child in children_of(stack.pop()) if child.id is None]
        for child in fresh:
            base = origin.id or "?"
            n = counter[base] = counter.get(base, 0) + 1
            _set_place(child, f"{base}~{tag}.{n}", child.span or origin.span)
        stack += reversed(fresh)
    return made


def _set_place(n: Node, new_id: str | None, span: Span | None) -> None:
    object.__setattr__(n, "id", new_id)
    object.__setattr__(n, "span", span)

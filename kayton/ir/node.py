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

Functions over all kinds are generated for a kind when it is first met, and found in a dict by class.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import FunctionType
from typing import Any

from kayton.ir.kinds import (
    ByKind,
    FieldSpec,
    Kind,
    Node,
    Span,
    category,
    category_of,
    constructor_of,
    fields_of,
    kind_called,
    kind_name,
    kinds_in,
    node,
)
from kayton.ir.templates import function

__all__ = [
    "CHILDLESS", "PUSH", "ByKind", "FieldSpec", "Kind", "Node", "Span", "category", "category_of", "children_of", "fields_of",
    "kind_called", "kind_name", "kinds_in", "map_children", "node", "place_at", "replace", "same", "same_leaf", "unplaced", "walk",
    "walk_source",
]  # fmt: skip


CHILDLESS = ByKind(lambda cls: all([s.shape == "leaf" for s in fields_of(cls)]))
"""kind → whether its nodes never have children."""


def _generated(cls: type, text: str, **scope: Any) -> FunctionType:
    """The function of a kind that `text` defines; it says f0, f1 … for the fields.

    It makes nodes by `make(Cls, …)` with all fields, id and span in order: the constructor without the call of a class around it.
    """
    return function(text, tuple([s.name for s in fields_of(cls)]), {"Cls": cls, "make": constructor_of(cls), **scope})


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
    base, span, children, childless = origin.id or "?", origin.span, _CHILDREN, CHILDLESS
    n = counter.get(base, 0)
    stack = [] if childless[made.__class__] else [made]
    while stack:
        parent = stack.pop()
        below = []
        for child in children[parent.__class__](parent):
            if child.id is None:
                n += 1
                _set_id(child, f"{base}~{tag}.{n}")
                if child.span is None:
                    _set_span(child, span)
                if not childless[child.__class__]:
                    below.append(child)
        below.reverse()
        stack += below
    counter[base] = n
    return made


# A frozen node's slots are set through their descriptors.
_set_id, _set_span = Node.id.__set__, Node.span.__set__

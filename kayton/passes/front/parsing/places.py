"""Ids: a definition's path plus the preorder number inside it, such as `main.fib#7`.

A definition numbers its own nodes from 0, itself first, and those of the definitions inside of it not at all: so editing one
function renumbers no node of another. What stands at the top level of a file and is no definition counts under the module's
name. A module's dots are slashes here (`store/format.line#3`), which keeps the module `store.format` apart from a function
`format` of the module `store`.

    fn, struct, class, enum, trait, type, const     main.Point.len      where it stands, then its name
    impl Point                                      main.Point.impl     its methods: main.Point.len
    impl Show for Point                             main.Point.Show     its methods: main.Point.Show.show

A path that is taken, by a mistake or by a second `impl Point`, gets `@2`, `@3` …
"""

from __future__ import annotations

from kayton.ir.node import PUSH, Node
from kayton.ir.surface import (
    ClassDef,
    ConstDef,
    EnumDef,
    FnDef,
    FnType,
    ImplDef,
    Module,
    NamedType,
    StructDef,
    TraitDef,
    TypeAlias,
    TypeExpr,
)

_DEFINITIONS = frozenset((FnDef, StructDef, ClassDef, EnumDef, TraitDef, ImplDef, TypeAlias, ConstDef))
_set_id = Node.__dict__["id"].__set__


def number(module: Module) -> None:
    """Gives every node of a module that was just parsed its id."""
    taken: dict[str, int] = {}
    waiting: list[tuple[Node, str]] = [(module, "")]
    for root, owner in waiting:
        path, inner = _paths(root, owner, taken)
        counter = 0
        stack = [root]
        while stack:
            n = stack.pop()
            kind = n.__class__
            if kind in _DEFINITIONS and n is not root:
                waiting.append((n, inner))
                continue
            _set_id(n, f"{path}#{counter}")
            counter += 1
            PUSH[kind](n, stack)


def _paths(root: Node, owner: str, taken: dict[str, int]) -> tuple[str, str]:
    """The path of a definition, and the one that definitions inside of it start with."""
    if root.__class__ is Module:
        path = inner = root.name.replace(".", "/")
    elif root.__class__ is not ImplDef:
        path = inner = f"{owner}.{root.name}"
    else:
        inner = f"{owner}.{_type_name(root.target)}"
        path = f"{inner}.impl" if root.trait is None else f"{inner}.{_type_name(root.trait)}"
    count = taken[path] = taken.get(path, 0) + 1
    if count > 1:
        path = f"{path}@{count}"
    return path, inner if root.__class__ is ImplDef and root.trait is None else path


def _type_name(t: TypeExpr) -> str:
    if t.__class__ is NamedType:
        return "unit" if t.path == ("()",) else ".".join(t.path)
    return "fn" if t.__class__ is FnType else t.__class__.__name__.removesuffix("Type").lower()

"""note-names : Constant -> Noted

    program     =>   names-noted (names [reference ..]) program

Writes down what the names of the source stand for, while the tree still has a node for each: later ones have only what they mean. The
program goes on as it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from kayton.ir.node import Node, walk
from kayton.ir.resolved import CallFn, Constant, FnRef, Local
from kayton.ir.rewritten import Names, NamesNoted, Noted, Reference
from kayton.ir.surface import AtPattern, BindPattern, Block, FnDef, Program
from kayton.passes.framework import Cx, Pass, frozen
from kayton.passes.rewrite._facts import original

_VARIABLES = frozenset({Local, BindPattern, AtPattern})


@frozen
class NoteNames(Pass):
    source = Constant
    target = Noted

    def transform(self, root: Program, cx: Cx) -> NamesNoted:
        cx.enter(self, root)
        found: dict[str, Reference] = {}
        for n in walk(root):
            for r in _references(n):
                if original(n) == n.id:  # it stands in the source
                    found.setdefault(r.site, r)
        names = Names(tuple(found.values()), id=f"{root.id}~note-names.names", span=root.span)
        return NamesNoted(names, root, id=f"{root.id}~note-names", span=root.span)


def _references(n: Node) -> Iterator[Reference]:
    kind = n.__class__
    if kind in _VARIABLES:
        yield _reference(n, "variable", n.name)
    elif kind is CallFn:
        yield _reference(n, "call", n.fn, n.id)
    elif kind is Block and n.result.__class__ is CallFn and (n.result.id or "").startswith(f"{n.id}~"):
        yield _reference(n, "call", n.result.fn, n.result.id)  # arguments that stand in another order than the parameters
    elif kind is FnRef:
        yield _reference(n, "value", n.fn)
    elif kind is FnDef:
        yield _reference(n, "definition", n.name)


def _reference(n: Node, kind: str, path: str, at: str = "") -> Reference:
    return Reference(n.id or "", kind, path, at, id=f"{n.id}~note-names", span=n.span)

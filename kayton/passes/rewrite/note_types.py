"""note-types : Solution -> TypesNoted

    names-noted names program     =>   found names (types [instance ..] [cell ..] [method ..] [implementation ..]) program

Writes down the types that were found, before `monomorphize` turns them into functions. The program goes on as it is.
"""

from __future__ import annotations

from kayton.ir.constrained import Cell, Instance
from kayton.ir.resolved import TypeDecl
from kayton.ir.rewritten import Found, Implementation, Method, NamesNoted, Solution, Types, TypesNoted
from kayton.passes.framework import Cx, Pass, frozen


@frozen
class NoteTypes(Pass):
    source = Solution
    target = TypesNoted

    def transform(self, root: NamesNoted, cx: Cx) -> Found:
        cx.enter(self, root)
        items = [i for m in root.native.modules for i in m.body]
        declared = [i for i in items if isinstance(i, TypeDecl)]
        types = Types(
            tuple([i for i in items if isinstance(i, Instance)]), tuple([i for i in items if isinstance(i, Cell)]),
            tuple([m for t in declared for m in _methods(t)]), tuple([m for t in declared for m in _implementations(t)]),
            id=f"{root.id}~note-types.types", span=root.span,
        )  # fmt: skip
        return Found(root.names, types, root.native, id=f"{root.id}~note-types", span=root.span)


def _methods(t: TypeDecl) -> list[Method]:
    return [Method(t.name, m.name, m.fn, m.changes, id=f"{t.id}~note-types.{m.name}", span=t.span) for m in t.methods]


def _implementations(t: TypeDecl) -> list[Implementation]:
    return [Implementation(t.name, trait, id=f"{t.id}~note-types.{trait}", span=t.span) for trait in t.traits]

"""mark-functions : Rewritten -> Rewritten

Marks what becomes native and what stays bytecode.

    fn f(): …       every instance is compiled       =>   @lowered fn f(): …
    fn f(): …       thunk 3 of the program           =>   @thunk(3) fn f(): …
    fn f(): …       nothing calls it                 =>   fn f(): …

The number of a thunk is the one that `kayton aot explain --thunks` gives it. A function with a mark is final: rewriting takes it as it stands.
"""

from __future__ import annotations

from kayton.ir.node import Node, map_children, place_at, replace
from kayton.ir.rewritten import Draft, Rewritten
from kayton.ir.surface import Annotation, Arg, FnDef, IntLit
from kayton.passes.framework import Cx, Pass, frozen
from kayton.passes.rewrite._facts import Facts, is_final, original

TAG = "mark-functions"


@frozen
class MarkFunctions(Pass):
    source = Rewritten
    target = Rewritten

    def transform(self, root: Draft, cx: Cx) -> Draft:
        cx.enter(self, root)
        marker = _Marker(root, cx.facts(Facts))
        return replace(root, written=map_children(root.written, marker.visit))


class _Marker:
    """Marks functions. `numbers` are the thunks' by the id of the function."""

    def __init__(self, root: Draft, facts: Facts) -> None:
        self.facts = facts
        self.refused = set(root.refused)
        self.numbers = {t.function: n for n, t in reversed(list(enumerate(root.thunks)))}

    def visit(self, n: Node) -> Node:
        """A node with the functions in it marked."""
        if n.__class__ is not FnDef or is_final(n):
            return n if n.__class__ is FnDef else map_children(n, self.visit)
        made = map_children(n, self.visit)
        serving = [i.name for i in self.facts.serving(n)]
        if not serving or n.body is None:
            return made
        kept = tuple([a for a in made.annotations if a.name != "thunk"])
        return replace(made, annotations=(*kept, place_at(self._mark(n, serving), n, TAG, {})))

    def _mark(self, f: FnDef, serving: list[str]) -> Annotation:
        where = {"id": f"{f.id}~{TAG}", "span": f.span}
        number = self.numbers.get(original(f))
        others = {i.name for i in self.facts.by_function[self.facts.path(f)]}
        lowered = self.refused & others and not self.refused.intersection(serving)
        if number is None or lowered:
            return Annotation("lowered", **where)
        return Annotation("thunk", (Arg(IntLit(number, span=f.span), span=f.span),), **where)

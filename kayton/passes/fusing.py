"""Neighbouring passes that share one walk.

A rewrite costs mostly its walk: of a thousand nodes one may be a `?`, and the pass has to look for it at all of them. So the passes of
a group look together. One walk, before the first of them, notes for every node which passes have a rule for something in its subtree,
as bits of a number:

    marks(n) = (the passes that have a rule for n's kind) | marks(c) for every child c

Each pass then goes only where its bit leads, and whoever makes a node marks it for the passes to come. A pass whose bit is not
at the root has nothing to do.

    marks   desugar-question = 1, desugar-for = 2            visited by desugar-question: f, for, try
    f 3 ── for 3 ─┬─ name 0                                  visited by desugar-for: f, for
                  └─ block 1 ── try 1

Scala 3's Miniphases (Petrashko, Lhoták, Odersky: Miniphases, PLDI 2017) go further: in one walk each node passes through the rules of
all phases before its parent does. A rule then meets children that later phases have rewritten, so phases have to be written
for that, and their authors declare what may not share a group. Here a rule sees exactly what it sees alone, whatever it
looks at: trees, ids, remarks and diagnostics, and their order, are those of separate walks by construction. So every pass of
rules takes part without saying anything, there is a tree after each of them to print, check and time, and compilation may
stop between any two. The price is that each node on the way to a changed one is rebuilt by each pass that changes something below it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import FunctionType

from kayton.ir.node import CHILDLESS, PUSH, ByKind, Node, fields_of
from kayton.ir.templates import function
from kayton.passes.framework import Cx, Forms, Pass, Walkers, applied

_FORMS = Forms(
    visit="{1} = table[{0}.__class__]({0}) if marks.get({0}, 0) & bit else {0}",
    finish="{0} if {0} in marks else mark({0})",
    state=", marks, bit, mark",
)
"""Walkers that go only where the marks lead and mark what they make."""


class SharedWalk:
    """The marks of a tree for a group of passes, which then run on it one after the other."""

    def __init__(self, passes: Sequence[Pass], root: Node) -> None:
        self.passes = passes
        self._own: dict[type[Node], int] = {}
        for i, p in enumerate(passes):
            for kind in p.rules:
                self._own[kind] = self._own.get(kind, 0) | 1 << i
        self.marks: dict[Node, int] = {}
        self._markers = ByKind(self._marker)
        self.mark(root)

    def run(self, index: int, root: Node, cx: Cx) -> Node:
        """What the pass of that index makes of the tree that the passes before it have made."""
        p = self.passes[index]
        cx.enter(p, root)
        bit = 1 << index
        if not self.marks.get(root, 0) & bit:
            return root
        if all([r.looks_only for r in p.rules.values()]):
            self._look(p, bit, root, cx)
            return root
        counter: dict[str, int] = {}
        rules = {
            kind: (_FORMS.before if r.before else _FORMS.after, self._marked(applied(p, r, cx, counter))) for kind, r in p.rules.items()
        }
        return Walkers(_FORMS, rules, self.marks, bit, self.mark)[root.__class__](root)

    def _marked(self, apply: Callable[[Node], Node]) -> Callable[[Node], Node]:
        """A rule whose results are marked."""
        marks, mark = self.marks, self.mark

        def apply_and_mark(n: Node) -> Node:
            made = apply(n)
            return made if made in marks else mark(made)

        return apply_and_mark

    def mark(self, n: Node) -> Node:
        """Marks a node and what is new below it."""
        marker = self._markers[n.__class__]
        if marker is not None:
            marker(n)
        return n

    def _marker(self, kind: type[Node]) -> Callable[[Node], int] | None:
        """Marks a node of the kind. Nodes without children or rules are never marked, which saves half of the calls."""
        own = self._own.get(kind, 0)
        return None if CHILDLESS[kind] and not own else _MARKERS[kind](self._markers, self.marks, own)

    def _look(self, p: Pass, bit: int, root: Node, cx: Cx) -> None:
        """The framework's look, at marked nodes only."""
        marks = self.marks
        for wanted in (True, False):
            rules = {k: r.function for k, r in p.rules.items() if r.before is wanted}
            stack = [root] if rules else []
            while stack:
                n = stack.pop()
                if marks.get(n, 0) & bit:
                    kind = n.__class__
                    if kind in rules:
                        rules[kind](p, n, cx)
                    PUSH[kind](n, stack)


_OR = "w = table[{0}.__class__]", "if w is not None: m |= marks[{0}] if {0} in marks else w({0})"


def _make_marker(kind: type[Node]) -> FunctionType:
    """A factory of functions that mark a node of the kind; what is marked below it already is not entered again."""
    lines = ["def factory(table, marks, own):", " def mark(n):", "  m = own"]
    names = [s.name for s in fields_of(kind)]
    for i, s in enumerate(fields_of(kind)):
        if s.shape == "many":
            lines += [f"  for c in n.f{i}:", *[f"   {line.format('c')}" for line in _OR]]
        elif s.shape != "leaf":
            guard = ["  if c is not None:"] if s.shape == "optional" else []
            lines += [f"  c = n.f{i}", *guard, *[f"   {line.format('c')}" if guard else f"  {line.format('c')}" for line in _OR]]
    return function("\n".join([*lines, "  marks[n] = m", "  return m", " return mark"]), tuple(names), {})


_MARKERS = ByKind(_make_marker)

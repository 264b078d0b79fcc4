"""Trees as pictures: Graphviz text, and SVG through the program `dot`.

Three kinds of edges: what contains what, what a name refers to, and where control goes. A tree of more than `MOST_BOXES` nodes is
folded: one box for each definition, or, inside one definition, one for each subtree small enough. Given an earlier tree, what was
added and changed is coloured and what was removed is shown where it stood.
"""

from __future__ import annotations

from collections.abc import Iterator

import graphviz

from kayton.ir import graph_style as style
from kayton.ir.bindings import bindings, is_definition
from kayton.ir.diff import Changes, node_changes
from kayton.ir.flow import control_flow
from kayton.ir.node import Node, fields_of, kind_name, walk
from kayton.ir.source import SourceMap

MOST_BOXES = 160
_DEEPEST, _WIDEST = 40, 16


class DotMissing(RuntimeError):
    """The program `dot` is not installed; the message says how to install it."""

    def __init__(self) -> None:
        super().__init__(
            "drawing needs the program dot of Graphviz, which is not installed: apt install graphviz, brew install graphviz, "
            "or see https://graphviz.org/download; --format dot works without it"
        )


def svg(dot_text: str) -> str:
    """The picture of a graph. Raises DotMissing."""
    try:
        return graphviz.Source(dot_text).pipe(format="svg", encoding="utf-8")
    except graphviz.ExecutableNotFound:
        raise DotMissing from None


def dot(root: Node, sources: SourceMap, before: Node | None = None, title: str = "") -> str:
    """The graph of a tree as Graphviz text; what differs from `before` is highlighted."""
    changes = None if before is None else node_changes(before, root)
    sizes = _sizes(root)
    definitions = _definitions(root)
    if sizes[id(root)] > MOST_BOXES and len(definitions) > 1:
        return _Overview(root, sources, changes, before, title).draw(definitions, sizes)
    return _Tree(root, sources, changes, before, title).draw(sizes)


def _sizes(root: Node) -> dict[int, int]:
    """How many nodes each subtree has."""
    sizes: dict[int, int] = {}
    order = list(walk(root))
    for n in reversed(order):
        sizes[id(n)] = 1 + sum([sizes[id(c)] for _, c in labelled_children(n)])
    return sizes


def labelled_children(n: Node) -> Iterator[tuple[str, Node]]:
    """The children with the names of their fields, numbered where there are many."""
    for s in fields_of(n.__class__):
        value = getattr(n, s.name)
        if s.shape == "many":
            yield from ((f"{s.name} {i}" if len(value) > 1 else s.name, c) for i, c in enumerate(value))
        elif s.shape != "leaf" and value is not None:
            yield s.name, value


def _definitions(root: Node) -> list[Node]:
    """The items of all modules; statements at module level are items of their own here."""
    return [item for module in getattr(root, "modules", ()) for item in getattr(module, "body", ())]


class _Graph:
    """What both views share: boxes with colours, edges with styles."""

    def __init__(
        self, root: Node, sources: SourceMap, changes: Changes | None, before: Node | None, title: str
    ) -> None:
        self.root, self.sources, self.changes, self.before, self.title = root, sources, changes, before, title
        self.names: dict[int, str] = {}
        self.used: set[str] = set()
        self.graph = graphviz.Digraph(
            graph_attr={"fontname": style.FONT, "rankdir": "TB", "nodesep": "0.18", "ranksep": "0.3", "bgcolor": "white", "ordering": "out"},
            node_attr={"fontname": style.FONT, "fontsize": "10", "shape": "box", "style": "rounded,filled", "margin": "0.08,0.03", "height": "0.3"},
            edge_attr={"fontname": style.FONT, "fontsize": "7"},
        )

    def box(self, n: Node, label: str, paint: style.Paint, graph: graphviz.Digraph | None = None, **more: str) -> None:
        """Adds the box of a node."""
        name = self.names[id(n)] = f"n{len(self.names)}"
        (graph or self.graph).node(name, label, fillcolor=paint.fill, color=paint.line, tooltip=n.id or "", **more)

    def edge(self, a: Node, b: Node, kind: str, label: str = "") -> None:
        """Adds an edge where both ends have boxes."""
        ends = self.names.get(id(a)), self.names.get(id(b))
        if None not in ends and ends[0] != ends[1]:
            self.used.add(kind)
            self.graph.edge(*ends, label, **style.EDGES[kind])

    def paint(self, n: Node, below: bool = False) -> style.Paint:
        """The colours of a node; of a folded one when `below`: changed if anything in it is."""
        if self.changes is None:
            return style.PAINTS[style.family(n)]
        inside = [id(m) for m in walk(n)] if below else [id(n)]
        if id(n) in self.changes.added:
            return style.DIFFERENT["added"]
        touched = self.changes.changed | self.changes.added
        return style.DIFFERENT["changed"] if any(i in touched for i in inside) else style.SAME

    def ghosts(self) -> None:
        """What was removed: a box for each removed subtree, at the nearest ancestor that is still there."""
        if self.changes is None or self.before is None:
            return
        here = {n.id: n for n in walk(self.root) if n.id is not None and id(n) in self.names}
        stack: list[tuple[Node, Node]] = [(self.before, self.root)]
        while stack:
            n, anchor = stack.pop()
            if id(n) in self.changes.removed:
                text = style.snippet(n, self.sources) or kind_name(n.__class__)
                label = f"<<s><b>{kind_name(n.__class__)}</b></s><br/><font point-size=\"8\">{style.escape(text)}</font>>"
                self.box(n, label, style.DIFFERENT["removed"], style="rounded,filled,dashed")
                self.edge(anchor, n, "gone")
                continue
            stack += [(c, here.get(n.id, anchor)) for _, c in labelled_children(n)]

    def finish(self) -> str:
        """The text, with the legend below the picture."""
        shown = {style.family(n) for n in walk(self.root) if id(n) in self.names}
        paints = style.DIFFERENT if self.changes is not None else {k: p for k, p in style.PAINTS.items() if k in shown}
        edges = tuple(k for k in style.EDGES if k in self.used)
        self.graph.attr(label=style.legend(self.title, paints, edges), labelloc="b")
        return self.graph.source


class _Tree(_Graph):
    """Every node a box, but small subtrees folded where there are too many."""

    def draw(self, sizes: dict[int, int]) -> str:
        limit = self._limit(sizes)
        stack: list[tuple[Node, Node | None, str, int]] = [(self.root, None, "", 0)]
        hidden: dict[int, Node] = {}
        while stack:
            n, parent, field, depth = stack.pop()
            children = list(labelled_children(n))
            if children and (sizes[id(n)] <= limit or depth > _DEEPEST):
                self._fold(n, sizes[id(n)])
                hidden.update({id(m): n for m in walk(n) if m is not n})
                children = []
            else:
                self._show(n)
            if parent is not None:
                self.edge(parent, n, "tree", field)
            if len(children) > _WIDEST:
                children, rest = children[:_WIDEST], [c for _, c in children[_WIDEST:]]
                self._more(n, rest, hidden)
            stack += [(c, n, f, depth + 1) for f, c in reversed(children)]
        self._relate(hidden)
        self.ghosts()
        return self.finish()

    def _more(self, parent: Node, rest: list[Node], hidden: dict[int, Node]) -> None:
        """One box for all children after the first few."""
        count = sum(1 for c in rest for _ in walk(c))
        title = f"… {len(rest)} more"
        self.box(rest[0], style.folded_label(title, count, ""), self.paint(rest[0]), style="rounded,filled,dashed")
        self.edge(parent, rest[0], "tree")
        hidden.update({id(m): rest[0] for c in rest for m in walk(c) if m is not rest[0]})

    def _limit(self, sizes: dict[int, int]) -> int:
        """The size of the subtrees that are folded: the least for which few enough boxes are left."""
        limit = 0
        while limit < 4096 and sum(1 for s in sizes.values() if s > limit) > MOST_BOXES:
            limit = limit + 1 if limit < 8 else limit * 2
        return limit

    def _show(self, n: Node) -> None:
        round_shape = {"style": "filled", "shape": "ellipse", "margin": "0.02,0.0"} if style.is_atom(n) else {}
        self.box(n, style.label(n, self.sources), self.paint(n), **round_shape)

    def _fold(self, n: Node, size: int) -> None:
        label = style.folded_label(kind_name(n.__class__), size, style.snippet(n, self.sources, 44))
        self.box(n, label, self.paint(n, below=True), style="rounded,filled,dashed")

    def _relate(self, folded_into: dict[int, Node]) -> None:
        """Binding and control-flow edges, between the boxes that their ends were folded into."""
        seen: set[tuple[int, int, str]] = set()
        pairs = [(a, b, "binding", "") for a, b in bindings(self.root)]
        pairs += [(f.source, f.target, "flow", f.when) for f in control_flow(self.root)]
        for a, b, kind, label in pairs:
            a, b = folded_into.get(id(a), a), folded_into.get(id(b), b)
            if (id(a), id(b), kind) not in seen:
                seen.add((id(a), id(b), kind))
                self.edge(a, b, kind, label)


class _Overview(_Graph):
    """One box for each definition, modules as frames, an edge where one definition uses another."""

    def draw(self, definitions: list[Node], sizes: dict[int, int]) -> str:
        self.graph.attr(rankdir="LR", ranksep="0.7", ordering="")
        for number, module in enumerate(self.root.modules):
            with self.graph.subgraph(name=f"cluster_{number}") as frame:
                frame.attr(label=f"<<b>{style.escape(module.name)}</b>>", style="rounded", color="#90a4ae", fontcolor="#455a64")
                for item in module.body:
                    self._item(item, sizes[id(item)], frame)
        owner = {id(m): item for item in definitions for m in walk(item)}
        seen: set[tuple[int, int]] = set()
        for use, definition in bindings(self.root):
            a, b = owner.get(id(use)), owner.get(id(definition))
            if a is not None and b is not None and (id(a), id(b)) not in seen:
                seen.add((id(a), id(b)))
                self.edge(a, b, "use")
        return self.finish()

    def _item(self, item: Node, size: int, frame: graphviz.Digraph) -> None:
        title = f"{kind_name(item.__class__)} {item.name}" if is_definition(item) else kind_name(item.__class__)
        label = style.folded_label(title, size, style.snippet(item, self.sources, 44))
        self.box(item, label, self.paint(item, below=True), frame)

"""How graphs look: colours by what a node is, labels with kind, leaves and source text, and the legend that explains them."""

from __future__ import annotations

import html
from typing import NamedTuple

from kayton.ir.node import Node, children_of, fields_of, kind_name
from kayton.ir.source import SourceMap
from kayton.ir.surface import Expr, Item, Pattern, Stmt, TypeExpr, Unit
from kayton.ir.text import leaf_text

FONT = "Helvetica,Arial,sans-serif"
CODE = "Courier New,monospace"


class Paint(NamedTuple):
    """A fill and the colour of the border."""

    fill: str
    line: str


PAINTS: dict[str, Paint] = {
    "module": Paint("#eceff1", "#607d8b"), "definition": Paint("#fff3e0", "#ef6c00"), "expression": Paint("#e3f2fd", "#1976d2"),
    "statement": Paint("#e8f5e9", "#388e3c"), "pattern": Paint("#f3e5f5", "#8e24aa"), "type": Paint("#f5f5f5", "#757575"),
    "other": Paint("#fffde7", "#a1887f"),
}
DIFFERENT: dict[str, Paint] = {
    "added": Paint("#b9f6ca", "#00a152"), "changed": Paint("#ffe57f", "#ff8f00"), "removed": Paint("#ffcdd2", "#d50000"),
}
SAME = Paint("#fafafa", "#b0bec5")
"""In a difference what did not change steps back."""

EDGES: dict[str, dict[str, str]] = {
    "tree": {"color": "#546e7a", "penwidth": "1.1", "arrowsize": "0.5", "fontcolor": "#90a4ae"},
    "binding": {"color": "#1e88e5", "style": "dashed", "constraint": "false", "arrowhead": "vee", "arrowsize": "0.6"},
    "use": {"color": "#1e88e5", "style": "dashed", "arrowhead": "vee", "arrowsize": "0.6"},
    "flow": {
        "color": "#e53935", "style": "bold", "constraint": "false", "arrowhead": "normal", "arrowsize": "0.6",
        "fontcolor": "#e53935", "penwidth": "1.6",
    },
    "gone": {"color": "#d50000", "style": "dotted", "arrowhead": "none"},
}


def escape(text: str) -> str:
    """The text inside of a label; what cannot be printed is shown as a replacement, as XML allows no such characters."""
    return html.escape("".join([c if c.isprintable() else "\ufffd" for c in text]))


def family(n: Node) -> str:
    """What a node is, as the colours tell it."""
    families = (
        (Unit, "module"), (Item, "definition"), (TypeExpr, "type"), (Pattern, "pattern"), (Expr, "expression"), (Stmt, "statement"),
    )
    return next((name for cls, name in families if isinstance(n, cls)), "other")


def snippet(n: Node, sources: SourceMap, most: int = 34) -> str:
    """The source text of a node on one line, cut to a length; empty where it has none."""
    if n.span is None or not 0 <= n.span.file < len(sources.sources):
        return ""
    text = " ".join(sources[n.span.file].text[n.span.start : min(n.span.end, n.span.start + 4 * most)].split())
    return text if len(text) <= most else f"{text[: most - 1]}…"


def label(n: Node, sources: SourceMap) -> str:
    """The HTML-like label of a node: its kind, what it says itself, and the source it stands for."""
    own = _own_leaves(n)
    if is_atom(n):
        word = escape(" ".join(own) or kind_name(n.__class__))
        return f'<<font face="{CODE}">{word}</font><br/><font point-size="7" color="#78909c">{kind_name(n.__class__)}</font>>'
    head = f"<b>{kind_name(n.__class__)}</b>" + (f' <font face="{CODE}">{escape(" ".join(own))}</font>' if own else "")
    source = snippet(n, sources)
    below = f'<br/><font face="{CODE}" point-size="8" color="#607d8b">{escape(source)}</font>' if source else ""
    return f"<{head}{below}>"


def is_atom(n: Node) -> bool:
    """Whether a node is only a word: no children, and one or two short leaves."""
    return not children_of(n) and 0 < len(_own_leaves(n)) <= 2


def _own_leaves(n: Node) -> list[str]:
    """The leaves worth showing: those that are not at their default, shortened."""
    out = []
    leaves = [s for s in fields_of(n.__class__) if s.shape == "leaf"]
    for s in leaves:
        value = getattr(n, s.name)
        flag = isinstance(value, bool) and len(leaves) > 1
        if value == s.default or (flag and not value) or s.name in ("doc", "path", "file") and isinstance(n, Unit):
            continue
        if flag:
            text = s.name
        elif isinstance(value, tuple) and all(isinstance(v, str) for v in value):
            text = ".".join(value)
        else:
            text = value if isinstance(value, str) and value else leaf_text(value)
        out.append(text if len(text) <= 28 else f"{text[:27]}…")
    return out


def folded_label(title: str, count: int, source: str) -> str:
    """The label of a box that stands for a whole subtree or definition."""
    code = f'<br/><font face="{CODE}" point-size="8" color="#607d8b">{escape(source)}</font>' if source else ""
    nodes = f"{count} node{'s' if count != 1 else ''}"
    return f'<<b>{escape(title)}</b>  <font point-size="8" color="#78909c">{nodes}</font>{code}>'


def legend(title: str, paints: dict[str, Paint], edges: tuple[str, ...]) -> str:
    """The graph's caption: its title and what colours and lines mean."""
    cells = [f'<td bgcolor="{p.fill}" border="1" color="{p.line}"><font point-size="8"> {name} </font></td>' for name, p in paints.items()]
    words = {"tree": "── contains", "binding": "╌╌ refers to", "use": "╌╌ refers to", "flow": "━━ control goes", "gone": "┄┄ was here"}
    cells += [f'<td><font point-size="8" color="{EDGES[e]["color"]}">{words[e]}</font></td>' for e in edges]
    table = f'<table border="0" cellspacing="4" cellpadding="2"><tr>{"".join(cells)}</tr></table>'
    caption = f"<tr><td><b>{escape(title)}</b></td></tr>" if title else ""
    heading = f'<table border="0">{caption}<tr><td>{table}</td></tr></table>'
    return f"<{heading}>"

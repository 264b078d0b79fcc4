"""What differs between two trees: as lines of their text, and as sets of nodes."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from kayton.ir.node import Node, children_of, fields_of, same_leaf, walk
from kayton.ir.text import Marks, pretty, without_places

_CUT = "  …"


def text_diff(before: Node, after: Node, marks: Marks = without_places, context: int = 2, width: int = 100) -> list[str]:
    """The lines that differ (`- ` gone, `+ ` new) with `context` lines around them; `  …` stands for lines left out.

    Definitions are compared one by one where both trees have them, which keeps it quick and a moved line from confusing it.
    """
    if before is after:
        return []
    out: list[str] = []
    skipped = False
    for old, new in _pairs(before, after):
        if old is not None and old is new:
            skipped = True
            continue
        more = _diff_lines(_lines(old, marks, width), _lines(new, marks, width), context)
        if more and out and skipped and more[0] != _CUT:
            out.append(_CUT)
        out += more
        skipped = not more
    return out


def _lines(n: Node | None, marks: Marks, width: int) -> list[str]:
    return [] if n is None else pretty(n, marks, width).splitlines()


def _pairs(before: Node, after: Node) -> Iterator[tuple[Node | None, Node | None]]:
    """The trees' definitions side by side, by name; the whole trees where they are not made of the same modules."""
    old, new = _definitions(before), _definitions(after)
    if old is None or new is None or not old.keys() & new.keys():
        yield before, after
        return
    matcher = SequenceMatcher(None, list(old), list(new), autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        olds, news = list(old.values())[a:b], list(new.values())[c:d]
        if tag == "equal":
            yield from zip(olds, news, strict=True)
        else:
            yield from ((n, None) for n in olds)
            yield from ((None, n) for n in news)


def _definitions(root: Node) -> dict[tuple, Node] | None:
    """What the modules hold, each under a key that stays the same from pass to pass; None if there are no modules."""
    found: dict[tuple, Node] = {}
    for module in getattr(root, "modules", ()):
        body = getattr(module, "body", None)
        if body is None:
            return None
        for n, item in enumerate(body):
            name = getattr(item, "name", None)
            key = (module.name, name) if isinstance(name, str) else (module.name, item.id or n)
            while key in found:
                key = (*key, n)
            found[key] = item
    return found or None


def _diff_lines(old: list[str], new: list[str], context: int) -> list[str]:
    """The differing lines of two texts; what they begin and end with alike is set aside first, for speed."""
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    start, a_end, b_end = max(0, head - context), len(old) - tail, len(new) - tail
    a, b = old[start : a_end + context], new[start : b_end + context]
    out: list[str] = []
    for group in SequenceMatcher(None, a, b, autojunk=len(a) > 2000).get_grouped_opcodes(context):
        if out or start or group[0][1] > 0:
            out.append(_CUT)
        for tag, i, j, k, m in group:
            if tag == "equal":
                out += [f"  {line}" for line in a[i:j]]
            else:
                out += [f"- {line}" for line in a[i:j]] + [f"+ {line}" for line in b[k:m]]
    return out


def _alike(a: list[str], b: list[str]) -> int:
    n = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        n += 1
    return n


class Changes(NamedTuple):
    """Which nodes differ, by `id()` of the object: gone from the old tree, new in the new one, or changed in their own fields."""

    removed: set[int]
    added: set[int]
    changed: set[int]


def node_changes(before: Node, after: Node) -> Changes:
    """Matches nodes of two trees by their ids; what has none is matched by being the same object."""
    old, new = _by_key(before), _by_key(after)
    removed = {id(n) for key, n in old.items() if key not in new}
    added = {id(n) for key, n in new.items() if key not in old}
    changed = {id(n) for key, n in new.items() if key in old and old[key] is not n and not _alike_alone(old[key], n)}
    return Changes(removed, added, changed)


def _by_key(root: Node) -> dict:
    return {n.id or id(n): n for n in walk(root)}


def _alike_alone(a: Node, b: Node) -> bool:
    """Whether two nodes agree apart from what is below their children."""
    if a.__class__ is not b.__class__:
        return False
    leaves = all(
        same_leaf(getattr(a, s.name), getattr(b, s.name)) for s in fields_of(a.__class__) if s.shape == "leaf"
    )
    return leaves and [c.id for c in children_of(a)] == [c.id for c in children_of(b)]

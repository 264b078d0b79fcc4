"""What a file says beyond its tree: comments and blank lines, how literals are spelt, and what stands on one line.

A comment beside a statement stays beside it. One on a line of its own stays above the next statement of its block, or below the last; one
between the items of a bracket goes above the statement around it. Doc comments of documented items are theirs, in the tree.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from kayton.ir.node import Node, Span, walk
from kayton.ir.source import Source
from kayton.ir.surface import Block, ClassDef, EnumDef, Expr, If, IfLet, ImplDef, Match, Module, StructDef, TraitDef
from kayton.passes.front.lexing.scanner import Scanner


_DOT = re.compile(r"[\s)]*(?:#[^\n]*\n\s*)*\.")


class Lines(NamedTuple):
    """Comments on lines of their own, and whether a blank line comes first."""

    texts: tuple[str, ...] = ()
    blank: bool = False


class Comments:
    """By where a line's node starts, what belongs to it; `rest` are the comments of a file without statements."""

    def __init__(self) -> None:
        self._above: dict[tuple[int, int], list[str]] = {}
        self._below: dict[tuple[int, int], list[Lines]] = {}
        self._beside: dict[tuple[int, int], str] = {}
        self._blank: set[tuple[int, int]] = set()
        self._flat: set[tuple[int, int]] = set()
        self._spread: set[Span] = set()
        self._texts: dict[int, str] = {}
        self.rest: list[Lines] = []

    def above(self, n: Node) -> Lines:
        """What stands above a node."""
        place = place_of(n)
        return Lines(tuple(self._above.get(place, ())), place in self._blank)

    def below(self, n: Node) -> list[Lines]:
        """The comments at the end of a block, of which a node is the last."""
        return self._below.get(place_of(n), [])

    def beside(self, n: Node) -> str:
        """The comment at the end of a node's line; empty where there is none."""
        return self._beside.get(place_of(n), "")

    def is_flat(self, b: Block) -> bool:
        """Whether a block stands on the line of its header."""
        return place_of(b) in self._flat

    def is_spread(self, e: If | IfLet) -> bool:
        """Whether a conditional takes several lines."""
        return e.span in self._spread

    def spelling(self, e: Expr) -> str:
        """How the source writes something; empty where it is not from there."""
        return "" if e.span is None else self._texts.get(e.span.file, "")[e.span.start : e.span.end]

    def is_split(self, left: Expr, end: int | None) -> bool:
        """Whether a line ends between an expression and an offset after it."""
        return left.span is not None and end is not None and "\n" in self._texts.get(left.span.file, "")[left.span.end : end]

    def is_grouped(self, e: Expr, within: Expr) -> bool:
        """Whether an operand stands in parentheses inside of the expression that it is an operand of."""
        if e.span is None or within.span is None or e.span.file != within.span.file:
            return False
        return self._texts.get(e.span.file, "")[within.span.start : e.span.start].rstrip().endswith("(")

    def dot_after(self, e: Expr) -> int | None:
        """Where the `.` is that follows an expression on the next line."""
        if e.span is None:
            return None
        found = _DOT.match(self._texts.get(e.span.file, ""), e.span.end)
        return None if found is None else found.end()

    def add(self, module: Module, source: Source) -> None:
        """Adds those of a module that was parsed from that text."""
        _Attaching(self, module, source).run()


NONE = Comments()
"""Nothing beyond the tree."""


class _Attaching:
    """Says of each comment of a file where it belongs. `nodes` stand on lines, in order; `blocks` says in which block each does."""

    def __init__(self, found: Comments, module: Module, source: Source) -> None:
        self.found = found
        self.module = module
        self.source = source
        pairs = sorted([p for p in _lines(module) if p[0].span is not None], key=lambda p: p[0].span.start)
        self.nodes = [n for n, _ in pairs]
        self.blocks = [block for _, block in pairs]
        self.starts = [n.span.start for n in self.nodes]
        self.tops = {place_of(n): self._line(n.span.start) for n in self.nodes}

    def run(self) -> None:
        """Attaches everything."""
        self.found._texts[self.module.file] = self.source.text
        documented = {place_of(n) for n in self.nodes if getattr(n, "doc", None) is not None}
        scanner = Scanner(self.source.text, self.module.file, lambda diagnostic: None)
        scanner.scan()
        for start, end in scanner.comments:
            self._attach(start, self.source.text[start:end].rstrip(), documented)
        self.found._blank |= {place for place, line in self.tops.items() if self._follows_blank(line)}
        for n in walk(self.module):
            if n.__class__ is Block and n.span is not None and self._before(n.span.start).strip():
                self.found._flat.add(place_of(n))
            elif n.__class__ in (If, IfLet) and n.span is not None and "\n" in self.source.text[n.span.start : n.span.end]:
                self.found._spread.add(n.span)

    def _attach(self, start: int, text: str, documented: set[tuple[int, int]]) -> None:
        at = bisect_right(self.starts, start) - 1
        if at >= 0 and self._is_beside(at, start):
            self.found._beside[place_of(self.nodes[at])] = text
            return
        inside = at >= 0 and start < self.nodes[at].span.end and not self._has_lines(at)
        last = None if inside else self._last_of_block(at, start)
        if last is not None:
            self.found._below.setdefault(place_of(last), []).append(self._own_line(start, text))
        elif not self.nodes:
            self.found.rest.append(self._own_line(start, text))
        else:
            place = place_of(self.nodes[at if inside else at + 1])
            self.tops[place] = min(self.tops[place], self._line(start))
            if not (text.startswith("##") and place in documented):
                self.found._above.setdefault(place, []).append(text)

    def _is_beside(self, at: int, start: int) -> bool:
        """Whether a comment stands at the end of a node, or of the header of one with lines of its own."""
        end = self.nodes[at].span.end
        if start >= end:
            return self._line(max(end - 1, 0)) == self._line(start)
        return self._has_lines(at) and bool(self._before(start).strip()) and not self._has_code(start, self.starts[at + 1])

    def _last_of_block(self, at: int, start: int) -> Node | None:
        """The last statement of the block at whose end a comment stands; None where one of the same block follows."""
        following = self.blocks[at + 1] if at + 1 < len(self.nodes) else None
        if at >= 0 and self._has_code(self.nodes[at].span.end, start):  # an `else`
            return None
        for i in range(at, -1, -1):
            n = self.nodes[i]
            if self.blocks[i] is following or n.span.end > start:
                return None
            starts_line = not self._before(n.span.start).strip()
            if starts_line and self._column(n.span.start) <= self._column(start):
                return n
        return None

    def _has_lines(self, at: int) -> bool:
        """Whether the next node is inside of this one."""
        return at + 1 < len(self.nodes) and self.starts[at + 1] < self.nodes[at].span.end

    # Places in the text

    def _has_code(self, start: int, end: int) -> bool:
        """Whether there is more than comments between two offsets."""
        lines = [line.strip() for line in self.source.text[start:end].splitlines()]
        return any([line and not line.startswith("#") for line in lines])

    def _line(self, offset: int) -> int:
        return self.source.position(offset)[0]

    def _column(self, offset: int) -> int:
        return self.source.position(offset)[1]

    def _before(self, offset: int) -> str:
        """What stands on the line before an offset."""
        return self.source.text[self.source.text.rfind("\n", 0, offset) + 1 : offset]

    def _follows_blank(self, line: int) -> bool:
        return line > 1 and not self.source.line(line - 1).strip()

    def _own_line(self, start: int, text: str) -> Lines:
        return Lines((text,), self._follows_blank(self._line(start)))


def place_of(n: Node) -> tuple[int, int]:
    """Where a node starts."""
    return (-1, -1) if n.span is None else (n.span.file, n.span.start)


def _lines(module: Module) -> Iterator[tuple[Node, Node]]:
    """The nodes that stand on lines of their own, each with what it stands in."""
    for n in walk(module):
        for line in lines_of(n):
            yield line, n


def lines_of(n: Node) -> tuple[Node, ...]:
    """What stands on lines of their own directly in a node."""
    kind = n.__class__
    if kind is Block:
        return n.body if n.result is None else (*n.body, n.result)
    if kind is Module:
        return n.body
    if kind is Match:
        return n.arms
    if kind in (StructDef, ClassDef):
        return (*n.fields, *n.methods)
    if kind is EnumDef:
        return (*n.variants, *n.methods)
    return n.methods if kind in (TraitDef, ImplDef) else ()

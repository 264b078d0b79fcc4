"""Which values no row of patterns covers, and which row covers nothing new (Maranget, "Warnings for pattern matching", 2007).

A matrix of patterns has a row for each arm and a column for each value looked at. Taking the first column apart by the
constructors in it gives smaller matrices. A column is complete when its constructors are all that the types they belong to
have; a dynamic value of any other type is the run-time error `no match arm for V`, not a missing case (LANGUAGE §6). The work is
bounded: where patterns are so many that it would take too long, nothing is found.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from kayton.ir.analyses.declarations import Declarations
from kayton.ir.builtins import ENUMS, VARIANTS, own_name
from kayton.ir.node import Node
from kayton.ir.resolved import EqualPattern, StructPattern, VariantPattern
from kayton.ir.surface import (
    AtPattern,
    BoolLit,
    IntLit,
    ListPattern,
    LiteralPattern,
    OrPattern,
    RangePattern,
    TuplePattern,
    UnitLit,
)

_SHOWN = 3
"""How many missing cases are named."""
_BUDGET = 400_000
"""Cells of matrices that are looked at for one match."""


class Con(NamedTuple):
    """A constructor: `family` is the type it belongs to, `key` which of its constructors it is."""

    family: str
    key: Any
    arity: int = 0


class Made(NamedTuple):
    """A pattern with a constructor at its head."""

    con: Con
    args: tuple = ()


class ListOf(NamedTuple):
    """A list pattern; `open` has a rest."""

    items: tuple
    open: bool


class AnyOf(NamedTuple):
    """An or-pattern."""

    alternatives: tuple


Shape = Made | ListOf | AnyOf | None
"""A pattern as far as coverage goes; None covers everything."""
Row = tuple[Shape, ...]


class TooMuch(Exception):
    """The patterns are too many to say."""


def shape_of(p: Node) -> Shape:
    """What a pattern covers."""
    if isinstance(p, VariantPattern):
        enum = p.variant.rpartition(".")[0]
        return Made(Con(f"enum {enum}", p.variant, len(p.args)), tuple([shape_of(a) for a in p.args]))
    if isinstance(p, StructPattern):
        return Made(Con(f"struct {p.type}", p.type, len(p.args)), tuple([shape_of(a) for a in p.args]))
    if isinstance(p, TuplePattern):
        return Made(Con(f"tuple {len(p.items)}", "tuple", len(p.items)), tuple([shape_of(i) for i in p.items]))
    if isinstance(p, ListPattern):
        return ListOf(tuple([shape_of(i) for i in p.items]), p.rest is not None)
    if isinstance(p, OrPattern):
        return AnyOf(tuple([shape_of(a) for a in p.alternatives]))
    if isinstance(p, AtPattern):
        return shape_of(p.pattern)
    if isinstance(p, LiteralPattern):
        return _literal(p)
    if isinstance(p, RangePattern):
        return Made(Con("range", _bounds(p) or p))
    return Made(Con("equal", p)) if isinstance(p, EqualPattern) else None


def _literal(p: LiteralPattern) -> Made:
    if isinstance(p.value, UnitLit):
        return Made(Con("tuple 0", "tuple"))
    value = getattr(p.value, "value", p)
    if isinstance(p.value, IntLit):
        return Made(Con("range", (value, value)))
    return Made(Con("bool" if isinstance(p.value, BoolLit) else p.value.__class__.__name__, value))


def _bounds(p: RangePattern) -> tuple[int, int] | None:
    if isinstance(p.lo, IntLit) and isinstance(p.hi, IntLit):
        return p.lo.value, p.hi.value - (not p.inclusive)
    return None


class Coverage:
    """Answers questions about the patterns of one match."""

    def __init__(self, declared: Declarations) -> None:
        self.declared = declared
        self._left = _BUDGET

    def missing(self, shapes: list[Shape]) -> list[str]:
        """Patterns that no row covers, a few; none if the rows cover everything. Raises TooMuch."""
        return [w[0] for w in self._witnesses([(s,) for s in shapes], 1)]

    def adds(self, before: Rows, shape: Shape, *, closed: bool) -> bool:
        """Whether `shape` covers what the rows before it do not; `closed`: the value's type is certain. Raises TooMuch."""
        if isinstance(shape, AnyOf):
            return any([self.adds(before, a, closed=closed) for a in shape.alternatives])
        rows = before.of(shape.con) if isinstance(shape, Made) else before.rows
        return self._useful(rows, (shape,), closed)

    def _spend(self, rows: list[Row]) -> None:
        self._left -= 1 + sum([len(row) for row in rows])
        if self._left < 0:
            raise TooMuch

    # ── the algorithms ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _witnesses(self, rows: list[Row], width: int) -> list[list[str]]:
        """Rows of patterns that `rows` of that width do not cover, at most one more than are shown."""
        if width == 0:
            return [] if rows else [[]]
        self._spend(rows)
        rows = _without_alternatives(rows)
        cons, absent = self._signature(rows)
        found: list[list[str]] = []
        if absent:
            for tail in self._witnesses(_rest_of_any(rows), width - 1)[:1]:
                found += [[name, *tail] for name in absent]
            return found[: _SHOWN + 1]
        by_con = Rows(rows)
        for con in cons:
            for w in self._witnesses(_specialised(by_con.of(con), con), con.arity + width - 1):
                found.append([_shown(con, w[: con.arity]), *w[con.arity :]])
            if len(found) > _SHOWN:
                break
        return found[: _SHOWN + 1]

    def _useful(self, rows: list[Row], row: Row, closed: bool) -> bool:
        """Whether `row` covers something that `rows` do not; `closed` speaks of the first column."""
        if not row:
            return not rows
        self._spend(rows)
        rows = _without_alternatives(rows)
        head, rest = row[0], row[1:]
        if isinstance(head, AnyOf):
            return any([self._useful(rows, (a, *rest), closed) for a in head.alternatives])
        if isinstance(head, Made):
            return self._useful(_specialised(rows, head.con), (*head.args, *rest), False)
        if isinstance(head, ListOf):
            cons = [c for c in _lengths([*rows, row]) if _args(head, c) is not None]
            return any([self._useful(_specialised(rows, c), (*_args(head, c), *rest), False) for c in cons])
        cons, absent = self._signature(rows)
        if absent or not closed:
            return self._useful(_rest_of_any(rows), rest, False)
        return any([self._useful(_specialised(rows, c), ((None,) * c.arity) + rest, False) for c in cons])

    def _signature(self, rows: list[Row]) -> tuple[list[Con], list[str]]:
        """Every constructor of the types in the first column, and those that are not in it as patterns: `_` where they cannot be
        listed."""
        heads = dict.fromkeys([row[0].con for row in rows if isinstance(row[0], Made)])
        cons = list(heads) + (_lengths(rows) if any(isinstance(row[0], ListOf) for row in rows) else [])
        if not cons:
            return [], ["_"]
        absent: list[str] = []
        for family in dict.fromkeys([c.family for c in heads]):
            absent += [_blank(c) for c in self._family(family) if c not in heads] if _listed(family) else ["_"]
        return cons, list(dict.fromkeys(absent))

    def _family(self, family: str) -> list[Con]:
        """All constructors of a type."""
        kind, _, path = family.partition(" ")
        if kind == "bool":
            return [Con(family, True), Con(family, False)]
        if kind != "enum":
            return []  # the only one is there
        if path in ENUMS:
            return [Con(family, f"{path}.{name}", VARIANTS[name][1]) for name in ENUMS[path]]
        return [Con(family, v, len(self.declared.fields(v) or ())) for v in self.declared.variants.get(path, ())]


def _listed(family: str) -> bool:
    return family == "bool" or family.startswith(("enum ", "struct ", "tuple "))


# ── matrices ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _without_alternatives(rows: list[Row]) -> list[Row]:
    """A row for each alternative in the first column."""
    out: list[Row] = []
    todo = list(reversed(rows))
    while todo:
        row = todo.pop()
        if isinstance(row[0], AnyOf):
            todo += [(a, *row[1:]) for a in reversed(row[0].alternatives)]
        else:
            out.append(row)
    return out


def _rest_of_any(rows: list[Row]) -> list[Row]:
    """The rows that cover every first value, without it."""
    return [row[1:] for row in rows if row[0] is None]


def _specialised(rows: list[Row], con: Con) -> list[Row]:
    """The rows that cover values of a constructor, with its fields as columns."""
    found = [(_args(row[0], con), row[1:]) for row in rows]
    return [(*args, *rest) for args, rest in found if args is not None]


class Rows:
    """The rows of a matrix, found by the constructor that they begin with."""

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self.rows: list[Row] = []
        self._exact: dict[Con, list[int]] = {}
        self._others: list[int] = []
        """Those that may cover values of several constructors."""
        for row in rows:
            self.add(row)

    def add(self, row: Row) -> None:
        """One more row; one for each alternative of an or-pattern that it begins with."""
        head = row[0]
        if isinstance(head, AnyOf):
            for alternative in head.alternatives:
                self.add((alternative, *row[1:]))
            return
        found = self._exact.setdefault(head.con, []) if isinstance(head, Made) and not _is_wide(head.con) else self._others
        found.append(len(self.rows))
        self.rows.append(row)

    def of(self, con: Con) -> list[Row]:
        """The rows that may cover values of a constructor, in order."""
        return [self.rows[i] for i in sorted([*self._exact.get(con, ()), *self._others])]


def _is_wide(con: Con) -> bool:
    """Whether it is a range of several numbers, in which others may lie."""
    return con.family == "range" and isinstance(con.key, tuple) and con.key[0] != con.key[1]


def _args(head: Shape, con: Con) -> tuple | None:
    """What a pattern says of the fields of values of a constructor; None if it covers none."""
    if head is None:
        return (None,) * con.arity
    if isinstance(head, ListOf):
        if con.family != "list" or len(head.items) > con.arity:
            return None
        fits = head.open or (len(head.items) == con.arity and con.key == con.arity)
        return (*head.items, *[None] * (con.arity - len(head.items))) if fits else None
    if head.con == con:
        return head.args
    within = head.con.family == con.family == "range" and isinstance(con.key, tuple) and isinstance(head.con.key, tuple)
    return () if within and head.con.key[0] <= con.key[0] and con.key[1] <= head.con.key[1] else None


def _lengths(rows: list[Row]) -> list[Con]:
    """The lists of each length that the first column tells apart, and all longer ones (`from`)."""
    lists = [row[0] for row in rows if isinstance(row[0], ListOf)]
    longest = max([len(p.items) + (not p.open) for p in lists])
    return [Con("list", n, n) for n in range(longest)] + [Con("list", "from", longest)]


# ── showing ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _blank(con: Con) -> str:
    return _shown(con, ["_"] * con.arity)


def _shown(con: Con, args: list[str]) -> str:
    """A constructor with patterns for its fields, as one would write it."""
    parts = ", ".join(args)
    kind = con.family.partition(" ")[0]
    if kind == "bool":
        return "true" if con.key else "false"
    if kind == "tuple":
        return f"({parts},)" if len(args) == 1 else f"({parts})"
    if kind == "list":
        return f"[{parts}{', ' if args else ''}..]" if con.key == "from" else f"[{parts}]"
    if kind in ("enum", "struct"):
        return f"{own_name(con.key)}({parts})" if args else own_name(con.key)
    return "_"

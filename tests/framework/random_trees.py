"""Random trees of any language, made from nothing but its field declarations."""

from __future__ import annotations

import types
import typing
from functools import cache
from typing import Any

import attrs
from hypothesis import strategies as st

from kayton.ir.language import Language
from kayton.ir.node import FieldSpec, Node, Span, fields_of, kind_name

NAMES = st.sampled_from(["x", "main.fib", "%it.3", "+", "<=", "true", "nan", "-1", "a=b", "@x", "1:2..3", "", "#00", "none"])
TEXTS = NAMES | st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
PLACES = st.none() | st.tuples(st.integers(0, 3), st.integers(0, 99), st.integers(0, 99)).map(lambda t: Span(*t))


def leaves(hint: Any) -> st.SearchStrategy:
    """Values of a leaf's annotation."""
    if isinstance(hint, types.UnionType):
        return st.one_of([leaves(option) for option in typing.get_args(hint)])
    if typing.get_origin(hint) is tuple:
        items = typing.get_args(hint)
        if items[-1] is Ellipsis:
            return st.lists(leaves(items[0]), max_size=3).map(tuple)
        return st.tuples(*[leaves(i) for i in items])
    if isinstance(hint, type) and issubclass(hint, tuple):
        return st.builds(hint, *[leaves(h) for h in typing.get_type_hints(hint).values()])
    plain = {str: TEXTS, int: st.integers(), float: st.floats(), bool: st.booleans(), bytes: st.binary(max_size=6)}
    return st.none() if hint is type(None) else plain[hint]


@cache
def heights(language: Language) -> dict[type[Node], int]:
    """How deep the least tree of each kind is; kinds of which there is no finite tree are missing."""
    found: dict[type[Node], int] = {}
    changed = True
    while changed:
        changed = False
        for kind in language.kinds:
            needed = [_least(language, s, found) for s in fields_of(kind) if s.shape == "one"]
            if None not in needed and found.get(kind, 10**6) > (height := 1 + max(needed, default=0)):
                found[kind] = height
                changed = True
    return found


def _least(language: Language, spec: FieldSpec, found: dict[type[Node], int]) -> int | None:
    return min((found[k] for k in language.allowed(spec.type) if k in found), default=None)


@st.composite
def trees(draw: st.DrawFn, language: Language, size: int = 40) -> Node:
    """A tree of the language with about `size` nodes at most, ids and spans included."""
    left = [size]
    counter = [0]

    def grow(kind: type[Node]) -> Node:
        left[0] -= 1
        values = [field(s) for s in fields_of(kind)]
        counter[0] += 1
        node_id = draw(st.sampled_from([None, f"main.f#{counter[0]}"]))
        return kind(*values, id=node_id, span=draw(PLACES))

    def field(spec: FieldSpec) -> Any:
        if spec.shape == "leaf":
            keep = spec.default is not attrs.NOTHING and draw(st.booleans())
            return spec.default if keep else draw(leaves(spec.type))
        if spec.shape == "one":
            return child(spec)
        possible = _least(language, spec, heights(language)) is not None and left[0] > 0
        if spec.shape == "optional":
            return child(spec) if possible and draw(st.booleans()) else None
        return tuple([child(spec) for _ in range(draw(st.integers(0, 3)) if possible else 0)])

    def child(spec: FieldSpec) -> Node:
        kinds = sorted((k for k in language.allowed(spec.type) if k in heights(language)), key=kind_name)
        if left[0] <= 0:
            kinds.sort(key=heights(language).__getitem__)
            kinds = kinds[:1]
        return grow(draw(st.sampled_from(kinds)))

    return grow(language.root)

"""One representation for what differs only in what is never there.

A `Circle(1.0)` that is never anything else is a `Shape[f64, never, never]`, beside the `Shape[f64, f64, f64]` of the rest of the program.
Where one of the program's types of that name includes all that such a type has, that one stands for it everywhere, so that values need not
be converted and functions need not be compiled twice. What is read from a part of such a value is converted back where it is more than
was found for it: the `Map[str, i64]` of a value that only ever had an empty map, to the `Map[never, never]` that what follows expects.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

from kayton.ir.constrained import Instance, Typing
from kayton.ir.node import replace
from kayton.ir.types import DYN, NEVER, App, Type, inside, is_user, mentions_dyn, read_type, rebuilt, text_of

Canon = Callable[[str], str]
"""The text of a type → that of the type which stands for it."""


def fits(a: Type, b: Type) -> bool:
    """Whether `b` is `a` with something more in the place of what is never there."""
    if a == b or a is NEVER:
        return True
    same = isinstance(a, App) and isinstance(b, App) and a.name == b.name and len(a.args) == len(b.args)
    return same and b is not DYN and all(map(fits, a.args, b.args))


def canonical(instances: Iterable[Instance]) -> Canon:
    """The function that gives the type which stands for a type."""
    met: dict[str, set[Type]] = {}
    for text in {text for i in instances for text in (*i.captures, *i.params, *i.outs, i.result, *[t.type for t in i.typings])}:
        for t in inside(read_type(text)):
            if isinstance(t, App) and is_user(t) and t.args:
                met.setdefault(t.name, set()).add(t)
    widest: dict[Type, Type] = {}
    for group in met.values():
        tops = [t for t in group if not mentions_dyn(t) and not any(t != u and fits(t, u) for u in group)]
        for t in group:
            above = [u for u in tops if fits(t, u)]
            if len(above) == 1:
                widest[t] = above[0]

    def canon(t: Type) -> Type:
        return rebuilt(widest.get(t, t), canon)

    return cache(lambda text: text_of(canon(read_type(text))))


def with_canonical_types(i: Instance, canon: Canon) -> Instance:
    """An instance in which the types are those that stand for them; its name stays."""
    found = [(t, canon(t.type)) for t in i.typings]
    typings = tuple([t if text == t.type else Typing(t.variable, text, t.why, id=t.id, span=t.span) for t, text in found])
    changed = {"captures": tuple(map(canon, i.captures)), "params": tuple(map(canon, i.params)), "outs": tuple(map(canon, i.outs))}
    return replace(i, **changed, result=canon(i.result), typings=typings)

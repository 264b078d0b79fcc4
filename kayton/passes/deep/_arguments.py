"""Arguments that are read before the call is made: those that cross boundaries, and those that look at what another argument lends.

    f(mut xs, xs.len())     =>   block [(bind %argument.0 (builtin List.len [xs]))] (direct f [(mut-arg xs) %argument.0])
    xs.extend(xs)           =>   the same

All are kept then, so that they are evaluated in order.
"""

from __future__ import annotations

from collections.abc import Sequence

from kayton.ir.core import Absent
from kayton.ir.node import Node, walk
from kayton.ir.resolved import Bind, FieldStep, Local, MutArg
from kayton.ir.surface import Expr
from kayton.ir.typed import LastUse
from kayton.ir.types import BOOL, NUMBERS, Fns, Object, Type
from kayton.passes.deep._lowering import Lowering


def kept(low: Lowering, n: Node, args: list[Expr | MutArg], types: Sequence[Type | None]) -> list[Bind]:
    """Statements that keep the arguments of the call `n` in variables, which then take their places."""
    first: list[Bind] = []
    for k, (a, t) in enumerate(zip(args, types, strict=True)):
        if t is not None and not isinstance(a, MutArg | Absent) and not isinstance(t, Fns):
            first.append(Bind(low.fresh("argument", t), a, span=a.span))
            args[k] = Local(first[-1].name, id=f"{n.id}~argument.{k}", span=a.span)
    return first


def read_before(low: Lowering, n: Node, args: list[Expr | MutArg], types: Sequence[Type | None]) -> list[Bind]:
    """As `kept`, if an argument looks at a variable that another one lends."""
    lent = _lent(low, args)
    return kept(low, n, args, types) if any([_mentions(a, lent) for a in args if not isinstance(a, MutArg)]) else []


def read_before_method(low: Lowering, n: Node, args: list[Expr | MutArg], types: Sequence[Type | None]) -> list[Bind]:
    """As `read_before`, for a built-in method: Rust lends its receiver only when the arguments have their values."""
    is_path = isinstance(args[0], MutArg) and all([isinstance(s, FieldStep) for s in args[0].place.steps]) if args else False
    lent = _lent(low, args)
    held = [a for a, t in zip(args, types, strict=True) if not isinstance(a, MutArg) and not (is_path and (t in NUMBERS or t == BOOL))]
    return kept(low, n, args, types) if any([_mentions(a, lent) for a in held]) else []


def _lent(low: Lowering, args: Sequence[Expr | MutArg]) -> set[str]:
    """The variables that arguments lend; an instance is not lent, only looked into."""
    roots = [a.place.root for a in args if isinstance(a, MutArg)]
    return {r.name for r in roots if isinstance(r, Local | LastUse) and not isinstance(low.type_of(r), Object)}


def _mentions(a: Node, names: set[str]) -> bool:
    return bool(names) and any([isinstance(n, Local | LastUse) and n.name in names for n in walk(a)])

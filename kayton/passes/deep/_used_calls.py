"""How calls use their arguments: as the parameters say, and for built-ins as the table here; see `_uses`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kayton.ir.core import Absent
from kayton.ir.lent import Borrow, Move, Share, root_of
from kayton.ir.mono import Apply, Builtin, Direct, Dispatch, Make, TypedParam
from kayton.ir.node import Node, replace, walk
from kayton.ir.resolved import Local, MutArg
from kayton.ir.surface import Assign, Expr
from kayton.ir.types import BOOL, F64, I64, read_type
from kayton.passes.deep._looked_at import PARTS, looked_into
from kayton.passes.deep._uses import REF, VALUE, Use, Uses
from kayton.passes.deep._used_values import changed, shown

_TAKES = """
    lr  str.+ str.starts_with str.ends_with str.contains str.find str.split
    lrr str.replace
    lvr str.pad_start str.pad_end
    rl  str.in List.in Map.in Set.in
    lr  List.+ List.extend List.contains List.index_of List.zip List.join
    lo  List.push List.sum List.product Range.sum Range.product
    lvo List.insert
    ov  List.repeat
    lf  List.map List.filter List.flat_map List.sorted_by_key List.sort_by_key List.any List.all List.count List.reduce List.sort_by
    lof List.fold Range.fold
    lf  Range.map Range.filter Range.flat_map Range.any Range.all Range.count Range.reduce
    lr  Map.[] Map.get Map.contains Map.remove Map.merge
    lro Map.get_or
    loo Map.put Map.insert
    loof Map.update
    lr  Set.contains Set.remove Set.union Set.intersection Set.difference Set.is_subset
    lo  Set.add
    o   Option.unwrap Result.unwrap drop
    or  Option.expect Result.expect
    oo  Option.unwrap_or Result.unwrap_or Option.ok_or
    of  Option.map Option.and_then Option.unwrap_or_else Result.map Result.map_err Result.and_then Result.unwrap_or_else
    lr  is std.text.Builder.push std.random.Rng.choice
    r   panic str std.env.var
    lr  assert
"""
"""Which arguments built-ins keep (o), look at through a reference (r), or call (f); others, and all of those that are not here, are looked at."""

_WAYS = {name: line.split()[0] for line in _TAKES.strip().splitlines() for name in line.split()[1:]}
_COMPARISONS = frozenset(("==", "!=", "<", "<=", ">", ">="))
_PRINTS = frozenset(("print", "eprint"))
_FOLDS = frozenset(("min", "max", "std.math.min", "std.math.max"))


def _builtin(w: Uses, e: Builtin) -> Use:
    if e.name in _PRINTS:
        return Use(replace(e, args=tuple([a if isinstance(a, Absent) else shown(w, a) for a in e.args])), VALUE)
    if e.name == "List.to_list":
        whole = w.use(e.args[0])
        return whole._replace(node=replace(e, args=(whole.node,)))
    ways = _ways(w, e)
    args, root, ends = [], "", False
    for k, a in enumerate(e.args):
        way = ways[k] if k < len(ways) else "l"
        if k == 0 and e.name in PARTS:
            found = w.use(a)
            args.append(found.node)
            root, ends = found.root, found.ends
        else:
            args.append(_ARGUMENTS[way](w, e, a))
    t = read_type(e.type)
    made = replace(e, args=_undisturbed(w, args))
    return Use(made, REF, root, ends) if e.name in PARTS and not w.is_copy(t) else w.fresh(made, t)


def _ways(w: Uses, e: Builtin) -> str:
    if e.name in _COMPARISONS:
        return "ll" if w.type_of(e.args[0]) in (I64, F64, BOOL) else "lr"
    return "o" * len(e.args) if e.name in _FOLDS else _WAYS.get(e.name, "")


def _argument(way: Callable[[Uses, Node], Expr]) -> Callable[[Uses, Builtin, Node], Node]:
    return lambda w, e, a: a if isinstance(a, Absent) else changed(w, a) if isinstance(a, MutArg) else way(w, a)


def _called(w: Uses, e: Builtin, f: Node) -> Expr:
    """A function that a built-in calls. Where it is made on the spot, the variables that it takes along are lent or shared for each call."""
    if not isinstance(f, Make):
        return w.lend(f)
    name = e.callbacks[0]
    parts = [_captured(w, name, p, c) for p, c in zip(w.program.called(name).captures, f.parts, strict=True)]
    return replace(f, parts=tuple(parts))


def _captured(w: Uses, fn: str, p: TypedParam, c: Node) -> Expr:
    if w.is_copy(read_type(p.type)):
        return w.look(c)
    return w.lend(c) if w.program.borrows(fn, p) else Share(w.look(c), span=c.span)


_ARGUMENTS: dict[str, Callable[[Uses, Builtin, Node], Node]] = {
    "l": _argument(Uses.look), "v": _argument(Uses.look), "r": _argument(Uses.lend), "o": _argument(Uses.own), "f": _called,
}


def _arguments(w: Uses, fns: Sequence[str], args: Sequence[Node], first: int = 0) -> tuple[Node, ...]:
    """The arguments of a call of one of these functions, from its parameter `first`: each is given away if one of them keeps it."""
    out = []
    for k, a in enumerate(args, first):
        kept = w.is_copy(w.types.type_of_argument(a)) or not all([w.program.borrows(name, w.program.called(name).params[k]) for name in fns])
        out.append(changed(w, a) if isinstance(a, MutArg) else w.own(a) if kept else w.lend(a))
    return _undisturbed(w, out)


def _undisturbed(w: Uses, args: Sequence[Node]) -> tuple[Node, ...]:
    """Arguments of which those are shared that look at a variable which a later one changes or gives away."""
    out = list(args)
    for k, a in enumerate(args[:-1]):
        looked = a.value if isinstance(a, Borrow) else a
        root = looked_into(looked)
        if root and not w.is_copy(w.types.variables[root]) and any(_disturbs(later, root) for later in args[k + 1 :]):
            shared = Share(looked, span=a.span)
            out[k] = Borrow(shared, span=a.span) if isinstance(a, Borrow) else shared
    return tuple(out)


def _disturbs(e: Node, name: str) -> bool:
    """Whether an argument, when it is evaluated, changes or gives away a variable; a place that is lent itself is none."""
    if isinstance(e, MutArg):
        return False
    changed = [n.target if isinstance(n, Assign) else n.place for n in walk(e) if isinstance(n, Assign | MutArg)]
    given_away = [root_of(n.value) for n in walk(e) if isinstance(n, Move)]
    return name in given_away or any(isinstance(p.root, Local) and p.root.name == name for p in changed)


def _direct(w: Uses, e: Direct) -> Use:
    return w.fresh(replace(e, args=_arguments(w, (e.fn,), e.args)), read_type(e.type))


def _apply(w: Uses, e: Apply) -> Use:
    callee = w.lend(e.callee)
    return w.fresh(replace(e, callee=callee, args=_arguments(w, e.fns, e.args)), read_type(e.type))


def _dispatch(w: Uses, e: Dispatch) -> Use:
    receiver, *rest = e.args
    first = changed(w, receiver) if isinstance(receiver, MutArg) else w.lend(receiver)
    return w.fresh(replace(e, args=(first, *_arguments(w, e.fns, rest, 1))), read_type(e.type))


CALLS = {Direct: _direct, Apply: _apply, Dispatch: _dispatch, Builtin: _builtin}
"""By kind, how a call uses its arguments."""

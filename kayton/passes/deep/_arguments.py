"""Arguments that are evaluated before the call is made: those that cross boundaries, and all where one lends what another may look at.

    f(mut xs, xs.len())     =>   block [(bind %argument.0 (builtin List.len [xs]))] (direct f [(mut-arg xs) %argument.0])
    xs.extend(xs)           =>   the same
    f(mut xs[i + 1], g())   =>   block [(bind %index.0 (prim add.i64 [i 1])) (bind %argument.1 (direct g []))] (direct f [(mut-arg xs[%index.0]) …])

All are kept then, so that they are evaluated in order; an element that is lent is looked for last, as on the VM.
"""

from __future__ import annotations

from collections.abc import Sequence

from kayton.ir.core import Absent, Concat, Format
from kayton.ir.mono import Apply, Builtin, Direct, Dispatch, Get, Make, Widen
from kayton.ir.node import Node, replace, walk
from kayton.ir.resolved import Bind, FieldStep, GlobalRef, IndexStep, Local, MutArg, Place
from kayton.ir.surface import Assign, Block, BoolLit, Expr, FloatLit, IntLit, StrLit, UnitLit
from kayton.ir.typed import LastUse, Prim
from kayton.ir.types import BOOL, I64, NUMBERS, Fns, Object, Type, read_type
from kayton.passes.deep._looked_at import with_lasting_operands
from kayton.passes.deep._lowering import Lowering, Refused

_MAY_FAIL = {f"{op}.i64" for op in ("add", "sub", "mul", "floordiv", "rem", "neg")}
_CONSTANTS = (IntLit, FloatLit, BoolLit, StrLit, UnitLit, Absent)


def kept(low: Lowering, n: Node, args: list[Expr | MutArg], types: Sequence[Type | None]) -> list[Bind]:
    """Statements that keep the arguments of the call `n`, and the indices of those that are lent, in variables, which then take their places."""
    first: list[Bind] = []
    stay = frozenset([a.name for a in args if isinstance(a, Local)])
    for k, (a, t) in enumerate(zip(args, types, strict=True)):
        if isinstance(a, MutArg):
            args[k] = replace(a, place=_with_kept_indices(low, with_kept_root(low, a.place, first), first))
        elif t is not None and not isinstance(t, Fns) and not _is_constant(a):
            args[k] = keep(low, "argument", t, with_lasting_operands(a, stay), first, f"{n.id}~argument.{k}")
    return first


def keep(low: Lowering, word: str, t: Type, value: Expr, first: list[Bind], name: str | None = None) -> Local:
    """A variable for a value; `first` gets the statement that binds it."""
    first.append(Bind(low.fresh(word, t), value, span=value.span))
    return Local(first[-1].name, id=name, span=value.span)


def with_kept_root(low: Lowering, p: Place, first: list[Bind]) -> Place:
    """The place, of which a variable is the root: what gives an instance is evaluated before all else. Raises Refused."""
    return p if _is_variable(p.root) else replace(p, root=keep(low, "root", _type_of_root(low, p.root), p.root, first))


def _type_of_root(low: Lowering, root: Expr) -> Type:
    while isinstance(root, Block) and root.result is not None:
        root = root.result
    if isinstance(root, Local | LastUse):
        return low.env[root.name]
    if not isinstance(root, Direct | Apply | Dispatch | Builtin | Get | Widen | Make):
        raise Refused(root, "KT0106", "changes a part of what is one of several things")
    return read_type(root.type)


def _is_variable(root: Expr) -> bool:
    return isinstance(root, Local | LastUse | GlobalRef)


def _with_kept_indices(low: Lowering, p: Place, first: list[Bind]) -> Place:
    if all(is_settled(s.index) for s in p.steps if isinstance(s, IndexStep)):
        return p
    t = low.env[p.root.name] if isinstance(p.root, Local | LastUse) else read_type(p.root.type)
    steps: list[Node] = []
    for s in p.steps:
        if isinstance(s, IndexStep) and not is_settled(s.index):
            s = replace(s, index=keep(low, "index", I64 if t.name == "List" else t.args[0], s.index, first, f"{s.index.id}~index"))
        steps.append(s)
        t = low.inside(t, s)
    return replace(p, steps=tuple(steps))


def read_before(low: Lowering, n: Node, args: list[Expr | MutArg], types: Sequence[Type | None]) -> list[Bind]:
    """As `kept`, if an argument looks at a variable that another one lends, or the order of what may fail would be another."""
    lent = _lent(low, args)
    needed = _is_looked_for(args) or any([_mentions(a, lent) for a in args if not isinstance(a, MutArg)])
    return kept(low, n, args, types) if needed else []


def read_before_method(low: Lowering, n: Node, args: list[Expr | MutArg], types: Sequence[Type | None]) -> list[Bind]:
    """As `read_before`, for a built-in method: Rust lends its receiver only when the arguments have their values."""
    is_path = isinstance(args[0], MutArg) and all([isinstance(s, FieldStep) for s in args[0].place.steps]) if args else False
    lent = _lent(low, args)
    held = [a for a, t in zip(args, types, strict=True) if not isinstance(a, MutArg) and not (is_path and (t in NUMBERS or t == BOOL) and not assigns(a))]
    return kept(low, n, args, types) if _is_looked_for(args) or any([_mentions(a, lent) for a in held]) else []


def shown_after(low: Lowering, n: Node, args: list[Expr | MutArg], types: Sequence[Type | None]) -> list[Bind]:
    """As `kept`, if showing one of these values runs code of the program, which may look at or do what a later one does."""
    needed = any([t is not None and low.world.shows_by_code(t) and not all(map(_stays, args[k + 1 :])) for k, t in enumerate(types)])
    return kept(low, n, args, types) if needed else []


def _stays(a: Node) -> bool:
    """Whether it is the same whatever code of the program does."""
    return isinstance(a, LastUse) or _is_constant(a)


def is_quiet(low: Lowering, source: Node, made: Node) -> bool:
    """Whether nobody can tell if a text, `source` in the program, is made or not."""
    if isinstance(source, Concat) and isinstance(made, Concat):
        return all([is_quiet(low, p, m) for p, m in zip(source.parts, made.parts, strict=True)])
    if isinstance(source, Format) and isinstance(made, Format):
        return is_quiet(low, source.value, made.value)
    return is_settled(made) and not low.world.shows_by_code(low.type_of(source))


def _is_looked_for(args: Sequence[Expr | MutArg]) -> bool:
    """Whether an element is lent whose index is computed, or that may be missing while another argument has yet to be evaluated; or a part of
    what an expression gives."""
    places = [a.place for a in args if isinstance(a, MutArg)]
    indices = [s.index for p in places for s in p.steps if isinstance(s, IndexStep)]
    return bool(indices or not all([_is_variable(p.root) for p in places])) and not all([is_settled(a) for a in (*indices, *args)])


def is_settled(a: Node) -> bool:
    """Whether evaluating it neither fails nor does anything, and gives the same a little later."""
    if isinstance(a, Get):
        return is_settled(a.value)
    if isinstance(a, Prim):
        return a.op not in _MAY_FAIL and all(map(is_settled, a.args))
    return isinstance(a, MutArg | LastUse) or _is_constant(a)


def assigns(a: Node) -> bool:
    """Whether evaluating it changes a variable."""
    return any(isinstance(n, Assign | MutArg) for n in walk(a))


def _is_constant(a: Node) -> bool:
    return isinstance(a, _CONSTANTS) or (isinstance(a, Local) and not a.mutable)


def _lent(low: Lowering, args: Sequence[Expr | MutArg]) -> set[str]:
    """The variables that arguments lend; an instance of which a part is changed is not lent, only looked into."""
    places = [a.place for a in args if isinstance(a, MutArg)]
    lent = [p.root for p in places if not p.steps or not isinstance(low.type_of(p.root), Object)]
    return {r.name for r in lent if isinstance(r, Local | LastUse)}


def _mentions(a: Node, names: set[str]) -> bool:
    return bool(names) and any([isinstance(n, Local | LastUse) and n.name in names for n in walk(a)])

"""The list functions on values with `Iterator` or `Iterable` (LANGUAGE §7), each the loop that it is.

    it.map(f)      =>   bind %sequence it; bind %f f; bind %out []; each x of %sequence: %out.push(apply %f [x]); %out
    it.take(n)     =>   … each x of %sequence: …; stops before it asks for an item too many, since there may be no end
    it.sum()       =>   … each x of %sequence: %total = %total + x
    xs.zip(it)     =>   xs.zip of the items in a list

Functions are called between the items, as on the VM.
"""

from __future__ import annotations

from collections.abc import Callable

from kayton.ir.mono import Apply, Builtin, Direct, Get, Make
from kayton.ir.node import Node, Span
from kayton.ir.resolved import Bind, IsVariant, Local, MutArg, Place
from kayton.ir.surface import Assign, Block, BoolLit, Break, Expr, If, IntLit, MethodCall, Stmt, StrLit, Unary
from kayton.ir.typed import Prim
from kayton.ir.types import BOOL, F64, I64, NEVER, NUMBERS, STR, App, Fns, Type, app, join, list_of, read_type
from kayton.passes.deep._dynamic_builtins import has_order
from kayton.passes.deep._lowering import Lowering, Refused
from kayton.passes.deep._walks import Walk, each, walk_of


class Traversal:
    """One such call: what has been written of it so far, and the values that it goes through."""

    def __init__(self, low: Lowering, n: MethodCall, receiver: Expr, t: Type) -> None:
        self.low, self.n, self.span = low, n, n.span
        self.result = low.known(n, low.type_of(n))
        self.lines: list[Stmt] = []
        self.walk = walk_of(low, n, n.receiver, self.kept("sequence", t, receiver), t)
        self.item = Local(low.fresh("item", self.walk.item), span=n.span)
        self.args = [self.kept("given", low.type_of(a.value), low.value(a.value)) for a in n.args]
        self.types = [low.type_of(a.value) for a in n.args]

    def kept(self, word: str, t: Type, value: Expr, *, mutable: bool = False) -> Local:
        """A new variable with this value."""
        name = self.low.fresh(word, t)
        self.lines.append(Bind(name, value, mutable, span=self.span))
        return Local(name, mutable, span=self.span)

    def called(self, k: int, wanted: list[Type], gives: Type, *args: Expr) -> Expr:
        """A call of the function that is argument `k`, which takes values of just these types."""
        t = self.types[k]
        fns = [i for c in t.callees for i in self.low.callees(self.n, c.fn)] if isinstance(t, Fns) else []
        if len(fns) != 1 or self.low.takes(self.n, fns[0]) != wanted or read_type(fns[0].result) != gives:
            raise Refused(self.n, "KT0103", f"the built-in method {self.n.name} of {self.walk.type} with such a function")
        return Apply(self.args[k], (fns[0].name,), args, fns[0].result, span=self.span)

    def goes(self, *body: Stmt) -> None:
        """Goes through the items."""
        self.lines.append(each(self.low, self.walk, self.item.name, Block(body, span=self.span), self.span))

    def grown(self, t: Type, first: Expr, more: Callable[[Expr], Expr]) -> tuple[Local, Expr]:
        """An Option of what comes of the items, `first` of the first and `more` of what there is so far and each other; and what is in it."""
        s, some = self.span, app("Option", t)
        total = self.kept("total", some, Make(str(some), (), "Option.None", span=s), mutable=True)
        so_far = Get(total, 0, str(t), "Option.Some", span=s)
        next_ = [Block((self.set(total, Make(str(some), (v,), "Option.Some", span=s)),), span=s) for v in (more(so_far), first)]
        self.goes(If(IsVariant(total, "Option.Some", span=s), *next_, span=s))
        return total, so_far

    def gives(self, value: Expr) -> Expr:
        """All that was written, with this value."""
        return Block(tuple(self.lines), value, span=self.span)

    def set(self, variable: Local, value: Expr) -> Stmt:
        """An assignment."""
        return Assign(Place(variable, span=self.span), value, span=self.span)

    def put(self, into: Local, name: str, value: Expr) -> Stmt:
        """What a list method puts into a list."""
        return Builtin(name, (MutArg(Place(into, span=self.span), span=self.span), value), "()", span=self.span)

    def empty(self, t: Type) -> Local:
        """A variable with an empty list of this type."""
        return self.kept("made", t, Make(str(t), (), span=self.span), mutable=True)


def listed(low: Lowering, site: Node, at: Node, value: Expr, t: Type, items: Type | None = None) -> Expr:
    """The items of a value in a list, as values of type `items`, which includes theirs. Raises Refused."""
    if isinstance(t, App) and t.name == "List" and items in (None, t.args[0]):
        return value
    walk = walk_of(low, site, site, value, t)
    wanted = items or walk.item
    if join(walk.item, wanted) != wanted:
        raise Refused(at, "KT0108", f"a {walk.item} where a {wanted} is wanted")
    lines, made = _collected(low, walk, wanted, at.span)
    return Block(lines, made, span=at.span)


def _collected(low: Lowering, walk: Walk, items: Type, s: Span | None) -> tuple[tuple[Stmt, ...], Local]:
    """Statements that put what is gone through into a list, as values of type `items`, and the list."""
    made, item = Local(low.fresh("made", list_of(items)), True, span=s), low.fresh("item", walk.item)
    push = Builtin("List.push", (MutArg(Place(made, span=s), span=s), low.widened(Local(item, span=s), walk.item, items)), "()", span=s)
    return (Bind(made.name, Make(str(list_of(items)), (), span=s), True, span=s), each(low, walk, item, Block((push,), span=s), s)), made


def sequence_method(low: Lowering, n: MethodCall, receiver: Expr, t: Type) -> Expr:
    """A list function on a value of a user's type. Raises Refused where it has no such form."""
    write = _METHODS.get(n.name)
    if write is None or any(a.name for a in n.args):
        raise Refused(n, "KT0103", f"the built-in method {n.name} of {t}")
    return write(Traversal(low, n, receiver, t))


def _map(q: Traversal) -> Expr:
    out = q.empty(q.result)
    q.goes(q.put(out, "List.push", q.called(0, [q.walk.item], q.result.args[0], q.item)))
    return q.gives(out)


def _flat_map(q: Traversal) -> Expr:
    out = q.empty(q.result)
    q.goes(q.put(out, "List.extend", q.called(0, [q.walk.item], q.result, q.item)))
    return q.gives(out)


def _filter(q: Traversal) -> Expr:
    out = q.empty(q.result)
    test = q.called(0, [q.walk.item], BOOL, q.item)
    q.goes(If(test, Block((q.put(out, "List.push", q.item),), span=q.span), span=q.span))
    return q.gives(out)


def _fold(q: Traversal) -> Expr:
    if q.types[0] != q.result:
        raise Refused(q.n, "KT0103", f"the built-in method fold of {q.walk.type} from a value of another type")
    total = q.kept("total", q.result, q.args[0], mutable=True)
    q.goes(q.set(total, q.called(1, [q.result, q.walk.item], q.result, total, q.item)))
    return q.gives(total)


def _reduce(q: Traversal) -> Expr:
    item = q.walk.item
    if q.result != app("Option", item):
        raise Refused(q.n, "KT0103", f"the built-in method reduce of {q.walk.type} to another type")
    return q.gives(q.grown(item, q.item, lambda so_far: q.called(0, [item] * 2, item, so_far, q.item))[0])


def _found(wanted: bool) -> Callable[[Traversal], Expr]:
    def write(q: Traversal) -> Expr:
        s = q.span
        found = q.kept("found", BOOL, BoolLit(not wanted, span=s), mutable=True)
        test = q.called(0, [q.walk.item], BOOL, q.item)
        stop = Block((q.set(found, BoolLit(wanted, span=s)), Break(span=s)), span=s)
        q.goes(If(test if wanted else Unary("not", test, span=s), stop, span=s))
        return q.gives(found)

    return write


def _count(q: Traversal) -> Expr:
    s = q.span
    total = q.kept("total", I64, IntLit(0, span=s), mutable=True)
    more = q.set(total, Prim("add.i64", (total, IntLit(1, span=s)), span=s))
    q.goes(If(q.called(0, [q.walk.item], BOOL, q.item), Block((more,), span=s), span=s))
    return q.gives(total)


def _take(q: Traversal) -> Expr:
    s = q.span
    out = q.empty(q.result)
    # The empty list refuses the counts that the list of items would refuse.
    q.lines.append(Builtin("drop", (Builtin("List.take", (out, q.args[0]), str(q.result), span=s),), "()", span=s))
    full = Prim("ge.i64", (Builtin("List.len", (out,), "i64", span=s), q.args[0]), span=s)
    stop = If(full, Block((Break(span=s),), span=s), span=s)
    walk = Block((q.put(out, "List.push", q.item), stop), span=s)
    loop = each(q.low, q.walk, q.item.name, walk, s)
    q.lines.append(If(Prim("gt.i64", (q.args[0], IntLit(0, span=s)), span=s), Block((loop,), span=s), span=s))
    return q.gives(out)


def _of_list(q: Traversal) -> Expr:
    """A function that calls nothing between the items."""
    of = list_of(q.walk.item)
    if not has_order(f"List.{q.n.name}", of, q.types, q.low.is_ordered):
        raise Refused(q.n, "KT0108", f"{q.n.name} of what has no order")
    lines, out = _collected(q.low, q.walk, q.walk.item, q.span)
    q.lines += lines
    return q.gives(out if q.n.name == "to_list" else Builtin(f"List.{q.n.name}", (out, *q.args), str(q.result), span=q.span))


def total(q: Traversal) -> Expr:
    """`sum` and `product`: from the start or the first item, by `+` or `*`."""
    s, t = q.span, q.result
    if q.args:
        sum_ = q.kept("total", t, _as(q, q.args[0], q.types[0], t), mutable=True)
        q.goes(*() if q.walk.item is NEVER else (q.set(sum_, _with(q, sum_, q.item)),))
        return q.gives(sum_)
    sum_, so_far = q.grown(t, _as(q, q.item, q.walk.item, t), lambda so_far: _with(q, so_far, q.item))
    none = Builtin("panic", (StrLit(f"{q.n.name} of an empty list", span=s),), "never", span=s)
    return q.gives(If(IsVariant(sum_, "Option.Some", span=s), so_far, none, span=s))


def _as(q: Traversal, value: Expr, own: Type, t: Type) -> Expr:
    if own == t:
        return value
    if own not in NUMBERS and join(own, t) == t:
        return q.low.widened(value, own, t)
    if (own, t) != (I64, F64):
        raise Refused(q.n, "KT0103", f"the built-in method {q.n.name} that makes {t} of {own}")
    return Prim("to.f64", (value,), span=q.span)


def _with(q: Traversal, so_far: Expr, item: Expr) -> Expr:
    """The next total."""
    t, is_sum = q.result, q.n.name == "sum"
    if t in NUMBERS:
        return Prim(f"{'add' if is_sum else 'mul'}.{t}", (so_far, _as(q, item, q.walk.item, t)), span=q.span)
    if is_sum and q.walk.item == t and (t == STR or (isinstance(t, App) and t.name == "List")):
        return Builtin("str.+" if t == STR else "List.+", (so_far, item), str(t), span=q.span)
    hook = q.low.world.hook(t, "Add.add" if is_sum else "Mul.mul")
    called = q.low.callees(q.n, hook) if hook else []
    if len(called) != 1 or q.low.takes(q.n, called[0]) != [t, q.walk.item] or read_type(called[0].result) != t:
        raise Refused(q.n, "KT0103", f"the built-in method {q.n.name} of {q.walk.type}")
    return Direct(called[0].name, (so_far, item), called[0].result, span=q.span)


def _zip(q: Traversal) -> Expr:
    right = q.types[0]
    if not isinstance(right, App) or right.name != "List":
        raise Refused(q.n, "KT0103", f"the built-in method zip of {q.walk.type} and {right}")
    out, s = q.empty(q.result), q.span
    at = q.kept("place", I64, IntLit(0, span=s), mutable=True)
    there = Builtin("List.[]", (q.args[0], at), str(right.args[0]), span=s)
    pair = Make(str(q.result.args[0]), (q.item, there), span=s)
    end = If(Prim("ge.i64", (at, Builtin("List.len", (q.args[0],), "i64", span=s)), span=s), Block((Break(span=s),), span=s), span=s)
    q.goes(end, q.put(out, "List.push", pair), q.set(at, Prim("add.i64", (at, IntLit(1, span=s)), span=s)))
    return q.gives(out)


_METHODS: dict[str, Callable[[Traversal], Expr]] = {
    "map": _map, "filter": _filter, "flat_map": _flat_map, "fold": _fold, "reduce": _reduce, "any": _found(True), "all": _found(False),
    "count": _count, "take": _take, "zip": _zip, "sum": total, "product": total, **dict.fromkeys(("min", "max", "enumerate", "skip", "to_list"), _of_list),
}

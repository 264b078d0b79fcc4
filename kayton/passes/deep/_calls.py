"""The rules of calls: of known functions, of function values, of methods and built-ins, and of hooks behind operators.

`mut` arguments are copied out: what a callee's parameter holds when it returns joins `<call>.after<n>`, where n is the argument's place
(-1: the receiver), from which a further demand stores it into the caller's variable.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kayton.ir.builtins import native_called
from kayton.ir.constrained import Demand
from kayton.ir.native_types import NativeType, function_type, method_type, receiver_variables
from kayton.ir.types import (
    ABSENT,
    DYN,
    I64,
    NEVER,
    RANGE,
    STR,
    App,
    Callee,
    Fns,
    Type,
    app,
    inside,
    is_user,
    join,
    join_all,
    list_of,
    members,
    shown,
)
from kayton.passes.deep._forms import Matcher
from kayton.passes.deep._solver import Inst, Solver

_SEQUENCES = {"List": 0, "Set": 0, "Map": 0}


def call(s: Solver, i: Inst, d: Demand) -> Type:
    """A call of a known function, one argument for each parameter."""
    return called_with(s, i, d, d.detail, [i.type_of(v) for v in d.sources], first=0)


def called_with(s: Solver, i: Inst, d: Demand, fn: str, args: Sequence[Type], first: int, captures: tuple[Type, ...] = ()) -> Type:
    """The result of a call with one argument for each parameter; `first` is the argument number of parameter 0."""
    made = s.call(i, site_of(d), fn, args, captures)
    if made is None:
        return NEVER
    for n, p in enumerate(s.world.functions[fn].params):
        if p.mutable:
            after(i, d, n + first, made.type_of(p.name))
    return made.result


def after(i: Inst, d: Demand, argument: int, t: Type) -> None:
    """What a `mut` argument holds after the call."""
    name = f"{site_of(d)}.after{argument}"
    i.env[name] = join(i.type_of(name), t)


def site_of(d: Demand) -> str:
    """The place that demands it."""
    return (d.id or "").partition("~constrain.")[0] if "~constrain." in (d.id or "") else d.target


def call_hook(s: Solver, i: Inst, d: Demand, receiver: Type, hook: str, *args: Type, self_after: bool = False) -> Type:
    """What the user's implementation of a well-known trait's method gives; with `self_after` what `self` holds afterwards."""
    fn = s.world.hook(receiver, hook)
    made = s.call(i, site_of(d), fn, (receiver, *args)) if fn else None
    if made is None:
        return NEVER
    return made.type_of(s.world.functions[fn].params[0].name) if self_after else made.result


def needs(s: Solver, i: Inst, d: Demand, trait: str, *types: Type) -> None:
    """An operation may call the trait's method of any user's type inside these types (printing, comparing, sorting)."""
    hook = {"Show": "Show.show", "Eq": "Eq.eq", "Ord": "Ord.cmp"}[trait]
    for t in types:
        for p in inside(t):  # class instances are not looked into
            if p is DYN:
                for hooks in s.world.hooks.values():
                    if hook in hooks:
                        s.unknown_call(hooks[hook])
            elif s.world.hook(p, hook):
                call_hook(s, i, d, p, hook, *(() if trait == "Show" else (p,)))


# ── function values ────────────────────────────────────────────────────────────────────────────────────────────────────


def apply(s: Solver, i: Inst, d: Demand) -> Type:
    """A call of a function value."""
    callee, *args = [i.type_of(v) for v in d.sources]
    names = d.detail.split()
    return NEVER if callee is NEVER else applied(s, i, d, callee, args, names)


def applied(s: Solver, i: Inst, d: Demand, callee: Type, args: Sequence[Type], names: Sequence[str] = ()) -> Type:
    """The result of calling any of the functions that a value may be."""
    if callee is DYN:
        for a in args:
            s.escape(a)
        for n, _ in enumerate(args):
            after(i, d, n, DYN)
        return DYN
    if callee.__class__ is not Fns:
        i.failures[d.id or ""] = f"cannot call {shown(callee)}"
        return NEVER
    return join_all([_applied(s, i, d, c, list(args), list(names)) for c in callee.callees])


def _applied(s: Solver, i: Inst, d: Demand, callee: Callee, args: list[Type], names: list[str]) -> Type:
    if callee.fn not in s.world.functions:
        return native_result(s, i, d, callee.fn, args)
    placed = bound(s, callee.fn, args, names)
    if placed is None:
        i.failures[d.id or ""] = f"{callee.fn} cannot be called with {len(args)} arguments"
        return NEVER
    return called_with(s, i, d, callee.fn, placed, 0, callee.captures)


def bound(s: Solver, fn: str, args: Sequence[Type], names: Sequence[str]) -> list[Type] | None:
    """One type for each parameter, `absent` where an argument was left out; None where they do not fit."""
    params = s.world.functions[fn].params
    found: dict[str, Type] = {}
    for n, t in enumerate(args):
        name = names[n] if n < len(names) and names[n] != "_" else params[n].keyword if n < len(params) else None
        if name is None or name in found:
            return None
        found[name] = t
    placed = [found.pop(p.keyword, ABSENT if p.optional else NEVER) for p in params]
    missing = any(t is NEVER and not p.optional and NEVER not in args for t, p in zip(placed, params, strict=True))
    return None if found or missing else placed


# ── iteration ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def iterated(s: Solver, i: Inst, d: Demand, t: Type) -> Type:
    """What `for` binds for each item of a value (LANGUAGE §4)."""
    return join_all([_items(s, i, d, m) for m in members(t)])


def _items(s: Solver, i: Inst, d: Demand, t: Type) -> Type:
    if t in (NEVER, DYN):
        return t
    if s.world.hook(t, "Iterator.next"):
        return _next_items(s, i, d, t)
    if s.world.hook(t, "Iterable.iter"):
        return iterated(s, i, d, call_hook(s, i, d, t, "Iterable.iter"))
    if t.__class__ is App and t.name in _SEQUENCES:
        return t.args[0]
    return I64 if t == RANGE else STR if t == STR else NEVER


def _next_items(s: Solver, i: Inst, d: Demand, t: Type) -> Type:
    """An iterator's items; it changes itself, so its type may grow until it stays the same."""
    found = NEVER
    while True:
        given = call_hook(s, i, d, t, "Iterator.next")
        found = join(found, given.args[0] if given.__class__ is App and given.name == "Option" else given)
        grown = join(t, call_hook(s, i, d, t, "Iterator.next", self_after=True))
        if grown == t:
            return found
        t = grown


# ── methods ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def method(s: Solver, i: Inst, d: Demand) -> Type:
    """A method call: whichever function it is for each type that the receiver may have."""
    receiver, *args = [i.type_of(v) for v in d.sources]
    name, *names = d.detail.split()
    if receiver is NEVER:
        return NEVER
    return join_all([_method(s, i, d, m, name, args, names) for m in members(receiver)])


def _method(s: Solver, i: Inst, d: Demand, t: Type, name: str, args: list[Type], names: list[str]) -> Type:
    if t is DYN:
        return _unknown_method(s, i, d, name, args)
    fn = s.world.method(t, name)
    if fn is not None:
        placed = bound(s, fn, [t, *args], ["_", *names])
        return NEVER if placed is None else called_with(s, i, d, fn, placed, -1)
    if name == "with" and is_user(t) and t.__class__ is App:
        return _with(s, t, args, names)
    return _native_method(s, i, d, t, name, args)


def _unknown_method(s: Solver, i: Inst, d: Demand, name: str, args: list[Type]) -> Type:
    for methods in s.world.methods.values():
        if name in methods:
            s.unknown_call(methods[name])
    for n, a in enumerate(args):
        s.escape(a)
        after(i, d, n, DYN)
    after(i, d, -1, DYN)
    return DYN


def _with(s: Solver, t: App, args: list[Type], names: list[str]) -> Type:
    """`p.with(x=3.0)`: the struct with some fields changed."""
    changed = dict(zip(names, args, strict=False))
    fields = s.world.types[t.name].fields
    return app(t.name, *[s.world.crossed(changed.get(f.name, a), f.guard) for f, a in zip(fields, t.args, strict=True)])


def _native_method(s: Solver, i: Inst, d: Demand, t: Type, name: str, args: list[Type]) -> Type:
    owner = s.world.owner(t)
    signature = method_type(owner, name)
    variables = dict(zip(receiver_variables(owner), t.args if t.__class__ is App else (), strict=False))
    if signature is None and is_user(t) and (signature := method_type("sequence", name)) is not None:
        variables = {"T": iterated(s, i, d, t)}
    special = _SPECIAL.get(name)
    if special is not None and (signature is None):
        return special(s, i, d, t, args)
    if signature is None:
        i.failures[d.id or ""] = f"no method {name} on {shown(t)}"
        return NEVER
    return _matched(s, i, d, signature, t, variables, args)


def _matched(s: Solver, i: Inst, d: Demand, signature: NativeType, t: Type, variables: dict[str, Type], args: Sequence[Type]) -> Type:
    m = Matcher(variables, lambda f, given: applied(s, i, d, f, given), lambda x: iterated(s, i, d, x))
    m.arguments(signature.params, args)
    if signature.changes:
        changed = app(t.name, *[m.variables[v] for v in receiver_variables(t.name)]) if t.__class__ is App and t.args else t
        after(i, d, -1, changed)
    for n, a in enumerate(args):
        after(i, d, n, a)  # `shuffle(mut xs)` changes the order only
    if signature.needs:
        needs(s, i, d, signature.needs, t, *m.variables.values(), *args)
    return m.result(signature.result)


def _total(op: str) -> Callable[[Solver, Inst, Demand, Type, list[Type]], Type]:
    """`sum` and `product`: the start, or else the first item, and what adding items to it (multiplying it with them) gives."""
    return lambda s, i, d, t, args: _totalled(s, i, d, op, t, args)


def _totalled(s: Solver, i: Inst, d: Demand, op: str, t: Type, args: list[Type]) -> Type:
    from kayton.passes.deep._rules import operator

    item = iterated(s, i, d, t)
    total = args[0] if args and args[0] != ABSENT else item
    while NEVER not in (total, item):
        grown = join_all([total, *[operator(s, i, d, op, a, b) for a in members(total) for b in members(item)]])
        if grown == total:
            break
        total = grown
    return total


def _flatten(s: Solver, i: Inst, d: Demand, t: Type, args: list[Type]) -> Type:
    return list_of(iterated(s, i, d, iterated(s, i, d, t)))


def _flat_map(s: Solver, i: Inst, d: Demand, t: Type, args: list[Type]) -> Type:
    given = applied(s, i, d, args[0], [iterated(s, i, d, t)]) if args and args[0] is not NEVER else NEVER
    return list_of(iterated(s, i, d, given))


_SPECIAL: dict[str, Callable[[Solver, Inst, Demand, Type, list[Type]], Type]] = {
    "sum": _total("+"), "product": _total("*"), "flatten": _flatten, "flat_map": _flat_map,
}


# ── built-in functions ─────────────────────────────────────────────────────────────────────────────────────────────────


def native(s: Solver, i: Inst, d: Demand) -> Type:
    """A call of a built-in function."""
    return native_result(s, i, d, d.detail, [i.type_of(v) for v in d.sources])


def native_result(s: Solver, i: Inst, d: Demand, name: str, args: Sequence[Type]) -> Type:
    """What a built-in function gives."""
    if NEVER in args:
        return NEVER
    signature = function_type(name)
    if signature is not None:
        return _matched(s, i, d, signature, NEVER, {}, args)
    if name.rpartition(".")[2] in ("min", "max"):
        needs(s, i, d, "Ord", *args)
        return join_all([a for a in args if a != ABSENT])
    if name == "std.math.pow":
        return I64 if all(a == I64 for a in args) else DYN if DYN in args else App("f64")
    if native_called(name) is None:  # a plugin's: the host knows what it gives
        for a in args:
            s.escape(a)
        return DYN
    raise KeyError(name)

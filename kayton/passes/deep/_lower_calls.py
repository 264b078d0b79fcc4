"""Lowering calls of functions, function values, methods and built-ins; see `_lowering`."""

from __future__ import annotations

from collections.abc import Sequence

from kayton.ir.builtins import own_name
from kayton.ir.constrained import Instance
from kayton.ir.core import Absent
from kayton.ir.mono import Apply, Builtin, Direct, Dispatch, Get, Make
from kayton.ir.native_types import function_type, method_type
from kayton.ir.node import Node, unplaced
from kayton.ir.resolved import Bind, CallFn, CallNative, CallValue, Cast, Local, MakeClosure, MutArg, Place
from kayton.ir.surface import Arg, Block, Expr, IntLit, MethodCall, StrLit
from kayton.ir.typed import LastUse, Prim
from kayton.ir.types import ABSENT, DYN, F64, I64, NEVER, RANGE, STR, App, Fns, Object, Type, Union, argument, is_user, join, list_of, members, path_of, read_type
from kayton.passes.deep._arguments import assigns, is_quiet, is_settled, keep, kept, read_before, read_before_method, shown_after
from kayton.passes.deep._builtin_takes import kind, takes, takes_function
from kayton.passes.deep._dynamic_builtins import has_order, is_ordered, works
from kayton.passes.deep._lower_places import place
from kayton.passes.deep._lower_sequences import Traversal, listed, sequence_method, total
from kayton.passes.deep._lowering import Lowering, Refused, Rule, guards_of
from kayton.passes.rust._builtins import BUILTINS


def only(low: Lowering, n: Node, fn: str = "") -> Instance:
    """The one instance that a place calls."""
    found = low.callees(n, fn)
    if len(found) != 1:
        raise Refused(n, "KT0109", "calls one of several functions" if found else "a call that inference did not reach")
    return found[0]


def _argument(low: Lowering, n: Node, wanted: Type, mutable: bool) -> Expr | MutArg:
    """An argument for a parameter of type `wanted`."""
    source = n.place if isinstance(n, MutArg) else n
    if not mutable:
        return low.to(source, wanted)
    if not isinstance(source, Place):
        if not isinstance(wanted, Object | Union):
            raise Refused(n, "KT0106", "changes a value that is in no place")
        return MutArg(Place(low.to(source, wanted), frozen=True, span=n.span), span=n.span)
    target, t = place(low, source)
    if t != wanted:
        raise Refused(n, "KT0104", f"a place of type {t} for a mut parameter of type {wanted}")
    return MutArg(target, span=n.span)


def direct(low: Lowering, n: Node, called: Instance, given: Sequence[Node | None]) -> Expr:
    """A call with these arguments in parameter order; those that are left out are None."""
    made: list[Expr | MutArg] = []
    types: list[Type] = []
    checked: dict[int, tuple[str, str]] = {}
    fn, outs = low.world.functions[called.fn], iter(called.outs)
    guards = guards_of(fn)
    for a, text, p in zip(given, called.params, fn.params, strict=True):
        wanted = read_type(next(outs)) if p.mutable else read_type(text)
        if p.name in guards and not p.mutable and wanted != ABSENT:
            held = next((t.type for t in called.typings if t.variable == p.name), "never")
            if held == "never":
                raise Refused(n, "KT0110", f"expects {guards[p.name]} of a value that is {wanted}")
            if wanted is DYN:
                checked[len(made)] = (guards[p.name], held)
        if wanted != ABSENT and a is not None:
            made.append(_argument(low, a, wanted, p.mutable))
            types.append(wanted)
    first = kept(low, n, made, types) if checked else read_before(low, n, made, types)
    for k, (guard, held) in checked.items():
        made[k] = low.at_run_time(made[k], Cast(Local("%value", span=made[k].span), guard, span=made[k].span), read_type(held))
    call = low.found(n, Direct(called.name, tuple(made), called.result, span=n.span))
    return Block(tuple(first), call, span=n.span) if first else call


def _call(low: Lowering, n: CallFn) -> Expr:
    return direct(low, n, only(low, n), n.args)


def _apply(low: Lowering, n: CallValue) -> Expr:
    t = low.known(n.callee, low.type_of(n.callee))
    if not isinstance(t, Fns):
        raise Refused(n, "KT0108", f"a call of {t}")
    called = [only(low, n, c.fn) for c in t.callees]
    wanted = low.takes(n, called[0])
    if any([read_type(text) for text in c.params] != wanted or c.result != called[0].result for c in called):
        raise Refused(n, "KT0109", "a call of one of several functions that differ in type")
    values = [a.value if isinstance(a, Arg) else a for a in n.args]
    if any(isinstance(v, Place) for v in values) or any(isinstance(a, Arg) and a.name for a in n.args) or len(values) != len(wanted):
        raise Refused(n, "KT0104", "a mut or named argument for a function value")
    args = tuple([low.to(v, w) for v, w in zip(values, wanted, strict=True)])
    return low.found(n, Apply(low.value(n.callee), tuple([c.name for c in called]), args, called[0].result, span=n.span))


def _method(low: Lowering, n: MethodCall) -> Expr:
    t = low.known(n.receiver, low.type_of(n.receiver))
    if t is NEVER:
        raise Refused(n, "KT0108", f"the method {n.name} of a value that is never there")
    if len(members(t)) > 1:
        return _dispatch(low, n, t)
    fn = low.world.method(t, n.name)
    if fn is not None:
        return _own_method(low, n, fn)
    if n.name == "with" and is_user(t) and isinstance(t, App):
        return _with(low, n, t)
    if is_user(t):
        return sequence_method(low, n, low.value(_rooted(n.receiver)), t)
    return _native_method(low, n, t)


def _own_method(low: Lowering, n: MethodCall, fn: str) -> Expr:
    called = only(low, n, fn)
    params = low.world.functions[fn].params
    given: dict[str, Node] = {params[0].keyword: n.receiver}
    for k, a in enumerate(n.args):
        given[a.name or params[k + 1].keyword] = a.value
    return direct(low, n, called, [given.get(p.keyword) for p in params])


def _dispatch(low: Lowering, n: MethodCall, t: Type) -> Expr:
    """A method of a value that is one of several types: the method of each."""
    called: list[Instance] = []
    for m in members(t):
        fn = low.world.method(m, n.name)
        found = [i for i in low.callees(n, fn or "") if fn and i.params[0] == str(m)]
        if len(found) != 1:
            raise Refused(n, "KT0109", f"the method {n.name} of {m}, one of several types")
        called.append(found[0])
    first = called[0]
    changes = [bool(low.world.functions[c.fn].params[0].mutable) for c in called]
    outs = [c.outs[changed:] for c, changed in zip(called, changes, strict=True)]
    if any(c.params[1:] != first.params[1:] or c.result != first.result or o != outs[0] for c, o in zip(called, outs, strict=True)):
        raise Refused(n, "KT0109", f"the method {n.name}, which differs in type between the members of {t}")
    if any(changed and c.outs[0] != c.params[0] for c, changed in zip(called, changes, strict=True)):
        raise Refused(n, "KT0109", f"the method {n.name}, which makes another type of some members of {t}")
    receiver = _argument(low, n.receiver, t, True) if any(changes) else low.value(_rooted(n.receiver))
    for c in called:
        low.takes(n, c)
    params = low.world.functions[first.fn].params
    given = {a.name or params[k + 1].keyword: a.value for k, a in enumerate(n.args)}
    rest = [(n, *_typed_argument(low, given.get(p.keyword), text, p.mutable)) for p, text in zip(params[1:], first.params[1:], strict=True)]
    args = [receiver, *[a for _, present, a in rest if present]]
    types = [None, *[read_type(text) for text in first.params[1:] if text != "absent"]]
    before = read_before(low, n, args, types[: len(args)])
    made = Dispatch(tuple([c.name for c in called]), tuple(args), first.result, span=n.span)
    return Block(tuple(before), made, span=n.span) if before else made


def _typed_argument(low: Lowering, given: Node | None, text: str, mutable: bool) -> tuple[bool, Expr | MutArg | None]:
    if given is None or text == "absent":
        return False, None
    return True, _argument(low, given, read_type(text), mutable)


def _with(low: Lowering, n: MethodCall, t: App) -> Expr:
    """`p.with(x=1)`: a new struct with the other fields of the old one."""
    made = low.known(n, low.type_of(n))
    fields = {f.name: k for k, f in enumerate(low.world.types[path_of(t)].fields)}
    given = {a.name: low.to_field(a.value, argument(made, fields[a.name])) for a in n.args}
    first: list[Bind] = []
    old = low.value(_rooted(n.receiver))
    if not isinstance(old, Local | LastUse) or any(map(assigns, given.values())):
        old = keep(low, "old", t, old, first)
    if not all(map(is_settled, given.values())):
        given = {name: keep(low, "field", argument(made, fields[name]), e, first) for name, e in given.items()}
    parts = [given.get(name) or _old_field(low, n, old.name, k, argument(t, k), argument(made, k)) for name, k in fields.items()]
    whole = Make(str(made), tuple(parts), span=n.span)
    return Block(tuple(first), whole, span=n.span) if first else whole


def _old_field(low: Lowering, n: Node, old: str, k: int, own: Type, t: Type) -> Expr:
    if join(own, t) != t:
        raise Refused(n, "KT0108", f"a {own} where a {t} is wanted")
    return low.widened(Get(Local(old, span=n.span), k, str(own), span=n.span), own, t)


def _native_method(low: Lowering, n: MethodCall, t: Type) -> Expr:
    signature = method_type(low.world.owner(t), n.name)
    if any(a.name for a in n.args) or not isinstance(t, App):
        raise Refused(n, "KT0103", f"named arguments of the built-in method {n.name}")
    receiver: Expr | MutArg
    if signature is not None and signature.changes:
        target, t = place(low, n.receiver) if isinstance(n.receiver, Place) else _refused_place(n)
        receiver = MutArg(target, span=n.receiver.span)
    else:
        receiver = low.value(_rooted(n.receiver))
        if n.name in ("sum", "product") and low.type_of(n) not in (DYN, NEVER) and not _are_numbers(low, n, t):
            return total(Traversal(low, n, receiver, t))
        if t == RANGE and f"Range.{n.name}" not in BUILTINS:
            return _of_range(low, n, receiver)
    return _builtin(low, n, f"{t.name}.{n.name}", t, receiver, [a.value for a in n.args])


def _of_range(low: Lowering, n: MethodCall, receiver: Expr) -> Expr:
    """A list function of a range that ranges have no shorter way for."""
    if n.name == "contains" and low.type_of(n.args[0].value) == I64:
        return Builtin("Range.in", (low.value(n.args[0].value), receiver), "bool", span=n.span)
    if n.name == "is_empty":
        return Prim("eq.i64", (Builtin("Range.len", (receiver,), "i64", span=n.span), IntLit(0, span=n.span)), span=n.span)
    items = Builtin("Range.to_list", (receiver,), str(list_of(I64)), span=n.span)
    return _builtin(low, n, f"List.{n.name}", list_of(I64), items, [a.value for a in n.args])


def _are_numbers(low: Lowering, n: MethodCall, t: App) -> bool:
    """Whether items and start of a `sum` or `product` are numbers of one type."""
    return {I64 if t == RANGE else t.args[0], *[low.type_of(a.value) for a in n.args]} in ({I64}, {F64})


def _rooted(receiver: Node) -> Node:
    return receiver.root if isinstance(receiver, Place) and not receiver.steps else receiver


def _refused_place(n: MethodCall):
    raise Refused(n, "KT0106", f"{n.name} changes what is no place")


def _builtin(low: Lowering, n: Node, name: str, receiver_type: Type | None, receiver: Expr | MutArg | None, values: Sequence[Node]) -> Expr:
    """A call of a built-in; each function among its arguments must be one known definition."""
    result = low.type_of(n)
    _check_builtin(low, n, name, receiver_type, receiver, values)
    receiver, receiver_type = _holding(low, name, receiver_type, receiver, result)
    callbacks: list[str] = []
    args: list[Expr | MutArg] = [] if receiver is None else [receiver]
    held: list[Type | None] = [None] * len(args)
    """What each argument is as it is given."""
    wanted = dict.fromkeys(range(len(values)), low.known(n, result)) if name in _OF_ONE_TYPE else _wanted(name, receiver_type, result)
    for k, v in enumerate(values):
        t = _given_type(low, v)
        if isinstance(t, Fns):
            callbacks.append(_callback(low, n, name, k, v, receiver_type, receiver).name)
        held.append(F64 if kind(name, k) == "f" and t == I64 else wanted.get(k, t))
        args.append(_builtin_argument(low, n, name, k, v, wanted.get(k, t), receiver_type))
    if name == "assert" and not is_quiet(low, values[1], args[1]):  # Rust makes the message only if it is told
        first = kept(low, n, args, held)
    else:
        first = shown_after(low, n, args, held) if name in _SHOW else read_before_method(low, n, args, held)
    made = Builtin(name, tuple(args), str(result), tuple(callbacks), span=n.span)
    return Block(tuple(first), made, span=n.span) if first else made


def _holding(low: Lowering, name: str, t: Type | None, receiver: Expr | MutArg | None, result: Type) -> tuple[Expr | MutArg | None, Type | None]:
    """The receiver of a built-in that gives what is inside or else something of another type: an Option or Result of all that it may give."""
    if name.rpartition(".")[2] not in ("unwrap_or", "unwrap_or_else") or not isinstance(t, App) or result in (NEVER, t.args[0]):
        return receiver, t
    wide = App(t.name, (result, *t.args[1:]))
    return low.widened(receiver, t, wide), wide


def _given_type(low: Lowering, v: Node) -> Type:
    return ABSENT if v.__class__ is Absent else low.type_of(v)


def _check_builtin(low: Lowering, n: Node, name: str, receiver_type: Type | None, receiver: Node | None, values: Sequence[Node]) -> None:
    """Raises Refused where a built-in is not compiled for these types, or is certain to fail."""
    if name not in BUILTINS and receiver is not None:
        raise Refused(n, "KT0103", f"the built-in method {name}")
    types = [_given_type(low, v) for v in values]
    if not works(name, receiver_type, types):
        raise Refused(n, "KT0101", f"{name} of what is known only at run time")
    if not has_order(name, receiver_type, types, low.is_ordered):
        raise Refused(n, "KT0108", f"{name} of what has no order")
    signature = method_type(*name.split(".")) if receiver is not None and name.count(".") == 1 else None
    if signature is not None and len([t for t in types if t != ABSENT]) > len(signature.params):
        raise Refused(n, "KT0108", f"{len(types)} arguments of {name}")
    if name in ("print", "eprint") and any([t not in (ABSENT, STR) for t in types[-2:]]):
        raise Refused(n, "KT0108", f"{name} with what is no text between or after the values")
    if name == "List.join" and receiver_type != list_of(STR):
        raise Refused(n, "KT0108", f"join of a {receiver_type}")
    for k, (v, t) in enumerate(zip(values, types, strict=True)):
        if t != ABSENT and not takes(name, k, t):
            raise Refused(v, "KT0108", f"a {t} given to {name}")


def _builtin_argument(low: Lowering, n: Node, name: str, k: int, v: Node, wanted: Type, receiver_type: Type | None) -> Expr | MutArg:
    if isinstance(v, Place):
        return MutArg(place(low, v)[0], span=v.span)
    if v.__class__ is Absent:
        return unplaced(v)
    t = low.type_of(v)
    if kind(name, k) == "f" and t == I64:
        return low.number(v, F64)
    if name in _TAKE_SEQUENCES:
        return listed(low, n, v, low.value(v), t, receiver_type.args[0] if name == "List.extend" else None)
    return low.to(v, wanted)


def _callback(low: Lowering, n: Node, name: str, k: int, v: Node, receiver_type: Type | None, receiver: Node | None) -> Instance:
    """The definition that a function among the arguments is."""
    t = low.type_of(v)
    if len(t.callees) != 1:
        raise Refused(v, "KT0109", "a function value that is one of several")
    called = only(low, n, t.callees[0].fn)
    low.takes(v, called)
    if not takes_function(name, k, called):
        raise Refused(v, "KT0108", f"a function that gives a {called.result}, given to {name}")
    if called.name not in low.exact.get(n.id or "", set()):
        raise Refused(v, "KT0109", "a function that is called with narrower types than it is made for")
    _check_callback(low, v, called, name, low.type_of(n), receiver_type, receiver)
    return called


_SHOW = frozenset(("print", "eprint"))
"""What shows its arguments, after all have their values."""
_TAKE_SEQUENCES = frozenset(("List.extend", "List.zip"))
"""What takes whatever `for` accepts."""


def _check_callback(
    low: Lowering, f: Node, called: Instance, name: str, result: Type, receiver_type: Type | None, receiver: Expr | MutArg | None,
) -> None:
    """Raises Refused where a function gives less than the built-in makes of it, or has captured what the built-in changes."""
    gives = read_type(called.result)
    owner, _, method = name.rpartition(".")
    given = {
        "fold": result, "and_then": result, "unwrap_or_else": result, "reduce": result, "map": result, "map_err": result,
    }.get(method)
    if isinstance(given, App) and method in ("reduce", "map"):
        given = given.args[0]
    elif isinstance(given, App) and method == "map_err":
        given = given.args[1]
    if gives is NEVER or (method.endswith("_by_key") and not is_ordered(gives, low.is_ordered)):
        raise Refused(f, "KT0108", f"{owner}.{method} with a function that gives {gives}")
    if method == "and_then" and owner == "Result" and isinstance(gives, App) and gives.args[1:] != receiver_type.args[1:]:
        raise Refused(f, "KT0109", f"a function that gives {gives} for Result.and_then of {receiver_type}")
    if given is not None and gives != given:
        raise Refused(f, "KT0109", f"a function that gives {gives} for {owner}.{method}, which makes {given} of it")
    root = receiver.place.root if isinstance(receiver, MutArg) else None
    if isinstance(f, MakeClosure) and any([isinstance(c, Local | LastUse) and c.name == getattr(root, "name", "") for c in f.captures]):
        raise Refused(f, "KT0109", "a closure over what the built-in changes")


def _wanted(name: str, t: Type | None, result: Type) -> dict[int, Type]:
    """The types that a collection's own methods want: what is put into a List[T] is a T."""
    if name.endswith(".fold"):
        return {0: result}
    if not isinstance(t, App) or not t.args:
        return {}
    item = t.args[0]
    return {
        "List.push": {0: item}, "List.insert": {1: item}, "List.contains": {0: item}, "List.index_of": {0: item}, "List.extend": {},
        **{f"Set.{n}": {0: t} for n in ("union", "intersection", "difference", "is_subset")}, "Map.merge": {0: t},
        "Set.add": {0: item}, "Set.contains": {0: item}, "Set.remove": {0: item},
        "Map.insert": {0: item, 1: t.args[-1]}, "Map.get": {0: item}, "Map.contains": {0: item}, "Map.remove": {0: item},
        "Map.get_or": {0: item, 1: t.args[-1]}, "Map.update": {0: item, 1: t.args[-1]},
        "Option.unwrap_or": {0: item}, "Result.unwrap_or": {0: item},
    }.get(name, {})


_OF_ONE_TYPE = frozenset(("min", "max", "std.math.min", "std.math.max"))
"""Functions whose arguments and result have one type."""


def _native(low: Lowering, n: CallNative) -> Expr:
    if function_type(n.name) is None and n.name.rpartition(".")[2] not in ("min", "max", "pow"):
        raise Refused(n, "KT0103", f"the function {n.name} of a host")
    if n.name == "type_name" and len(n.args) == 1 and not isinstance(low.type_of(n.args[0]), Union) and low.type_of(n.args[0]) not in (DYN, NEVER):
        return _type_name(low, n.args[0])
    return _builtin(low, n, n.name, None, None, n.args)


def _type_name(low: Lowering, value: Expr) -> Expr:
    """The name of a type that is known; the value is computed all the same."""
    t = low.type_of(value)
    name = StrLit("fn" if isinstance(t, Fns) else own_name(path_of(t)), span=value.span)
    made = low.value(value)
    return name if is_settled(made) else Block((Builtin("drop", (made,), "()", span=value.span),), name, span=value.span)


CALLS: dict[type[Node], Rule] = {CallFn: _call, CallValue: _apply, MethodCall: _method, CallNative: _native}
"""By kind, how its value is lowered."""

"""The rules of demands: what each makes of the types of its sources. `_calls` has those of calls.

A rule gets the solver, the instance and the demand. It answers `never` as long as a source has no value, also where an
operation is certain to fail: nothing comes after it, and the failure is written down for a warning.
"""

from __future__ import annotations

from collections.abc import Callable

from kayton.ir.builtins import OPERATORS
from kayton.ir.constrained import Demand
from kayton.ir.guards import shown as guard_name
from kayton.ir.typed import PRIMS
from kayton.ir.types import (
    ABSENT,
    BOOL,
    DYN,
    F64,
    I64,
    NEVER,
    NUMBERS,
    RANGE,
    STR,
    UNIT,
    App,
    Object,
    Type,
    app,
    argument,
    function_of,
    is_user,
    join,
    join_all,
    list_of,
    members,
    option_of,
    path_of,
    shown,
    tuple_of,
)
from kayton.passes.deep._calls import apply, call, call_hook, iterated, method, native, needs
from kayton.passes.deep._parts import failed, field_of, item_at, part_of, path_of_app
from kayton.passes.deep._places import read, store
from kayton.passes.deep._solver import Inst, Solver

Rule = Callable[[Solver, Inst, Demand], Type]

_INT_OPS = frozenset({"+", "-", "*", "//", "%", "**", "&", "|", "^", "<<", ">>"})
_FLOAT_OPS = frozenset({"+", "-", "*", "/", "//", "%", "**"})
_SCALARS = frozenset({I64, F64, BOOL, STR})
_EQUALITIES, _ORDERS = frozenset({"==", "!="}), frozenset({"<", "<=", ">", ">="})


def _of_types(f: Callable[..., Type]) -> Rule:
    """A rule that only looks at the types of its sources, all of which must have a value."""

    def rule(s: Solver, i: Inst, d: Demand) -> Type:
        types = [i.type_of(v) for v in d.sources]
        return NEVER if NEVER in types else f(*types)

    return rule


def _type(s: Solver, i: Inst, d: Demand) -> Type:
    return app("Set", NEVER) if d.detail == "Set[never]" else App(d.detail)


def _same(s: Solver, i: Inst, d: Demand) -> Type:
    return join_all([i.type_of(v) for v in d.sources])


def _collection(name: str) -> Rule:
    return lambda s, i, d: app(name, join_all([i.type_of(v) for v in d.sources]))


def _map(s: Solver, i: Inst, d: Demand) -> Type:
    types = [i.type_of(v) for v in d.sources]
    return app("Map", join_all(types[::2]), join_all(types[1::2]))


# ── operators ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _binary(s: Solver, i: Inst, d: Demand) -> Type:
    left, right = [i.type_of(v) for v in d.sources]
    if NEVER in (left, right):
        return NEVER
    return join_all([operator(s, i, d, d.detail, a, b) for a in members(left) for b in members(right)])


def operator(s: Solver, i: Inst, d: Demand, op: str, left: Type, right: Type) -> Type:
    """What a binary operator gives (LANGUAGE §5)."""
    if op in _EQUALITIES:
        needs(s, i, d, "Eq", *dict.fromkeys((left, right, *_compared(left, right))))
        return BOOL
    if op == "in":
        needs(s, i, d, "Eq", left, right)
        return BOOL
    if op == "is":
        return BOOL
    if op in _ORDERS:
        needs(s, i, d, "Ord", left, right)
        apart = left in _SCALARS and right in _SCALARS and left != right and not {left, right} <= NUMBERS
        return failed(i, d, f"cannot compare {shown(left)} with {shown(right)}") if apart else BOOL
    found = _arithmetic(op, left, right)
    return _implemented(s, i, d, op, left, right) if found is None else found


def _compared(left: Type, right: Type) -> tuple[Type, ...]:
    """What two values of one constructor are compared as."""
    return (join(left, right),) if path_of_app(left) == path_of_app(right) else ()


def _arithmetic(op: str, left: Type, right: Type) -> Type | None:
    if left == right == I64:
        return I64 if op in _INT_OPS else F64 if op == "/" else None
    if left in NUMBERS and right in NUMBERS:
        return F64 if op in _FLOAT_OPS else None
    if op == "+" and left == right == STR:
        return STR
    if op == "+" and path_of_app(left) == path_of_app(right) == "List":
        return join(left, right)
    return None


def _implemented(s: Solver, i: Inst, d: Demand, op: str, left: Type, right: Type) -> Type:
    trait = OPERATORS.get(op, "")
    hook = next((h for h in s.world.hooks.get(s.world.owner(left), {}) if h.startswith(f"{trait}.")), None) if trait else None
    if hook is not None:
        return call_hook(s, i, d, left, hook, right)
    if left is DYN:
        for owner, hooks in s.world.hooks.items():
            for known, fn in hooks.items():
                if trait and known.startswith(f"{trait}."):
                    s.unknown_call(fn)
        s.escape(right)
        return DYN
    if right is DYN:
        return DYN
    return failed(i, d, f"cannot apply {op} to {shown(left)} and {shown(right)}")


def _unary(s: Solver, i: Inst, d: Demand) -> Type:
    value = i.type_of(d.sources[0])
    if d.detail == "not":
        return BOOL if value is not NEVER else NEVER
    if value is NEVER or value == I64 or (value == F64 and d.detail == "-"):
        return value
    if s.world.hook(value, "Neg.neg"):
        return call_hook(s, i, d, value, "Neg.neg")
    return DYN if value is DYN else failed(i, d, f"cannot apply {d.detail} to {shown(value)}")


# ── parts ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _field(s: Solver, i: Inst, d: Demand) -> Type:
    value = i.type_of(d.sources[0])
    found = join_all([field_of(s, i, m, d.detail) for m in members(value)])
    if found is DYN and value.__class__ is Object and (why := s.cell_why.get(value.cell(d.detail))):
        i.why.setdefault(d.target, f"the field {d.detail} of every {shown(value)} is {why}")
    if found is NEVER and value is not NEVER and all(s.world.field(m, d.detail) is None for m in members(value)):
        return failed(i, d, f"no field {d.detail} on {shown(value)}")
    return found


def _index(s: Solver, i: Inst, d: Demand) -> Type:
    value, index = [i.type_of(v) for v in d.sources]
    return NEVER if NEVER in (value, index) else join_all([item_at(s, i, d, m, index) for m in members(value)])


def _slice(s: Solver, i: Inst, d: Demand) -> Type:
    value, *bounds = [i.type_of(v) for v in d.sources]
    return join_all([_slice_of(s, i, d, m, len(bounds) == 2) for m in members(value)])


def _slice_of(s: Solver, i: Inst, d: Demand, t: Type, bounded: bool) -> Type:
    """What a slice gives: with both bounds an `Index` of the program, too, for which it is an index that is a range."""
    if t in (NEVER, STR) or path_of_app(t) == "List":
        return t
    return item_at(s, i, d, t, RANGE) if t is DYN or (bounded and s.world.hook(t, "Index.get")) else failed(i, d, f"cannot slice {shown(t)}")


def _slot(s: Solver, i: Inst, d: Demand) -> Type:
    """A part of a value that a test has shown to be a variant, a struct, a tuple or a list."""
    shown, _, index = d.detail.rpartition("#")
    return join_all([_slot_of(s, i, m, shown, int(index)) for m in members(i.type_of(d.sources[0]))])


def _slot_of(s: Solver, i: Inst, t: Type, shown: str, index: int) -> Type:
    if t in (NEVER, DYN):
        return t
    variant = s.world.variants.get(shown)
    if variant is not None:
        return argument(t, variant.first + index) if s.world.owner(t) == variant.enum else NEVER
    if path_of_app(t) in ("tuple", "List"):
        return t.args[index if t.name == "tuple" else 0] if t.name == "List" or index < len(t.args) else NEVER
    if is_user(t) and shown in ("", path_of(t)):
        return s.read_field(i, t, s.world.types[t.path].fields[index].name) if t.__class__ is Object else argument(t, index)
    return NEVER


# ── making ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _construct(s: Solver, i: Inst, d: Demand) -> Type:
    types = [i.type_of(v) for v in d.sources]
    if NEVER in types:
        return NEVER
    declared = s.world.types[d.detail]
    if declared.kind == "class":
        made = Object(d.detail, s.kinds.of(declared, d.id or "", types))
        for f, t in zip(declared.fields, types, strict=True):
            s.write_field(made, f.name, t)
        return made
    return app(d.detail, *types)


def _variant(s: Solver, i: Inst, d: Demand) -> Type:
    types = [i.type_of(v) for v in d.sources]
    variant = s.world.variants[d.detail]
    if NEVER in types:
        return NEVER
    if variant.enum in ("Option", "Result"):
        args = [NEVER] * (1 if variant.enum == "Option" else 2)
    else:
        args = [NEVER] * len(s.world.guards(variant.enum))
    args[variant.first : variant.first + len(types)] = types
    return app(variant.enum, *args)


def _function(s: Solver, i: Inst, d: Demand) -> Type:
    types = tuple([i.type_of(v) for v in d.sources])
    return NEVER if NEVER in types else function_of(d.detail, types)


# ── boundaries, ?, defaults, globals ───────────────────────────────────────────────────────────────────────────────────


def _cast(s: Solver, i: Inst, d: Demand) -> Type:
    value = i.type_of(d.sources[0])
    found = s.world.crossed(value, d.detail)
    if found is NEVER and value is not NEVER:
        return failed(i, d, f"expected {guard_name(d.detail)}, found {shown(value)}")
    return found


def _success(s: Solver, i: Inst, d: Demand) -> Type:
    value = i.type_of(d.sources[0])
    if value in (NEVER, DYN):
        return value
    return value.args[0] if path_of_app(value) in ("Option", "Result") else failed(i, d, f"expected Option or Result, found {shown(value)}")


def _failure(s: Solver, i: Inst, d: Demand) -> Type:
    value = i.type_of(d.sources[0])
    if path_of_app(value) == "Result":
        return app("Result", NEVER, value.args[1])
    return option_of(NEVER) if path_of_app(value) == "Option" else value if value is DYN else NEVER


def _fill(s: Solver, i: Inst, d: Demand) -> Type:
    """A default's value counts where the argument was left out in this instance, or may have been."""
    names = [p.name for p in s.world.functions[i.fn].params]
    given = i.args[names.index(d.detail)]
    return i.type_of(d.sources[0]) if given in (ABSENT, DYN) else NEVER


def _set_global(s: Solver, i: Inst, d: Demand) -> Type:
    s.write(d.detail, i.type_of(d.sources[0]))
    return UNIT


# ── collections that grow, printing ────────────────────────────────────────────────────────────────────────────────────


def _append(s: Solver, i: Inst, d: Demand) -> Type:
    held, value = [i.type_of(v) for v in d.sources]
    return held if NEVER in (held, value) or held is DYN else app(held.name, join(held.args[0], value))


def _put(s: Solver, i: Inst, d: Demand) -> Type:
    held, key, value = [i.type_of(v) for v in d.sources]
    return held if NEVER in (held, key, value) or held is DYN else app("Map", join(held.args[0], key), join(held.args[1], value))


def _out(s: Solver, i: Inst, d: Demand) -> Type:
    return i.type_of(f"{d.sources[0]}.after{d.detail}")


def _shown(result: Type) -> Rule:
    def rule(s: Solver, i: Inst, d: Demand) -> Type:
        types = [i.type_of(v) for v in d.sources]
        needs(s, i, d, "Show", *types)
        return NEVER if NEVER in types else result

    return rule


RULES: dict[str, Rule] = {
    "type": _type, "same": _same, "list": _collection("List"), "set": _collection("Set"), "map": _map,
    "then": _of_types(lambda value, *before: value), "then-unit": _of_types(lambda *before: UNIT), "unit": _of_types(lambda *before: UNIT),
    "branches": lambda s, i, d: NEVER if i.type_of(d.sources[0]) is NEVER else join_all([i.type_of(v) for v in d.sources[1:]]),
    "maybe": lambda s, i, d: NEVER if i.type_of(d.sources[0]) is NEVER else UNIT,
    "tuple": _of_types(tuple_of), "repeat": _of_types(lambda value, count: list_of(value)), "range": _of_types(lambda *bounds: RANGE),
    "bool": lambda s, i, d: NEVER if i.type_of(d.sources[0]) is NEVER else BOOL,
    "prim": lambda s, i, d: NEVER if NEVER in [i.type_of(v) for v in d.sources] else App(PRIMS[d.detail].result), "binary": _binary, "unary": _unary, "shown": _shown(STR), "shown-never": _shown(NEVER),
    "field": _field, "index": _index, "slice": _slice, "slot": _slot,
    "construct": _construct, "variant": _variant, "function": _function,
    "part": lambda s, i, d: join_all([part_of(m, int(d.detail)) for m in members(i.type_of(d.sources[0]))]),
    "cast": _cast, "success": _success, "failure": _failure, "fill": _fill,
    "global": lambda s, i, d: s.read(i, d.detail), "set-global": _set_global,
    "item": lambda s, i, d: iterated(s, i, d, i.type_of(d.sources[0])),
    "read": read, "store": store, "append": _append, "put": _put, "out": _out,
    "call": call, "native": native, "apply": apply, "method": method,
}
"""By name, what a demand's rule makes of its sources."""

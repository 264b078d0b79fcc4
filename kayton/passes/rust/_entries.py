"""Compiled functions as bytecode calls them: with values of the VM, if these have the types that the function was compiled for.

    mono-fn "main.hot(i64)" [n: i64] i64 …    =>   extern "C" fn ktn_native__main_hot(call: &Entered) -> KayVal {
    mono-fn "main.hot(f64)" [n: f64] f64 …             if call.fits::<i64>(0) { return call.run(|caller| hot(call.take(0), caller)); }
                                                       if call.fits::<f64>(0) { return call.run(|caller| hot_2(call.take(0), caller)); }
                                                       KayVal::ABSENT
                                                   }

Only functions get one that some bytecode names and for which a call is worth the crossing; and only with types of which a value gets here in
a time that does not grow with it. No type becomes one that both sides share because of it, since compiled code would pay for that: containers that
only one side has are made anew, if they are short.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kayton.ir.mono import Holder, MonoFn, TypedParam
from kayton.ir.node import walk
from kayton.ir.paths import EXPRESSION
from kayton.ir.resolved import Fn, SetGlobal
from kayton.ir.types import DYN, NEVER, App, Fns, Knot, Object, Type, Union, inside, is_user, read_type
from kayton.passes.deep._density import is_worth_entering
from kayton.passes.deep._lowering import guards_of
from kayton.passes.rust._code import block
from kayton.passes.rust._types import Refused
from kayton.passes.rust._unit import Unit


def entries(unit: Unit, bytecode: Sequence[str]) -> dict[str, str]:
    """The entries of what these functions, which are bytecode, come to, and of values that they may get: by function, the Rust text."""
    versions: dict[str, list[MonoFn]] = {}
    for version in unit.functions.values():
        versions.setdefault(version.fn, []).append(version)
    values = [c.fn for t in unit.vm.crossed if isinstance(t, Fns) for c in t.callees]
    named = unit.vm.reached([*bytecode, *values]) if bytecode else ()
    made = {fn: _entry(unit, fn, [v for v in found if _can_enter(unit, v)]) for fn, found in versions.items() if fn in named}
    return {fn: text for fn, text in made.items() if text}


def _can_enter(unit: Unit, version: MonoFn) -> bool:
    """Whether bytecode may call this version of a function."""
    fn = unit.vm.functions[version.fn]
    if version.name in unit.refused or EXPRESSION in fn.name or fn.name.endswith(">") or any(isinstance(n, SetGlobal) for n in walk(version.body)):
        return False
    if _has_never(version):
        return False
    given = [read_type(p.type) for p in (*version.captures, *version.params)]
    if not all([_crosses(unit, t) for t in (*given, read_type(version.result))]):
        return False
    if any([_has_kinds(unit, p) for p in version.captures]) or any([_has_kinds(unit, p) and not _is_only(unit, fn, p) for p in version.params]):
        return False
    # Whoever gives a value of any type for such a parameter looks at it before the call.
    guards = guards_of(fn)
    return not any([p.name in guards and read_type(p.type) is DYN for p in version.params]) and is_worth_entering(version.body, unit.is_bytecode)


def _has_never(version: MonoFn) -> bool:
    """Whether it is for parts that are never there, which its parameters' types may not say: those of one definition are one type."""
    given = read_type(version.result)
    return re.search(r"\bnever\b", version.name.removeprefix(version.fn)) is not None or (given is not NEVER and NEVER in inside(given))


def _has_kinds(unit: Unit, p: TypedParam | Holder) -> bool:
    """Whether there are instances in a parameter of whose class there are several kinds, which are one type in bytecode."""
    return any([isinstance(t, Object) and t.kind for t in unit.types.within(read_type(p.type))])


def _crosses(unit: Unit, t: Type) -> bool:
    """Whether values cross: their instances are the VM's, and there is nothing of any depth that would be made anew."""
    if not unit.vm.crossing.crosses(t):
        return False
    try:
        unit.types.of(t)
        parts = unit.types.within(t)
    except Refused:
        return False
    return all([p in unit.types.boxed for p in parts if isinstance(p, Object) or (is_user(p) and any([isinstance(q, Knot) for q in inside(p)]))])


def _entry(unit: Unit, path: str, versions: list[MonoFn]) -> str:
    fn = unit.vm.functions[path]
    calls: dict[str, str] = {}
    for version in versions:
        calls.setdefault(" && ".join(_tests(unit, fn, version)), _run(unit, fn, version))
    if not calls:
        return ""
    for version in versions:
        unit.callee(version.name, None)
        for t in (version.result, *[p.type for p in (*version.captures, *version.params)]):
            unit.converts(read_type(t))
        for p in (*version.captures, *version.params):
            unit.vm.received |= unit.types.within(read_type(p.type))
    lines = [f"if {test} {block(f'return {run};')}" if test else f"return {run};" for test, run in calls.items()]
    end = [] if "" in calls else ["KayVal::ABSENT"]
    return f'#[no_mangle]\npub extern "C" fn {unit.vm.entry(path)}(call: &Entered) -> KayVal {block(*lines, *end)}'


def _tests(unit: Unit, fn: Fn, version: MonoFn) -> Iterator[str]:
    """What must hold for the arguments."""
    typed = {p.name.removeprefix("%in."): p for p in version.params}
    for k, p in enumerate(version.captures):
        if read_type(p.type) is not DYN:
            yield f"call.captured_fits::<{_rust(unit, p)}>({k})"
    for k, given in enumerate(fn.params):
        p = typed.get(given.name)
        if p is None:
            yield f"call.lacks({k})"
        elif read_type(p.type) is DYN and given.optional:
            yield f"!call.lacks({k})"
        elif read_type(p.type) is not DYN:
            yield f"call.{'is' if _is_known(unit, fn, p) else 'fits'}::<{_rust(unit, p)}>({k})"


def _is_known(unit: Unit, fn: Fn, p: TypedParam | Holder) -> bool:
    """Whether a parameter has parts, and it is known what they are."""
    t = read_type(p.type)
    return bool(isinstance(t, Union) or (isinstance(t, App) and t.args)) and _is_only(unit, fn, p)


def _is_only(unit: Unit, fn: Fn, p: TypedParam | Holder) -> bool:
    """Whether every call of the function in the program, compiled or not, gives the parameter a value of this type, if one."""
    name = p.name.removeprefix("%in.")
    called = [i for i in (*unit.functions.values(), *unit.boundaries.values()) if i.fn == fn.name]
    types = {q.type for i in called for q in i.params if q.name.removeprefix("%in.") == name}
    return not [other for other in types if other != p.type and NEVER not in inside(read_type(other))]


def _run(unit: Unit, fn: Fn, version: MonoFn) -> str:
    """The call, with the values that were given."""
    places = {p.name: k for k, p in enumerate(fn.params)}
    given, changed = [], []
    for k, p in enumerate(version.captures):
        given.append(_lent(unit, p, f"call.captured::<{_rust(unit, p)}>({k})"))
    for p in version.params:
        k = places[p.name.removeprefix("%in.")]
        given.append(f"p{k}" if p.mutable else _lent(unit, p, f"call.take::<{_rust(unit, p)}>({k})"))
        changed += [(k, p)] if p.mutable else []
    body = f"{unit.rust_name(version.name)}({', '.join([*given, 'caller'])})"
    for k, p in reversed(changed):
        body = f"call.change::<{_rust(unit, p)}, _>({k}, |p{k}| {body})"
    never = "::<rt::Never>" if read_type(version.result) is NEVER else ""
    return f"call.run{never}(|caller| {body})"


def _lent(unit: Unit, p: TypedParam | Holder, value: str) -> str:
    return f"&{value}" if unit.is_borrowed(p) else value


def _rust(unit: Unit, p: TypedParam | Holder) -> str:
    return unit.types.of(read_type(p.type))

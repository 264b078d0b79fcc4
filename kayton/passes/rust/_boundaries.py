"""Functions that stay bytecode, as compiled code calls them: with the types that inference found.

    refusal "main.parse(str)" [text: str] dyn         =>   fn parse(text: &Str, at: At) -> Dyn {
                                                               at.crossing(|| rt::lent([text.handle()], |[text]| ktn_user__main_parse(text)))
                                                           }
    outlined "main.f.<expression>3(dyn, i64)" …       =>   the same with `at.inside`: it is a part of the function that calls it

What such a function takes and gives must have a form on both sides; then its callers do not know that it is bytecode.
"""

from __future__ import annotations

from kayton.diagnostics.thunks import suggestion
from kayton.ir.mono import MonoFn, Outlined, Refusal, TypedParam
from kayton.ir.node import walk
from kayton.ir.resolved import SetGlobal
from kayton.ir.thunks import Thunk
from kayton.ir.types import NEVER, UNIT, Type, read_type
from kayton.passes.rust._code import block
from kayton.passes.rust._names import Names, variable
from kayton.passes.rust._types import Refused
from kayton.passes.rust._unit import Unit

Boundary = MonoFn | Refusal | Outlined


def stub(unit: Unit, item: Boundary) -> str:
    """The function with the types, whose body crosses. Raises Refused where something cannot."""
    fn = unit.vm.functions[item.fn]
    if any(isinstance(n, SetGlobal) for n in walk(fn.body)):
        raise Refused(item, "bytecode that sets a global")
    result = read_type(item.result)
    captured = getattr(item, "captures", ())
    for t in (result, *[read_type(p.type) for p in (*captured, *item.params)]):
        if not unit.crosses(t):
            raise Refused(item, f"a {t}, which does not cross to bytecode")
    names = Names()
    rust = {p.name: names.name(p.name, variable(p.name)) for p in (*captured, *item.params)}
    params = ", ".join([*[_parameter(unit, rust[p.name], p) for p in (*captured, *item.params)], "at: At"])
    closure = names.name("%closure", "closure") if captured else ""
    made = [f"rt::closure({unit.vm.constant(item.fn)}, &[{', '.join([f'{rust[p.name]}.handle()' for p in captured])}])"] if captured else []
    call = _call(item, [p.name for p in fn.params], rust, (unit.vm.stub(item.fn), closure, made))
    way = "inside" if isinstance(item, Outlined) else "crossing"
    body = f"at.{way}(|| {call})"
    head = f"fn {unit.rust_name(item.name)}({params}){_given_back(unit, result)}"
    return f"{head} {block(f'match {body} {{}}' if result is NEVER else body)}"


def _parameter(unit: Unit, name: str, p: TypedParam) -> str:
    t = read_type(p.type)
    kind = "&mut " if p.mutable else "&" if unit.is_borrowed(p) else ""
    return f"{name}: {kind}{unit.types.of(t)}"


def _given_back(unit: Unit, t: Type) -> str:
    return "" if t == UNIT else " -> !" if t is NEVER else f" -> {unit.types.of(t)}"


def _call(item: Boundary, params: list[str], rust: dict[str, str], callee: tuple[str, str, list[str]]) -> str:
    """The call of a stub, with the values lent to it, the closure that it is called on among them; arguments that were left out are
    absent."""
    stub_name, closure, made = callee
    typed = {p.name.removeprefix("%in."): p for p in item.params}
    changed = [rust[p.name] for p in item.params if p.mutable]
    lent = [rust[typed[n].name] for n in params if n in typed and not typed[n].mutable]
    first = [closure] if closure else []
    given = ", ".join([*first, *[rust[typed[n].name] if n in typed else "KayVal::ABSENT" for n in params]])
    values = f"[{', '.join([*made, *[f'{n}.handle()' for n in lent]])}]"
    names = f"[{', '.join([*first, *lent])}]"
    never = f"::<{len(first) + len(lent)}, rt::Never>" if item.result == "never" else ""
    call = f"rt::lent{never}({values}, |{names}| {stub_name}({given}))"
    for name in reversed(changed):
        call = f"rt::changed({name}, |{name}| {call})"
    return call


def thunk(unit: Unit, item: Boundary, refused: Refused | None) -> Thunk:
    """What the user is told about it."""
    fn = unit.vm.functions[item.fn]
    if isinstance(item, MonoFn):
        at = refused.node.span if refused and refused.node and refused.node.span else fn.span
        code, reason = "KT0120", refused.reason if refused else ""
    else:
        at, code, reason = item.span, item.code, item.reason
    return Thunk(fn.id, fn.name, code, reason, suggestion(code, reason), stub=unit.vm.stub(item.fn), id=f"{item.id}~thunk", span=at)

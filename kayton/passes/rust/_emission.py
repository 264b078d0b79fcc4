"""A whole program as Rust items: what its start reaches.

Functions are emitted in rounds: a function that cannot be written stays bytecode, as those do that were refused before, and classes whose
instances bytecode sees are written otherwise. The last round, which finds nothing new, is the result.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import attrs

from kayton.ir.mono import Builtin, MonoFn, Outlined, Refusal, TypedParam, callees
from kayton.ir.node import Span, walk
from kayton.ir.resolved import Fn, TypeDecl
from kayton.ir.rust import RustEntry, RustItem, RustNumber, RustSite
from kayton.ir.source import SourceMap
from kayton.ir.surface import Program
from kayton.ir.thunks import Thunk
from kayton.ir.types import NEVER, UNIT, Type, is_user, read_type
from kayton.passes.rust._body import Body
from kayton.passes.rust._boundaries import stub, thunk
from kayton.passes.rust._builtins import builtin
from kayton.passes.rust._code import block, in_comment, rust_string
from kayton.passes.rust._definitions import Definitions
from kayton.passes.rust._entries import entries
from kayton.passes.rust._expressions import EXPRESSIONS
from kayton.passes.rust._statements import STATEMENTS, lines
from kayton.passes.rust._types import Refused
from kayton.passes.rust._unit import Unit

TABLE = {**EXPRESSIONS, **STATEMENTS, Builtin: builtin}


@attrs.frozen
class Emitted:
    """What became Rust; `start` is empty where the program cannot start as Rust, and `refused` has the reason for that. `thunks` are
    called from Rust, or else what keeps the start from being Rust."""

    start: str = ""
    items: tuple[RustItem, ...] = ()
    sites: tuple[RustSite, ...] = ()
    thunks: tuple[Thunk, ...] = ()
    numbers: tuple[RustNumber, ...] = ()
    entries: tuple[RustEntry, ...] = ()
    bytecode: bool = False


class _Found(NamedTuple):
    """What rounds find out, for the rounds after them."""

    refused: dict[str, Refused]
    unreachable: dict[str, Refused]
    boxed: set[Type]


def emitted(root: Program, sources: SourceMap) -> Emitted:
    """All that a program's start reaches, as Rust."""
    found = _Found({}, {}, set())
    reached = likely = _likely(root)
    while True:
        unit = Unit(root, sources)
        unit.refused, unit.unreachable = found.refused, found.unreachable
        unit.types.boxed = found.boxed
        unit.vm.is_called = any([unit.is_bytecode(name) for name in reached])
        (entry,) = _entries(root) or ("",)
        if not entry or entry in found.refused or entry in found.unreachable:
            return Emitted(thunks=_causes(unit, found))
        functions, definitions, entered = _round(unit, reached, entry)
        now = _reachable(unit.edges, entry)
        if not unit.changed and now == set(reached):
            break
        if unit.changed and reached is likely and now != set(reached):  # what was found out may be about what is not reached
            found, now = _Found({}, {}, set()), {entry}
        reached = {name: None for name in (*unit.functions, *unit.boundaries) if name in now}
    items = [*definitions, *_globals(unit), *[_item(unit, name, text) for name, text in functions.items() if text]]
    sites = tuple([RustSite(function, span=span) for function, span in unit.sites])
    thunks = {t.function: t for t in [thunk(unit, unit.called(name), found.refused.get(name)) for name in functions if unit.is_bytecode(name)]}
    items += [RustItem(unit.vm.entry(fn), f"{_comment(unit, unit.vm.functions[fn])}\n{text}\n", "entry") for fn, text in entered.items()]
    enters = tuple([RustEntry(unit.vm.entry(fn), unit.vm.constant(fn)) for fn in entered])
    numbers = tuple([RustNumber(name, unit.vm.functions[fn].id) for fn, name in unit.vm.constants.items()])
    return Emitted(unit.rust_name(entry), tuple(items), sites, tuple(thunks.values()), numbers, enters, any(map(is_user, unit.vm.crossed)))


def _likely(root: Program) -> dict[str, None]:
    """What is reached if all that is called can be written, and all that types do is: most often that is so, and nothing is written twice."""
    items = [i for m in root.modules for i in m.body]
    functions = {i.name: i for i in items if isinstance(i, MonoFn)}
    hooks = {h.fn for i in items if isinstance(i, TypeDecl) for h in i.hooks}
    waiting = [*_entries(root), *[name for name, f in functions.items() if f.fn in hooks]]
    found = set(waiting)
    while waiting:
        f = functions.get(waiting.pop())
        new = {name for n in walk(f.body) for name in callees(n)} - found if f is not None else ()
        found.update(new)
        waiting += new
    return {name: None for name in (*functions, *[i.name for i in items if isinstance(i, Refusal | Outlined)]) if name in found}


def _entries(root: Program) -> list[str]:
    return [i.name for m in root.modules for i in m.body if isinstance(i, MonoFn) and _is_start(i)]


def _round(unit: Unit, reached: Iterable[str], entry: str) -> tuple[dict[str, str], list[RustItem], dict[str, str]]:
    """The functions, definitions of types and entries from bytecode that this round makes: what was reached before in order, then
    what is met."""
    texts: dict[str, str] = {}
    waiting = list(reached)
    thunks = [unit.called(name).fn for name in reached if unit.is_bytecode(name)]
    while True:
        while waiting:
            name = waiting.pop(0)
            if name not in texts:
                unit.calling = name
                texts[name] = _function(unit, name)
                waiting += [n for n in unit.edges.get(name, ()) if n not in texts]
        unit.calling = ""
        entered = entries(unit, thunks)
        try:
            for name in unit.named_globals:
                unit.types.of(unit.globals[name])
            definitions = Definitions(unit).all()
        except Refused as whole:
            unit.refuse_function(entry, whole)
            return texts, [], {}
        waiting = [n for n in unit.edges.get("", ()) if n not in texts]
        if not waiting:
            return texts, definitions, entered


def _reachable(edges: dict[str, dict[str, None]], entry: str) -> set[str]:
    found, waiting = {entry}, [entry, ""]
    while waiting:
        new = [n for n in edges.get(waiting.pop(), ()) if n not in found]
        found.update(new)
        waiting += new
    return found


def _causes(unit: Unit, found: _Found) -> tuple[Thunk, ...]:
    """Why the program's start is bytecode: what was refused for a reason of its own."""
    causes = [thunk(unit, i, None) for i in unit.boundaries.values() if isinstance(i, Refusal)]
    causes += [thunk(unit, unit.functions[n], r) for n, r in found.refused.items() if n in unit.functions and not r.is_consequence]
    return tuple({t.function: t for t in reversed(causes)}.values())[::-1]


def _item(unit: Unit, name: str, text: str) -> RustItem:
    return RustItem(unit.rust_name(name), text + "\n", "stub" if unit.is_bytecode(name) else "function", span=unit.called(name).span)


def _function(unit: Unit, name: str) -> str:
    """A function, compiled or called across the boundary; empty where it can be neither."""
    if not unit.is_bytecode(name):
        return _compiled(unit, unit.functions[name])
    try:
        return f"{_comment(unit, unit.called(name))}\n{stub(unit, unit.called(name))}"
    except Refused as refused:
        unit.unreachable[name] = refused
        unit.changed = True
        return ""


def _compiled(unit: Unit, fn: MonoFn) -> str:
    body = Body(unit, fn, TABLE)
    result = read_type(fn.result)
    try:
        params = [_parameter(body, p) for p in (*fn.captures, *fn.params)]
        inside = lines(body, fn.body, discard=result == UNIT)
        given_back = "" if result == UNIT or _is_start(fn) and result is NEVER else " -> !" if result is NEVER else f" -> {body.rust(result)}"
    except Refused as refused:
        unit.refuse_function(fn.name, refused)
        return ""
    head = f"fn {unit.rust_name(fn.name)}({', '.join([*params, _last_parameter(fn, inside)])}){given_back}"
    attribute = f"#[inline({fn.inline})]\n" if fn.inline else ""
    return f"{_comment(unit, fn)}\n{attribute}{head} {block(*_enter(fn, inside), *inside)}"


def _is_start(fn: MonoFn) -> bool:
    """Whether it runs the modules and then `main`, which is no call of the program's own."""
    return fn.fn.endswith(".<start>")


def _uses_calls(inside: list[str]) -> bool:
    return any("calls." in line for line in inside)


def _last_parameter(fn: MonoFn, inside: list[str]) -> str:
    """The call that has called; the program's start is called by none, and gets its own."""
    name = "calls" if _is_start(fn) else "caller"
    return f"{name}: Calls" if _uses_calls(inside) else f"_{name}: Calls"


def _enter(fn: MonoFn, inside: list[str]) -> list[str]:
    """What gives the function its own call, where it calls or fails."""
    return [] if _is_start(fn) or not _uses_calls(inside) else ["let calls = caller.enter();"]


def _parameter(body: Body, p: TypedParam) -> str:
    t = read_type(p.type)
    name = body.variable(p.name)
    if p.mutable:
        return f"{name}: &mut {body.rust(t)}"
    return f"{name}: &{body.rust(t)}" if body.unit.is_borrowed(p) else f"{name}: {body.rust(t)}"


def _comment(unit: Unit, fn: MonoFn | Refusal | Outlined | Fn) -> str:
    """The Kayton line beside the function."""
    span = fn.span or Span(0, 0, 0)
    if isinstance(fn, MonoFn) and _is_start(fn):
        return "// The statements of the modules, then main."
    path, line, _ = unit.sources.start(span)
    source = unit.sources[span.file]
    while line < len(source.line_starts) and source.line(line).lstrip().startswith("@"):
        line += 1  # an annotation says less than the head
    return f"// {unit.sources.beside_main(path)}:{line}  {in_comment(source.line(line).strip())}"


def _globals(unit: Unit) -> list[RustItem]:
    """Module-level `let`s."""
    out = []
    for name, t in unit.globals.items():
        if name not in unit.named_globals:
            continue
        own, made = rust_string(name.rpartition(".")[2]), unit.global_name(name)
        declared = f"static {made}: rt::Global<{unit.types.of(t)}> = const {{ rt::Global::new({own}) }};"
        out.append(RustItem(made, f"thread_local! {block(declared)}\n", "global"))
    for name in unit.natives:
        declared = f"static {unit.native(name)}: rt::Native = rt::Native::new({rust_string(name)});"
        out.append(RustItem(unit.native(name), declared + "\n", "global"))
    return out

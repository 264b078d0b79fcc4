"""A whole program as Rust items.

Functions are emitted in rounds: what one round finds out about borrowing changes the next, and a function that cannot be written
takes those with it that call it. The last round, which finds nothing new, is the result.
"""

from __future__ import annotations

import attrs

from kayton.ir.mono import Builtin, MonoFn, TypedParam
from kayton.ir.node import Span
from kayton.ir.rust import RustItem, RustSite
from kayton.ir.source import SourceMap
from kayton.ir.surface import Program
from kayton.ir.types import NEVER, UNIT, read_type
from kayton.passes.rust._body import Body
from kayton.passes.rust._builtins import builtin
from kayton.passes.rust._code import block, in_comment, rust_string
from kayton.passes.rust._definitions import Definitions
from kayton.passes.rust._expressions import EXPRESSIONS
from kayton.passes.rust._statements import STATEMENTS, lines
from kayton.passes.rust._types import Refused
from kayton.passes.rust._unit import Unit

TABLE = {**EXPRESSIONS, **STATEMENTS, Builtin: builtin}


@attrs.frozen
class Emitted:
    """What became Rust; `start` is empty where the program cannot start as Rust. `refused` has the reason for each function that did not."""

    start: str = ""
    items: tuple[RustItem, ...] = ()
    sites: tuple[RustSite, ...] = ()
    refused: dict[str, Refused] = attrs.field(factory=dict)


def emitted(root: Program, sources: SourceMap) -> Emitted:
    """All MonoFns of a program as Rust."""
    refused: dict[str, Refused] = {}
    given: set[tuple[str, str]] = set()
    moved: set[tuple[str, str]] = set()
    while True:
        unit = Unit(root, sources)
        unit.refused = refused
        unit.remember(given, moved)
        functions = {name: _function(unit, fn) for name, fn in unit.functions.items() if name not in refused}
        if not unit.changed:
            break
    entry = next((name for name, fn in unit.functions.items() if _is_start(fn)), "")
    if entry in refused or not entry:
        return Emitted(refused=refused)
    try:
        definitions = Definitions(unit).all()
    except Refused as whole:
        return Emitted(refused={**refused, entry: whole})
    items = [*definitions, *_globals(unit), *[_item(unit, name, text) for name, text in functions.items() if text]]
    sites = tuple([RustSite(function, span=span) for function, span in unit.sites])
    return Emitted(unit.rust_name(entry), tuple(items), sites, refused)


def _item(unit: Unit, name: str, text: str) -> RustItem:
    return RustItem(unit.rust_name(name), text + "\n", span=unit.functions[name].span)


def _function(unit: Unit, fn: MonoFn) -> str:
    body = Body(unit, fn, TABLE)
    result = read_type(fn.result)
    try:
        params = [_parameter(body, p) for p in (*fn.captures, *fn.params)]
        inside = lines(body, fn.body, discard=result == UNIT)
        given_back = "" if result == UNIT or _is_start(fn) and result is NEVER else " -> !" if result is NEVER else f" -> {body.rust(result)}"
    except Refused as refused:
        unit.refused[fn.name] = refused
        unit.changed = True
        return ""
    head = f"fn {unit.rust_name(fn.name)}({', '.join([*params, _last_parameter(fn, inside)])}){given_back}"
    return f"{_comment(unit, fn)}\n{head} {block(_enter(fn, inside), *inside)}"


def _is_start(fn: MonoFn) -> bool:
    """Whether it runs the modules and then `main`, which is no call of the program's own."""
    return fn.fn.endswith(".<start>")


def _uses_calls(inside: list[str]) -> bool:
    return any("calls." in line for line in inside)


def _last_parameter(fn: MonoFn, inside: list[str]) -> str:
    """The place of the call; the program's start is no call."""
    if _is_start(fn):
        return "calls: Calls" if _uses_calls(inside) else "_calls: Calls"
    return "at: At"


def _enter(fn: MonoFn, inside: list[str]) -> str:
    """What counts the call and records where it came from."""
    if _is_start(fn):
        return ""
    return "let calls = at.enter();" if _uses_calls(inside) else "at.enter();"


def _parameter(body: Body, p: TypedParam) -> str:
    t = read_type(p.type)
    name = body.variable(p.name)
    if p.mutable:
        return f"{name}: &mut {body.rust(t)}"
    return f"{name}: &{body.rust(t)}" if body.unit.is_borrowed(body.fn.name, p) else f"{name}: {body.rust(t)}"


def _comment(unit: Unit, fn: MonoFn) -> str:
    """The Kayton line beside the function."""
    span = fn.span or Span(0, 0, 0)
    if _is_start(fn):
        return "// The statements of the modules, then main."
    path, line, _ = unit.sources.start(span)
    source = unit.sources[span.file].text.splitlines()
    text = source[line - 1].strip() if line <= len(source) else ""
    return f"// {unit.sources.beside_main(path)}:{line}  {in_comment(text)}"


def _globals(unit: Unit) -> list[RustItem]:
    """Module-level `let`s."""
    out = []
    for name, t in unit.globals.items():
        own, made = rust_string(name.rpartition(".")[2]), unit.global_name(name)
        declared = f"static {made}: rt::Global<{unit.types.of(t)}> = const {{ rt::Global::new({own}) }};"
        out.append(RustItem(made, f"thread_local! {block(declared)}\n", "global"))
    return out

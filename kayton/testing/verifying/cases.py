"""A program that calls the functions of another, one call in each run.

The other program's text comes first, so that places stay; its `main` gets another name. Which call is made is read from standard
input. Arguments go through a function that has an effect, so that no call is evaluated by the compiler.
"""

from __future__ import annotations

import re

import attrs

from kayton.ir.mono import MonoFn
from kayton.ir.paths import CLOSURE
from kayton.ir.resolved import Fn, TypeDecl
from kayton.ir.types import read_type
from kayton.testing.verifying.values import Values

_MAIN = re.compile(r"^((?:pub\s+)?fn\s+)main(?=\s*\()", re.MULTILINE)
_HEAD = """

fn verified__hidden(x):
    if input().is_some(): panic("more input")
    x
"""


@attrs.frozen
class Case:
    """One call: of which function, as a person would write it, and as statements."""

    function: str
    call: str
    lines: tuple[str, ...]


def skipped(fn: MonoFn, declared: Fn, module: str) -> str:
    """Why a function cannot be called from the end of its program's main file; "" if it can."""
    name = fn.fn.removeprefix(f"{module}.")
    if name == fn.fn:
        return "it is in another module"
    if CLOSURE in name or fn.captures:
        return "it is a closure"
    if len(fn.params) < len(declared.params):
        return "it is called without some of its arguments"
    parts = name.split(".")
    return "it is inside another function" if len(parts) > 1 and not parts[0][:1].isupper() else ""


def case(declared: Fn, arguments: tuple[str, ...]) -> Case:
    """The call of a function with these arguments."""
    name = declared.name.rpartition(".")[2]
    lines, given = [], []
    for i, (p, text) in enumerate(zip(declared.params, arguments, strict=True)):
        lines.append(f"let {'mut ' if p.mutable else ''}a{i} = verified__hidden({text})")
        given.append(f"mut a{i}" if p.mutable and not (i == 0 and p.keyword == "self") else f"a{i}")
    is_method = bool(declared.params) and declared.params[0].keyword == "self"
    called = f"{owner}.{name}" if (owner := _owner(declared.name)) else name
    call = f"{given[0]}.{name}({', '.join(given[1:])})" if is_method else f"{called}({', '.join(given)})"
    after = [f"a{i}" for i, p in enumerate(declared.params) if p.mutable]
    lines += [f"let result = {call}", f"print({', '.join(['result', *after])})"]
    shown = f"{arguments[0]}.{name}({', '.join(arguments[1:])})" if is_method else f"{called}({', '.join(arguments)})"
    return Case(declared.name, shown, tuple(lines))


def _owner(path: str) -> str:
    """The type that a function of a main file belongs to; "" for a function of the module."""
    parts = path.split(".")
    return parts[1] if len(parts) > 2 else ""


def generated(fn: MonoFn, values: Values, count: int) -> list[tuple[str, ...]]:
    """Tuples of arguments of the function's types; empty where a type has no values that can be written."""
    types = [read_type(p.type) for p in fn.params]
    made: dict[tuple[str, ...], None] = {}
    for _ in range(4 * count):
        texts = tuple([values.one(t) for t in types])
        if None in texts:
            return []
        made[texts] = None
        if len(made) == count or not types:
            break
    return list(made)


def program(text: str, cases: list[Case]) -> str:
    """The program that makes one of these calls."""
    body = [_MAIN.sub(r"\1verified__main", text), _HEAD]
    for number, made in enumerate(cases):
        body.append(f"\nfn verified__{number}():\n" + "".join(f"    {line}\n" for line in made.lines))
    arms = "".join(f'        "{number}": verified__{number}()\n' for number in range(len(cases)))
    body.append(f'\nfn main():\n    match input().unwrap_or(""):\n{arms}        _: ()\n')
    return "".join(body)


def own_types(types: dict[str, TypeDecl], module: str) -> frozenset[str]:
    """The names of the types that a module declares."""
    return frozenset(path.removeprefix(f"{module}.") for path in types if path.startswith(f"{module}."))

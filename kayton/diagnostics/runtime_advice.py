"""What to do about a run-time error, told from its message and from what the program's files define.

The message itself says the same on every path (LANGUAGE §10); this is added only where it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from kayton.diagnostics.advice import comparison, conversion, operands
from kayton.diagnostics.foreign import is_name, method_called
from kayton.diagnostics.nearest import meant, nearest

Members = Callable[[str], tuple[list[str], list[str]]]
"""Gives the fields and the methods of a type that the program defines."""


def helps(message: str, members: Members) -> list[str]:
    """Helps for a message; empty where nothing useful is known."""
    for pattern, make in _RULES:
        found = re.fullmatch(pattern, message)
        if found is not None:
            made = make(*found.groups(), members) if make in _LOOKING else make(*found.groups())
            return [] if made is None else [made]
    return []


def _index(length: str, index: str) -> str:
    if index.startswith("-"):
        return f"an index counts from the front; from the end it is `xs[xs.len() - {index[1:]}]`, and the last element `xs.last()`"
    if length == "0":
        return "there is no element: ask `is_empty()`, or take `first()`, which is an Option"
    return f"indices count from 0, so the last one is {int(length) - 1}"


def _slice(length: str, start: str, end: str) -> str:
    if start.startswith("-") or end.startswith("-"):
        return "bounds count from the front; from the end write `xs[a..xs.len() - 1]`"
    return f"bounds lie between 0 and the length, {length}, and the first is not above the second"


def _field(name: str, type_name: str, members: Members) -> str | None:
    fields, methods = members(type_name)
    methods = [*methods, *_built_in(type_name)]
    if name in methods:
        return f"it is a method: `x.{name}()`"
    known = method_called(type_name, name)
    if known is not None:
        return f"write `x.{known}()`" if known.isidentifier() else known
    near = nearest(name, [*fields, *methods])
    if near:
        return meant(tuple(n if n in fields else f"{n}()" for n in near))
    return _listed("it has the fields", fields)


def _method(name: str, type_name: str, members: Members) -> str | None:
    fields, methods = members(type_name)
    if name in fields:
        return f"it is a field: a function in it is called `(x.{name})(…)`"
    known = method_called(type_name, name)
    if known is not None:
        return f"here it is called `{known}`" if is_name(known) else known
    near = nearest(name, [*methods, *_built_in(type_name)])
    return meant(near) if near else _listed("it has the methods", methods)


def _built_in(type_name: str) -> Iterable[str]:
    from kayton.ir.builtins import METHODS

    return METHODS.get(type_name, ())


def _listed(what: str, names: list[str]) -> str | None:
    return f"{what} {', '.join(f'`{n}`' for n in names)}" if 0 < len(names) <= 8 else None


_RULES: list[tuple[str, Callable[..., str | None]]] = [
    (r"index out of range: the length is (\d+) but the index is (-?\d+)", _index),
    (r"slice out of range: the length is (\d+) but the range is (-?\d+)\.\.(-?\d+)", _slice),
    (r"no field (\S+) on (\S+)", _field),
    (r"no method (\S+) on (\S+)", _method),
    (r"key not found: .*", lambda: "`m.get(k)` gives an Option, `m.get_or(k, d)` a default, and `k in m` asks first"),
    (r"expected ([\w()]+), found ([\w()]+)", conversion),
    (r"expected a class instance, found .*", lambda: "`is` asks for one and the same instance; values are compared by `==`"),
    (r"cannot apply (\S+) to (\S+) and (\S+)", operands),
    (r"cannot compare (\S+) with (\S+)", lambda left, right: comparison("<", left, right)),
    (r"unwrap on None", lambda: "say what happens without a value: `match`, `if let Some(x) = …`, `.unwrap_or(…)` or `?`"),
    (r"unwrap on Err: .*", lambda: "say what happens on an error: `match`, `.unwrap_or(…)` or `?`"),
    (r"integer overflow", lambda: "an i64 ends at 9223372036854775807; `checked_add`, `wrapping_add` and the like say what else to do"),
    (r"negative exponent", lambda: "a power of f64 takes one: `2.0 ** -1`"),
    (r"not a key: (\S+)", lambda _: "keys are i64, bool, str, () and tuples, lists, structs and enums of those"),
    (r"cannot iterate over (i64|f64)", lambda _: "to count, iterate over a range: `0..n`"),
    (r"cannot iterate over Option", lambda: "take the value out first: `if let Some(x) = …`"),
    (r"cannot index (Option|Result)", lambda _: "take the value out first: by `match`, `?` or `.unwrap_or(…)`"),
    (r"cannot index tuple", lambda: "a tuple's parts are `t.0`, `t.1`"),
    (r"cannot index Set", lambda: "ask `x in s`, or make a list of it: `s.to_list()`"),
    (r"cannot assign to an index of str", lambda: "a str is changed as a whole: `s = s[..i] + c + s[i + 1..]`"),
    (r"cannot convert str to (i64|f64)", lambda t: f"`s.parse_{t}()` reads a number from text, and gives a `Result`"),
    (r"cannot change an immutable value", lambda: "declare the variable with `let mut`"),
    (r"no match arm for .*", lambda: "add an arm for it, or one for everything else: `_: …`"),
    (r"(\w+) is used before it is set", lambda _: "module-level statements run in order: move the `let` further up"),
    (r"call depth limit reached", lambda: "a function that calls itself must stop at some time; a loop needs no calls"),
    (r"(\w+) of an empty list", lambda what: f"give it a start: `xs.{what}({0 if what == 'sum' else 1})`"),
    (r"bad format spec", lambda: "the form is `[[fill]align][+][0][width][.precision][type]`, such as `{x:>8.2}`"),
    (r"number out of range for i64: .*", lambda: "an i64 lies between -9223372036854775808 and 9223372036854775807"),
    (r"cannot call (\S+)", lambda what: f"only functions are called; this is {'an' if what[0] in 'aeiouAEIO' else 'a'} {what}"),
]
_LOOKING = (_field, _method)
"""Rules that look at what the program defines."""

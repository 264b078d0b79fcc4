"""Functions generated from text, compiled once for each text however many names they are made for.

Node kinds differ mostly in the names of their fields. So the text of a generated function calls them `f0`, `f1` …, kinds of one shape
share its code, and each gets a copy with names of its own, which takes a fortieth of compiling the text again:

    def children(n):
     return [n.f0, *n.f1]           f0, f1 = left, rest   =>   [n.left, *n.rest]
"""

from __future__ import annotations

from functools import cache
from types import CodeType, FunctionType
from typing import Any


def function(text: str, names: tuple[str, ...], scope: dict[str, Any], called: str = "") -> FunctionType:
    """The function that `text` defines, with `names` for f0, f1 …, its globals in `scope`; `called` is its name in error messages."""
    code = _renamed(_compiled(text), {f"f{i}": name for i, name in enumerate(names)})
    if called:
        code = code.replace(co_name=called, co_qualname=called)
    return FunctionType(code, scope)


@cache
def _compiled(text: str) -> CodeType:
    (code,) = [c for c in compile(text, "<generated>", "exec").co_consts if isinstance(c, CodeType)]
    return code


def _renamed(code: CodeType, names: dict[str, str]) -> CodeType:
    """The code with other names, functions that it defines included."""
    return code.replace(
        co_names=tuple([names.get(n, n) for n in code.co_names]),
        co_varnames=tuple([names.get(n, n) for n in code.co_varnames]),
        co_consts=tuple([_renamed(c, names) if isinstance(c, CodeType) else c for c in code.co_consts]),
    )

"""Programs that call one built-in each, or apply one operator, with whatever there is: most of them end in an error.

What is given comes through a function's parameters, so that no error is certain before whole-program inference.
"""

from __future__ import annotations

from collections.abc import Iterator

from kayton.ir.native_types import signatures
from kayton.testing.choices import Choices, seeded

_RECEIVERS = {
    "i64": ["7", "-3"], "f64": ["2.5"], "str": ['"abc"', '""'], "Range": ["(1..4)"], "Map": ['{"a": 1}', '{1: "x"}'], "Set": ["{1, 2}", '{"a"}'],
    "List": ["[3, 1, 2]", '["b", "a"]', "[[1], [2]]", "[1.5, 2.5]", '[(1, "a")]', "[Some(1)]", "[true]"],
    "Option": ["Some(3)", 'Some("x")', "none()"], "Result": ["ok(1)", 'err("e")'],
}
_VALUES = [
    "1", "0", "-1", "2.5", '"a"', '"xyz"', "true", "[1]", '["a"]', '{"a": 1}', "{1}", "(1..3)", "(1, 2)", "Some(1)", "none()", "()",
    "|x| x", "|x, y| x", "|x| x == 1", "|x, y| x + y", "|x| [x]", "|x| str(x)", "|| 1",
]
_OPERATORS = "+ - * / // % ** & | ^ << >> < <= > >= == != in".split()
_LEFT_OUT = frozenset(("input", "std.time.now", "std.time.monotonic", "std.time.sleep", "std.env.args", "std.env.exit"))
"""What waits, ends the program by itself, or gives something else each time."""
_WITH_RULES = {
    "": [("min", 2), ("max", 2), ("std.math.pow", 2)],
    "List": [("sum", 0), ("sum", 1), ("product", 0), ("flatten", 0), ("flat_map", 1)], "Range": [("sum", 0), ("product", 1), ("flat_map", 1)],
}
"""Those whose types have rules of their own, with numbers of arguments."""
_HELPERS = "fn ok(x): Ok(x)\nfn err(x): Err(x)\nfn none(): None\n"


def builtin_program(c: Choices) -> str:
    """A program."""
    return c.pick((_method, _method, _function, _operator))(c)


def builtin_programs(count: int, first: int = 0) -> Iterator[tuple[str, str]]:
    """Names and texts of programs."""
    return ((f"builtin{seed}", builtin_program(seeded(seed))) for seed in range(first, first + count))


def _method(c: Choices) -> str:
    owner = c.pick(list(_RECEIVERS))
    name, params = c.pick((*signatures(owner), *_WITH_RULES.get(owner, ())))
    args = [c.pick(_VALUES) for _ in range(params)]
    given = ", ".join([f"a{k}" for k in range(len(args))])
    body = f"    let mut v = a\n    let out = v.{name}({given})\n    print(out, v)\n"
    return _program("", ["a", *[f"a{k}" for k in range(len(args))]], body, [c.pick(_RECEIVERS[owner]), *args])


def _function(c: Choices) -> str:
    name, params = c.pick([f for f in (*signatures(), *_WITH_RULES[""]) if f[0] not in _LEFT_OUT])
    module, _, short = name.rpartition(".")
    names = [f"a{k}" for k in range(params)]
    called = f"{module.rpartition('.')[2]}.{short}" if module else short
    return _program(f"use {module}\n" if module else "", names, f"    print({called}({', '.join(names)}))\n", [c.pick(_VALUES) for _ in names])


def _operator(c: Choices) -> str:
    return _program("", ["a", "b"], f"    print(a {c.pick(_OPERATORS)} b)\n", [c.pick(_VALUES[:16]) for _ in range(2)])


def _program(use: str, params: list[str], body: str, args: list[str]) -> str:
    return f"{use}{_HELPERS}fn call({', '.join(params)}):\n{body}fn main():\n    call({', '.join(args)})\n"

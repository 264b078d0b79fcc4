"""Definition paths (`main.Point.Show.show`) and how a call trace shows them."""

from __future__ import annotations

MODULE = "<module>"
CONSTS = "<consts>"
"""The function that sets the constants that are no literals, before the program starts."""
CLOSURE = "<closure>"
EXPRESSION = "<expression>"
"""A part of a function that became one of its own; call traces show the function."""
_CONSTRUCTORS = frozenset(("Option.Some", "Result.Ok", "Result.Err"))


def display_name(path: str, module: str) -> str:
    """The name of a function as a call trace shows it.

    `main.fib` is `fib`; a method `Point.len`, whichever trait's impl it is in; a nested function its own name; module-level
    statements `<module>`; a closure `<closure>`.
    """
    parts = path.removeprefix(f"{module}.").split(".")
    if parts[-1].startswith(EXPRESSION):
        parts.pop()
    last = parts[-1]
    if path in _CONSTRUCTORS:
        return last
    if last == "<init>":
        return MODULE
    if last.startswith(CLOSURE):
        return CLOSURE
    if len(parts) == 1 or not parts[-2][:1].isupper():
        return last
    owner = parts[-3] if len(parts) > 2 and parts[-3][:1].isupper() else parts[-2]
    return f"{owner}.{last}"

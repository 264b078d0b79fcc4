"""The three catalogues of built-ins agree: the compiler's table, the reference evaluator's code, and the VM's.

Each is written as lines such as `List.!push x`, `std.math.atan2 y x`, `assert cond msg?`, `print *0 sep? end?`, `Rng.!shuffle !xs`:
names, parameter names, what may be left out, what is changed. In the compiler's table `Range` has the list functions as its own; the
other two look them up among those of `List`.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from kayton.ir import builtins
from kayton.ir.builtins import Native
from kayton.runtime.evaluator import natives  # noqa: F401 (registers them)
from kayton.runtime.evaluator.natives import registry
from kayton.testing.judge import native

WITHOUT_NAME = {"Set"}
"""`Set()` is a literal for the compiler, a function for the others."""


def line(name: str, changes: bool, least: int | None, params: Iterable[tuple[str, bool, bool]]) -> str:
    """A built-in's line; `params` has the name of each, whether it is changed and whether it may be left out."""
    owner, dot, short = name.rpartition(".")
    words = [f"{owner}{dot}{'!' * changes}{short}"]
    words += [] if least is None else [f"*{least}"]
    words += ["!" * changed + param + "?" * optional for param, changed, optional in params]
    return " ".join(words)


def of_table(name: str, n: Native) -> str:
    return line(name, n.changes, n.least, [(p.name, p.mutable, p.optional) for p in n.params])


def of_code(n: registry.Native) -> str:
    variadic = n.most is None
    params = [(p, n.changes_param == i, variadic or i >= n.least) for i, p in enumerate(n.params)]
    return line(n.name, n.changes, n.least if variadic else None, params)


def known() -> list[str]:
    functions = [n for table in (builtins.FUNCTIONS, *builtins.STD_FUNCTIONS.values()) for n in table.values()]
    methods = [
        (f"{builtins.own_name(owner)}.{name}", n)
        for owner, table in builtins.METHODS.items()
        for name, n in table.items()
        if owner != "Range" or name not in registry._OF_RANGES
    ]
    return sorted([of_table(n.name, n) for n in functions] + [of_table(name, n) for name, n in methods])


def of_evaluator() -> list[str]:
    return sorted([of_code(n) for n in (*registry.FUNCTIONS.values(), *registry.METHODS.values()) if n.name not in WITHOUT_NAME])


def test_the_evaluator_has_what_the_compiler_knows() -> None:
    assert of_evaluator() == known()


@pytest.mark.skipif(native() is None, reason="the native module is not built")
def test_the_vm_has_what_the_compiler_knows() -> None:
    assert sorted([n for n in native().natives() if n not in WITHOUT_NAME]) == known()


def test_ranges_have_the_list_functions() -> None:
    shared = builtins.METHODS["Range"].keys() - {"rev", "step_by"}
    assert shared - {"len", "contains"} == registry._OF_RANGES

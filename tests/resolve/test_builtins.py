"""The compiler's table of built-ins against the reference evaluator, which has each of them as code."""

from __future__ import annotations

from kayton.ir import builtins
from kayton.ir.builtins import Native
from kayton.runtime.evaluator import natives  # noqa: F401 (registers them)
from kayton.runtime.evaluator.natives import registry


def shape(n: Native) -> tuple[int, int | None]:
    return n.required, len(n.params) if n.least is None else None


def test_functions_take_as_many_arguments() -> None:
    tables = [builtins.FUNCTIONS, *builtins.STD_FUNCTIONS.values()]
    known = {n.name: shape(n) for table in tables for n in table.values()}
    theirs = {name: (n.least, n.most) for name, n in registry.FUNCTIONS.items()}
    both = known.keys() & theirs.keys()
    assert len(both) > 40
    assert {name: known[name] for name in both} == {name: theirs[name] for name in both}


def test_methods_are_the_same() -> None:
    known = {
        (builtins.own_name(owner), name): (*shape(n), n.changes)
        for owner, methods in builtins.METHODS.items()
        for name, n in methods.items()
        if (builtins.own_name(owner), name) in registry.METHODS or owner != "Range"
    }
    theirs = {key: (n.least, n.most, n.changes) for key, n in registry.METHODS.items()}
    assert known == theirs


def test_ranges_have_the_list_functions() -> None:
    shared = builtins.METHODS["Range"].keys() - {"rev", "step_by"}
    assert shared - {"len", "contains"} == registry._OF_RANGES

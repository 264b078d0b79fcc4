"""Modules: what a `use` finds, names, order, and errors (LANGUAGE §7)."""

from __future__ import annotations

from pathlib import Path

import pytest

from kayton.diagnostics.modules import UnknownModule
from kayton.ir.builtins import STD_FUNCTIONS
from kayton.ir.core import Linked
from kayton.ir.invariants import GENERAL
from kayton.ir.surface import Program, Use
from kayton.passes.framework import Cx
from kayton.passes.front._reading import parse_text
from kayton.passes.resolve.resolve_modules import ResolveModules

MODULES = Path(__file__).parents[1] / "golden" / "programs" / "modules"


def linked(files: dict[str, str], first: str = "main.ktn") -> tuple[Program, Cx]:
    """The program of `first`, where these are all files that there are."""
    cx = Cx(loader=files.get)
    program = ResolveModules().transform(parse_text(files[first], first, cx), cx)
    if not cx.failed:
        assert Linked.violations(program) == []
        assert [v for inv in GENERAL for v in inv.holds(program)] == []
    return program, cx


def names(files: dict[str, str], first: str = "main.ktn") -> list[str]:
    program, cx = linked(files, first)
    assert [d.message() for d in cx.diagnostics] == []
    return [m.name for m in program.modules]


def uses(program: Program) -> dict[str, list[str | None]]:
    """What the uses of each module mean."""
    return {m.name: [s.module for s in m.body if isinstance(s, Use)] for m in program.modules}


def test_a_module_is_a_file_beside_the_importing_one_or_a_folder_with_mod():
    files = {
        "app/main.ktn": "use store\nuse geometry\nuse store.format.{line}",
        "app/geometry.ktn": "", "app/store/mod.ktn": "use format as f\nuse geometry", "app/store/format.ktn": "",
        "app/store/geometry.ktn": "", "geometry.ktn": "let = not read",
    }  # fmt: skip
    program, cx = linked(files, "app/main.ktn")
    assert cx.diagnostics == []
    assert uses(program) == {
        "main": ["store", "geometry", "store.format"], "store": ["store.format", "store.geometry"], "store.format": [],
        "store.geometry": [], "geometry": [],
    }  # fmt: skip
    assert [m.path for m in program.modules][:2] == ["app/main.ktn", "app/store/format.ktn"]


def test_a_file_wins_over_a_folder():
    program, _ = linked({"main.ktn": "use a", "a.ktn": "let x = 1", "a/mod.ktn": "let y = 1"})
    assert program.modules[1].path == "a.ktn"


def test_modules_follow_in_the_order_in_which_they_run():
    files = {"main.ktn": "use a\nuse b", "a.ktn": "use c", "b.ktn": "use c\nuse d", "c.ktn": "", "d.ktn": ""}
    assert names(files) == ["main", "c", "a", "d", "b"]


def test_cycles_are_fine_through_the_first_module_too():
    assert names({"main.ktn": "use a\nuse main", "a.ktn": "use b", "b.ktn": "use a\nuse main"}) == ["main", "b", "a"]


def test_each_file_is_read_once():
    read: list[str] = []

    def load(path: str) -> str | None:
        read.append(path)
        return {"a.ktn": "use b", "b.ktn": ""}.get(path)

    cx = Cx(loader=load)
    ResolveModules().transform(parse_text("use a\nuse b\nuse a.{x}", cx=cx), cx)
    assert read == ["a.ktn", "b.ktn"]
    assert [s.path for s in cx.sources.sources] == ["main.ktn", "a.ktn", "b.ktn"]


def test_the_same_name_is_never_given_twice():
    assert names({"mod.ktn": "use x.mod\nuse x", "x/mod.ktn": "", "x.ktn": ""}, "mod.ktn") == ["mod", "x", "x_2"]


@pytest.mark.parametrize("module", sorted(STD_FUNCTIONS))
def test_the_standard_library_is_no_file(module):
    program, cx = linked({"main.ktn": f"use {module}\nuse {module}.{{x}}\nuse {module} as s"})
    assert (uses(program), cx.diagnostics) == ({"main": [module] * 3}, [])


@pytest.mark.parametrize(
    ("use", "near"),
    [
        ("math", "std.math"),
        ("std.mth", "std.math"),
        ("std", "std.math"),
        ("geometri", "geometry"),
        ("geometry.area", "geometry.{area}"),
        ("std.math.sqrt", "std.math.{sqrt}"),
        ("nothing_like_it", ""),
    ],
)
def test_unknown_modules_are_errors_with_a_suggestion(use, near):
    _, cx = linked({"main.ktn": f"use geometry\nuse {use}\n", "geometry.ktn": ""})
    (found,) = cx.diagnostics
    assert isinstance(found, UnknownModule)
    assert found.message() == f"unknown module {use}"
    assert found.helps()[0].startswith(f"did you mean `use {near}`?" if near else "a module is a file")
    assert cx.sources.start(found.span) == ("main.ktn", 2, 1)


def test_every_unknown_module_and_every_syntax_error_of_a_module_is_reported():
    _, cx = linked({"main.ktn": "use a\nuse b\nuse c", "a.ktn": "let = 1\nuse d", "c.ktn": "1 2"})
    assert [(cx.sources.start(d.span)[:2], d.message().split(",")[0]) for d in sorted(cx.diagnostics, key=lambda d: d.span)] == [
        (("main.ktn", 2), "unknown module b"), (("a.ktn", 1), "expected a pattern"), (("a.ktn", 2), "unknown module d"),
        (("c.ktn", 1), "expected the end of the line"),
    ]  # fmt: skip


def test_without_a_loader_no_file_is_found():
    cx = Cx()
    ResolveModules().transform(parse_text("use a\nuse std.math", cx=cx), cx)
    assert [d.message() for d in cx.diagnostics] == ["unknown module a"]


@pytest.mark.parametrize("folder", sorted(p.parent.name for p in MODULES.glob("*/main.ktn")))
def test_the_conformance_programs_link(folder):
    files = {str(p.relative_to(MODULES)): p.read_text(encoding="utf-8") for p in MODULES.glob("**/*.ktn")}
    program, cx = linked(files, f"{folder}/main.ktn")
    assert cx.diagnostics == []
    used = {p for p in files if p.startswith(f"{folder}/")}
    assert {m.path for m in program.modules} == used

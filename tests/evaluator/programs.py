"""The conformance programs, and what becomes of one in the pipeline."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path

import attrs
import pytest

from kayton.ir.surface import Program
from kayton.ir.undisturbed import undisturbed
from kayton.passes.framework import Cx
from kayton.pipelines import sources
from kayton.pipelines.loading import load
from kayton.runtime.evaluator import Outcome, run

ROOT = Path(__file__).parent.parent / "golden" / "programs"

STEPS = {step.name: step for step in load("check").steps}


@attrs.frozen
class Case:
    """A conformance program with its input."""

    path: Path
    args: tuple[str, ...] = ()
    stdin: str = ""

    @property
    def name(self) -> str:
        """Its path below the folder of all programs."""
        return self.path.relative_to(ROOT).with_suffix("").as_posix()

    def beside(self, suffix: str, default: str = "") -> str:
        """The text of the file with another suffix beside the program."""
        found = self.path.with_suffix(suffix)
        return found.read_text(encoding="utf-8") if found.is_file() else default


def cases() -> list[Case]:
    """Every conformance program that runs."""
    return [_case(path) for path in _mains(ROOT) if "compile" not in path.relative_to(ROOT).parts]


_HEAVY = frozenset(
    "core/deep_recursion programs/roman types/class_cycles programs/game_of_life errors/runtime/call_depth programs/bigint".split()
)
"""Programs that take the evaluator seconds."""


def marked(found: list[Case], also: AbstractSet[str] = frozenset()) -> list:
    """The cases as pytest's parameters, those that take seconds marked slow; `also` names more of them."""
    return [pytest.param(c, id=c.name, marks=[pytest.mark.slow] if c.name in _HEAVY | also else []) for c in found]


def _mains(folder: Path) -> Iterator[Path]:
    """The programs in a folder; beside a main.ktn everything else is a module."""
    main = folder / "main.ktn"
    if main.is_file():
        yield main
        return
    yield from sorted(folder.glob("*.ktn"))
    for below in sorted(p for p in folder.iterdir() if p.is_dir()):
        yield from _mains(below)


def _case(path: Path) -> Case:
    given = path.parent / "args.json"
    args = json.loads(given.read_text(encoding="utf-8")).get(path.stem, []) if given.is_file() else []
    case = Case(path, tuple(args))
    return attrs.evolve(case, stdin=case.beside(".in"))


def read(case: Case, cx: Cx) -> Program:
    """The program as the pipelines start with it."""
    cx.loader = sources.Loader(cx)
    return sources.from_file(str(case.path), cx)


def linked(case: Case, cx: Cx) -> Program:
    """The program with all its modules, names looked up while it runs."""
    tree = read(case, cx)
    with undisturbed():
        for name in ("lex", "parse", "resolve-modules"):
            tree = STEPS[name].use.transform(tree, cx)
    assert not cx.failed, [d.message() for d in cx.diagnostics]
    return tree


def outcome(case: Case, tree: Program, cx: Cx, folder: Path, max_steps: int | None = None) -> Outcome:
    """What the evaluator makes of it; `folder` stands for {tmp} in its arguments."""
    folder.mkdir(exist_ok=True)
    args = tuple([a.replace("{tmp}", str(folder)) for a in case.args])
    return run(tree, cx.sources, args=args, stdin=io.StringIO(case.stdin), max_steps=max_steps)

"""What tests of the middle passes share: a program compiled up to some pass, its errors, and its tree as text."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kayton.ir.node import Node
from kayton.ir.text import one_line
from kayton.pipelines import loading
from kayton.pipelines.loading import Pipeline
from kayton.pipelines.manager import Result, Settings, run_text


@cache
def _until(name: str) -> Pipeline:
    return loading.load("vm", until=name)


def compiled(text: str, until: str, folder: Path | None = None) -> Result:
    """The result of compiling a text up to a pass, every tree on the way verified; files in `folder` can be used."""
    path = str((folder or Path()) / "main.ktn")
    result = run_text(_until(until), path, text, Settings(verify="each"))
    assert result.failure is None, f"{result.failure.step.name}: {result.failure.message}"
    return result


def errors(text: str, folder: Path | None = None, until: str = "insert-casts") -> list[str]:
    """The errors and warnings of a program as `line:column message`, in order."""
    result = compiled(text, until, folder)
    return ["{}:{} {}".format(*result.cx.sources.start(d.span)[1:], d.message()) for d in result.diagnostics]


def helps(text: str) -> list[str]:
    """The first advice of each error of a program."""
    return [[*d.helps(), *[fix.about for fix in d.fixes()], ""][0] for d in compiled(text, "insert-casts").diagnostics]


def items(text: str, until: str, folder: Path | None = None) -> dict[str, Node]:
    """The named definitions of the first module after a pass; the program must be without errors."""
    result = compiled(text, until, folder)
    assert [d.message() for d in result.diagnostics] == []
    return {i.name: i for i in result.tree.modules[0].body if hasattr(i, "name")}


def body(text: str, until: str, fn: str = "main.work") -> list[str]:
    """What stands in a function's body after a pass, a line of text for each statement and the result."""
    block = items(text, until)[fn].body
    return [one_line(s) for s in (*block.body, *([block.result] if block.result is not None else []))]

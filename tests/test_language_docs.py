"""The examples of the language reference and the README do what they say, on the VM and on the reference evaluator.

A block ```kayton is a program, main.ktn, and ```kayton name.ktn a module beside it. After a program stands what it writes: ```output
is all of its standard output (no block: nothing), ```error is how its standard error starts (no block: it is empty). The exit
code is 1 for compile errors, 101 for run-time errors, else 0, unless the block says another: ```error exit 1.
"""

from __future__ import annotations

import re
from pathlib import Path

import attrs
import pytest

from kayton.cli import main

ROOT = Path(__file__).parent.parent
DOCUMENTS = [ROOT / "README.md", ROOT / "docs" / "tour.md", ROOT / "docs" / "language.md"]
BLOCK = re.compile(r"^```(kayton|output|error)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ENGINES = ["vm", "evaluator"]


@attrs.frozen
class Example:
    """A program of a document with its modules, and what it is said to do."""

    place: str
    files: dict[str, str]
    output: str = ""
    error: str = ""
    exit_code: int = 0


def examples(path: Path) -> list[Example]:
    """The programs of a document, each with the expectations that follow it."""
    found: list[Example] = []
    modules: dict[str, str] = {}
    text = path.read_text(encoding="utf-8")
    for block in BLOCK.finditer(text):
        kind, info, body = block[1], block[2].strip(), block[3]
        if kind == "kayton" and info:
            modules[info] = body
        elif kind == "kayton":
            line = text.count("\n", 0, block.start()) + 1
            found.append(Example(f"{path.name}:{line}", {**modules, "main.ktn": body}))
            modules = {}
        elif kind == "output":
            found[-1] = attrs.evolve(found[-1], output=body)
        else:
            found[-1] = attrs.evolve(found[-1], error=body, exit_code=_exit_code(info, body))
    assert not modules, f"{path.name} has modules without a program: {', '.join(modules)}"
    return found


def _exit_code(info: str, error: str) -> int:
    if info:
        return int(info.removeprefix("exit "))
    if error.startswith("warning"):
        return 0
    return 1 if error.startswith("error[") else 101


EXAMPLES = [e for path in DOCUMENTS for e in examples(path)]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.place)
def test_example_does_what_it_says(example: Example, engine: str, tmp_path: Path, monkeypatch, capfd) -> None:
    for name, text in example.files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    code = main(["run", "--no-cache", "--on", engine, "main.ktn"])
    written = capfd.readouterr()
    assert written.out == example.output
    assert written.err[: len(example.error)] == example.error
    assert written.err == "" or example.error
    assert code == example.exit_code


def test_every_example_says_what_it_does() -> None:
    silent = [e.place for e in EXAMPLES if not e.output and not e.error]
    assert EXAMPLES
    assert silent == []

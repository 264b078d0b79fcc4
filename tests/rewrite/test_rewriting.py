"""Rewritten programs do on the VM what they did before, and rewriting them again changes nothing.

What they write, their exit code and the message of an error are the same; the places that an error names are those of the new text.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kayton.pipelines.loading import load
from kayton.pipelines.manager import Result, Settings, run_file, run_text
from kayton.testing.generate import generate
from kayton.testing.generate_modules import files
from tests.test_programs import PROGRAMS, ROOT, arguments, beside

native = pytest.importorskip("kayton._native")

REPOSITORY = Path(__file__).parents[2]
OTHERS = sorted([*(REPOSITORY / "examples").glob("*.ktn"), *(REPOSITORY / "tests" / "backend" / "programs").glob("*.ktn")])
KERNELS = sorted((REPOSITORY / "bench" / "kernels").glob("*.ktn"))
SOME = [p for i, p in enumerate(PROGRAMS) if i % 10 == 0 or p.name == "main.ktn"]
"""A part of the programs, those of several modules included."""


def finished(result: Result, path: str) -> Result | None:
    """The result; None where the program has errors."""
    assert result.failure is None, f"{path}: {result.failure.step.name} {result.failure.message}"
    return result if result.finished and not result.cx.failed else None


def rewritten(path: str, text: str | None = None) -> str | None:
    """The program at a path, or of a text that is called so, rewritten."""
    pipeline, settings = load("rewrite"), Settings(verify="off")
    result = finished(run_file(pipeline, path, settings) if text is None else run_text(pipeline, path, text, settings), path)
    return None if result is None else result.tree.modules[0].text


def on_vm(result: Result, stdin: str, args: list[str]) -> tuple:
    """Exit code, output, what goes to standard error, and an error's message."""
    assert finished(result, "")
    done = native.run(result.tree.file.data, args, capture=True, stdin=stdin.encode(), max_steps=20_000_000)
    return done.exit_code, done.stdout.decode(), done.stderr.decode(), done.error and done.error.message


def check(path: Path, folder: Path) -> None:
    text = rewritten(str(path))
    if text is None:
        return
    vm, settings, stdin = load("vm"), Settings(verify="off"), beside(path, ".in")
    outcomes = []
    for i, compile in enumerate([lambda: run_file(vm, str(path), settings), lambda: run_text(vm, "alone.ktn", text, settings)]):
        own = folder / f"files{i}"
        own.mkdir()
        outcomes.append([str(part).replace(str(own), "") for part in on_vm(compile(), stdin, arguments(path, own))])
    if not _looks_at_a_clock(text):
        assert outcomes[0] == outcomes[1], text
    assert rewritten("alone.ktn", text) == text


def _looks_at_a_clock(text: str) -> bool:
    return "use std.time" in text and "monotonic" in text


def _named(path: Path) -> str:
    return path.relative_to(ROOT).with_suffix("").as_posix()


@pytest.mark.parametrize("path", SOME, ids=_named)
def test_programs(path: Path, tmp_path: Path) -> None:
    check(path, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("path", [p for p in PROGRAMS if p not in SOME], ids=_named)
def test_all_programs(path: Path, tmp_path: Path) -> None:
    check(path, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("path", OTHERS, ids=lambda p: p.stem)
def test_other_programs(path: Path, tmp_path: Path) -> None:
    check(path, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("path", KERNELS, ids=lambda p: p.stem)
def test_kernels(path: Path) -> None:
    """They run for long; that they compile without a word has to do."""
    text = rewritten(str(path))
    assert text is not None
    assert rewritten("alone.ktn", text) == text
    assert "@lowered" in text
    assert run_text(load("vm"), "alone.ktn", text, Settings(verify="off")).diagnostics == []


@pytest.mark.slow
def test_generated_programs(tmp_path: Path) -> None:
    checked = 0
    for seed in range(120):
        folder = tmp_path / str(seed)
        folder.mkdir()
        main, others = files(generate(seed))
        for name, text in {"main.ktn": main, **others}.items():
            (folder / name).write_text(text, encoding="utf-8")
        made = run_file(load("aot-hybrid", until="thunk-split"), str(folder / "main.ktn"), Settings(verify="off"))
        if made.failure is None:  # else it is no matter of rewriting
            check(folder / "main.ktn", folder)
            checked += 1
    assert checked > 100


def test_what_is_withdrawn_is_withdrawn_again() -> None:
    """`same` has no types, since with them the addition would be an error; `g` has one, which the addition does not need."""
    text = 'fn same(x): x\nlet g = if same(1) > 1: "a" + same(1) else: 2\nprint(g)\n'
    once = rewritten("main.ktn", text)
    assert once == '@lowered\nfn same(x): x\n\nlet g: i64 = if same(1) > 1: "a" + same(1) else: 2\nprint(g)\n'
    assert rewritten("main.ktn", once) == once

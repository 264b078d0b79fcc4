"""The features of LANGUAGE §8 do the same on the tree, as bytecode and as native binaries; what a refinement proves is dropped."""

from __future__ import annotations

from functools import cache

import pytest

from kayton.commands.native import files_of
from kayton.ir.node import walk
from kayton.ir.resolved import CallFn
from kayton.passes.bytecode.encode import Encode
from kayton.pipelines.loading import load
from kayton.pipelines.manager import Result, Settings, run_text
from kayton.runtime.evaluator import run
from kayton.testing.batch import build_batch
from tests.aot.advanced import MARKED, REFINED

PROGRAMS = REFINED | MARKED
native = pytest.importorskip("kayton._native")


_WHOLE = frozenset({"drop-bytecode"})


def compiled(text: str, until: str | None = None, opt: int = 9) -> Result:
    """The program after a pass of the pipeline, or its crate."""
    result = run_text(load("aot-hybrid", until=until), "main.ktn", f"{text}\n", Settings(verify="each", opt=opt, skip=_WHOLE if until == "emit-bc" else frozenset()))
    assert result.failure is None, f"{result.failure.step.name}: {result.failure.message} at {result.failure.node!r}"
    assert not result.cx.failed, [d.message() for d in result.diagnostics]
    return result


def placed(output: str, error) -> str:
    """Output, then an error's message and place."""
    if error is None:
        return output
    innermost = error.trace[0]
    line, column = innermost[2:4] if isinstance(innermost, tuple) else (innermost.line, innermost.column)
    return f"{output}{error.message} at {line}:{column}"


def on_tree(text: str, opt: int) -> str:
    result = compiled(text, "mark-last-uses", opt)
    done = run(result.tree, result.cx.sources)
    return placed(done.stdout, done.error)


def as_bytecode(text: str) -> str:
    result = compiled(text, "emit-bc")
    done = native.run(Encode().transform(result.tree, result.cx).file.data, [], capture=True)
    return placed(done.stdout.decode(), done.error)


@pytest.mark.parametrize("name", PROGRAMS)
def test_on_the_tree_and_as_bytecode(name: str) -> None:
    text, expected = PROGRAMS[name]
    assert [on_tree(text, 0), on_tree(text, 9), as_bytecode(text)] == [expected] * 3


@cache
def checks(name: str) -> int:
    """How many checks of a program are left when it runs."""
    result = compiled(REFINED[name][0], "discharge-refinements")
    return sum([r.missed for r in result.cx.remarks if r.pass_name == "discharge-refinements"])


def test_what_is_proved_is_not_checked() -> None:
    assert {name: checks(name) for name in ("holds", "elements", "nested", "value")} == {"holds": 0, "elements": 2, "nested": 1, "value": 1}


def test_every_call_of_what_is_marked_const_is_evaluated() -> None:
    for name, calls in {"const": 1, "const-of-types": 0}.items():
        tree = compiled(PROGRAMS[name][0], "propagate-constants").tree
        marked = {f.name for m in tree.modules for f in m.body if getattr(f, "annotations", ())}
        start = next(f for f in tree.modules[0].body if getattr(f, "name", "") == "main.<init>")
        assert sum([isinstance(n, CallFn) and n.fn in marked for n in walk(start)]) == calls


def test_an_inlined_function_is_asked_of_rust() -> None:
    crate = files_of(compiled(PROGRAMS["inline"][0]).tree)
    assert "// main.ktn:2  fn at(xs, i): xs[i]\n#[inline(always)]\nfn at_2(" in crate["src/main.rs"].decode()


@pytest.mark.slow
def test_native_binaries() -> None:
    crates = {name: files_of(compiled(text).tree) for name, (text, _) in PROGRAMS.items()}
    batch = build_batch(crates)
    assert not batch.refused
    wrong = {}
    for name, (_, expected) in PROGRAMS.items():
        done = batch.run(name, [], b"")
        found = done.stdout.decode()
        if done.returncode:
            error, place = done.stderr.decode().splitlines()[:2]
            found += f"{error.removeprefix('error: ')} at {place.partition('main.ktn:')[2]}"
        if found != expected:
            wrong[name] = (found, expected)
    assert not wrong

"""emit-bc and encode: what they make is accepted by the verifier, is the same each time, and knows where it came from."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kayton import _native
from kayton.ir.bytecode import BcFn, BcModule
from kayton.ir.undisturbed import undisturbed
from kayton.passes.framework import Cx
from kayton.pipelines.loading import load
from kayton.pipelines.manager import Settings, chosen, run_text
from tests.compiling import compiled
from tests.evaluator.programs import Case, cases, read

ROOT = Path(__file__).parents[2]


def encoded(case: Case, opt: int) -> bytes:
    """The program's bytes."""
    cx = Cx()
    tree = read(case, cx)
    with undisturbed():
        for step in chosen(load("vm"), Settings(opt=opt)):
            tree = step.use.transform(tree, cx)
    return tree.file.data


@pytest.mark.parametrize("opt", [0, 1])
@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_the_verifier_accepts_it(case: Case, opt: int) -> None:
    _native.verify(encoded(case, opt))


_DIGESTS = """
import hashlib
from tests.backend.test_bytecode import encoded
from tests.evaluator.programs import cases
for case in cases()[::5]:
    print(hashlib.sha256(encoded(case, 1)).hexdigest())
"""


def test_the_same_bytes_each_time() -> None:
    """Whatever the seed of Python's hashes is."""
    expected = [hashlib.sha256(encoded(case, 1)).hexdigest() for case in cases()[::5]]
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        ran = subprocess.run([sys.executable, "-c", _DIGESTS], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
        assert ran.stdout.split() == expected, f"PYTHONHASHSEED={seed}"


# ── where instructions come from ───────────────────────────────────────────────────────────────────────────────────────


def emitted(text: str, fn: str) -> tuple[BcFn, str]:
    """A function's bytecode, and the source."""
    module: BcModule = compiled(text, "emit-bc").tree.module
    return next(f for f in module.functions if module.strings[f.name] == fn), text


def spans(text: str, fn: str, op: str) -> list[str]:
    """What the spans of a function's instructions of one kind cover."""
    found, source = emitted(text, fn)
    return [source[i.span.start : i.span.end] for i in found.code if i.op == op and i.span is not None]


def arguments(text: str, fn: str) -> list[tuple[str, int, str]]:
    """For each noted argument the instruction, its number and what its span covers."""
    found, source = emitted(text, fn)
    return [(found.code[a.pc].op, a.arg, source[a.span.start : a.span.end]) for a in found.arg_spans]


def test_an_operation_stands_at_its_text() -> None:
    text = "fn work(a, b):\n    let c = a + b * [a][0]\n    c.x\n"
    assert spans(text, "work", "Add") == ["a + b * [a][0]"]
    assert spans(text, "work", "Mul") == ["b * [a][0]"]
    assert spans(text, "work", "Index") == ["[a][0]"]
    assert spans(text, "work", "GetField") == ["c.x"]


def test_a_boundary_stands_at_the_value() -> None:
    assert spans("fn work(a) -> i64:\n    let b: str = a.x\n    a[b]\n", "work", "Guard") == ["a.x"]
    assert spans("fn work(a) -> i64:\n    let b: str = a.x\n    a[b]\n", "work", "GuardInt") == ["a[b]"]


def test_arguments_stand_where_they_are_written() -> None:
    text = "fn f(x, y = 1): x\n\nfn work(a):\n    f(a, y=a.x)\n    a.m(1, b=f(2))\n    a(3)\n"
    assert arguments(text, "work") == [
        ("Call", 0, "a"), ("Call", 1, "a.x"), ("Call", 0, "2"), ("CallMethod", 0, "1"), ("CallMethod", 1, "f(2)"), ("CallVal", 0, "3"),
    ]


def test_a_stored_value_stands_where_it_is_written() -> None:
    text = "fn work(mut a, b):\n    a.x = b + 1\n    a.y.z = b\n"
    assert arguments(text, "work") == [("SetField", 0, "b + 1"), ("StorePath", 0, "b")]
    assert spans(text, "work", "SetField") == ["a.x = b + 1"]


def test_far_jumps() -> None:
    """Conditional jumps reach 2^15 instructions; beyond that they hop."""
    long = f"[{'d, ' * 33_000}]"
    text = f"fn work(d):\n    let mut n = d\n    for i in [1, 2, 3, 4]:\n        if i == 2: continue\n        n += {long}.len()\n        if i == 3: break\n    n\n\nprint(work(1))\n"
    result = run_text(load("vm"), "main.ktn", text, Settings(verify="off"))
    assert result.ok
    assert bytes(_native.run(result.tree.file.data, [], capture=True).stdout) == b"66001\n"

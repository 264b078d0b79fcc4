"""Programs that are large or deep in one way: they compile and run, or are refused with an error of the user's."""

from __future__ import annotations

import time

import pytest

from kayton import _native
from kayton.ir.bytecode import BcModule
from kayton.ir.node import Span
from kayton.ir.surface import Module
from kayton.passes.bytecode.emit_bc import check_sizes
from kayton.passes.framework import Cx
from kayton.pipelines.loading import load
from kayton.pipelines.manager import Settings, run_text

DEPTH = 5_000


def outcome(text: str) -> str:
    """What the program writes, or the first error that the compiler reports."""
    result = run_text(load("vm"), "main.ktn", text, Settings(verify="off"))
    assert result.failure is None, result.failure.message
    if result.cx.failed:
        return result.diagnostics[0].message()
    ran = _native.run(result.tree.file.data, [], capture=True)
    return bytes(ran.stdout).decode() + (ran.error.message if ran.error else "")


def main(body: str) -> str:
    return f"fn id(x): x\n\nfn main():\n    {body}\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (main("let xs = [" + "id(1), " * 5_000 + "]\n    print(xs.len())"), "5000\n"),
        (main("let xs = {" + "".join(f"{i}: id({i}), " for i in range(2_000)) + "}\n    print(xs[1999])"), "1999\n"),
        (main("print({" + "".join(f"{i}, " for i in range(2_000)) + "}.len())"), "2000\n"),
        (main('print(f"' + "{id(7)}" * 1_000 + '".len())'), "1000\n"),
        (main("".join(f"let a{i} = id({i})\n    " for i in range(2_000)) + "print(a0 + a1999)"), "1999\n"),
        (main("let t = (" + "1, " * 1_000 + "id(2))\n    print(t.1000)"), "2\n"),
    ],
    ids=["list", "map", "set", "f-string", "variables", "tuple"],
)
def test_large(text: str, expected: str) -> None:
    assert outcome(text) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("(" * DEPTH + "1" + ")" * DEPTH, "1\n"),
        (" + ".join(["x"] * DEPTH), f"{DEPTH}\n"),
        ("(x + " * DEPTH + "1" + ")" * DEPTH, f"{DEPTH + 1}\n"),
        ("(1 + " * DEPTH + "x" + ")" * DEPTH, f"{DEPTH + 1}\n"),
        ("-" * DEPTH + "x", "1\n"),
        ("id(" * DEPTH + "1" + ")" * DEPTH, "1\n"),
        (" and ".join(["x == 1"] * DEPTH), "true\n"),
        ("xs" + ".sorted()" * DEPTH, "[0, 1]\n"),
        ("xs[" * DEPTH + "0" + "]" * DEPTH, "0\n"),
    ],
    ids=["parentheses", "sum", "right sum", "right sum of literals", "minus", "calls", "and", "methods", "indices"],
)
def test_deep(expression: str, expected: str) -> None:
    start = time.process_time()
    assert outcome(main(f"let x = id(1)\n    let xs = id([0, 1])\n    print({expression})")) == expected
    assert time.process_time() - start < 20, "more than linear in the depth"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (main(f"print({', '.join(['1'] * 126)})"), "too many arguments: 126, the most is 125"),
        (f"fn f({', '.join(f'a{i}' for i in range(128))}): 1\n", "too many parameters of f: 128, the most is 127"),
        ("struct S:\n" + "".join(f"    a{i}: i64\n" for i in range(128)), "too many parameters of S: 128, the most is 127"),
        (main("let t = (" + "1, " * 66_000 + ")"), "too many registers for main: 66001, the most is 65535"),
        (main("id((1, 2)).65536"), "too many parts of a tuple: 65537, the most is 65536"),
    ],
    ids=["arguments", "parameters", "fields", "registers", "parts"],
)
def test_too_large(text: str, expected: str) -> None:
    assert outcome(text) == expected


def test_the_most_arguments() -> None:
    names = [f"a{i}" for i in range(127)]
    assert outcome(f"fn f({', '.join(names)}): a126\n\nprint(f({', '.join(map(str, range(127)))}))\n") == "126\n"


def test_tables_that_instructions_index() -> None:
    cx, first = Cx(), Module("main", "main.ktn", 0, (), span=Span(0, 0, 1))
    check_sizes(BcModule(0, globals=tuple(range(65_536))), first, cx)
    assert cx.diagnostics == []
    check_sizes(BcModule(0, globals=tuple(range(65_537))), first, cx)
    assert [d.message() for d in cx.diagnostics] == ["too many globals: 65537, the most is 65536"]

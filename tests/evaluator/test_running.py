"""What an outcome says: messages, positions, the calls that led there; and the limits."""

from __future__ import annotations

import pytest

from kayton.ir.bytecode import Bytecode  # noqa: F401 (declares the languages after Owned)
from kayton.ir.node import replace
from kayton.ir.resolved import Fn
from kayton.ir.surface import Block, Tuple
from kayton.ir.typed import LastUse
from kayton.passes.framework import Cx
from kayton.pipelines import sources
from kayton.pipelines.loading import load
from kayton.pipelines.manager import Settings
from kayton.pipelines.manager import run as run_pipeline
from kayton.runtime.evaluator import InvalidProgram, Outcome, StepLimitReached, run


def compiled(text: str, until: str = "resolve-modules"):
    cx = Cx()
    tree = sources.from_text("main.ktn", text, cx)
    result = run_pipeline(load("vm", until=until), tree, cx, Settings(verify="off"))
    assert result.ok, [d.message() for d in cx.diagnostics] or result.failure
    return result.tree, cx.sources


def outcome(text: str, **options) -> Outcome:
    tree, texts = compiled(text)
    return run(tree, texts, **options)


def places(found: Outcome) -> list[str]:
    return [f"{c.function} {c.line}:{c.column}" for c in found.error.trace]


@pytest.mark.parametrize(
    ("text", "message", "where"),
    [
        ("fn f(n: i64): n\nfn main():\n    let v = [true]\n    f(v[0])\n", "expected i64, found bool", ["main 4:7"]),
        ("fn f(xs) -> str:\n    if true: xs[0] else: 1\nfn main(): f([2])\n", "expected str, found i64", ["f 2:14", "main 3:12"]),
        ("fn main():\n    let a = 1\n    let b = a + [2][0] * 3 // 0\n", "division by zero", ["main 3:17"]),
        ("fn main(): [1, 0].map(|n| 1 // n)\n", "division by zero", ["<closure> 1:27", "main 1:12"]),
        ("struct P:\n    x: i64\n\n    fn div(self, n): self.x // n\n\nfn main(): P(1).div(0)\n", "division by zero",
         ["P.div 4:22", "main 6:12"]),
        ("let x = f()\nfn f(): [1][1]\n", "index out of range: the length is 1 but the index is 1", ["f 2:9", "<module> 1:9"]),
        ("fn f(x = 1 // zero()): x\nfn zero(): 0\nfn main(): f()\n", "division by zero", ["f 1:10", "main 3:12"]),
        ("fn main():\n    let f = |x, y| x\n    f(1)\n", "expected 2 arguments, found 1", ["main 3:5"]),
        ("fn main():\n    let mut xs: List[i64] = []\n    let t = [1.5]\n    xs = t[0]\n", "expected List, found f64",
         ["main 4:10"]),
        ("fn g(): y\nlet x = g()\nlet y = 1\n", "y is used before it is set", ["g 1:9", "<module> 2:9"]),
        ("impl Show for i64:\n    fn show(self): [][0]\nfn main(): print([1])\n",
         "index out of range: the length is 0 but the index is 0", ["Show.show 2:20", "main 3:12"]),
    ],
)
def test_failures(text: str, message: str, where: list[str]) -> None:
    found = outcome(text)
    assert found.exit_code == 101
    assert found.error is not None and found.error.message == message
    assert places(found) == where


def test_a_long_trace_keeps_both_ends() -> None:
    found = outcome("fn f(n): if n == 0: 1 // 0 else: f(n - 1)\nfn main(): f(99)\n")
    assert len(found.error.trace) == 40 and found.error.omitted == 61 and found.error.omitted_at == 20
    assert found.error.trace[-1].function == "main"


@pytest.mark.slow
def test_recursion_is_limited_by_the_language_alone() -> None:
    text = "fn down(n): if n == 0: 0 else: 1 + down(n - 1)\nfn main():\n    print(down({}))\n"
    assert outcome(text.format(99_990)).stdout == "99990\n"
    failed = outcome(text.format(100_000))
    assert failed.error.message == "call depth limit reached" and failed.error.omitted == 100_000 - 40


def test_recursion_through_built_in_functions() -> None:
    text = "fn down(n): if n == 0: 0 else: [n - 1].map(down)[0] + 1\nfn main(): print(down(40000))\n"
    assert outcome(text).stdout == "40000\n"


def test_a_deep_value() -> None:
    text = "fn main():\n    let mut xs = []\n    for i in 0..50000: xs = [xs]\n    print(str(xs).len(), xs == xs)\n"
    assert outcome(text).stdout == "100002 true\n"


def test_exit_and_err() -> None:
    assert outcome("use std.env.{exit}\nfn main():\n    print(1)\n    exit(3)\n").exit_code == 3
    failed = outcome('fn main(): Err("no")\n')
    assert (failed.exit_code, failed.stderr, failed.error) == (1, "error: no\n", None)


def test_steps_are_limited() -> None:
    with pytest.raises(StepLimitReached):
        outcome("fn main():\n    loop: ()\n", max_steps=100)


def test_memory_is_refused_before_it_is_taken() -> None:
    for made in ("[0; 1000000000000]", '"x".repeat(1000000000000)', "(0..1000000000000).to_list()"):
        assert outcome(f"fn main(): {made}\n").error.message == "out of memory limit"


def test_a_wrong_last_use_is_the_compilers_mistake() -> None:
    tree, texts = compiled("fn main():\n    let x = [1]\n    print(x)\n", until="fold-constants")
    (module,) = tree.modules
    twice = Block(result=Tuple((LastUse("x"), LastUse("x"))))
    body = []
    for item in module.body:
        if isinstance(item, Fn) and item.name == "main.main":
            item = replace(item, body=Block(item.body.body, twice))
        body.append(item)
    with pytest.raises(InvalidProgram, match="after its last use"):
        run(replace(tree, modules=(replace(module, body=tuple(body)),)), texts)

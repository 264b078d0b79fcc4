"""Deep and large values: built, compared, hashed, printed, copied and freed; and cycles of instances, in little memory.

The VM with a million levels, the evaluator with fewer, for it is slow.
"""

from __future__ import annotations

import pytest

from kayton.passes.framework import Cx
from kayton.pipelines import sources
from kayton.pipelines.loading import load
from kayton.pipelines.manager import Settings, run
from kayton.runtime.evaluator import run as evaluate
from kayton.testing.judge import native

needs_vm = pytest.mark.skipif(native() is None, reason="the native module is not built")

PROGRAMS = {
    "options": """
fn nest(n):
    let mut x = Some(1)
    for i in 0..n: x = Some(x)
    x
fn main():
    let a = nest(LEVELS)
    let mut b = nest(LEVELS)
    print(a == b, {a, b}.len(), str(a).len())
    b = Some(b)
    print(a == b)
""",
    "lists": """
fn nest(n):
    let mut x = [1]
    for i in 0..n: x = [x]
    x
fn main():
    let a = nest(LEVELS)
    let b = nest(LEVELS)
    print(a == b, a < b, {a: 1}[b], f"{a}".len())
""",
    "structs": """
struct Node:
    value: i64
    next: Option[Node] = None
fn main():
    let mut a = Node(0)
    for i in 0..LEVELS: a = Node(i, Some(a))
    let mut b = a
    b.value = -1
    print(a == b, a.value, b.value, str(a).len())
""",
    "tuples and maps": """
fn main():
    let mut m = {"k": {}}
    let mut t = (1, 1)
    for i in 0..LEVELS:
        m = {"k": m}
        t = (t, i)
    print(m == m, t == t, {t}.len(), str(t).len() - str(m).len())
""",
    "closures": """
fn main():
    let mut f = |x| x
    for i in 0..LEVELS:
        let g = f
        f = |x| g
    print(f, type_name(f(1)))
""",
    "enums": """
enum Chain:
    End
    Link(i64, Chain)
fn main():
    let mut c = End
    for i in 0..LEVELS: c = Link(i, c)
    let mut total = 0
    let mut at = c
    while let Link(n, rest) = at:
        total += n
        at = rest
    print(total)
""",
    "instances": """
class Node:
    value: i64
    next: Option[Node] = None
    back: Option[Node] = None
fn main():
    let first = Node(0)
    let mut last = first
    for i in 1..LEVELS:
        let node = Node(i, None, Some(last))
        last.next = Some(node)
        last = node
    let mut total = 0
    let mut at = Some(first)
    while let Some(node) = at:
        total += node.value
        at = node.next
    print(total)
""",
    "many of each": """
fn main():
    let ns = [i for i in 0..LEVELS]
    let words = ns.map(|n| str(n))
    let m = {w: n for (w, n) in words.zip(ns)}
    let mut copy = ns
    copy[0] = 9
    print(ns.sum(), words.join("").len(), m["77"], m.len(), ns == copy, words.to_set().len(), copy.sorted()[1])
""",
}


def _compiled(text: str, until: str | None = None):
    cx = Cx()
    made = run(load("vm", until=until), sources.from_text("main.ktn", text, cx), cx, Settings(verify="off"))
    assert made.ok, [d.message() for d in cx.diagnostics]
    return made.tree, cx


def on_vm(text: str, **limits) -> str:
    """What the program prints; it must end without an error."""
    found = native().run(_compiled(text)[0].file.data, [], capture=True, **limits)
    assert found.error is None, found.error.message
    return found.stdout.decode()


@needs_vm
@pytest.mark.slow
@pytest.mark.parametrize("name", PROGRAMS)
def test_a_million_levels(name: str) -> None:
    assert on_vm(PROGRAMS[name].replace("LEVELS", "1000000")) != ""


@needs_vm
@pytest.mark.slow
@pytest.mark.parametrize("name", PROGRAMS)
def test_the_evaluator_does_the_same(name: str) -> None:
    text = PROGRAMS[name].replace("LEVELS", "20000")
    tree, cx = _compiled(text, "resolve-modules")
    assert evaluate(tree, cx.sources).stdout == on_vm(text)


_CYCLES = """
class Node:
    value: i64
    other: Option[Node] = None
fn main():
    let mut total = 0
    for i in 0..COUNT:
        let a = Node(i)
        let b = Node(i + 1, Some(a))
        a.other = Some(b)
        total += a.value - b.value
    print(total)
"""


@needs_vm
@pytest.mark.parametrize("count", [200_000, pytest.param(10_000_000, marks=pytest.mark.slow)])
def test_short_lived_cycles_take_little_memory(count: int) -> None:
    assert on_vm(_CYCLES.replace("COUNT", str(count)), max_memory=16 << 20) == f"-{count}\n"


_BESIDE = """
class Node:
    value: List[i64]
    me: Option[Node] = None
fn main():
    let alive = [Node([i]) for i in 0..20000]
    for i in 0..COUNT:
        let a = Node([i; SIZE])
        a.me = Some(a)
    print(alive.len())
"""


@needs_vm
def test_few_cycles_that_hold_much() -> None:
    assert on_vm(_BESIDE.replace("COUNT", "500").replace("SIZE", "100000"), max_memory=64 << 20) == "20000\n"


@needs_vm
def test_long_work_in_one_built_in_is_stopped() -> None:
    doubled = "fn main():\n    let mut a = [1]\n    let mut b = [1]\n    for i in 0..60:\n        a = [a, a]\n        b = [b, b]\n    print(a == b)\n"
    endless = "fn main(): print((0..9000000000000000000).max())\n"
    for text in (doubled, endless):
        data = _compiled(text)[0].file.data
        stopped = native().run(data, [], capture=True, max_steps=1_000_000).error
        assert stopped is not None and stopped.message == "step limit reached"
        assert stopped.trace[0][2] == text.count("\n")

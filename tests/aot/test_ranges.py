"""What `_ranges` says of conditions is true whenever the program comes to them: random programs that compare numbers everywhere.

`KAYTON_EXAMPLES` is how many programs are tried.
"""

from __future__ import annotations

import os
from collections import Counter
from random import Random

import pytest

from kayton.ir.node import Node, replace
from kayton.ir.resolved import CallNative, Fn
from kayton.ir.surface import Block, If, StrLit
from kayton.passes.deep._ranges import Ranges
from kayton.passes.framework import rewrite_with
from kayton.runtime.evaluator import run
from tests.compiling import compiled

EXAMPLES = int(os.environ.get("KAYTON_EXAMPLES", "100"))


class Programs:
    """Writes programs whose comparisons are about as strict as what is known where they stand."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.loops = 0

    def text(self) -> str:
        """A program."""
        start = "".join([f"    let mut {v}: i64 = {self.number()}\n" for v in "abc"])
        body = "".join([self.statement(2, "    ") for _ in range(4)])
        return f"fn any(x): x\n\nfn main():\n{start}{body}    print(a, b, c)\n"

    def number(self) -> str:
        k = self.random.randrange(-4, 9)
        return self.random.choice([str(k), f"any({k})"])

    def variable(self) -> str:
        return self.random.choice("abc")

    def check(self, e: str, k: int) -> str:
        """Compares `e` with about `k`."""
        return f"if {e} {self.random.choice(['<', '<=', '>', '>='])} {k + self.random.choice([-1, 0, 0, 1])}: print({e})"

    def statement(self, depth: int, pad: str) -> str:
        kinds = [self.assigned, self.assigned, self.calculated]
        return self.random.choice(kinds + ([self.compared, self.compared, self.turning, self.growing, self.ranged, self.matched] if depth else []))(depth, pad)

    def block(self, depth: int, pad: str) -> str:
        return self.statement(depth - 1, f"{pad}    ") if self.random.random() < 0.7 else f"{pad}    {self.variable()} = {self.number()}\n"

    def assigned(self, depth: int, pad: str) -> str:
        v, k = self.variable(), self.random.randrange(-4, 9)
        return f"{pad}{v} = {k}\n{pad}{self.check(v, k)}\n"

    def calculated(self, depth: int, pad: str) -> str:
        v, w, k = self.variable(), self.variable(), self.random.randrange(2, 6)
        made = self.random.choice([(f"{w} % {k}", k), (f"{w} & {k}", k), (f"{w} // {k}", 0), (f"-{w}", 0), (f"{w} - {k}", -k), (f"{w} * {k}", 0), (f"{w} + {v}", 3)])
        return f"{pad}{v} = ({made[0]}) % 9\n{pad}{self.check(v, made[1])}\n{pad}{self.check(made[0], made[1])}\n"

    def condition(self, v: str, k: int) -> str:
        op = self.random.choice(["<", "<=", ">", ">=", "==", "!="])
        one, two = f"{v} {op} {k}", f"{self.variable()} < {self.random.randrange(-2, 6)}"
        return self.random.choice([one, one, f"not {v} {op} {k}", f"{one} and {two}", f"{two} or {one}", f"not ({one} or {two})", f"{k} {op} {v}"])

    def compared(self, depth: int, pad: str) -> str:
        v, k = self.variable(), self.random.randrange(-3, 8)
        leaves = "".join([f"{pad}    {self.check(v, k)}\n{self.block(depth, pad)}{pad}{word}" for word in ("else:\n", "")])
        return f"{pad}if {self.condition(v, k)}:\n{leaves.removesuffix(pad)}{pad}{self.check(v, k)}\n"

    def turning(self, depth: int, pad: str) -> str:
        v, k = self.variable(), self.random.randrange(-3, 8)
        leave = self.random.choice(["", f"{pad}    if {self.condition(v, k)}: {self.random.choice(['break', 'continue'])}\n"])
        return f"{pad}{v} = {k}\n{pad}for i in 0..3:\n{pad}    {self.check(v, k)}\n{leave}{self.block(depth, pad)}{pad}{self.check(v, k)}\n"

    def growing(self, depth: int, pad: str) -> str:
        self.loops += 1
        i, k, end = f"i{self.loops}", self.random.randrange(-3, 5), self.random.randrange(2, 6)
        step = self.random.choice(["+= 1", "+= 2", f"= {self.random.randrange(6, 8)}"])
        head = f"{pad}let mut {i} = {k}\n{pad}while {i} < {end}:\n{pad}    {self.check(i, k)}\n{pad}    {self.check(i, end)}\n"
        return f"{head}{self.block(depth, pad)}{pad}    {i} {step}\n{pad}{self.check(i, end)}\n"

    def ranged(self, depth: int, pad: str) -> str:
        k, end = self.random.randrange(-3, 3), self.random.randrange(0, 5)
        dots = self.random.choice(["..", "..="])
        return f"{pad}for i in {k}{dots}{end}:\n{pad}    {self.check('i', k)}\n{pad}    {self.check('i', end)}\n{self.block(depth, pad)}"

    def matched(self, depth: int, pad: str) -> str:
        v, k = self.variable(), self.random.randrange(0, 5)
        arms = [f"{k}..={k + 2}: {self.check(v, k + self.random.choice([0, 2]))}", f"n if n > {k}: {self.check('n', k)}", f"_: {self.check(v, k)}"]
        return f"{pad}match {v}:\n" + "".join([f"{pad}    {arm}\n" for arm in arms])


def asserted(fn: Fn, said: Counter[bool]) -> Fn:
    """The function, which panics where a condition is not what it was said to be."""
    decided = {n.id: truth for n, truth in Ranges(fn).decided.items() if truth is not None}
    said.update(decided.values())
    wrong = Block((), CallNative("panic", (StrLit("wrong"),)))

    def branch(n: If) -> Node:
        truth = decided.get(n.id)
        return n if truth is None else replace(n, otherwise=wrong) if truth else replace(n, then=wrong)

    return replace(fn, body=rewrite_with({If: branch}, fn.body))


@pytest.mark.parametrize("first", range(0, EXAMPLES, 20))
def test_what_is_certain_is_true(first: int) -> None:
    said: Counter[bool] = Counter()
    for seed in range(first, first + 20):
        text = Programs(seed).text()
        result = compiled(text, "fast-type")
        modules = [replace(m, body=tuple([asserted(i, said) if isinstance(i, Fn) else i for i in m.body])) for m in result.tree.modules]
        found = run(replace(result.tree, modules=tuple(modules)), result.cx.sources, max_steps=20_000)
        assert found.error is None or found.error.message != "wrong", text
    assert min(said[True], said[False]) > 50

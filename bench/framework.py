#!/usr/bin/env python3
"""Costs of the framework for each node, beside xDSL on operations of about the same size, in one run.

    python bench/framework.py [--write]

The tree is a module of 2,000 lines (bench/modules.py) in Core. Each number is the least CPU time of several rounds, in which
Kayton and xDSL take turns. xDSL (0.74) is left out where it is not installed; an operation there is heavier than a node here, since
it knows its uses, so the columns say what each framework asks for the same step, not which one does more.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import attrs  # noqa: E402 (the path is set above)
from _table import table, write  # noqa: E402
from modules import module  # noqa: E402

from kayton.ir.core import Core  # noqa: E402
from kayton.ir.node import Node, map_children, replace, walk  # noqa: E402
from kayton.ir.surface import Let, Name, RefinedType, UnitLit  # noqa: E402
from kayton.ir.undisturbed import undisturbed  # noqa: E402
from kayton.passes.framework import Cx, Pass, frozen, rule  # noqa: E402
from kayton.pipelines import loading, sources  # noqa: E402

LINES, BUILT, ROUNDS = 2000, 5000, 15


@frozen
class MatchesNothing(Pass):
    """A rewrite of a kind that Core has and this tree has not."""

    source = Core
    target = Core

    @rule
    def refined(self, n: RefinedType, cx: Cx) -> RefinedType:
        return n


@frozen
class MatchesNames(Pass):
    """A rewrite that looks at every name and leaves it."""

    source = Core
    target = Core

    @rule
    def variable(self, n: Name, cx: Cx) -> Name:
        return n


def core_tree() -> Node:
    """The module in Core."""
    cx = Cx()
    tree: Node = sources.from_text("bench.ktn", module(LINES), cx)
    for step in loading.load("front", until="desugar-defaults").steps:
        tree = step.use.transform(tree, cx)
    return tree


class Cost:
    """Something to measure: `run` does it `count` times."""

    def __init__(self, count: int, run: Callable[[], object]) -> None:
        self.count, self.run, self.least = count, run, float("inf")

    def measure(self) -> None:
        """One round: twice in a row, since the first time pays for what the others left in the machine's caches."""
        for _ in range(2):
            start = time.process_time()
            self.run()
            self.least = min(self.least, time.process_time() - start)

    def __str__(self) -> str:
        return f"{self.least / self.count * 1e6:.3f}"


@attrs.define(eq=False)
class Mutable:
    """As many fields as `Let` with its id and span, made by attrs' own `__init__`: the scale for building."""

    pattern: object
    value: object
    type: object
    public: object
    id: object = None
    span: object = None


def ours() -> dict[str, Cost]:
    """What the framework does, for each node of the tree or for each node made."""
    tree = core_tree()
    nodes = sum(1 for _ in walk(tree))
    leaf, let = UnitLit(), Let(UnitLit(), UnitLit(), None, False)
    many, lets = range(BUILT), [let] * BUILT
    other = UnitLit()

    def changed(_: Node) -> Node:
        return other

    return {
        "a rewrite that matches no node": Cost(nodes, lambda: MatchesNothing().transform(tree, Cx())),
        "a rewrite whose rule sees names and changes none": Cost(nodes, lambda: MatchesNames().transform(tree, Cx())),
        "checking the grammar": Cost(nodes, lambda: Core.grammar_violations(tree)),
        "checking the grammar and all invariants": Cost(nodes, lambda: Core.violations(tree)),
        "walking": Cost(nodes, lambda: [None for _ in walk(tree)]),
        "building a node of 4 fields": Cost(BUILT, lambda: [Let(leaf, leaf, None, False) for _ in many]),
        "building it with an id and a span": Cost(BUILT, lambda: [Let(leaf, leaf, None, False, id=None, span=None) for _ in many]),
        "for scale: attrs, the same fields, mutable": Cost(BUILT, lambda: [Mutable(leaf, leaf, None, False) for _ in many]),
        "rebuilding it because a child changed": Cost(BUILT, lambda: [map_children(one, changed) for one in lets]),
        "replacing a field": Cost(BUILT, lambda: [replace(let, value=leaf) for _ in many]),
    }


def xdsl() -> dict[str, Cost]:
    """The same steps in xDSL, on a chain of additions; nothing where it is not installed."""
    try:
        from xdsl.dialects.arith import AddiOp, ConstantOp, MuliOp
        from xdsl.dialects.builtin import ModuleOp
        from xdsl.pattern_rewriter import PatternRewriteWalker, RewritePattern
    except ImportError:
        return {}

    class NoMatch(RewritePattern):
        def match_and_rewrite(self, op, rewriter) -> None:  # noqa: ANN001 (xDSL's own types, imported here)
            if isinstance(op, MuliOp):
                raise AssertionError("there is no multiplication")

    ops = [ConstantOp.from_int_and_width(i, 64) for i in range(2)]
    for _ in range(BUILT):
        ops.append(AddiOp(ops[-1], ops[-2]))
    root, a, b, some = ModuleOp(ops), ops[0], ops[1], range(BUILT // 10)
    return {
        "a rewrite that matches no node": Cost(BUILT, lambda: PatternRewriteWalker(NoMatch()).rewrite_module(root)),
        "checking the grammar": Cost(BUILT, root.verify),
        "walking": Cost(BUILT, lambda: [None for _ in root.walk()]),
        "building a node of 4 fields": Cost(BUILT // 10, lambda: [AddiOp(a, b) for _ in some]),
    }


TARGETS = {"a rewrite that matches no node": "0.2", "checking the grammar": "0.15", "building a node of 4 fields": "0.25"}


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure what the framework costs for each node.")
    parser.add_argument("--write", action="store_true", help="put the table into RESULTS.md")
    options = parser.parse_args()
    with undisturbed():
        kayton, peer = ours(), xdsl()
        for _ in range(ROUNDS):
            for cost in (*kayton.values(), *peer.values()):
                cost.measure()
                gc.collect(0)
    rows = [[name, str(cost), TARGETS.get(name, ""), str(peer.get(name, "–"))] for name, cost in kayton.items()]
    lines = table(["µs for each node", "Kayton", "at most", "xDSL 0.74"], rows)
    print("\n".join(lines))
    if options.write:
        write(lines, "framework")


if __name__ == "__main__":
    main()

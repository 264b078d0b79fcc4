"""Blocks and conditions: scopes, nested items, and tests that take bools only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kayton.ir.surface import Block, ConstDef, Expr, FnDef
from kayton.runtime.evaluator.arguments import truth
from kayton.runtime.evaluator.frame import Frame, Nested
from kayton.runtime.evaluator.rules import RULES, rule
from kayton.runtime.evaluator.values import UNIT


def in_block(e: Block, f: Frame, finish: Callable[[Expr], Any]) -> Any:
    """Runs a block's statements in a scope of their own, then `finish` on the result."""
    f.scopes.append({})
    try:
        _declare(e, f)
        for s in e.body:
            RULES[s.__class__](s, f)
        return finish(e.result) if e.result is not None else UNIT
    finally:
        f.scopes.pop()


def _declare(e: Block, f: Frame) -> None:
    """A block's functions and constants may be used before they are defined, and use each other."""
    items = [s for s in e.body if s.__class__ is FnDef or s.__class__ is ConstDef]
    if items:
        around = f.nested()
        for s in items:
            around[s.name] = f.scopes[-1][s.name] = Nested(f.machine.world.nested(s, f, around))


@rule(Block)
def block(n: Block, f: Frame) -> Any:
    f.scopes.append({})
    try:
        _declare(n, f)
        for s in n.body:
            RULES[s.__class__](s, f)
        if n.result is None:
            return UNIT
        return RULES[n.result.__class__](n.result, f)
    finally:
        f.scopes.pop()


def test(e: Expr, f: Frame) -> bool:
    """The value of a condition. Raises `expected bool, found i64`."""
    value = RULES[e.__class__](e, f)
    if value.__class__ is bool:
        return value
    f.span = e.span
    return truth(value)

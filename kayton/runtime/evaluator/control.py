"""Branches, loops, matches and jumps (LANGUAGE §6)."""

from __future__ import annotations

from typing import Any, NoReturn

from kayton.ir.core import ForEach, ForRange, SuccessOr
from kayton.ir.surface import (
    Break,
    Continue,
    Expr,
    For,
    If,
    IfLet,
    Loop,
    Match,
    Range,
    Return,
    Try,
    While,
    WhileLet,
)
from kayton.runtime.evaluator.arguments import integer
from kayton.runtime.evaluator.blocks import test
from kayton.runtime.evaluator.boundaries import evaluate_at
from kayton.runtime.evaluator.errors import BreakLoop, ContinueLoop, ReturnValue, expected, no_match_arm
from kayton.runtime.evaluator.frame import Frame
from kayton.runtime.evaluator.patterns import Bindings, destructure_at, fits
from kayton.runtime.evaluator.printing import nested
from kayton.runtime.evaluator.rules import RULES, rule
from kayton.runtime.evaluator.sequences import END, source
from kayton.runtime.evaluator.types import type_name, type_of
from kayton.runtime.evaluator.values import OPTION, RESULT, SOME_VARIANT, OK_VARIANT, UNIT, Variant
from kayton.runtime.evaluator.values import Range as RangeValue


@rule(If)
def branch(n: If, f: Frame) -> Any:
    if test(n.condition, f):
        value = RULES[n.then.__class__](n.then, f)
        return UNIT if n.otherwise is None else value
    return UNIT if n.otherwise is None else RULES[n.otherwise.__class__](n.otherwise, f)


def _with_bindings(e: Expr, bindings: Bindings, f: Frame) -> Any:
    """The value of `e` where a pattern's variables are in scope."""
    f.scopes.append(bindings)
    try:
        return RULES[e.__class__](e, f)
    finally:
        f.scopes.pop()


@rule(IfLet)
def if_let(n: IfLet, f: Frame) -> Any:
    value = RULES[n.value.__class__](n.value, f)
    bindings: Bindings = {}
    if fits(n.pattern, value, f, bindings):
        result = _with_bindings(n.then, bindings, f)
        return UNIT if n.otherwise is None else result
    return UNIT if n.otherwise is None else RULES[n.otherwise.__class__](n.otherwise, f)


@rule(Match)
def match(n: Match, f: Frame) -> Any:
    value = RULES[n.value.__class__](n.value, f)
    for arm in n.arms:
        bindings: Bindings = {}
        if not fits(arm.pattern, value, f, bindings):
            continue
        f.scopes.append(bindings)
        try:
            if arm.guard is None or test(arm.guard, f):
                return RULES[arm.body.__class__](arm.body, f)
        finally:
            f.scopes.pop()
    f.span = n.value.span
    raise no_match_arm(nested(f.machine, value))


# ── loops ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _round(body: Expr, f: Frame) -> bool:
    """Runs a loop's body once; says whether the loop goes on. The value of a `break` is left to `loop`."""
    f.machine.step()
    try:
        RULES[body.__class__](body, f)
    except ContinueLoop:
        pass
    except BreakLoop:
        return False
    return True


def _round_with(body: Expr, bindings: Bindings, f: Frame) -> bool:
    f.scopes.append(bindings)
    try:
        return _round(body, f)
    finally:
        f.scopes.pop()


@rule(While)
def while_loop(n: While, f: Frame) -> Any:
    """A jump in the condition is the loop's own."""
    while True:
        try:
            if not test(n.condition, f):
                return UNIT
        except ContinueLoop:
            f.machine.step()
            continue
        except BreakLoop:
            return UNIT
        if not _round(n.body, f):
            return UNIT


@rule(WhileLet)
def while_let(n: WhileLet, f: Frame) -> Any:
    while True:
        try:
            value = RULES[n.value.__class__](n.value, f)
        except ContinueLoop:
            f.machine.step()
            continue
        except BreakLoop:
            return UNIT
        bindings: Bindings = {}
        if not fits(n.pattern, value, f, bindings) or not _round_with(n.body, bindings, f):
            return UNIT


@rule(Loop)
def loop(n: Loop, f: Frame) -> Any:
    while True:
        f.machine.step()
        try:
            RULES[n.body.__class__](n.body, f)
        except ContinueLoop:
            pass
        except BreakLoop as leaving:
            return leaving.value


@rule(For)
def for_loop(n: For, f: Frame) -> Any:
    if n.iterable.__class__ is Range:
        items = counted(n.iterable.lo, n.iterable.hi, n.iterable.inclusive, f)
    else:
        value = RULES[n.iterable.__class__](n.iterable, f)
        f.span = n.iterable.span
        items = source(f.machine, value)
    return each(n, items, lambda item: destructure_at(n.pattern, item, f), f)


def counted(lo: Expr, hi: Expr, inclusive: bool, f: Frame) -> Any:
    """A walk over `lo..hi`, whose bounds must be i64."""
    first, last = RULES[lo.__class__](lo, f), RULES[hi.__class__](hi, f)
    f.span = lo.span
    integer(first)
    f.span = hi.span
    return source(f.machine, RangeValue(first, integer(last) + inclusive))


def each(n: Any, items: Any, bind: Any, f: Frame) -> Any:
    """Runs the body of the loop `n` for every item, which `bind` makes variables of."""
    span = n.iterable.span if hasattr(n, "iterable") else n.span
    while True:
        f.span = span
        item = items.next(f.machine)
        if item is END:
            return UNIT
        f.scopes.append({})
        try:
            bind(item)
            if not _round(n.body, f):
                return UNIT
        finally:
            f.scopes.pop()


@rule(ForEach)
def for_each(n: ForEach, f: Frame) -> Any:
    value = RULES[n.iterable.__class__](n.iterable, f)
    f.span = n.iterable.span
    return each(n, source(f.machine, value), lambda item: f.bind(n.name, item), f)


@rule(ForRange)
def for_range(n: ForRange, f: Frame) -> Any:
    return each(n, counted(n.lo, n.hi, n.inclusive, f), lambda item: f.bind(n.name, item), f)


# ── leaving ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@rule(Break)
def break_out(n: Break, f: Frame) -> NoReturn:
    raise BreakLoop(UNIT if n.value is None else RULES[n.value.__class__](n.value, f))


@rule(Continue)
def go_on(n: Continue, f: Frame) -> NoReturn:
    raise ContinueLoop


@rule(Return)
def leave(n: Return, f: Frame) -> NoReturn:
    annotation = f.machine.annotations.of_result(f.function)
    if n.value is not None:
        raise ReturnValue(evaluate_at(n.value, annotation, f))
    f.span = n.span
    raise ReturnValue(UNIT if annotation is None else annotation.guard.cross(UNIT, f.machine))


def _succeeded(value: Any, n: Try | SuccessOr, f: Frame) -> bool:
    """Whether the value is an Ok or Some rather than an Err or None. Raises `expected Option or Result, found i64`."""
    if type_of(value) is not OPTION and type_of(value) is not RESULT:
        f.span = n.span
        raise expected("Option or Result", type_name(value))
    return isinstance(value, Variant) and value.variant in (SOME_VARIANT, OK_VARIANT)


@rule(Try)
def question(n: Try, f: Frame) -> Any:
    value = RULES[n.value.__class__](n.value, f)
    if _succeeded(value, n, f):
        return value.fields[0]
    f.span = n.span
    annotation = f.machine.annotations.of_result(f.function)
    raise ReturnValue(value if annotation is None else annotation.guard.cross(value, f.machine))


@rule(SuccessOr)
def success_or(n: SuccessOr, f: Frame) -> Any:
    value = RULES[n.value.__class__](n.value, f)
    if _succeeded(value, n, f):
        return value.fields[0]
    f.scopes.append({})
    try:
        f.bind(n.name, value)
        return RULES[n.failure.__class__](n.failure, f)
    finally:
        f.scopes.pop()

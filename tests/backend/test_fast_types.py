"""fast-type: which variables certainly hold a number or a bool."""

from __future__ import annotations

import pytest

from kayton.ir.node import walk
from kayton.ir.typed import Prim
from tests.compiling import items


def types(body: str, params: str = "d") -> dict[str, str]:
    """The types of the variables of a function."""
    text = f"fn work({params}):\n" + "\n".join(f"    {line}" for line in body.splitlines()) + "\n\nfn change(mut a): a = 0\n"
    return {t.name: t.type for t in items(text, "fast-type")["main.work"].locals}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("let a = 1", {"a": "i64"}),
        ("let a = 1.5", {"a": "f64"}),
        ("let a = not d", {"a": "bool"}),
        ("let a = d == 1", {"a": "bool"}),
        ("let a = d < 1 and d", {"a": "bool"}),
        ("let a = d + 1", {}),
        ("let a = 1 / 2", {"a": "f64"}),
        ("let a = 7 // 2", {"a": "i64"}),
        ("let a = 7 // 2.0", {"a": "f64"}),
        ("let a = 1 << 2", {"a": "i64"}),
        ("let mut a = 1\na = a + 1", {"a": "i64"}),
        ("let mut a = 1\na = a + 1.5", {}),
        ("let mut a = 1\na = d", {}),
        ("let mut a = 1\nlet b = a + 1\na = b", {"a": "i64", "b": "i64"}),
        ("let mut a = 1\nlet b = a + 1\na = b\na = d", {}),
        ("let mut a = 1\nchange(mut a)", {}),
        ("let mut a = 1\nlet f = d\nf(mut a)", {}),
        ("let mut a = 1\nd.x(mut a)", {}),
        ("let mut a: i64 = 1\na = d", {"a": "i64"}),
        ("let a: f64 = 1", {"a": "f64"}),
        ("let a: f64 = d", {"a": "f64"}),
        ("let a = i64(d)", {"a": "i64"}),
        ("let a = if d: 1 else: 2", {"a": "i64"}),
        ("let a = if d: 1 else: 2.0", {}),
        ("let a = if d: 1 else: return 2", {"a": "i64"}),
        ("let a = match d:\n    1: 2\n    _: 3", {"a": "i64"}),
        ("let a = loop: break 1", {}),
        ("let a = return 1", {}),
        ("let a = 1 + (return 1)", {}),
        ("let (a, b) = (1, d)", {"a": "i64"}),
        ("for a in 0..3: print(a)", {"a": "i64"}),
        ("for a in d..3: print(a)", {"a": "i64"}),
        ("for a in [1, 2]: print(a)", {}),
    ],
)
def test_variables(body: str, expected: dict[str, str]) -> None:
    assert {n: t for n, t in types(body).items() if n in "ab"} == expected


def test_parameters_have_their_types_after_their_checks() -> None:
    assert types("print(a)", "a: i64, b: f64, c: List[i64], d") == {"a": "i64", "b": "f64"}


def test_a_parameter_used_in_a_default_before_its_check_is_not_certain() -> None:
    assert types("print(b)", "a: i64, b: i64 = a") == {"a": "i64", "b": "i64"}


def test_captures_are_not_certain() -> None:
    closure = items("fn work():\n    let n = 1\n    let f = |x| n + x\n    f\n", "fast-type")["main.work.<closure>1"]
    assert closure.locals == ()


@pytest.mark.parametrize(
    ("value", "ops"),
    [
        ("1 + n", ["add.i64"]),
        ("n - 1.5", ["sub.f64", "to.f64"]),
        ("n / 2", []),
        ("x / n", ["div.f64", "to.f64"]),
        ("x // 2.0", []),
        ("n ** 2", []),
        ("n == x", ["eq.f64", "to.f64"]),
        ("n != 1", ["ne.i64"]),
        ("-x", ["neg.f64"]),
        ("~n", []),
        ("d + n", []),
        ("n < d", []),
    ],
)
def test_operations(value: str, ops: list[str]) -> None:
    fn = items(f"fn work(n: i64, x: f64, d):\n    let r = {value}\n    r\n", "fast-type")["main.work"]
    assert [n.op for n in walk(fn.body) if isinstance(n, Prim)] == ops

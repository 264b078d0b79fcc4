"""What to do about a value of the wrong type, whether it was found before the program ran or while it did."""

from __future__ import annotations

_NUMBERS = ("i64", "f64")


def conversion(expected: str, found: str) -> str | None:
    """How a value of one type becomes one of another, as a help; None where there is no usual way."""
    known = _CONVERSIONS.get((expected, found))
    if known is not None:
        return known
    if found == "Option":
        return "it may be `None`: take the value out by `match`, `if let Some(x) = …` or `.unwrap_or(…)`"
    if found == "Result":
        return "it may be an error: take the value out by `match`, `?` or `.unwrap_or(…)`"
    if expected == "str":
        return "`str(x)` makes text of any value"
    if found == "()":
        return "`()` is the value of a block that ends in a statement, and of functions that give nothing"
    return None


_CONVERSIONS = {
    ("i64", "f64"): "`i64(x)` cuts the fraction off",
    ("i64", "str"): "`s.parse_i64()` reads a number from text, and gives a `Result`",
    ("f64", "str"): "`s.parse_f64()` reads a number from text, and gives a `Result`",
    ("bool", "i64"): "compare instead: `x != 0`",
    ("bool", "f64"): "compare instead: `x != 0.0`",
    ("bool", "str"): "ask instead: `not s.is_empty()`",
    ("bool", "List"): "ask instead: `not xs.is_empty()`",
    ("bool", "Map"): "ask instead: `not m.is_empty()`",
    ("bool", "Set"): "ask instead: `not s.is_empty()`",
    ("bool", "Option"): "ask instead: `x.is_some()`",
    ("bool", "Result"): "ask instead: `x.is_ok()`",
    ("i64", "bool"): "`i64(b)` is 1 or 0",
    ("List", "Range"): "`r.to_list()` makes a list of a range",
    ("List", "Set"): "`s.to_list()` makes a list of a set",
    ("Set", "List"): "`xs.to_set()` makes a set of a list",
    ("str", "List"): "`xs.join(\", \")` makes text of a list of str",
}


def operands(op: str, left: str, right: str | None) -> str | None:
    """What to do where an operator does not take its operands; None where that cannot be told."""
    pair = {left, right}
    if "Option" in pair or "Result" in pair:
        return "take the value out first: by `match`, `?` or `.unwrap_or(…)`"
    if op == "+" and "str" in pair:
        return "make text of the other value by `str(x)`, or write an f-string: `f\"{x}\"`"
    if op == "+" and "List" in pair:
        return "one element is added by `xs.push(x)`; `+` joins two lists"
    if op == "*" and "str" in pair:
        return "text is repeated by `s.repeat(n)`"
    if op == "*" and "List" in pair:
        return "a list of n copies is written `[x; n]`"
    if op == "%" and left == "str":
        return "text is put together by f-strings: `f\"{x} and {y:.2}\"`"
    if op == "-" and left == right == "Set":
        return "write `a.difference(b)`"
    if op in ("|", "&") and left == right == "Set":
        return f"write `a.{'union' if op == '|' else 'intersection'}(b)`"
    if op == "|" and left == right == "Map":
        return "`a.merge(b)` adds the entries of another map"
    if op in ("&", "|") and left == right == "bool":
        return f"between bools write `{'and' if op == '&' else 'or'}`"
    if op in ("&", "|", "^", "<<", ">>", "~") and "f64" in pair:
        return "bits are those of an i64; a power is written `a ** b`"
    if op == "in" and right in ("i64", "f64", "bool", "()", "fn", "tuple"):
        return "`in` looks into a list, set, range, map or str"
    return None


def comparison(op: str, left: str, right: str) -> str | None:
    """What to do where two values cannot be compared; None where that cannot be told."""
    pair = {left, right}
    if "Option" in pair and left != right:
        return "compare with `Some(…)`, or take the value out first"
    if "str" in pair and pair & set(_NUMBERS):
        return "make text of the number by `str(x)`, or a number of the text by `s.parse_i64()`"
    if "bool" in pair and pair & set(_NUMBERS):
        return "a bool is a condition by itself"
    if op in ("<", "<=", ">", ">=") and left == right:
        return f"`impl Ord for {left}` would give it an order" if left[:1].isupper() else None
    return None

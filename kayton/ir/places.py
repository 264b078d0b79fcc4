"""Chains such as `grid[i].cells.0`: what an assignment, a `mut` argument or a changing method may name (LANGUAGE §4)."""

from __future__ import annotations

from kayton.ir.surface import Expr, Field, Index, Part

UNKNOWN = "%error"
"""The variable that stands where a name could not be resolved; nothing is known about it, so it causes no further errors."""
UNKNOWN_PATTERN = "%unknown"
"""Likewise the variable that stands for a pattern."""


def root_of(e: Expr) -> Expr:
    """The expression that a chain of fields, parts and indices starts from; `e` itself if it is none."""
    while isinstance(e, Field | Part | Index):
        e = e.value
    return e


def source_name(variable: str) -> str:
    """How the source calls a variable that was renamed to be unique: `x` for `x.1`."""
    return variable.partition(".")[0]

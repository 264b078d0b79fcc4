"""The table of rules: for each kind of node the function that evaluates it.

    @rule(Binary)
    def binary(n: Binary, f: Frame) -> value: …

A rule is called with the node and the frame of the running function; it sees to its children through `RULES` itself. Every
kind of every language from Surface to Owned that can be evaluated has exactly one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kayton.ir.node import Node, kind_name

RULES: dict[type[Node], Callable[[Any, Any], Any]] = {}


def rule(*kinds: type[Node]) -> Callable:
    """Decorator: the function evaluates nodes of these kinds. Raises TypeError for a second rule of a kind."""

    def register(function: Callable) -> Callable:
        for kind in kinds:
            if kind in RULES:
                raise TypeError(f"two rules evaluate {kind_name(kind)}")
            RULES[kind] = function
        return function

    return register

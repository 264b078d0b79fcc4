"""Where control goes from node to node inside a function; for pictures, in any tree language."""

from __future__ import annotations

from typing import NamedTuple

from kayton.ir.node import Node, children_of, kind_name

_LOOPS = {"loop", "while", "while-let", "for", "for-each", "for-range"}
_FUNCTIONS = {"fn-def", "fn", "allocated-fn", "closure"}


class Flow(NamedTuple):
    """Control goes from `source` to `target`; `when` says on which outcome, empty for always."""

    source: Node
    target: Node
    when: str


def control_flow(root: Node) -> list[Flow]:
    """The edges in preorder. Statements follow on each other, conditions branch, loops go round, jumps go where they lead."""
    edges: list[Flow] = []
    stack: list[tuple[Node, Node | None, Node | None]] = [(root, None, None)]
    while stack:
        n, loop, function = stack.pop()
        kind = kind_name(n.__class__)
        edges += _edges(n, kind, loop, function)
        if kind in _LOOPS:
            loop = n
        if kind in _FUNCTIONS:
            loop, function = None, n
        below = children_of(n)
        below.reverse()
        stack += [(c, loop, function) for c in below]
    return edges


def _edges(n: Node, kind: str, loop: Node | None, function: Node | None) -> list[Flow]:
    match kind:
        case "block":
            steps = [*n.body, *([n.result] if n.result is not None else [])]
            return [Flow(a, b, "") for a, b in zip(steps, steps[1:], strict=False)]
        case "if" | "if-let":
            return _branch(n.condition if kind == "if" else n.value, n.then, n.otherwise)
        case "and" | "or":
            return [Flow(n.left, n.right, "true" if kind == "and" else "false")]
        case "while" | "while-let":
            test = n.condition if kind == "while" else n.value
            return [Flow(test, n.body, "true"), Flow(n.body, test, "again")]
        case "for" | "for-each":
            return [Flow(n.iterable, n.body, "each"), Flow(n.body, n, "again")]
        case "for-range":
            return [Flow(n.hi, n.body, "each"), Flow(n.body, n, "again")]
        case "loop":
            return [Flow(n.body, n, "again")]
        case "match":
            return [Flow(n.value, arm, "") for arm in n.arms]
        case "choice":
            tried = [*n.cases, n.otherwise]
            return [Flow(a, b, "else") for a, b in zip(tried, tried[1:], strict=False)]
        case "success-or":
            return [Flow(n.value, n.failure, "failed")]
        case "break" | "continue" if loop is not None:
            return [Flow(n, loop, kind)]
        case "return" | "try" if function is not None:
            return [Flow(n, function, "return" if kind == "return" else "failed")]
    return []


def _branch(test: Node, then: Node, otherwise: Node | None) -> list[Flow]:
    return [Flow(test, then, "true"), *([Flow(test, otherwise, "false")] if otherwise is not None else [])]

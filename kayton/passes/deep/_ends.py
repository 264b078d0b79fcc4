"""What is reached of a lowered function: after what never gives a value there is nothing.

    f(a, panic("x"), b)                       =>   block [a] (panic "x")
    block [(bind x (direct f [] never)) …]    =>   direct f [] never

Types say that a value is never there; only the tree says where control ends.
"""

from __future__ import annotations

from typing import NamedTuple

from kayton.ir.core import ForEach, ForRange, SuccessOr
from kayton.ir.mono import Apply, Builtin, Direct, Dispatch
from kayton.ir.node import Node, children_of, map_children, replace, walk
from kayton.ir.resolved import Bind, Case, Choice, NoMatch, Place
from kayton.ir.surface import And, Block, BoolLit, Break, Continue, Expr, If, Loop, Or, Return, While


class Reached(NamedTuple):
    """A tree without what is never reached, and whether its end is not either."""

    tree: Node
    ends: bool


def reached(n: Node) -> Reached:
    """What is reached of an expression or statement."""
    rule = _RULES.get(n.__class__)
    return _operation(n) if rule is None else rule(n)


def _operation(n: Node) -> Reached:
    """What evaluates its operands in order: up to one that never ends."""
    found = {c: reached(c) for c in _operands(n)}
    for k, (c, r) in enumerate(found.items()):
        if r.ends:
            before = [found[b].tree for b in list(found)[:k]]
            return Reached(Block(tuple(before), r.tree, span=n.span) if before else r.tree, True)
    made = _with(n, {c: r.tree for c, r in found.items()}) if found else n
    ends = isinstance(n, Direct | Apply | Dispatch | Builtin) and n.type == "never"
    return Reached(made, ends or isinstance(n, Return | Break | Continue | NoMatch))


def _operands(n: Node) -> list[Expr]:
    """The expressions that are evaluated first, those inside of places and arguments included."""
    out: list[Expr] = []
    for c in children_of(n):
        if isinstance(c, Expr) and c.__class__ is not Place:
            out.append(c)
        else:
            out += _operands(c)
    return out


def _with(n: Node, made: dict[Node, Node]) -> Node:
    return map_children(n, lambda c: made[c] if c in made else _with(c, made))


def _block(n: Block) -> Reached:
    body: list[Node] = []
    for s in n.body:
        r = reached(s)
        if r.ends:
            return Reached(Block(tuple(body), r.tree, span=n.span) if body else r.tree, True)
        body.append(r.tree)
    if n.result is None:
        return Reached(Block(tuple(body), span=n.span), False)
    last = reached(n.result)
    return Reached(Block(tuple(body), last.tree, span=n.span), last.ends)


def _if(n: If) -> Reached:
    condition, then = reached(n.condition), reached(n.then)
    if condition.ends:
        return condition
    otherwise = None if n.otherwise is None else reached(n.otherwise)
    made = If(condition.tree, then.tree, None if otherwise is None else otherwise.tree, span=n.span)
    return Reached(made, then.ends and otherwise is not None and otherwise.ends)


def _choice(n: Choice) -> Reached:
    cases = [_case(c) for c in n.cases]
    otherwise = reached(n.otherwise)
    made = Choice(tuple([c.tree for c in cases]), otherwise.tree, span=n.span)
    return Reached(made, otherwise.ends and all([c.ends for c in cases]))


def _case(c: Case) -> Reached:
    steps: list[Node] = []
    for s in c.steps:
        r = reached(s)
        if r.ends:
            return Reached(Case(tuple(steps), r.tree, span=c.span), True)
        steps.append(r.tree)
    body = reached(c.body)
    return Reached(Case(tuple(steps), body.tree, span=c.span), body.ends)


def _bind(n: Bind) -> Reached:
    value = reached(n.value)
    return value if value.ends else Reached(replace(n, value=value.tree), False)


def _while(n: While) -> Reached:
    if isinstance(n.condition, BoolLit) and n.condition.value:
        return _loop(Loop(n.body, span=n.span))
    condition = reached(n.condition)
    return condition if condition.ends else Reached(While(condition.tree, reached(n.body).tree, span=n.span), False)


def _loop(n: Loop) -> Reached:
    body = reached(n.body).tree
    inner = {b for m in walk(body) if isinstance(m, Loop | While | ForEach | ForRange) for b in walk(m) if isinstance(b, Break)}
    return Reached(Loop(body, span=n.span), not any([isinstance(b, Break) and b not in inner for b in walk(body)]))


def _for(n: ForRange | ForEach) -> Reached:
    head = _operation(replace(n, body=Block((), span=n.span)))
    return head if head.ends else Reached(replace(head.tree, body=reached(n.body).tree), False)


def _logic(n: And | Or) -> Reached:
    left = reached(n.left)
    return left if left.ends else Reached(replace(n, left=left.tree, right=reached(n.right).tree), False)


def _success(n: SuccessOr) -> Reached:
    value = reached(n.value)
    return value if value.ends else Reached(replace(n, value=value.tree, failure=reached(n.failure).tree), False)


_RULES = {
    Block: _block, If: _if, Choice: _choice, Bind: _bind, While: _while, Loop: _loop, ForRange: _for, ForEach: _for,
    And: _logic, Or: _logic, SuccessOr: _success,
}

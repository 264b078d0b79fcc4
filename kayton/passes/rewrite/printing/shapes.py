"""How expressions fit into each other: what binds how tightly, what reaches as far to the right as it can, what has lines of its own."""

from __future__ import annotations

from kayton.ir.node import Node, children_of
from kayton.ir.surface import (
    And,
    Assign,
    Binary,
    Block,
    Break,
    Call,
    Closure,
    CompoundAssign,
    Continue,
    Expr,
    For,
    FString,
    If,
    IfLet,
    Index,
    IntLit,
    Let,
    ListComp,
    ListLit,
    ListRepeat,
    Loop,
    MapComp,
    MapLit,
    Match,
    MethodCall,
    Or,
    Range,
    Return,
    SetComp,
    SetLit,
    Slice,
    Tuple,
    Unary,
    While,
    WhileLet,
)
from kayton.passes.front.parsing.operators import BINDING
from kayton.passes.rewrite.printing.comments import Comments, lines_of

UNARY = BINDING["unary"]
POSTFIX = BINDING["**"] + 1
"""The level of names, literals, brackets, calls and members."""

OPEN = frozenset({If, IfLet, While, WhileLet, For, Loop, Match, Closure, Return, Break, Continue})
"""What reaches as far to the right as it can, so that it needs parentheses wherever something may follow."""

_INSIDE = {
    Call: "callee", MethodCall: "receiver", Index: "value", Slice: "value", ListLit: "", ListRepeat: "", Tuple: "", SetLit: "", MapLit: "",
    ListComp: "", SetComp: "", MapComp: "", FString: "",
}  # fmt: skip
"""What has brackets, and the child that stands before them, if one does."""

_LAST = {
    While: "body", WhileLet: "body", For: "body", Loop: "body", Closure: "body", Return: "value", Break: "value", Unary: "value",
    Binary: "right", And: "right", Or: "right", Range: "hi", Let: "value", Assign: "value", CompoundAssign: "value",
}  # fmt: skip
"""The child that stands last, by kind."""


def level(e: Expr) -> int:
    """How tightly the operator of an expression binds; what is none binds as tightly as can be."""
    kind = e.__class__
    if kind is Binary:
        return BINDING[e.op]
    if kind is Unary:
        return BINDING["not"] if e.op == "not" else UNARY
    if kind is IntLit:
        return POSTFIX if e.value >= 0 else UNARY
    return _LEVELS.get(kind, POSTFIX)


_LEVELS = {And: BINDING["and"], Or: BINDING["or"], Range: BINDING[".."]}


class Spread:
    """Tells what has lines of its own, outside of brackets."""

    def __init__(self, comments: Comments) -> None:
        self._known: dict[Node, bool] = {}
        self._comments = comments

    def has(self, n: Node) -> bool:
        """Whether a match, or a block that is not on its header's line, stands in it outside of its brackets."""
        kind = n.__class__
        if kind is Match:
            return True
        if kind is Block:
            return not self.is_flat(n)
        known = self._known.get(n)
        if known is None:
            if kind in _INSIDE:
                known = bool(_INSIDE[kind]) and self.has(getattr(n, _INSIDE[kind]))
            else:
                known = any([self.has(c) for c in children_of(n)])
            self._known[n] = known
        return known


    def is_flat(self, b: Block) -> bool:
        """Whether a block can stand on its header's line, and does in the source."""
        if not self._comments.is_flat(b):
            return False
        inside = lines_of(b)
        return len(inside) == 1 and not takes_else(b) and not self._comments.above(inside[0]).texts and not self.has(inside[0])


def takes_else(n: Node | None) -> bool:
    """Whether an `else` right after it would belong to an `if` at its end."""
    while n is not None:
        if n.__class__ in (If, IfLet):
            if n.otherwise is None:
                return True
            n = n.otherwise
        elif n.__class__ is Block:
            n = n.body[0] if len(n.body) == 1 and n.result is None else None
        else:
            n = getattr(n, _LAST[n.__class__]) if n.__class__ in _LAST else None
    return False

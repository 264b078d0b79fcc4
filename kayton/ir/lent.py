"""From Split to Lent: who owns what.

A variable is `owned`, `changed` (owned, and something changes it; a parameter: the caller's, which changes with it), or `borrowed`, a
reference to what somebody else owns. A use of a value gives it away or looks at it:

    move x         the value itself, which leaves the variable, or the part of one; nobody uses the variable afterwards
    share e        one more owner of the value: a count, and for a struct one for each of its fields
    borrow e       a reference, for as long as the call lasts, or the variable that is bound to it
    anything else  a new value, which is the user's own, or one that is only looked at

Values of types that are copied as bytes (numbers, `bool`, ranges, small structs of those) are just used.
"""

from __future__ import annotations

from kayton.ir.language import Violation, invariant
from kayton.ir.mono import BORROWED, CHANGED, OWNED, Direct, Get, Holder, Make, MonoFn
from kayton.ir.moves import Move, uses_after_moves
from kayton.ir.node import Node, children_of, node, walk
from kayton.ir.resolved import Local, MutArg, Place, SetGlobal
from kayton.ir.surface import Assign, Break, Expr, Return
from kayton.ir.thunks import Split
from kayton.ir.typed import LastUse


@node
class Share(Expr):
    """The value, which from now on one more owns: it is counted, and copied when one of its owners changes it."""

    value: Expr


@node
class Borrow(Expr):
    """A reference to the value."""

    value: Expr


def functions(root: Node) -> dict[str, MonoFn]:
    """The compiled functions of a program, by name."""
    return {i.name: i for m in root.modules for i in m.body if isinstance(i, MonoFn)}


def root_of(e: Expr) -> str:
    """The variable that a place is, or is a part of; empty for what is none."""
    while isinstance(e, Get):
        e = e.value
    return e.name if isinstance(e, Local) else ""


@invariant
def uses_decided(root: Node):
    """A MonoFn says of every variable how it has its value, and of every use what it does, not only that it is the last."""
    for fn in functions(root).values():
        for v in (*fn.captures, *fn.params, *fn.locals):
            if not isinstance(v, Holder):
                yield Violation(v, f"{fn.name} does not say who owns {v.name}")
        for n in walk(fn.body):
            if isinstance(n, LastUse):
                yield Violation(n, f"{fn.name} does not say whether it moves {n.name}")


@invariant
def moved_once(root: Node):
    """Nothing is used after it was moved."""
    for fn in functions(root).values():
        for use, name in uses_after_moves(fn.body):
            yield Violation(use, f"{fn.name} uses {name} after it was moved")


@invariant
def borrowed_stay(root: Node):
    """What is borrowed is neither given away nor changed."""
    for fn in functions(root).values():
        borrowed = {v.name for v in (*fn.captures, *fn.params, *fn.locals) if v.how == BORROWED}
        for n in walk(fn.body):
            if isinstance(n, Move) and (name := root_of(n.value)) in borrowed:
                yield Violation(n, f"{fn.name} gives away {name}, which it borrows")
            if isinstance(n, Place) and not n.steps and getattr(n.root, "name", "") in borrowed:
                yield Violation(n, f"{fn.name} changes {n.root.name}, which it borrows")


_KEEPS = (Make, Return, Break, Assign, SetGlobal, Share)


@invariant
def references_not_kept(root: Node):
    """A reference is not put into anything, assigned or returned."""
    for fn in functions(root).values():
        inline = {id(a) for n in walk(fn.body) for a in getattr(n, "args", ()) if getattr(n, "callbacks", ())}
        for n in walk(fn.body):
            if isinstance(n, _KEEPS) and id(n) not in inline:
                for child in children_of(n):
                    if isinstance(child, Borrow):
                        yield Violation(child, f"{fn.name} keeps a reference")


@invariant
def arguments_fit(root: Node):
    """A direct call lends what the function borrows and changes, and gives what it owns."""
    known = functions(root)
    for n in walk(root):
        if isinstance(n, Direct) and n.fn in known:
            for a, p in zip(n.args, known[n.fn].params, strict=True):
                lent = CHANGED if isinstance(a, MutArg) else BORROWED if isinstance(a, Borrow) else OWNED
                if lent != p.how and (p.how == CHANGED or lent != OWNED or isinstance(a, Move | Share)):
                    yield Violation(a, f"{n.fn} has {p.name} {p.how}, not {lent}")


Lent = Split.derive(
    "Lent",
    about="Every variable is owned or a reference, and every use moves, shares, borrows or looks.",
    plus={Holder, Move, Share, Borrow},
    invariants=(uses_decided, moved_once, borrowed_stay, references_not_kept, arguments_fit),
)

"""What one operand of a call looks at, no later operand takes away: both are there until the call is done.

    direct f [(local x) (make E.No (last-use x))]      =>   direct f [(local x) (make E.No (local x))]
    direct f [(get x 0) (last-use x)]                  =>   direct f [(get x 0) (local x)]
    direct f [(len (local x)) (last-use x)]            =>   unchanged: the length is a value of its own

On the VM a last use is the last one in the order of evaluation, and an operand that was read before has its own count.
"""

from __future__ import annotations

from kayton.ir.mono import Apply, Builtin, Direct, Dispatch, Get, Widen
from kayton.ir.node import Node, map_children
from kayton.ir.resolved import Local
from kayton.ir.typed import LastUse

_CALLS = frozenset((Direct, Apply, Dispatch, Builtin))
PARTS = frozenset(("List.[]", "Map.[]"))
"""Built-ins that give a part of their first argument."""


def with_lasting_operands(n: Node, looked_at: frozenset[str] = frozenset()) -> Node:
    """The tree in which a last use that would take away what a call still looks at is a use as any other."""
    if n.__class__ is LastUse:
        return Local(n.name, id=n.id, span=n.span) if n.name in looked_at else n
    if n.__class__ not in _CALLS:
        return map_children(n, lambda c: with_lasting_operands(c, looked_at))

    def operand(c: Node) -> Node:
        nonlocal looked_at
        made = with_lasting_operands(c, looked_at)
        root = looked_into(c)
        looked_at = looked_at | {root} if root else looked_at
        return made

    return map_children(n, operand)


def looked_into(n: Node) -> str:
    """The variable that an operand is, or is a part or an element of; empty for a value of its own."""
    while n.__class__ in (Get, Widen) or (n.__class__ is Builtin and n.name in PARTS):
        n = n.args[0] if n.__class__ is Builtin else n.value
    return n.name if n.__class__ is Local else ""

"""Whether a compiled function crosses to bytecode so often that it is quicker as bytecode altogether.

In nanoseconds: a crossing takes about 45, an instruction of the VM 4, of compiled code half of one; a call of a compiled function is
worth 100, since it would be bytecode, too. What is in a loop counts eight times.
"""

from __future__ import annotations

from kayton.ir.core import ForEach, ForRange
from kayton.ir.mono import Apply, Builtin, Direct, Dispatch
from kayton.ir.node import Node, children_of
from kayton.ir.surface import Loop, While

_CROSSING, _INSTRUCTION, _COMPILED, _CALL = 45.0, 4.0, 0.5, 100.0
_TURNS = 8


def is_dense(body: Node, outlined: set[str]) -> bool:
    """Whether the body, which calls what was taken out of it by these names, is quicker as bytecode; its own call crosses then."""
    compiled = bytecode = 0.0
    waiting: list[tuple[Node, int]] = [(body, 1)]
    while waiting:
        n, times = waiting.pop()
        bytecode += _INSTRUCTION * times
        if isinstance(n, Direct) and n.fn in outlined:
            compiled += _CROSSING * times
        else:
            compiled += _COMPILED * times
            if isinstance(n, Direct | Apply | Dispatch) or (isinstance(n, Builtin) and n.callbacks):
                bytecode += _CALL * times
        inside = times * _TURNS if isinstance(n, While | Loop | ForRange | ForEach) else times
        waiting += [(c, inside) for c in children_of(n)]
    return compiled > bytecode + _CROSSING

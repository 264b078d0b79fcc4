"""Whether a compiled function crosses to bytecode so often that it is quicker as bytecode altogether.

In nanoseconds: a crossing to bytecode takes about 45, one from there 20, with values that are made anew 40; an instruction of the VM 4, of
compiled code half of one. A call of a compiled function is worth 100, since it may be one that bytecode cannot enter. What is in a loop
counts eight times.
"""

from __future__ import annotations

from collections.abc import Callable

from kayton.ir.core import ForEach, ForRange
from kayton.ir.mono import Apply, Builtin, Direct, Dispatch
from kayton.ir.node import Node, children_of
from kayton.ir.surface import Loop, While

_CROSSING, _ENTERING, _INSTRUCTION, _COMPILED, _CALL = 45.0, 40.0, 4.0, 0.5, 100.0
_TURNS = 8


def is_dense(body: Node, outlined: set[str]) -> bool:
    """Whether the body, which calls what was taken out of it by these names, is quicker as bytecode; its own call crosses then."""
    compiled, bytecode = _times(body, outlined.__contains__)
    return compiled > bytecode + _CROSSING


def is_worth_entering(body: Node, is_bytecode: Callable[[str], bool]) -> bool:
    """Whether bytecode had better call the compiled body, which may call what is bytecode, than run its own."""
    compiled, bytecode = _times(body, is_bytecode)
    return compiled + _ENTERING < bytecode


def _times(body: Node, crosses: Callable[[str], bool]) -> tuple[float, float]:
    """What a body takes as compiled code, whose calls of some functions cross, and as bytecode."""
    compiled = bytecode = 0.0
    waiting: list[tuple[Node, int]] = [(body, 1)]
    while waiting:
        n, times = waiting.pop()
        bytecode += _INSTRUCTION * times
        if isinstance(n, Direct) and crosses(n.fn):
            compiled += _CROSSING * times
        else:
            compiled += _COMPILED * times
            if isinstance(n, Direct | Apply | Dispatch) or (isinstance(n, Builtin) and n.callbacks):
                bytecode += _CALL * times
        inside = times * _TURNS if isinstance(n, While | Loop | ForRange | ForEach) else times
        waiting += [(c, inside) for c in children_of(n)]
    return compiled, bytecode

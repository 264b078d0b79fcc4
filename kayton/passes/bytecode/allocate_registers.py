"""allocate-registers : Owned -> Allocated

Gives every variable of a function a register.

    0 …            parameters, then captures, in order
    … V            variables whose values are counted, or may be
    V … V+S        variables that are always i64, f64 or bool: never counted, so typed instructions may write them blindly
    V+S …          temporaries, which emit-bc stacks

Variables of disjoint scopes share registers, within their class only. The classes must not mix: a typed instruction writes
without releasing what was there. Scopes are what the tree shows (blocks, cases, loops), which for a language of small
functions is nearly as good as graph colouring and takes one walk.
"""

from __future__ import annotations

from kayton.ir.core import ForEach, ForRange, SuccessOr
from kayton.ir.node import PUSH, Node
from kayton.ir.resolved import Bind, Case, Fn
from kayton.ir.surface import Block, Item
from kayton.ir.typed import Allocated, AllocatedFn, Owned, Register
from kayton.passes.framework import Cx, ItemPass, frozen

_SCOPES = frozenset((Block, Case, ForEach, ForRange, SuccessOr))
_BINDERS = frozenset((Bind, ForEach, ForRange, SuccessOr))


@frozen
class AllocateRegisters(ItemPass):
    source = Owned
    target = Allocated

    def item(self, item: Item, cx: Cx) -> tuple[Item, ...]:
        return (_allocated(item) if isinstance(item, Fn) else item,)


def _allocated(fn: Fn) -> AllocatedFn:
    counted = [p.name for p in fn.params] + list(fn.captures)
    scalars = {local.name for local in fn.locals} - set(counted)
    slots = _Slots(scalars, len(counted))
    if fn.body is not None:
        slots.walk(fn.body)
    found = [*((name, i, False) for i, name in enumerate(counted)), *((name, i, False) for name, i in slots.counted.items())]
    found += [(name, slots.most_counted + i, True) for name, i in slots.scalar.items()]
    registers = [Register(*r, id=f"{fn.id}~allocate-registers.{i}", span=fn.span) for i, r in enumerate(found, 1)]
    return AllocatedFn(
        fn.name, fn.params, fn.captures, fn.body, fn.locals, tuple(registers), slots.most_counted + slots.most_scalar,
        id=fn.id, span=fn.span,
    )


class _Slots:
    """Slots by scope, counted and scalar variables apart; iterative, so that depth does not matter."""

    def __init__(self, scalars: set[str], first: int) -> None:
        self.scalars = scalars
        self.counted: dict[str, int] = {}
        self.scalar: dict[str, int] = {}
        self.most_counted = first
        self.most_scalar = 0
        self._next = (first, 0)

    def walk(self, body: Node) -> None:
        stack: list[Node | tuple[int, int]] = [body]
        while stack:
            n = stack.pop()
            kind = n.__class__
            if kind is tuple:
                self._next = n
                continue
            if kind in _SCOPES:
                stack.append(self._next)
            if kind in _BINDERS:
                self._bind(n.name)
            PUSH[kind](n, stack)

    def _bind(self, name: str) -> None:
        counted, scalar = self._next
        if name in self.scalars:
            self.scalar[name] = scalar
            scalar += 1
            self.most_scalar = max(self.most_scalar, scalar)
        else:
            self.counted[name] = counted
            counted += 1
            self.most_counted = max(self.most_counted, counted)
        self._next = counted, scalar
